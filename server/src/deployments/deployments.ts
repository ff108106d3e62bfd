/** Deployments: take them on, carry them out, show them, stop them. One for each process, because DBOS is. */
import { DBOS, DBOSClient } from '@dbos-inc/dbos-sdk'
import type { DeploymentHead, DeploymentView } from '@deployer/core/deployment.ts'
import type { Inventory } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { type FailedVms, planUnchanged } from '@deployer/core/retry.ts'
import { labelOfSource } from '@deployer/core/source-label.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import type { RawBuilder } from 'kysely'
import { randomBytes } from 'node:crypto'
import { hostname } from 'node:os'
import type { Logger } from 'pino'
import { recordTakeover } from '../audit/takeover.ts'
import type { Database } from '../database/database.ts'
import { migrate, oneServerAtATime } from '../database/migrate.ts'
import type { Events } from '../events/events.ts'
import type { Listener } from '../events/listener.ts'
import type { Caller } from '../identity/caller.ts'
import type { Secrets } from '../identity/secrets.ts'
import { type ServiceAccount, withWorker } from '../identity/service-account.ts'
import { withRights } from '../inventory/permissions.ts'
import type { SnippetStore } from '../snippets/snippets.ts'
import { cleanUp } from './clean-up.ts'
import { createCredentialStore, type CredentialStore, type WorkCredentials } from './credentials.ts'
import { durably } from './durably.ts'
import { cancelVms, finishVm } from './endings.ts'
import type { EngineParts } from './engine-parts.ts'
import { readFailedVms } from './failed-vms.ts'
import { takeOverFormerService } from './former-service.ts'
import { createGuestSecrets } from './guest-passwords.ts'
import { createHousekeeping } from './housekeeping.ts'
import { createJournal } from './journal.ts'
import { createPresence } from './presence.ts'
import { createProgressBoard } from './progress.ts'
import { findByKey, listDeployments, readDeployment } from './reading.ts'
import { type RetryOrder, retryVms } from './retry.ts'
import { runStep } from './run-step.ts'
import { type EngineSettings, slotLimit } from './settings.ts'
import { createSlots } from './slots.ts'
import { checkRunners } from './steps/runners.ts'
import { createStops } from './stops.ts'
import { createStranded } from './stranded.ts'
import { KeyUsed, type Order, QUEUE, submit } from './submit.ts'
import { readUndo } from './undo.ts'
import { markInterrupted } from '../validations/validations.ts'
import { createWatchers, type Watchers } from './watchers.ts'
import { APPLICATION_VERSION, bindEngine } from './workflow.ts'

export type Deployments = {
  /** Id of this server process, by which others know it when it has gone. */
  executor: string
  /**
   * Begins the work; answers at once. The same key of the same caller answers what the first call made.
   * Throws `VmidsReserved` where another deployment took one of the plan's ids in between: plan again.
   */
  submit: (order: Omit<Order, 'sourceLabel' | 'undoOf'>) => Promise<DeploymentView>
  /** What the caller's earlier call with this key made, or null. */
  findByKey: (
    idempotencyKey: string,
    caller: Pick<Caller, 'username'>,
  ) => Promise<DeploymentView | null>
  /** Newest first, of those for which `seen` holds. `before`: id of the last one of the page before. */
  list: (
    page?: { limit?: number; before?: string },
    seen?: RawBuilder<boolean>,
  ) => Promise<DeploymentHead[]>
  get: (id: string) => Promise<DeploymentView | null>
  /**
   * Stops what runs, removes half VMs, keeps finished ones: of all its VMs, or of those with these ids. Answers when it is
   * decided, not when it is done: the ids that are no VMs of it, and then nothing has changed.
   */
  cancel: (id: string, caller: Caller, vmIds?: string[] | null) => Promise<string[]>
  /**
   * Failed VMs go on from the step that failed: all of them, or those with these ids. Answers when it is decided. Throws
   * `RetryRefused`, and then nothing has changed.
   */
  retry: (order: RetryOrder) => Promise<void>
  /** What a retry has to go on with, as the caller sees it now. Throws `RetryRefused`. Changes nothing. */
  failedVms: (id: string, vmIds: string[] | null, caller: Caller) => Promise<FailedVms>
  /** What is left to do for each of them, where nothing changes; blocked where the caller lacks a right for it. */
  retryPlan: (failed: FailedVms, caller: Caller) => Promise<Plan>
  /**
   * What an undo would stop and destroy, as the caller sees it now. Throws `UndoRefused` where there can be none. Changes
   * nothing.
   */
  undoPlan: (id: string, caller: Caller) => Promise<Plan>
  /**
   * Begins an undo, which is a deployment of its own; `plan` as `undoPlan` made it. Throws `UndoRefused`, and then
   * nothing has happened.
   */
  undo: (id: string, plan: Plan, caller: Caller) => Promise<DeploymentView>
  /** For other work that goes on without its owner: their credentials, and the bound on questions to guest agents. */
  work: Pick<CredentialStore, 'workerOf' | 'keep' | 'apiOf'> & Pick<Watchers, 'askAgent'>
  /** Work of this person that waits for them goes on. `username` as in `Caller`. */
  ownerSignedIn: (username: string, credentials: WorkCredentials) => Promise<void>
  start: () => Promise<void>
  /** Lets go of the work; this server's next start, or another server, goes on with it. */
  stop: () => Promise<void>
}

