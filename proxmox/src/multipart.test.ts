import { describe, expect, it } from 'vitest'
import { failureOf, testServers, ticket } from '../test/fixture.ts'
import { json, plain } from '../test/https-server.ts'
import { multipartBody } from './multipart.ts'

const { server, connect } = testServers()

const upload = (bytes: Uint8Array, name = 'seed.iso') => ({
  method: 'POST' as const,
  path: '/nodes/pve1/storage/local/upload',
  params: { content: 'iso', 'checksum-algorithm': 'sha256', checksum: 'ab12' },
  file: { name, bytes },
})

describe('an upload', () => {
  it('has its length, the fields in their order, and the file last', async () => {
    const pve = await server()
    pve.reply(json('UPID:pve1:00001234:00005678:6B03C8B5:imgcopy::root@pam:'))
    const answer = await connect([pve.host])
      .api(ticket)
      .send(upload(Buffer.from('\r\n--not the boundary\r\n')))
    expect(answer).toBe('UPID:pve1:00001234:00005678:6B03C8B5:imgcopy::root@pam:')
    const [post] = pve.received
    expect(post?.headers['transfer-encoding']).toBeUndefined()
    expect(post?.headers['content-length']).toBe(String(Buffer.byteLength(post?.body ?? '')))
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(
      post?.headers['content-type'] ?? '',
    )?.[1]
    expect(post?.body.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="content"\r\n\r\niso\r\n',
      '\r\nContent-Disposition: form-data; name="checksum-algorithm"\r\n\r\nsha256\r\n',
      '\r\nContent-Disposition: form-data; name="checksum"\r\n\r\nab12\r\n',
      '\r\nContent-Disposition: form-data; name="filename"; filename="seed.iso"\r\nContent-Type: application/octet-stream\r\n\r\n\r\n--not the boundary\r\n\r\n',
      '--\r\n',
    ])
  })

  it('keeps every byte', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    const { body } = multipartBody({}, { name: 'x.iso', bytes })
    expect(Buffer.from(body).includes(Buffer.from(bytes))).toBe(true)
  })

  it('that is refused has the words of the refusal', async () => {
    const pve = await server()
    const reason = 'Permission check failed (/storage/local, Datastore.AllocateTemplate)'
    pve.reply(plain(403, reason))
    const call = connect([pve.host])
      .api(ticket)
      .send(upload(Buffer.alloc(70_000)))
    expect(await failureOf(call)).toMatchObject({ kind: 'answered', status: 403, message: reason })
  })

  it.each(['a b.iso', '../x.iso', 'x".iso', ''])('of a file named "%s" is not sent', (name) => {
    expect(() => multipartBody({}, { name, bytes: Buffer.from('x') })).toThrow(TypeError)
  })

  it('with a line break in a field is not sent', () => {
    expect(() =>
      multipartBody({ content: 'iso\r\nX: y' }, { name: 'x.iso', bytes: Buffer.from('x') }),
    ).toThrow(TypeError)
  })
})
