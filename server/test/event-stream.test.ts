/** Open streams of events: that they are open at once, and whose sign-in they end with. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSessionWatch } from '../src/identity/session-watch.ts'
import { createTables, quiet, type ScratchTables } from './scratch-tables.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let address: string
let tables: ScratchTables
beforeAll(async () => {
  server = await startTestServer()
  address = await server.listen()
  tables = await createTables(await server.postgres.createDatabase('watch'))
})
afterAll(async () => {
  await tables.close()
  await server.stop()
})

/** Answers when its first bytes have come. */
const openStream = async (headers: Record<string, string>) => {
  const stop = new AbortController()
  const response = await fetch(`${address}/api/v1/events`, { headers, signal: stop.signal })
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  const first = await reader?.read()
  const ended = (async () => {
    for (let done = false; !done;) done = (await reader?.read())?.done ?? true
  })()
  return { status: response.status, first: first?.value, ended, close: () => stop.abort() }
}
const isOpen = async (stream: { ended: Promise<void> }) =>
  (await Promise.race([stream.ended.then(() => 'ended'), Promise.resolve('open')])) === 'open'

describe('a stream of events', () => {
  it('sends a comment at once, so that proxies pass its headers on', async () => {
    const stream = await openStream({ authorization: apiToken })
    expect([stream.status, stream.first]).toEqual([200, ': connected\n\n'])
    const ended = stream.ended.catch(() => {})
    stream.close()
    await ended
  })

  it('ends when the person signs out, and no other does', async () => {
    const mine = await server.signIn('root@pam')
    const elsewhere = await server.signIn('root@pam')
    const streams = await Promise.all(
      [mine, elsewhere].map((cookie) => openStream({ cookie: `session=${cookie}` })),
    )
    const [one, other] = streams
    if (!one || !other) throw new Error('there are two')
    expect((await server.call('DELETE', '/api/v1/session', { cookie: mine })).status).toBe(204)
    await one.ended
    expect(await isOpen(other)).toBe(true)
    const again = await openStream({ cookie: `session=${mine}` })
    expect(again.status).toBe(401)
    const ended = other.ended.catch(() => {})
    other.close()
    await ended
  })
})

const insert = async (expires: string) => {
  await tables.db.deleteFrom('session').execute()
  await sql`insert into session (id_hash, username, sealed, renewed_at, expires_at)
            values (decode('ab', 'hex'), 'mira@pve', '', now(), ${expires}::timestamptz)`.execute(
    tables.db,
  )
}
const watchAt = (now: () => Date, lookEveryMs?: number) =>
  createSessionWatch({
    db: tables.db,
    listener: tables.listener,
    now,
    logger: quiet,
    ...(lookEveryMs !== undefined && { lookEveryMs }),
  })

describe('watching a session', () => {
  it('tells that it lapsed without anybody signing out', async () => {
    await insert('2026-11-23T10:00:00Z')
    let time = new Date('2026-11-23T09:00:00Z')
    let ended = 0
    watchAt(() => time, 20)('ab', () => (ended += 1))
    time = new Date('2026-11-23T10:00:01Z')
    await expect.poll(() => ended).toBe(1)
  })

  it('tells at once where it had ended before', async () => {
    await tables.db.deleteFrom('session').execute()
    let ended = 0
    watchAt(() => new Date())('ab', () => (ended += 1))
    await expect.poll(() => ended).toBe(1)
  })

  it('tells once, and nothing after it was stopped', async () => {
    await insert('2999-01-01T00:00:00Z')
    let ended = 0
    let stopped = 0
    watchAt(() => new Date())('ab', () => (ended += 1))
    watchAt(() => new Date())('ab', () => (stopped += 1))()
    for (let time = 0; time < 2; time += 1)
      await sql`select pg_notify('session', 'ab')`.execute(tables.db)
    await expect.poll(() => ended).toBe(1)
    expect([ended, stopped]).toEqual([1, 0])
  })
})