export type DeploymentsDeps = {
  database: Database
  connection: Connection
  secrets: Secrets
  listener: Listener
  events: Events
  settings: EngineSettings
  /** Null where this server has no way onto the nodes. */
  snippets: SnippetStore | null
  /** Does the work of all deployments; null: everybody's is done with their own account. */
  service: ServiceAccount | null
  /** Null where it is not known. */
  templateName: (caller: Caller, vmid: number) => Promise<string | null>
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
}

/** Where the work of a server that has gone goes on: without a limit, because it may hold slots that others wait for. */
const ADOPTED_QUEUE = 'adopted'
const APPLICATION = 'proxmox-vm-deployer'
const QUEUE_LOOK_MS = 100
const MOST_WORKFLOWS = 1000
const DRAIN_MS = 500

/** `d-7f3a-12:1`, the first run of the twelfth VM of `d-7f3a`. */
const deploymentOf = (workflowId: string): string =>
  workflowId.slice(0, workflowId.lastIndexOf('-'))

/** Answers how many VMs it was working on. */
const adopt = async (db: Database['db'], dead: string, by: string): Promise<number> => {
  const left = await DBOS.listWorkflows({
    executorId: dead,
    status: 'PENDING',
    loadInput: false,
    loadOutput: false,
  })
  const ids = left.map((workflow) => workflow.workflowID)
  await recordTakeover(db, { dead, by, deploymentIds: [...new Set(ids.map(deploymentOf))] })
  await markInterrupted(db, dead)
  if (ids.length > 0) await DBOS.resumeWorkflows(ids, { queueName: ADOPTED_QUEUE })
  return ids.length
}

