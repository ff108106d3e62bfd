import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { startSimulator, type Simulator } from '@deployer/simulator/simulator.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createEvents, type Events } from '../src/events/events.ts'
import { createListener, type Listener } from '../src/events/listener.ts'
import { changingCalls, madeBy, requestFor, TEST_SPEED } from './engine.ts'
import { faultsOf } from './made-once.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'
import { openTables, quiet } from './scratch-tables.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'

const PATIENCE_MS = 120_000

let postgres: ScratchPostgres
let simulator: Simulator
let databases = 0

beforeAll(async () => {
  postgres = await createScratchPostgres()
})
afterAll(async () => {
  await postgres.stop()
})

/** What the test sees of the database while servers come and go. */
type Watch = { events: Events; listener: Listener; tables: ReturnType<typeof openTables> }

let databaseUrl: string
let servers: ServerProcess[]
let watch: Watch

beforeEach(async () => {
  databases += 1
  databaseUrl = await postgres.createDatabase(`crash_${databases}`)
  simulator = await startSimulator({ speed: TEST_SPEED })
  servers = await Promise.all([0, 1].map(() => createServerProcess({ databaseUrl, simulator })))
})
afterEach(async () => {
  for (const server of servers) await server.remove()
  watch.events.stop()
  await watch.listener.stop()
  await watch.tables.db.destroy()
  await simulator.close()
})

const startWatch = async () => {
  const tables = openTables(databaseUrl)
  const listener = createListener({ databaseUrl, logger: quiet })
  await listener.start()
  watch = { tables, listener, events: createEvents({ db: tables.db, listener, logger: quiet }) }
}

const until = async (id: string, fits: (data: DeploymentEvent) => boolean) => {
  const stop = new AbortController()
  const stream = watch.events.subscribe({ deploymentId: id, after: '0', signal: stop.signal })
  for await (const { data } of stream) if (fits(data)) return
}
const untilEnded = (id: string) =>
  until(id, (data) => data.type === 'deployment' && data.deployment.finishedAt !== null)

const server = (index: number): ServerProcess => {
  const found = servers[index]
  if (!found) throw new Error(`there is no server ${index}`)
  return found
}

const runs = (kind: string) => (data: DeploymentEvent) =>
  data.type === 'step' && data.step.kind === kind && data.step.status === 'running'

