import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { failureOf, testServers, ticket } from '../test/fixture.ts'
import { drop, json, plain } from '../test/https-server.ts'
import { UploadCut } from './stream-upload.ts'

const { server, connect } = testServers()

const call = {
  method: 'POST' as const,
  path: '/nodes/pve1/storage/local/upload',
  params: { content: 'iso', 'checksum-algorithm': 'sha256', checksum: 'ab12' },
}
const upid = 'UPID:pve1:00001234:00005678:6B03C8B5:imgcopy::root@pam:'

async function* pieces(...texts: string[]) {
  for (const text of texts) yield Buffer.from(text)
}

const never = async function* () {
  yield Buffer.from('abc')
  await new Promise(() => {})
}

async function* broken() {
  yield Buffer.from('abc')
  await delay(1)
  throw new Error('the browser left')
}

describe('a streamed upload', () => {
  it('is the form of Proxmox, with its length, and every byte of the file', async () => {
    const pve = await server()
    pve.reply(json(upid))
    const seen: number[] = []
    const answer = await connect([pve.host]).upload(
      ticket,
      call,
      { name: 'a.iso', sizeBytes: 9, bytes: pieces('abc', 'def', 'ghi') },
      { onProgress: (sent) => seen.push(sent) },
    )
    expect(answer).toBe(upid)
    expect(seen).toEqual([3, 6, 9])
    const [post] = pve.received
    expect(post).toMatchObject({ method: 'POST', url: `/api2/json${call.path}` })
    expect(post?.headers['transfer-encoding']).toBeUndefined()
    expect(post?.headers['content-length']).toBe(String(post?.body.length))
    expect(post?.headers['csrfpreventiontoken']).toBe(ticket.csrfToken)
    const boundary = /boundary=(\S+)$/.exec(post?.headers['content-type'] ?? '')?.[1]
    expect(post?.body.split(`--${boundary}`)).toEqual([
      '',
      '\r\nContent-Disposition: form-data; name="content"\r\n\r\niso\r\n',
      '\r\nContent-Disposition: form-data; name="checksum-algorithm"\r\n\r\nsha256\r\n',
      '\r\nContent-Disposition: form-data; name="checksum"\r\n\r\nab12\r\n',
      '\r\nContent-Disposition: form-data; name="filename"; filename="a.iso"\r\nContent-Type: application/octet-stream\r\n\r\nabcdefghi\r\n',
      '--\r\n',
    ])
  })

  it.each([
    ['too few', ['abc'], 'the file ended after 3 of 9 bytes'],
    ['too many', ['abcdefghi', 'j'], 'the file has more bytes than it was said to'],
  ])('with %s bytes never arrives whole', async (_how, texts, message) => {
    const pve = await server()
    const sending = connect([pve.host]).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 9,
      bytes: pieces(...texts),
    })
    await expect(sending).rejects.toThrow(new UploadCut(message))
    expect(pve.received).toEqual([])
  })

  it('that is called off ends with the reason', async () => {
    const pve = await server()
    const abort = new AbortController()
    const sending = connect([pve.host]).upload(
      ticket,
      call,
      { name: 'a.iso', sizeBytes: 9, bytes: never() },
      { signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) },
    )
    await expect(sending).rejects.toThrow('enough')
    expect(pve.received).toEqual([])
  })

  it('whose bytes fail passes that on', async () => {
    const pve = await server()
    const sending = connect([pve.host]).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 9,
      bytes: broken(),
    })
    await expect(sending).rejects.toThrow('the browser left')
    expect(pve.received).toEqual([])
  })

  it('in which nothing moves any more is given up, and Proxmox has nothing', async () => {
    const pve = await server()
    const sending = connect([pve.host], { timeoutSeconds: 0.3 }).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 9,
      bytes: never(),
    })
    expect(await failureOf(sending)).toMatchObject({
      kind: 'unreachable',
      reason: 'nothing moved for 0.3 s',
    })
    expect(pve.received).toEqual([])
  })

  it('that is refused has the words of the refusal', async () => {
    const pve = await server()
    const reason = 'Permission check failed (/storage/local, Datastore.AllocateTemplate)'
    pve.reply(plain(403, reason))
    const sending = connect([pve.host]).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 3,
      bytes: pieces('abc'),
    })
    expect(await failureOf(sending)).toMatchObject({
      kind: 'answered',
      status: 403,
      message: reason,
    })
  })

  it('whose answer is lost may have worked', async () => {
    const pve = await server()
    pve.reply(drop)
    const sending = connect([pve.host]).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 3,
      bytes: pieces('abc'),
    })
    expect(await failureOf(sending)).toMatchObject({ kind: 'unknown-outcome', host: pve.host })
  })

  it('that got lost behind the host may have worked', async () => {
    const pve = await server()
    pve.reply(plain(596, 'Connection timed out'))
    const sending = connect([pve.host]).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 3,
      bytes: pieces('abc'),
    })
    expect(await failureOf(sending)).toMatchObject({
      kind: 'unknown-outcome',
      reason: '596 Connection timed out',
    })
  })

  it('to a host that is not there has changed nothing', async () => {
    const sending = connect(['127.0.0.1:9']).upload(ticket, call, {
      name: 'a.iso',
      sizeBytes: 3,
      bytes: pieces('abc'),
    })
    expect(await failureOf(sending)).toMatchObject({ kind: 'unreachable' })
  })
})