export const createDeployments = (deps: DeploymentsDeps): Deployments => {
  const { database, connection, secrets, listener, events, settings, logger } = deps
  const { db, pool, url: databaseUrl } = database
  const executor = `server-${randomBytes(8).toString('hex')}`
  let client: DBOSClient | undefined
  let stopping = false

  const common = { db, listener, logger }
  const journal = createJournal(db)
  const { service } = deps
  const credentials = createCredentialStore({
    ...common,
    connection,
    secrets,
    service,
    lookEveryMs: settings.pace.ticketTickMs,
  })
  const parts: EngineParts = {
    journal,
    credentials,
    settings,
    snippets: deps.snippets,
    ...createGuestSecrets(db, secrets),
    logger,
    slots: createSlots({ ...common, limit: (kind) => slotLimit(settings.limits, kind) }),
    stops: createStops(common),
    watchers: createWatchers({
      apiOf: credentials.apiOf,
      taskTickMs: settings.pace.taskTickMs,
      agentCallsPerNode: settings.limits.agentCallsPerNode,
    }),
    progress: createProgressBoard({
      journal,
      isFollowed: events.isFollowed,
      tickMs: settings.pace.progressTickMs,
      logger,
    }),
    isStopping: () => stopping,
  }
  const presence = createPresence({
    ...common,
    databaseUrl,
    executor,
    host: hostname(),
    adopt: (dead) => adopt(db, dead, executor),
  })
  const housekeeping = createHousekeeping(common)
  const helpers = [parts.slots, parts.stops, parts.progress, credentials, housekeeping]

  const finish = async (vmId: string, run: number) => {
    if (!(await parts.journal.isCurrent(vmId, run))) return
    // Before the end is told, because a retry may follow it at once.
    await parts.slots.freeAll(vmId)
    parts.stops.forget(vmId)
    await finishVm(db, vmId, run)
  }
  const stranded = createStranded({ ...common, finish, everyMs: settings.pace.strandedTickMs })

  /** What nobody expected ends the workflow: the log is the only place that knows it whole. */
  const logged = async <T>(
    at: { vmId: string; run?: number; stepId: string },
    work: Promise<T>,
  ) => {
    try {
      return await work
    } catch (error) {
      logger.error({ err: error, ...at }, 'an error that nobody expected ended the work on a VM')
      parts.stops.forget(at.vmId)
      throw error
    }
  }

  const engine = {
    runStep: (vmId: string, run: number, stepId: string) =>
      logged({ vmId, run, stepId }, runStep(parts, vmId, run, stepId)),
    cleanUp: (vmId: string) => {
      const work = durably(parts, () => cleanUp(parts, db, vmId))
      return logged({ vmId, stepId: 'clean-up' }, work)
    },
    finish: (vmId: string, run: number) => {
      const work = durably(parts, () => finish(vmId, run))
      return logged({ vmId, run, stepId: 'finish' }, work)
    },
  }

  const goOnWithFormer = async (username: string) => {
    const left = await takeOverFormerService(db, username)
    if (left > 0)
      logger.info({ account: username, left }, 'The service account goes on with work of another')
  }

  /** One server at a time: DBOS's own first migrations take no lock. */
  const launch = () =>
    oneServerAtATime(databaseUrl, async () => {
      await migrate(db)
      if (service) await goOnWithFormer(service.username)
      for (const helper of helpers) helper.start()
      DBOS.setConfig({
        name: APPLICATION,
        systemDatabaseUrl: databaseUrl,
        systemDatabasePool: pool,
        executorID: executor,
        applicationVersion: APPLICATION_VERSION,
        enablePatching: true,
        useListenNotify: false,
        logger: dbosLogger(logger),
      })
      await DBOS.launch()
    })

  const start = async () => {
    checkRunners()
    bindEngine(engine)
    await launch()
    client = await DBOSClient.create({
      systemDatabaseUrl: databaseUrl,
      systemDatabasePool: pool,
      applicationName: APPLICATION,
      logger: dbosLogger(logger),
    })
    const polling = { minPollingIntervalMs: QUEUE_LOOK_MS }
    await client.registerQueue(QUEUE, { ...polling, workerConcurrency: MOST_WORKFLOWS })
    await client.registerQueue(ADOPTED_QUEUE, polling)
    await presence.start()
    stranded.start()
  }

  const stop = async () => {
    stopping = true
    await presence.stop()
    await stranded.stop()
    for (const helper of helpers) helper.stop()
    await DBOS.shutdown({ workflowCompletionTimeoutMS: DRAIN_MS })
    await client?.destroy()
  }

  const running = (): DBOSClient => {
    if (!client) throw new Error('the engine has not been started')
    return client
  }
  const get = (id: string) => readDeployment(db, id)
  const getExisting = async (id: string) => {
    const deployment = await get(id)
    if (!deployment) throw new Error(`the deployment ${id} is gone`)
    return deployment
  }
  const findMade: Deployments['findByKey'] = async (idempotencyKey, caller) => {
    const id = await findByKey(db, caller.username, idempotencyKey)
    return id === null ? null : get(id)
  }

  /** A plan as the caller's rights allow it, carried out by whoever does the work. */
  const judged = async (caller: Caller, planWith: (holds: Inventory['holds']) => Plan) => {
    const plan = await withRights(connection.api(caller.credentials), planWith)
    return withWorker(service, caller, plan, planWith)
  }

  const take: Deployments['submit'] = async (order) => {
    const { source } = order.request
    const name =
      source.kind === 'template' ? await deps.templateName(order.caller, source.vmid) : null
    const sourceLabel = labelOfSource(order.request.source, name)
    try {
      return await getExisting(
        await submit(
          { pool, client: running(), credentials, secrets },
          { ...order, sourceLabel, undoOf: null },
        ),
      )
    } catch (error) {
      const made =
        error instanceof KeyUsed && order.idempotencyKey !== null
          ? await findMade(order.idempotencyKey, order.caller)
          : null
      if (made) return made
      throw error
    }
  }

  return {
    executor,
    submit: take,
    findByKey: findMade,
    list: (page, seen) => listDeployments(db, page, seen),
    get,
    cancel: async (id, caller, vmIds) => {
      // Those would never hear it.
      await stranded.look(id)
      return cancelVms(db, id, caller, vmIds)
    },
    failedVms: (id, vmIds, caller) =>
      readFailedVms(db, connection.api(caller.credentials), id, vmIds),
    retryPlan: (failed, caller) => judged(caller, (holds) => planUnchanged(failed, holds)),
    retry: (order) => retryVms({ pool, client: running(), credentials }, order),
    undoPlan: async (id, caller) =>
      judged(caller, await readUndo(db, connection.api(caller.credentials), id)),
    undo: async (id, plan, caller) => {
      const { request, sourceLabel } = await getExisting(id)
      const order = { request, plan, caller, sourceLabel, idempotencyKey: null, undoOf: id }
      return getExisting(await submit({ pool, client: running(), credentials, secrets }, order))
    },
    ownerSignedIn: credentials.ownerSignedIn,
    work: { ...credentials, askAgent: parts.watchers.askAgent },
    start,
    stop,
  }
}

/** DBOS writes sentences; during an outage of the database the same one many times a second. */
const dbosLogger = (logger: DeploymentsDeps['logger']) => {
  let last = ''
  let lastAt = 0
  const write = (level: 'debug' | 'info' | 'warn' | 'error') => (entry: unknown) => {
    const text = entry instanceof Error ? entry.message : String(entry)
    const again = text === last && Date.now() - lastAt < 5000
    if (again) return
    last = text
    lastAt = Date.now()
    // What DBOS calls info is of interest to nobody but its developers.
    logger[level === 'info' ? 'debug' : level]({ part: 'dbos' }, text)
  }
  return {
    debug: write('debug'),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
  }
}
