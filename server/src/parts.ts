/** The parts of the server, each made of what it needs; `assemble.ts` has their order. */
import { renew } from '@deployer/proxmox/tickets.ts'
import type { AppDeps } from './app.ts'
import { actorOf } from './audit/append.ts'
import { createAudit } from './audit/audit.ts'
import { type Cluster, hostsOf } from './cluster.ts'
import type { Config } from './config.ts'
import type { Database } from './database/database.ts'
import { createDeployments, type Deployments } from './deployments/deployments.ts'
import { pendingVms } from './deployments/pending.ts'
import { type Pace, paceAt, realPace } from './deployments/settings.ts'
import type { Visibility } from './deployments/visibility.ts'
import { readService } from './doctor/account-facts.ts'
import { createDoctor, type Doctor } from './doctor/doctor.ts'
import { createHostFacts } from './doctor/hosts.ts'
import { databaseState, readOwnFacts } from './doctor/own-facts.ts'
import { createEvents, type Events } from './events/events.ts'
import { createListener, type Listener } from './events/listener.ts'
import { createAuthenticate } from './identity/authenticate.ts'
import type { Caller } from './identity/caller.ts'
import { announce, createServiceAccount, type ServiceAccount } from './identity/service-account.ts'
import { createSessions, type Sessions } from './identity/sessions.ts'
import { createSignIn } from './identity/sign-in.ts'
import { createTokenCheck } from './identity/tokens.ts'
import { createCatalogue } from './images/catalogue.ts'
import { createEndings } from './images/endings.ts'
import { createImageList } from './images/list.ts'
import { createRemoval } from './images/remove.ts'
import { createSending } from './images/send.ts'
import { createTransfers } from './images/transfers.ts'
import { createInventory, type InventoryReader } from './inventory/inventory.ts'
import type { SnippetSettings } from './inventory/snippets.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createReadiness } from './readiness.ts'
import type { SessionDeps } from './rest/session.ts'
import { readPrivateKey } from './snippets/private-key.ts'
import { createSnippetStore } from './snippets/snippets.ts'
import type { Status } from './status.ts'
import { createForbidden } from './validations/forbidden.ts'
import { readVms, vmidsOfDeployment } from './validations/reading.ts'
import { createSchedules } from './validations/schedules.ts'
import { createValidations } from './validations/validations.ts'
import { version } from './version.ts'
import { createVms, type Vms } from './vms/vms.ts'
import type { Secrets } from './identity/secrets.ts'

/** What is stopped last was told first. */
export type OnStop = (end: () => Promise<void> | void) => void

/** What all rooms stand on. */
export type Ground = {
  config: Config
  logger: Logger
  database: Database
  cluster: Cluster
  onStop: OnStop
}

export async function startEvents({ database, logger, onStop }: Ground) {
  const { db, url } = database
  const listener = createListener({ databaseUrl: url, logger })
  await listener.start()
  onStop(listener.stop)
  const events = createEvents({ db, listener, logger })
  events.start()
  onStop(events.stop)
  return { listener, events }
}

/** @throws {ConfigError} for a key that cannot be read. */
export function openSnippets({
  storage,
  keyFile,
  ...ssh
}: NonNullable<Config['ssh']>): SnippetSettings {
  const privateKey = keyFile === null ? null : readPrivateKey(keyFile)
  return { storage, store: createSnippetStore({ ...ssh, privateKey }) }
}

export function assembleInventory(
  { config, database: { db }, cluster: { connection }, logger }: Ground,
  snippets: SnippetSettings | null,
): InventoryReader {
  return createInventory({
    connection,
    vmids: config.vmids,
    reservedVmids: async () => {
      const rows = await db.selectFrom('vmid_reservation').select('vmid').execute()
      return rows.map((row) => row.vmid)
    },
    pendingVms: () => pendingVms(db),
    snippets,
    logger,
  })
}

type Audit = ReturnType<typeof createAudit>

export function startAudit(
  { config, database: { db }, logger, onStop }: Ground,
  listener: Listener,
) {
  const audit = createAudit({ config, db, listener, logger })
  audit.start()
  onStop(audit.stop)
  return audit
}

export function openServiceAccount({
  config,
  cluster,
  logger,
  onStop,
}: Ground): ServiceAccount | null {
  if (config.serviceAccount === null) return null
  const service = createServiceAccount(cluster.connection, config.serviceAccount)
  onStop(announce(service, logger))
  return service
}

/** The engine, at work. */
export async function startDeployments(
  ground: Ground,
  rest: {
    secrets: Secrets
    listener: Listener
    events: Events
    snippets: SnippetSettings | null
    inventory: InventoryReader
    service: ServiceAccount | null
  },
): Promise<Deployments> {
  const { config, database, cluster, logger, onStop } = ground
  const { snippets, inventory, ...parts } = rest
  const deployments = createDeployments({
    ...parts,
    database,
    connection: cluster.connection,
    settings: {
      limits: config.limits,
      vmids: config.vmids,
      guestProxy: cluster.guestProxy,
      pace: paceOf(ground),
    },
    snippets: snippets?.store ?? null,
    templateName: async (caller, vmid) => (await inventory.template(caller, vmid))?.name ?? null,
    logger,
  })
  await deployments.start()
  onStop(deployments.stop)
  return deployments
}

/** How often running work is looked at: the simulated cluster may be faster than a real one. */
const paceOf = ({ config, cluster }: Ground): Pace =>
  cluster.demo ? paceAt(config.demo.speed) : realPace

