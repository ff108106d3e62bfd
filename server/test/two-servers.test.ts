/** Two servers on one database, real processes both: one is killed in the middle, and nobody notices but the log. */
import { deploymentEventSchema } from '@deployer/core/deployment.ts'
import { startSimulator, type Simulator } from '@deployer/simulator/simulator.ts'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { requestFor, TEST_SPEED } from './engine.ts'
import { faultsOf } from './made-once.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'
import { openTables } from './scratch-tables.ts'
import { createServerProcess, type ServerProcess, TOKEN } from './server-process.ts'

/** Few, so that a limit that each server had for itself would be overrun. */
const CLONES_AT_ONCE = 2
const STARTS_PER_NODE = 2
const environment = {
  CLONES_PER_SHARED_STORAGE: String(CLONES_AT_ONCE),
  STARTS_PER_NODE: String(STARTS_PER_NODE),
}
const TAKEOVER_MS = 60_000

let postgres: ScratchPostgres
let simulator: Simulator
let tables: ReturnType<typeof openTables>
let servers: ServerProcess[] = []

/** The most tasks of a kind that ran at the same time, on the node or storage where they are limited. */
const most = new Map<string, number>()
const count = () => {
  const running = simulator.world.tasks.filter(({ endtime }) => endtime === undefined)
  // All clones of these tests are into one shared storage.
  const keys = running.flatMap(({ type, node }) => {
    if (type === 'qmclone') return ['clone']
    return type === 'qmstart' ? [`start on ${node}`] : []
  })
  for (const [key, same] of Map.groupBy(keys, (each) => each))
    most.set(key, Math.max(most.get(key) ?? 0, same.length))
}

beforeAll(async () => {
  postgres = await createScratchPostgres()
  simulator = await startSimulator({ speed: TEST_SPEED, onRequest: count })
  const databaseUrl = await postgres.createDatabase('two')
  servers = await Promise.all(
    [0, 1].map(() => createServerProcess({ databaseUrl, simulator, environment })),
  )
  tables = openTables(databaseUrl)
})
afterAll(async () => {
  for (const server of servers) await server.remove()
  await tables.db.destroy()
  await simulator.close()
  await postgres.stop()
})

const executors = async () => {
  const rows = await tables.db.selectFrom('server').select('executor').execute()
  return rows.map(({ executor }) => executor)
}

/** How many VMs each server has taken on and not finished. */
const workOf = async (executor: string): Promise<number> => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from dbos.workflow_status
     where status = 'PENDING' and executor_id = ${executor}`.execute(tables.db)
  return rows[0]?.count ?? 0
}

type Message = { id: string; text: string }

/** The events of a deployment as a browser gets them, from the first on. */
async function* follow(server: ServerProcess, id: string): AsyncGenerator<Message> {
  const response = await fetch(`${server.base}/deployments/${id}/events`, {
    headers: { authorization: TOKEN, 'last-event-id': '0' },
  })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const [, number] = /^id: (.*)$/m.exec(message) ?? []
      const [, data] = /^data: (.*)$/m.exec(message) ?? []
      if (number !== undefined && data !== undefined) yield { id: number, text: data }
    }
  }
}

/** All messages up to the end of the deployment. */
const followToEnd = async (server: ServerProcess, id: string): Promise<string[]> => {
  const ids: string[] = []
  for await (const message of follow(server, id)) {
    ids.push(message.id)
    const event = deploymentEventSchema.parse(JSON.parse(message.text))
    if (event.type === 'deployment' && event.deployment.finishedAt !== null) return ids
  }
  throw new Error('the stream ended before the deployment')
}

const untilCloning = async (server: ServerProcess, id: string) => {
  for await (const { text } of follow(server, id)) {
    const event = deploymentEventSchema.parse(JSON.parse(text))
    if (event.type === 'step' && event.step.kind === 'clone' && event.step.upid !== null) return
  }
  throw new Error('the stream ended before the first clone')
}

describe('two servers on one database', () => {
  test(
    'one of which is killed: the other takes over, within the limits, and its followers miss nothing',
    { timeout: 180_000 },
    async () => {
      const [first, second] = servers
      if (!first || !second) throw new Error('there are two')
      await first.start()
      const [executor = ''] = await executors()
      await second.start()
      const executor2 = (await executors()).find((each) => each !== executor) ?? ''
      const made = await Promise.all([
        first.deploy(requestFor('one-{01..12}')),
        second.deploy(requestFor('two-{01..12}')),
      ])
      await untilCloning(first, made[0].id)
      const loads = [
        { server: first, executor, load: await workOf(executor) },
        { server: second, executor: executor2, load: await workOf(executor2) },
      ]
      // Whichever server looked into the queue first has most of the work.
      const [busy, other] = loads.toSorted((a, b) => b.load - a.load)
      if (!busy || !other) throw new Error('there are two')
      expect(busy.load).toBeGreaterThan(0)
      const followed = made.map(({ id }) => followToEnd(other.server, id))

      await busy.server.kill()
      const killedAt = Date.now()
      await expect
        .poll(executors, { timeout: TAKEOVER_MS, interval: 100 })
        .toEqual([other.executor])
      expect(await workOf(busy.executor)).toBe(0)
      expect(Date.now() - killedAt).toBeLessThan(TAKEOVER_MS)

      const seen = await Promise.all(followed)
      for (const [at, { id }] of made.entries()) {
        const ended = await other.server.get(id)
        expect(faultsOf(simulator, ended)).toEqual([])
        expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 12 } })
        const events = await tables.db
          .selectFrom('event')
          .select('id')
          .where('deployment_id', '=', id)
          .orderBy('id')
          .execute()
        expect(seen[at]).toEqual(events.map((event) => event.id))
      }
      // As wide as allowed, and no wider: also while the slots of the dead server changed hands.
      expect(most.get('clone')).toBe(CLONES_AT_ONCE)
      const starts = [...most].filter(([key]) => key.startsWith('start'))
      expect(starts.filter(([, running]) => running > STARTS_PER_NODE)).toEqual([])
      expect(await tables.db.selectFrom('slot').selectAll().execute()).toEqual([])
    },
  )
})
