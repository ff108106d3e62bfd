import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, quiet, type ScratchTables } from '../../test/scratch-tables.ts'
import {
  createEvents,
  newestEventId,
  recordEvents,
  type Events,
  type StoredEvent,
} from './events.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let events: Events

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('events'))
  events = createEvents({ ...tables, logger: quiet })
  events.start()
})
afterAll(async () => {
  events.stop()
  await tables.close()
  await postgres.stop()
})
beforeEach(async () => {
  await tables.db.deleteFrom('deployment').execute()
  for (const id of ['d-a', 'd-b'])
    await tables.pool.query(
      `insert into deployment (id, request, plan, plan_hash, source_label, created_by, runs_as)
       values ($1, '{}', '{}', '', '', 'root@pam', 'root@pam')`,
      [id],
    )
})

const vm = (deploymentId: string, name: string): DeploymentEvent => ({
  type: 'vm',
  deploymentId,
  vm: {
    id: `${deploymentId}-1`,
    name,
    vmid: 100,
    node: 'pve1',
    status: 'running',
    cancelRequested: false,
    changes: null,
    ip: null,
    error: null,
    startedAt: null,
    finishedAt: null,
    validation: null,
  },
})
const nameOf = ({ data }: StoredEvent) => (data.type === 'vm' ? data.vm.name : data.type)
const record = (deploymentId: string, ...names: string[]) =>
  tables.db.transaction().execute((tx) =>
    recordEvents(
      tx,
      deploymentId,
      names.map((name) => vm(deploymentId, name)),
    ),
  )

/** Reads until so many have come. */
const collect = async (stream: AsyncIterable<StoredEvent>, count: number) => {
  const seen: StoredEvent[] = []
  for await (const event of stream) {
    seen.push(event)
    if (seen.length === count) break
  }
  return seen
}
const signal = new AbortController().signal

describe('events', () => {
  test('are resumed after the last one seen, without loss and without those of others', async () => {
    await record('d-a', 'one', 'two')
    await record('d-b', 'foreign')
    const first = await collect(events.subscribe({ deploymentId: 'd-a', after: '0', signal }), 1)
    expect(first.map(nameOf)).toEqual(['one'])
    await record('d-a', 'three')
    const rest = await collect(
      events.subscribe({ deploymentId: 'd-a', after: first[0]?.id, signal }),
      2,
    )
    expect(rest.map(nameOf)).toEqual(['two', 'three'])
  })

  test('come as they are written', async () => {
    const after = await newestEventId(tables.db)
    const reading = collect(events.subscribe({ deploymentId: 'd-a', after, signal }), 3)
    await record('d-a', 'one')
    await record('d-a', 'two')
    await record('d-a', 'three')
    expect((await reading).map(nameOf)).toEqual(['one', 'two', 'three'])
  })

  test('without a deployment, only the heads come', async () => {
    const head: DeploymentEvent = {
      type: 'deployment',
      deployment: {
        id: 'd-a',
        name: null,
        status: 'running',
        createdBy: 'root@pam',
        createdAt: '',
        startedAt: null,
        finishedAt: null,
        cancelRequested: false,
        sourceLabel: '',
        undoOf: null,
        undoneBy: null,
        summary: { total: 1, queued: 0, running: 1, succeeded: 0, failed: 0, cancelled: 0 },
      },
    }
    const after = await newestEventId(tables.db)
    await record('d-a', 'one')
    await tables.db.transaction().execute((tx) => recordEvents(tx, 'd-a', [head]))
    const seen = await collect(events.subscribe({ after, signal }), 1)
    expect(seen[0]?.data).toEqual(head)
  })

  test('ids are in the order of commits, so a reader misses none of many writers', async () => {
    const after = await newestEventId(tables.db)
    const count = 200
    const reading = collect(events.subscribe({ deploymentId: 'd-a', after, signal }), count)
    await Promise.all(
      Array.from({ length: count }, (_, index) =>
        tables.db.transaction().execute(async (tx) => {
          // Transactions that began earlier and commit later must not slip ids in behind a reader.
          await tx.selectFrom('deployment').select('id').execute()
          await recordEvents(tx, 'd-a', [vm('d-a', `${index}`)])
        }),
      ),
    )
    const seen = await reading
    expect(new Set(seen.map(nameOf)).size).toBe(count)
    const ids = seen.map((event) => Number(event.id))
    expect(ids).toEqual(ids.toSorted((a, b) => a - b))
  })

  test('a reader ends with its signal', async () => {
    const leave = new AbortController()
    const seen: StoredEvent[] = []
    const reading = (async () => {
      const stream = events.subscribe({ deploymentId: 'd-a', after: '0', signal: leave.signal })
      for await (const event of stream) {
        seen.push(event)
        leave.abort()
      }
    })()
    await record('d-a', 'one')
    await reading
    expect(seen.map(nameOf)).toEqual(['one'])
  })

  test('who is watched is known to every server', async () => {
    expect(events.isFollowed('d-b')).toBe(false)
    const told = new Promise<string>((resolve) => {
      tables.listener.on('follow', resolve)
    })
    const leave = new AbortController()
    const reading = collect(
      events.subscribe({ deploymentId: 'd-b', after: '0', signal: leave.signal }),
      1,
    )
    expect(await told).toBe('d-b')
    expect(events.isFollowed('d-b')).toBe(true)
    leave.abort()
    await reading
  })

  test('the connection is found again after PostgreSQL was killed, and nothing is lost', async () => {
    const reading = collect(events.subscribe({ deploymentId: 'd-a', after: '0', signal }), 2)
    await record('d-a', 'one')
    await postgres.kill()
    await postgres.start()
    await record('d-a', 'two')
    expect((await reading).map(nameOf)).toEqual(['one', 'two'])
  })
})