export function startValidations(
  { config, database: { db }, cluster, logger, onStop }: Ground,
  { executor, work }: Deployments,
) {
  const validations = createValidations({
    db,
    server: executor,
    settings: { ...config.validation, guestProxy: cluster.guestProxy },
    askAgent: work.askAgent,
    forbidden: createForbidden({
      hosts: (config.proxmox?.hosts ?? []).map((host) => host.replace(/:\d+$/, '')),
      proxied: cluster.guestProxy !== null,
    }),
    logger,
  })
  const schedules = createSchedules({
    db,
    credentials: work,
    validations,
    logger,
    lookEveryMs: cluster.demo ? 1000 : 10_000,
  })
  schedules.start()
  onStop(schedules.stop)
  return { validations, schedules }
}

/** Which VMs a caller may have validated, and how. */
export function targetsOfValidations(
  { database: { db }, cluster: { connection } }: Ground,
  inventory: InventoryReader,
) {
  return {
    apiOf: (caller) => connection.api(caller.credentials),
    vmsOf: async (caller) => readVms(await inventory.resources(caller)),
    deploymentVms: (id) => vmidsOfDeployment(db, id),
    mayAskAgent: async (caller, vmid) =>
      (await inventory.privileges(caller, `/vms/${vmid}`)).some((privilege) =>
        /^VM\.(Monitor|GuestAgent\.(Audit|Unrestricted))$/.test(privilege),
      ),
  } satisfies Partial<AppDeps['validation']>
}

export function assembleVms(
  ground: Ground,
  inventory: InventoryReader,
  visible: Visibility['among'],
  { askAgent }: Deployments['work'],
): Vms {
  const { config, logger, database, cluster, onStop } = ground
  const stopping = new AbortController()
  onStop(() => stopping.abort())
  return createVms({
    db: database.db,
    connection: cluster.connection,
    inventory,
    visible,
    deletion: config.vmDeletion,
    limits: config.limits,
    askAgent,
    stopping: stopping.signal,
    tickMilliseconds: paceOf(ground).taskTickMs,
    logger,
  })
}

export function assembleImages(
  { config, logger, database: { db }, cluster, onStop }: Ground,
  inventory: InventoryReader,
  visible: Visibility['among'],
) {
  const { connection, statedChecksum } = cluster
  const { maxUploadGiB, catalogueFile } = config.images
  const images = createImageList({ connection, inventory })
  const endings = createEndings({ connection, onEnd: images.forget })
  onStop(endings.stop)
  return {
    images,
    endings,
    sending: createSending({ connection, images, maxUploadGiB }),
    transfers: createTransfers({ connection, inventory, now: () => Date.now() }),
    removal: createRemoval({ connection, images, db, visible }),
    catalogue: createCatalogue({ file: catalogueFile, statedChecksum, logger }),
  }
}

export function openSessions(
  { database: { db }, cluster: { connection }, logger }: Ground,
  secrets: Secrets,
): Sessions {
  return createSessions({
    db,
    secrets,
    renew: (ticket) => renew(connection, ticket),
    now: () => new Date(),
    logger,
  })
}

export function assembleAuthentication(
  { cluster: { connection } }: Ground,
  sessions: Sessions,
  deployments: Deployments,
): AppDeps['authenticate'] {
  return createAuthenticate({
    sessions,
    checkToken: createTokenCheck(async (token) => {
      await connection.api(token).call('GET /version', {})
      await deployments.ownerSignedIn(token.tokenId, token)
    }),
  })
}

/** Signing in and out, which the audit log hears of. */
export function assembleSession(
  { cluster: { connection } }: Ground,
  rooms: { sessions: Sessions; status: Status; audit: Audit; deployments: Deployments },
): SessionDeps {
  const { sessions, status, audit, deployments } = rooms
  const record = async (
    operation: 'sign_in' | 'sign_out',
    caller: Pick<Caller, 'username' | 'from'>,
  ) => {
    await audit.write([{ operation, status: 'success', actor: actorOf(caller) }])
  }
  return {
    signInOptions: status.signInOptions,
    signIn: createSignIn({
      connection,
      sessions,
      record: (caller) => record('sign_in', caller),
      signedIn: ({ username, credentials }) => deployments.ownerSignedIn(username, credentials),
    }),
    signOut: async (cookie, from) => {
      const username = await sessions.end(cookie)
      if (username !== null) await record('sign_out', { username, ...(from && { from }) })
    },
  }
}

/** What tells of the server from outside: is it up, can it work, how does it do. */
export function assembleMonitoring({ config, database: { db } }: Ground, status: Status) {
  const proxmox = status.reachable
  return {
    health: { version, readiness: createReadiness({ db, proxmox }) },
    metrics: { ...createMetrics({ version, db, proxmox }), token: config.metricsToken },
    proxmox: { status: status.status },
  }
}

export function assembleDoctor(
  { config, database: { db }, cluster: { connection } }: Ground,
  inventory: InventoryReader,
  service: ServiceAccount | null,
): Doctor {
  return createDoctor({
    apiOf: (caller) => connection.api(caller.credentials),
    inventory,
    vmids: config.vmids,
    hosts: createHostFacts(hostsOf(config.proxmox)),
    showsOwn: (permissions) => 'Sys.Audit' in (permissions?.['/'] ?? {}),
    own: async () =>
      readOwnFacts(
        config,
        await databaseState(db),
        service && (await readService(service.api, service.username)),
      ),
    host: connection.currentHost,
  })
}
