/** The engine on a PostgreSQL and a simulated cluster of its own, and what tests ask of them. */
import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import type { RetryPlan } from '@deployer/core/retry.ts'
import { readStamp } from '@deployer/core/stamp.ts'
import { type Api, type Connection, createConnection } from '@deployer/proxmox/client.ts'
import { createTaskWatcher } from '@deployer/proxmox/tasks.ts'
import { signIn } from '@deployer/proxmox/tickets.ts'
import {
  startSimulator,
  type JournalEntry,
  type Simulator,
  type SimulatorOptions,
} from '@deployer/simulator/simulator.ts'
import { openDatabase, type Database } from '../src/database/database.ts'
import { migrate } from '../src/database/migrate.ts'
import { createDeployments, type Deployments } from '../src/deployments/deployments.ts'
import { pendingVms } from '../src/deployments/pending.ts'
import { paceAt, type EngineSettings } from '../src/deployments/settings.ts'
import { createEvents, type Events, type StoredEvent } from '../src/events/events.ts'
import { createListener } from '../src/events/listener.ts'
import type { Caller } from '../src/identity/caller.ts'
import { createSecrets } from '../src/identity/secrets.ts'
import { createInventory } from '../src/inventory/inventory.ts'
import type { SnippetSettings } from '../src/inventory/snippets.ts'
import { createPlanner } from '../src/planning.ts'
import { createScratchPostgres, type ScratchPostgres } from './scratch-database.ts'
import { quiet } from './scratch-tables.ts'

export type TestEngine = {
  simulator: Simulator
  postgres: ScratchPostgres
  databaseUrl: string
  database: Database
  deployments: Deployments
  events: Events
  root: Caller
  connection: Connection
  /** The cluster itself, as its administrator uses it beside us. */
  api: Api
  signInAs: (username: string) => Promise<Caller>
  plan: (request: DeploymentRequest, caller?: Caller) => Promise<Plan>
  planRetry: (id: string, changes: RetryChanges, vmIds?: string[]) => Promise<RetryPlan>
  /** Plans and submits; `change` may alter the plan in between. */
  deploy: (
    request: DeploymentRequest,
    change?: (plan: Plan) => void | Plan,
    caller?: Caller,
  ) => Promise<DeploymentView>
  /** Answers the deployment when it has ended. */
  untilEnded: (id: string) => Promise<DeploymentView>
  /** Answers the first event from the beginning on that fits. */
  untilEvent: (
    id: string,
    fits: (data: StoredEvent['data']) => boolean,
  ) => Promise<StoredEvent['data']>
  close: () => Promise<void>
}

const PASSWORD = 'demo'
export const TEST_SPEED = 20

