import { setImmediate as immediate, setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { failureOf, none, ticket, testServers } from '../test/fixture.ts'
import { drop, json, plain, type Reply, reset, silence } from '../test/https-server.ts'

const { server, connect, deadHost } = testServers()

describe('a call that gets no answer', () => {
  const lost: [string, Reply][] = [
    ['the socket is dropped', drop],
    ['the connection is reset', reset],
    [
      'the answer breaks off',
      (response) => {
        response.writeHead(200, { 'Content-Length': '100' })
        response.write('{"data":')
        setImmediate(() => response.socket?.destroy())
      },
    ],
  ]

  it.each(lost)('a change is never repeated: %s', async (_, reply) => {
    const pve = await server()
    const other = await server()
    pve.reply(reply, json('UPID:x'))
    for (const method of ['POST', 'PUT', 'DELETE'] as const) {
      pve.reply(reply, json('UPID:x'))
      const call = connect([pve.host, other.host])
        .api(ticket)
        .send({ method, path: '/nodes/pve1/qemu/100' })
      expect(await failureOf(call)).toMatchObject({ kind: 'unknown-outcome', host: pve.host })
    }
    expect(pve.received).toHaveLength(3)
    expect(other.received).toEqual([])
  })

  it.each(lost)('a read is repeated: %s', async (_, reply) => {
    const pve = await server()
    pve.reply(reply, reply, json([1]))
    const call = connect([pve.host]).api(ticket).call('GET /nodes', {})
    expect(await call).toEqual([1])
    expect(pve.received).toHaveLength(3)
  })

  it.each([595, 596, 599])('a read is repeated after %i', async (status) => {
    const pve = await server()
    pve.reply(plain(status, 'Connection timed out'), json([1]))
    expect(await connect([pve.host]).api(ticket).call('GET /nodes', {})).toEqual([1])
    expect(pve.received).toHaveLength(2)
  })

  it('a read that stays without an answer is given up, and other errors are not repeated', async () => {
    const pve = await server()
    pve.reply(drop)
    const api = connect([pve.host]).api(ticket)
    expect(await failureOf(api.call('GET /nodes', {}))).toMatchObject({ kind: 'unreachable' })
    expect(pve.received).toHaveLength(4)
    pve.reply(plain(596, 'Broken pipe'))
    expect(await failureOf(api.call('GET /nodes', {}))).toMatchObject({ status: 596 })
    expect(pve.received).toHaveLength(8)
    pve.reply(plain(500, 'got timeout'))
    expect(await failureOf(api.call('GET /nodes', {}))).toMatchObject({ status: 500 })
    expect(pve.received).toHaveLength(9)
  })

  it('times out: the change is unknown, the read unreachable', async () => {
    const pve = await server()
    pve.reply(silence)
    const api = connect([pve.host], { timeoutSeconds: 0.2 }).api(ticket)
    const [change, read] = await Promise.all([
      failureOf(api.send({ method: 'POST', path: '/nodes/pve1/qemu' })),
      failureOf(api.call('GET /nodes', {})),
    ])
    expect(change).toMatchObject({ kind: 'unknown-outcome', reason: 'no answer within 0.2 s' })
    expect(read).toMatchObject({ kind: 'unreachable', reason: 'no answer within 0.2 s' })
    expect(pve.received).toHaveLength(2)
  })

  it('is called off: a read with the reason, a change with an unknown outcome', async () => {
    const pve = await server()
    const calledOff = new AbortController()
    const arrived = new Promise<void>((resolve) =>
      pve.reply(silence, () => {
        resolve()
      }),
    )
    const api = connect([pve.host]).api(ticket)
    const { signal } = calledOff
    const read = api.call('GET /nodes', {}, { signal })
    const change = failureOf(api.send({ method: 'POST', path: '/nodes/pve1/qemu' }, { signal }))
    await arrived
    calledOff.abort(new Error('cancelled by ops'))
    await expect(read).rejects.toThrow('cancelled by ops')
    expect(await change).toMatchObject({
      kind: 'unknown-outcome',
      reason: 'the call was called off',
    })
    const late = api.send({ method: 'POST', path: '/nodes/pve1/qemu' }, { signal })
    await expect(late).rejects.toThrow('cancelled by ops')
    expect(pve.received).toHaveLength(2)
  })
})

describe('several hosts', () => {
  it('the next one is asked when one does not answer, also for a change, and stays', async () => {
    const pve2 = await server()
    const dead = await deadHost()
    const connection = connect([dead, pve2.host])
    expect(connection.currentHost()).toBe(dead)
    pve2.reply(json('UPID:x'))
    const api = connection.api(ticket)
    expect(await api.send({ method: 'POST', path: '/nodes/pve1/qemu' })).toBe('UPID:x')
    expect(pve2.received).toHaveLength(1)
    expect(connection.currentHost()).toBe(pve2.host)
  })

  it('a read that one host drops goes to the next', async () => {
    const [pve1, pve2] = [await server(), await server()]
    pve1.reply(drop)
    pve2.reply(json([2]))
    const connection = connect([pve1.host, pve2.host])
    expect(await connection.api(ticket).call('GET /nodes', {})).toEqual([2])
    expect(connection.currentHost()).toBe(pve2.host)
  })

  it('goes back to the first when the second is lost later', async () => {
    const pve1 = await server()
    const pve2 = await server()
    const connection = connect([await deadHost(), pve2.host, pve1.host])
    const api = connection.api(ticket)
    await api.call('GET /nodes', {})
    expect(connection.currentHost()).toBe(pve2.host)
    await pve2[Symbol.asyncDispose]()
    await api.call('GET /nodes', {})
    expect(connection.currentHost()).toBe(pve1.host)
  })

  it('all dead: unreachable, with every host named', async () => {
    const [one, two] = [await deadHost(), await deadHost()]
    const call = connect([one, two]).api(ticket).send({ method: 'POST', path: '/nodes/pve1/qemu' })
    expect(await failureOf(call)).toEqual({
      kind: 'unreachable',
      host: `${one}, ${two}`,
      reason: expect.stringContaining('ECONNREFUSED'),
    })
  })

  it('an unknown name is unreachable', async () => {
    const call = connect(['pve1.invalid']).api(none).call('GET /version', {})
    expect(await failureOf(call)).toMatchObject({ kind: 'unreachable', host: 'pve1.invalid:8006' })
  })

  it('none, or no host, is said at once', () => {
    expect(() => connect([])).toThrow('no Proxmox host is given')
    expect(() => connect(['pve 1'])).toThrow('not a host')
  })
})

describe('connections', () => {
  it('are kept and shared, at most so many per host', async () => {
    const pve = await server()
    const held: (() => void)[] = []
    pve.reply((response) => held.push(() => response.end('{"data":null}')))
    const api = connect([pve.host], { maxRequestsPerHost: 3 }).api(ticket)
    const calls = Array.from({ length: 10 }, () => api.call('GET /nodes', {}))
    while (pve.received.length < 10) {
      await expect.poll(() => held.length).toBeGreaterThan(0)
      expect(held.length).toBeLessThanOrEqual(3)
      for (const finish of held.splice(0)) finish()
      await expect.poll(() => held.length > 0 || pve.received.length === 10).toBe(true)
    }
    for (const finish of held.splice(0)) finish()
    await Promise.all(calls)
    expect(pve.connections()).toBe(3)
  })

  it(
    'an idle one is given up before Proxmox closes it after 5 s',
    { timeout: 20_000 },
    async () => {
      const pve = await server({ keepAliveTimeout: 0 })
      const api = connect([pve.host]).api(ticket)
      await api.call('GET /nodes', {})
      await immediate()
      await api.call('GET /nodes', {})
      expect(pve.connections()).toBe(1)
      // The time itself is what is tested. This server keeps its sockets and, like Proxmox, does not say for how long.
      await delay(4700)
      await api.send({ method: 'POST', path: '/nodes/pve1/qemu' })
      expect(pve.connections()).toBe(2)
    },
  )

  it('one that the server has closed meanwhile does not cost a change its answer', async () => {
    const pve = await server({ keepAliveTimeout: 30 })
    const api = connect([pve.host]).api(ticket)
    for (let round = 0; round < 5; round += 1) {
      pve.reply((response) => {
        response.setHeader('Connection', 'close')
        response.end('{"data":"UPID:x"}')
      })
      expect(await api.send({ method: 'POST', path: '/nodes/pve1/qemu' })).toBe('UPID:x')
    }
    expect(pve.connections()).toBe(5)
  })

  it('close lets a running call end, and no new one begin', async () => {
    const pve = await server()
    const arrived = new Promise<() => void>((resolve) =>
      pve.reply((response) => resolve(() => response.end('{"data":[1]}'))),
    )
    const connection = connect([pve.host])
    const call = connection.api(ticket).call('GET /nodes', {})
    const finish = await arrived
    const closed = connection.close()
    const late = connection.api(ticket).send({ method: 'POST', path: '/nodes/pve1/qemu' })
    expect(await failureOf(late)).toMatchObject({ kind: 'unreachable' })
    finish()
    expect(await call).toEqual([1])
    await closed
    expect(pve.received).toHaveLength(1)
  })
})