describe('a server that is ended', () => {
  test(
    'by kill -9, again and again, in the middle of a batch: every VM is made once',
    { timeout: PATIENCE_MS },
    async () => {
      const count = 8
      const one = server(0)
      await one.start()
      await startWatch()
      const { id } = await one.deploy(requestFor(`kill-{1..${count}}`))
      const moments: ((data: DeploymentEvent) => boolean)[] = [
        (data) => data.type === 'step' && data.step.kind === 'clone' && data.step.upid !== null,
        (data) =>
          data.type === 'step' && data.step.kind === 'configure' && data.step.status === 'running',
        (data) =>
          data.type === 'step' &&
          data.step.kind === 'wait-for-agent' &&
          data.step.status === 'running',
      ]
      for (const moment of moments) {
        await until(id, moment)
        await one.kill()
        await one.start()
      }
      await untilEnded(id)
      const ended = await one.get(id)
      expect(faultsOf(simulator, ended)).toEqual([])
      expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: count } })
    },
  )

  test(
    'by kill -9 while templates are made from an image: each is created and converted once',
    { timeout: PATIENCE_MS },
    async () => {
      const one = server(0)
      await one.start()
      await startWatch()
      const volid = 'iso-nfs:import/noble-server-cloudimg-amd64.qcow2'
      const { id } = await one.deploy({
        source: { kind: 'image', volid, convertToTemplate: true },
        vms: [{ name: 'golden-{1..3}' }],
      })
      const moments: ((data: DeploymentEvent) => boolean)[] = [
        runs('create'),
        (data) => data.type === 'step' && data.step.kind === 'create' && data.step.upid !== null,
        runs('convert-to-template'),
      ]
      for (const moment of moments) {
        await until(id, moment)
        await one.kill()
        await one.start()
      }
      await untilEnded(id)
      expect(await one.get(id)).toMatchObject({ status: 'succeeded', summary: { succeeded: 3 } })
      const made = madeBy(simulator, id)
      expect(made.map(({ config }) => config['template'])).toEqual(['1', '1', '1'])
      for (const { vmid } of made) {
        const paths = changingCalls(simulator.requests(), vmid).map(({ path }) => path)
        expect(paths.filter((path) => path.endsWith('/qemu'))).toHaveLength(1)
      }
    },
  )

  test(
    'by kill -9 around a seed: it is uploaded, read and removed, whenever that happens',
    { timeout: PATIENCE_MS },
    async () => {
      const one = server(0)
      await one.start()
      await startWatch()
      const cloudInit = { users: [{ name: 'ada', sudo: true }], packages: ['nginx'] }
      const { id } = await one.deploy(
        requestFor('seeded-{1..4}', { defaults: { start: true, cloudInit } }),
      )
      for (const kind of ['upload-seed', 'attach-seed', 'read-cloud-init', 'detach-seed']) {
        await until(id, runs(kind))
        await one.kill()
        await one.start()
      }
      await untilEnded(id)
      const ended = await one.get(id)
      expect(faultsOf(simulator, ended)).toEqual([])
      expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 4 } })
      for (const { config, running } of madeBy(simulator, id)) {
        expect(running?.firstBoot?.users).toEqual(['ada'])
        expect(config['ide2']).toBe('none,media=cdrom')
      }
      expect(simulator.world.volumes.filter(({ seed }) => seed !== undefined)).toEqual([])
    },
  )

  test(
    'by kill -9 for good: another server on the same database goes on with its work',
    { timeout: PATIENCE_MS },
    async () => {
      const count = 6
      await Promise.all(servers.map((each) => each.start()))
      await startWatch()
      const { id } = await server(0).deploy(requestFor(`left-{1..${count}}`))
      await until(
        id,
        (data) => data.type === 'step' && data.step.kind === 'clone' && data.step.upid !== null,
      )
      await server(0).kill()
      await untilEnded(id)
      const ended = await server(1).get(id)
      expect(faultsOf(simulator, ended)).toEqual([])
      expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: count } })
    },
  )

  test(
    'in good order, while its VMs are being made, loses as little',
    { timeout: PATIENCE_MS },
    async () => {
      const one = server(0)
      await one.start()
      await startWatch()
      const { id } = await one.deploy(requestFor('pause-{1..4}'))
      await until(
        id,
        (data) => data.type === 'step' && data.step.kind === 'clone' && data.step.upid !== null,
      )
      await one.stop()
      await one.start()
      await untilEnded(id)
      const ended = await one.get(id)
      expect(faultsOf(simulator, ended)).toEqual([])
      expect(ended.status).toBe('succeeded')
    },
  )

  test(
    'by kill -9 after a cancel: the next start finishes the clean-up',
    { timeout: PATIENCE_MS },
    async () => {
      const one = server(0)
      await one.start()
      await startWatch()
      const { id } = await one.deploy(
        requestFor('gone', { source: { kind: 'template', vmid: 9010, clone: 'full' } }),
      )
      await until(
        id,
        (data) => data.type === 'step' && data.step.kind === 'clone' && data.step.upid !== null,
      )
      await one.cancel(id)
      await one.kill()
      // The clone may come to its end while nobody looks.
      await delay(500)
      await one.start()
      await untilEnded(id)
      expect(await one.get(id)).toMatchObject({ status: 'cancelled' })
      expect(madeBy(simulator, id)).toEqual([])
    },
  )

  test(
    'by kill -9 in the middle of an undo: every VM is destroyed, and what lost its stamp stays',
    { timeout: PATIENCE_MS },
    async () => {
      const one = server(0)
      await one.start()
      await startWatch()
      const { id } = await one.deploy(
        requestFor('undo-{1..8}', { defaults: { start: true, validate: { ports: [] } } }),
      )
      await untilEnded(id)
      const undo = await one.undo(id)
      const kept = simulator.world.guests.find(({ vmid }) => vmid === undo.vms[7]?.vmid)
      if (kept) kept.config['description'] = 'not to be touched'
      const moments: ((data: DeploymentEvent) => boolean)[] = [
        (data) => data.type === 'step' && data.step.kind === 'stop' && data.step.upid !== null,
        (data) => data.type === 'step' && data.step.kind === 'destroy' && data.step.upid !== null,
      ]
      for (const moment of moments) {
        await until(undo.id, moment)
        await one.kill()
        await one.start()
      }
      await untilEnded(undo.id)
      const ended = await one.get(undo.id)
      expect(ended.summary).toMatchObject({ succeeded: 7, failed: 1 })
      expect(ended.vms[7]).toMatchObject({ status: 'failed', error: { code: 'not-ours' } })
      expect(madeBy(simulator, id)).toEqual([])
      expect(kept && simulator.world.guests.includes(kept)).toBe(true)
      // A call whose answer died with the server may be sent again; never for another VM.
      const asked = simulator
        .requests()
        .flatMap(({ method, path }) => (method === 'DELETE' ? Number(path.split('/').at(-1)) : []))
      expect(new Set(asked)).toEqual(new Set(ended.vms.slice(0, 7).map(({ vmid }) => vmid)))
    },
  )
})