export const startEngine = async (
  options: SimulatorOptions & {
    settings?: Partial<EngineSettings>
    snippets?: SnippetSettings
  } = {},
): Promise<TestEngine> => {
  const { settings, snippets = null, ...simulated } = options
  const speed = simulated.speed ?? TEST_SPEED
  const [postgres, simulator] = await Promise.all([
    createScratchPostgres(),
    startSimulator({ speed, ...simulated }),
  ])
  const databaseUrl = await postgres.createDatabase('engine')
  const database = openDatabase(databaseUrl, quiet)
  await migrate(database.db)
  const connection = createConnection({
    hosts: [simulator.host],
    tls: { kind: 'pinned', fingerprints: [simulator.fingerprint] },
  })
  const listener = createListener({ databaseUrl, logger: quiet })
  await listener.start()
  const events = createEvents({ db: database.db, listener, logger: quiet })
  events.start()
  const vmids = { min: 100, max: 999_999_999 }
  const inventory = createInventory({
    connection,
    vmids,
    reservedVmids: async () => {
      const rows = await database.db.selectFrom('vmid_reservation').select('vmid').execute()
      return rows.map((row) => row.vmid)
    },
    pendingVms: () => pendingVms(database.db),
    snippets,
    logger: quiet,
  })
  const planner = createPlanner({ inventory, service: null, macSalt: 'test' })
  const deployments = createDeployments({
    database,
    connection,
    secrets: createSecrets('a secret of this test'),
    listener,
    events,
    settings: {
      limits: {
        clonesPerLocalStorage: 4,
        clonesPerSharedStorage: 2,
        fullCopiesPerStorage: 2,
        startsPerNode: 4,
        agentCallsPerNode: 2,
      },
      vmids,
      guestProxy: simulator.guestProxyUrl,
      pace: paceAt(speed),
      ...settings,
    },
    snippets: snippets?.store ?? null,
    service: null,
    templateName: async (caller, vmid) => (await inventory.template(caller, vmid))?.name ?? null,
    logger: quiet,
  })
  await deployments.start()

  const signInAs = async (user: string): Promise<Caller> => {
    const [username = '', realm = ''] = user.split('@')
    const answer = await signIn(connection, { username, realm, password: PASSWORD })
    if (answer.outcome !== 'signed-in') throw new Error(`${user} needs a second factor`)
    return { username: user, credentials: answer.credentials, expiresAt: null }
  }
  const root = await signInAs('root@pam')
  const plan = (request: DeploymentRequest, caller = root) =>
    planner.planAgain(caller, request, undefined)
  const untilEvent: TestEngine['untilEvent'] = async (id, fits) => {
    const stop = new AbortController()
    for await (const { data } of events.subscribe({
      deploymentId: id,
      after: '0',
      signal: stop.signal,
    }))
      if (fits(data)) return data
    throw new Error('the events ended')
  }

  return {
    simulator,
    postgres,
    databaseUrl,
    database,
    deployments,
    events,
    root,
    connection,
    api: connection.api(root.credentials),
    signInAs,
    plan,
    planRetry: async (id, changes, vmIds) =>
      planner.planRetry(
        root,
        await deployments.failedVms(id, vmIds ?? null, root),
        changes,
        undefined,
      ),
    deploy: async (request, change = (made) => made, caller = root) => {
      const made = await plan(request)
      if (made.blockers.length > 0)
        throw new Error(made.blockers.map((blocker) => blocker.message).join('\n'))
      const changed = change(made) ?? made
      return deployments.submit({ request, plan: changed, caller, idempotencyKey: null })
    },
    untilEvent,
    untilEnded: async (id) => {
      const stop = new AbortController()
      // The heads of all: following the one deployment would have the engine read task logs.
      for await (const { data } of events.subscribe({ after: '0', signal: stop.signal }))
        if (data.type === 'deployment' && data.deployment.id === id && data.deployment.finishedAt)
          break
      const ended = await deployments.get(id)
      if (!ended) throw new Error(`${id} is gone`)
      return ended
    },
    close: async () => {
      await deployments.stop()
      events.stop()
      await listener.stop()
      await database.close()
      await connection.close()
      await simulator.close()
      await postgres.stop()
    },
  }
}

/** The changing calls that the cluster received for a VM, in their order. */
export const changingCalls = (requests: JournalEntry[], vmid: number): JournalEntry[] =>
  requests.filter(
    ({ method, path, params }) =>
      method !== 'GET' &&
      !path.endsWith('/agent/ping') &&
      (path.includes(`/qemu/${vmid}/`) ||
        params['newid'] === String(vmid) ||
        (path.endsWith('/qemu') && params['vmid'] === String(vmid))),
  )

/** A VM of somebody else. */
export const addForeignGuest = (simulator: Simulator, vmid: number): void => {
  simulator.world.guests.push({
    vmid,
    type: 'qemu',
    node: 'pve1',
    config: { name: 'foreign', memory: '512', description: 'not ours' },
    pending: {},
    snapshots: [],
  })
}

/** The VMs whose description says that this deployment made them. */
export const madeBy = (simulator: Simulator, deploymentId: string) =>
  simulator.world.guests.filter(
    ({ config }) => readStamp(config['description'])?.deployment === deploymentId,
  )

/** A request for clones of a template of the demo cluster, started and checked. */
export const requestFor = (
  name: string,
  changes: Partial<DeploymentRequest> = {},
): DeploymentRequest => ({
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: { cores: 2, memoryMiB: 2048, start: true, validate: { ports: [22] } },
  vms: [{ name }],
  ...changes,
})

/** Somebody removes a VM, without us. */
export const destroyByHand = async ({ api, simulator }: TestEngine, vmid: number) => {
  const node = simulator.world.guests.find((guest) => guest.vmid === vmid)?.node ?? ''
  const watcher = createTaskWatcher({ api, node, tickMilliseconds: 20 })
  for (const call of [
    'POST /nodes/{node}/qemu/{vmid}/status/stop',
    'DELETE /nodes/{node}/qemu/{vmid}',
  ] as const) {
    const { outcome } = await watcher.follow(await api.call(call, { node, vmid }))
    if (outcome !== 'ok') throw new Error(`${call} on ${vmid}: ${outcome}`)
  }
}

/** Its agent answers from now on, as if somebody had installed it. */
export const repairAgent = ({ simulator }: TestEngine, vmid: number) => {
  const guest = simulator.world.guests.find((each) => each.vmid === vmid)
  if (guest?.running) guest.running.agentAt = 0
}
