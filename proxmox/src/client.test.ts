import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { failureOf, none, ticket, testServers } from '../test/fixture.ts'
import { json, plain, type Reply } from '../test/https-server.ts'
import type { ProxmoxFailure } from './errors.ts'

const { server, connect } = testServers()

describe('a request', () => {
  it('with a ticket: cookie always, CSRF token on changes, parameters in query or form', async () => {
    const pve = await server()
    const api = connect([pve.host]).api(ticket)
    await api.call('GET /nodes/{node}/qemu/{vmid}/config', { node: 'pve1', vmid: 9, current: true })
    await api.call('PUT /nodes/{node}/qemu/{vmid}/config', {
      node: 'pve1',
      vmid: 9,
      name: 'web 1',
      net0: 'virtio,bridge=vmbr0',
      onboot: false,
    })
    await api.call('POST /nodes/{node}/qemu/{vmid}/status/start', { node: 'pve1', vmid: 9 })
    await api.call('DELETE /nodes/{node}/qemu/{vmid}', { node: 'pve1', vmid: 9, purge: true })

    const [get, put, post, remove] = pve.received
    expect(get).toMatchObject({
      method: 'GET',
      url: '/api2/json/nodes/pve1/qemu/9/config?current=1',
      body: '',
    })
    expect(put).toMatchObject({
      method: 'PUT',
      url: '/api2/json/nodes/pve1/qemu/9/config',
      body: 'name=web%201&net0=virtio%2Cbridge%3Dvmbr0&onboot=0',
    })
    expect(put?.headers['content-type']).toBe('application/x-www-form-urlencoded')
    expect(put?.headers['content-length']).toBe('50')
    expect(post?.headers['content-length']).toBe('0')
    expect(remove).toMatchObject({
      method: 'DELETE',
      url: '/api2/json/nodes/pve1/qemu/9?purge=1',
      body: '',
    })
    expect(remove?.headers['content-length']).toBeUndefined()
    for (const { headers } of pve.received) {
      expect(headers.cookie).toBe('PVEAuthCookie=PVE%3Aroot%40pam%3A6B03C8B5%3A%3Aa%2Fb%2Bc%3D%3D')
      expect(headers.authorization).toBeUndefined()
      expect(headers['transfer-encoding']).toBeUndefined()
    }
    expect(pve.received.map(({ headers }) => headers['csrfpreventiontoken'])).toEqual([
      undefined,
      ticket.csrfToken,
      ticket.csrfToken,
      ticket.csrfToken,
    ])
  })

  it('with a token: no cookie, no CSRF token; characters no header carries go encoded', async () => {
    const pve = await server()
    const connection = connect([pve.host])
    await connection
      .api({ kind: 'token', tokenId: 'root@pam!lab', secret: 'aaaa-bbbb' })
      .send({ method: 'POST', path: '/nodes/pve1/qemu/9/status/stop' })
    await connection
      .api({ kind: 'token', tokenId: 'jörg@pam!x', secret: 'a\r\nX: y' })
      .send({ method: 'GET', path: '/version' })
    expect(pve.received.map(({ headers }) => headers.authorization)).toEqual([
      'PVEAPIToken=root@pam!lab=aaaa-bbbb',
      'PVEAPIToken=j%C3%B6rg@pam!x=a%0D%0AX:%20y',
    ])
    expect(pve.received[0]?.headers.cookie).toBeUndefined()
    expect(pve.received[0]?.headers['csrfpreventiontoken']).toBeUndefined()
  })

  it('gives data of the answer, also gzipped and also a huge one', async () => {
    const pve = await server()
    const rows = Array.from({ length: 20_000 }, (_, index) => ({
      id: `qemu/${index}`,
      type: 'qemu',
      vmid: index,
      name: `web-${index}.example.com`,
    }))
    const gzipped: Reply = (response) => {
      response.writeHead(200, { 'Content-Encoding': 'gzip' })
      response.end(gzipSync(JSON.stringify({ data: rows })))
    }
    pve.reply(json(rows), gzipped)
    const api = connect([pve.host]).api(none)
    const answers = [
      await api.call('GET /cluster/resources', {}),
      await api.call('GET /cluster/resources', { type: 'vm' }),
    ]
    for (const answer of answers) {
      expect(answer).toHaveLength(20_000)
      expect(answer.at(-1)?.vmid).toBe(19_999)
    }
    expect(pve.received[0]?.headers['accept-encoding']).toContain('gzip')
  })

  it('refuses a path that would become another one, before anything is sent', async () => {
    const pve = await server()
    const api = connect([pve.host]).api(none)
    await expect(api.send({ method: 'GET', path: '/nodes/{node}' })).rejects.toThrow(TypeError)
    await expect(api.call('GET /nodes/{node}/status', { node: '..' })).rejects.toThrow(TypeError)
    expect(pve.received).toEqual([])
  })
})

describe('an error answer', () => {
  it.each<[string, Reply, ProxmoxFailure]>([
    [
      'parameters',
      json(null, 400, 'Parameter verification failed.', {
        errors: { newid: 'VM 101 already exists' },
        message: 'Parameter verification failed.\n',
      }),
      {
        kind: 'answered',
        status: 400,
        message: 'Parameter verification failed.',
        errors: { newid: 'VM 101 already exists' },
      },
    ],
    [
      'the reason phrase of an old host',
      json(null, 500, 'VM is locked (backup)'),
      { kind: 'answered', status: 500, message: 'VM is locked (backup)', errors: {} },
    ],
    [
      'an empty body',
      plain(401, 'No ticket'),
      { kind: 'answered', status: 401, message: 'No ticket', errors: {} },
    ],
    [
      '595: the internal proxy could not connect, so nothing was done',
      plain(595, 'Connection refused'),
      { kind: 'answered', status: 595, message: 'Connection refused', errors: {} },
    ],
    [
      '596: nobody knows',
      plain(596, 'Connection timed out'),
      { kind: 'unknown-outcome', host: expect.any(String), reason: '596 Connection timed out' },
    ],
    [
      '599: nobody knows',
      plain(599, 'Too many redirections'),
      { kind: 'unknown-outcome', host: expect.any(String), reason: '599 Too many redirections' },
    ],
    [
      'a redirect is not followed',
      (response) => response.writeHead(301, { Location: '/elsewhere' }).end(),
      { kind: 'answered', status: 301, message: 'Moved Permanently', errors: {} },
    ],
    [
      'no JSON after a change',
      plain(200, 'OK', '<html>'),
      {
        kind: 'unknown-outcome',
        host: expect.any(String),
        reason: 'the answer is not JSON as Proxmox writes it',
      },
    ],
  ])('%s', async (_, reply, failure) => {
    const pve = await server()
    pve.reply(reply)
    const call = connect([pve.host])
      .api(ticket)
      .call('POST /nodes/{node}/qemu/{vmid}/clone', { node: 'pve1', vmid: 9000, newid: 101 })
    expect(await failureOf(call)).toEqual(failure)
    expect(pve.received).toHaveLength(1)
  })

  it('keeps secrets out of message and call', async () => {
    const pve = await server()
    pve.reply(plain(401, 'authentication failure'))
    const call = connect([pve.host])
      .api(ticket)
      .call('POST /access/ticket', { username: 'root@pam', password: 'geheim' })
    const error: unknown = await call.catch((reason: unknown) => reason)
    expect(String(error)).toBe('ProxmoxError: POST /access/ticket: 401 authentication failure')
  })
})
