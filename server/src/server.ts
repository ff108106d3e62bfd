/** Puts the program together: database, cluster, engine, HTTP. Everything that it starts, it stops in turn. */
import { renew } from '@deployer/proxmox/tickets.ts'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { buildApp } from './app.ts'
import { actorOf } from './audit/append.ts'
import { createAudit } from './audit/audit.ts'
import { createBlueprints } from './blueprints/blueprints.ts'
import { type Cluster, hostsOf, openCluster } from './cluster.ts'
import type { Config } from './config.ts'
import { openDataFolder } from './data-folder.ts'
import { createConsoles } from './consoles/consoles.ts'
import { type Database, openDatabase } from './database/database.ts'
import { migrate, oneServerAtATime } from './database/migrate.ts'
import { startPostgres } from './database/postgres.ts'
import { keptSetting } from './database/settings.ts'
import { createDeployments } from './deployments/deployments.ts'
import { readExport } from './deployments/exports.ts'
import { pendingVms } from './deployments/pending.ts'
import { paceAt, realPace } from './deployments/settings.ts'
import { createVisibility, type Visibility } from './deployments/visibility.ts'
import { readService } from './doctor/account-facts.ts'
import { createDoctor } from './doctor/doctor.ts'
import { createHostFacts } from './doctor/hosts.ts'
import { databaseState, readOwnFacts } from './doctor/own-facts.ts'
import { createEvents } from './events/events.ts'
import { createListener } from './events/listener.ts'
import { createAuthenticate } from './identity/authenticate.ts'
import { createSecrets, readAppSecret } from './identity/secrets.ts'
import { announce, createServiceAccount } from './identity/service-account.ts'
import { createSessionWatch } from './identity/session-watch.ts'
import { createSessions } from './identity/sessions.ts'
import { createSignIn } from './identity/sign-in.ts'
import { createTokenCheck } from './identity/tokens.ts'
import { createCatalogue } from './images/catalogue.ts'
import { createEndings } from './images/endings.ts'
import { createImageList } from './images/list.ts'
import { createRemoval } from './images/remove.ts'
import { createSending } from './images/send.ts'
import { createTransfers } from './images/transfers.ts'
import { createInventory, type InventoryReader } from './inventory/inventory.ts'
import type { Logger } from './logger.ts'
import { createMetrics } from './metrics.ts'
import { createPlanner } from './planning.ts'
import type { App } from './rest/http.ts'
import { createReadiness } from './readiness.ts'
import { createConvert } from './templates/convert.ts'
import { createTemplateHealth } from './templates/health.ts'
import { createSshKeys } from './ssh-keys/ssh-keys.ts'
import { createStatus } from './status.ts'
import { createForbidden } from './validations/forbidden.ts'
import { readVms, vmidsOfDeployment } from './validations/reading.ts'
import { createSchedules } from './validations/schedules.ts'
import { createValidations } from './validations/validations.ts'
import { readPrivateKey } from './snippets/private-key.ts'
import { createSnippetStore } from './snippets/snippets.ts'
import { version } from './version.ts'
import { createVms } from './vms/vms.ts'

const BUILT_PAGE = fileURLToPath(new URL('../../web/dist', import.meta.url))

export type Server = {
  app: App
  /** Answers running calls, lets go of the work, closes everything. */
  stop: () => Promise<void>
}

/** Ready to listen when it answers. */
export async function startServer(
  config: Config,
  logger: Logger,
  open: (config: Config) => Promise<Cluster> = openCluster,
): Promise<Server> {
  const stops: (() => Promise<void> | void)[] = []
  const stop = async () => {
    for (const end of stops.splice(0).toReversed()) await end()
  }
  const onStop = (end: () => Promise<void> | void) => stops.push(end)
  try {
    openDataFolder(config.dataDir)
    // Side by side; whichever fails, the other is closed again.
    const opening = open(config)
    // It is awaited only after the database has started: until then its failure is nobody's.
    opening.catch(() => {})
    onStop(() =>
      opening.then(
        (cluster) => cluster.close(),
        () => {},
      ),
    )
    const database = await startDatabase(config, logger, onStop)
    const app = await assemble(config, logger, database, await opening, onStop)
    return { app, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** @throws {ConfigError} for a key that cannot be read. */
function openSnippets({ storage, keyFile, ...ssh }: NonNullable<Config['ssh']>) {
  const privateKey = keyFile === null ? null : readPrivateKey(keyFile)
  return { storage, store: createSnippetStore({ ...ssh, privateKey }) }
}

function assembleImages(
  config: Config,
  logger: Logger,
  { db }: Database,
  { connection, statedChecksum }: Cluster,
  inventory: InventoryReader,
  visible: Visibility['among'],
  onStop: OnStop,
) {
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

type OnStop = (end: () => Promise<void> | void) => void

async function startDatabase(config: Config, logger: Logger, onStop: OnStop): Promise<Database> {
  const embedded =
    config.databaseUrl === null
      ? await startPostgres(join(config.dataDir, 'postgres'), logger)
      : null
  if (embedded !== null) onStop(embedded.stop)
  const database = openDatabase(embedded?.url ?? config.databaseUrl ?? '', logger)
  onStop(database.close)
  if (config.databaseUrl !== null) await reach(database.db, config.databaseUrl)
  await oneServerAtATime(database.url, () => migrate(database.db))
  await ofOneCluster(config, database)
  return database
}

/** @throws {Error} in words for the operator, without the password of the address. */
async function reach(db: Database['db'], address: string): Promise<void> {
  try {
    await sql`select 1`.execute(db)
  } catch (cause) {
    const { host, pathname } = new URL(address)
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new Error(
      `The database of DATABASE_URL (${host}${pathname}) cannot be used: ${why}. Check that it runs, that address, name and account are right, and that it lets this machine in.`,
      { cause },
    )
  }
}

/** What is unfinished on the simulated cluster must not go on on a real one, as it would in a database of both. */
async function ofOneCluster({ proxmox, databaseUrl }: Config, { db }: Database): Promise<void> {
  const cluster = proxmox === null ? 'simulated' : 'real'
  const begunWith = await keptSetting(db, 'cluster', () => cluster)
  if (begunWith === cluster) return
  const name = databaseUrl === null ? 'DATA_DIR' : 'DATABASE_URL'
  throw new Error(
    cluster === 'real'
      ? `The database is of the simulated cluster, and PROXMOX_HOST names a real one: what is unfinished would go on there. Choose another ${name}.`
      : `The database is of a real cluster, and there is no PROXMOX_HOST. Set it, or choose another ${name} for the simulated cluster.`,
  )
}

async function assemble(
  config: Config,
  logger: Logger,
  database: Database,
  cluster: Cluster,
  onStop: OnStop,
): Promise<App> {
  const { db } = database
  const { connection } = cluster
  const secrets = createSecrets(readAppSecret(config.appSecret, config.dataDir))

  const listener = createListener({ databaseUrl: database.url, logger })
  await listener.start()
  onStop(listener.stop)
  const events = createEvents({ db, listener, logger })
  events.start()
  onStop(events.stop)

  const snippets = config.ssh && openSnippets(config.ssh)
  const inventory = createInventory({
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
  const visibility = createVisibility({ db, inventory })
  const audit = createAudit({ config, db, listener, logger })
  audit.start()
  onStop(audit.stop)
  const service = config.serviceAccount && createServiceAccount(connection, config.serviceAccount)
  if (service) onStop(announce(service, logger))
  const deployments = createDeployments({
    database,
    connection,
    secrets,
    listener,
    events,
    settings: {
      limits: config.limits,
      vmids: config.vmids,
      guestProxy: cluster.guestProxy,
      pace: cluster.demo ? paceAt(config.demo.speed) : realPace,
    },
    snippets: snippets?.store ?? null,
    service,
    templateName: async (caller, vmid) => (await inventory.template(caller, vmid))?.name ?? null,
    logger,
  })
  await deployments.start()
  onStop(deployments.stop)

  const validations = createValidations({
    db,
    server: deployments.executor,
    settings: { ...config.validation, guestProxy: cluster.guestProxy },
    askAgent: deployments.work.askAgent,
    forbidden: createForbidden({
      hosts: (config.proxmox?.hosts ?? []).map((host) => host.replace(/:\d+$/, '')),
      proxied: cluster.guestProxy !== null,
    }),
    logger,
  })
  const schedules = createSchedules({
    db,
    credentials: deployments.work,
    validations,
    logger,
    lookEveryMs: cluster.demo ? 1000 : 10_000,
  })
  schedules.start()
  onStop(schedules.stop)

  const sessions = createSessions({
    db,
    secrets,
    renew: (ticket) => renew(connection, ticket),
    now: () => new Date(),
    logger,
  })
  const status = createStatus({ connection, inventory, tls: cluster.tls, demo: cluster.demo })
  const stopping = new AbortController()
  onStop(() => stopping.abort())
  const vms = createVms({
    db,
    connection,
    inventory,
    visible: visibility.among,
    deletion: config.vmDeletion,
    limits: config.limits,
    stopping: stopping.signal,
    tickMilliseconds: (cluster.demo ? paceAt(config.demo.speed) : realPace).taskTickMs,
    logger,
  })
  const images = assembleImages(
    config,
    logger,
    database,
    cluster,
    inventory,
    visibility.among,
    onStop,
  )
  const watchSession = createSessionWatch({ db, listener, now: () => new Date(), logger })
  const app = await buildApp({
    version,
    logger,
    trustProxy: config.trustProxy,
    page: BUILT_PAGE,
    authenticate: createAuthenticate({
      sessions,
      checkToken: createTokenCheck(async (token) => {
        await connection.api(token).call('GET /version', {})
        await deployments.ownerSignedIn(token.tokenId, token)
      }),
    }),
    health: { version, readiness: createReadiness({ db, proxmox: status.reachable }) },
    metrics: {
      ...createMetrics({ version, db, proxmox: status.reachable }),
      token: config.metricsToken,
    },
    writesPerMinute: config.writesPerMinute,
    session: {
      signInOptions: status.signInOptions,
      signIn: createSignIn({
        connection,
        sessions,
        record: async (caller) => {
          await audit.write([{ operation: 'sign_in', status: 'success', actor: actorOf(caller) }])
        },
        signedIn: ({ username, credentials }) => deployments.ownerSignedIn(username, credentials),
      }),
      signOut: async (cookie, from) => {
        const username = await sessions.end(cookie)
        if (username === null) return
        const actor = actorOf({ username, ...(from && { from }) })
        await audit.write([{ operation: 'sign_out', status: 'success', actor }])
      },
    },
    proxmox: { status: status.status },
    inventory,
    planner: createPlanner({
      inventory,
      service,
      macSalt: await keptSetting(db, 'mac-salt', () => randomBytes(8).toString('hex')),
    }),
    deployments: {
      deployments: {
        ...deployments,
        list: async (caller, page) => deployments.list(page, await visibility.conditionFor(caller)),
      },
      visible: visibility.among,
      hasServiceAccount: service !== null,
      isAdministrator: (caller) => inventory.holds(caller, '/', 'Sys.Modify'),
    },
    blueprints: createBlueprints(db),
    sshKeys: createSshKeys(db),
    doctor: createDoctor({
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
    }),
    images,
    templates: {
      health: createTemplateHealth({ connection, inventory, now: () => new Date() }),
      convert: createConvert({ db, connection, find: vms.find }),
      endings: images.endings,
    },
    vms,
    exports: (id) => readExport(db, id),
    consoles: createConsoles({
      connection,
      find: vms.find,
      audit: { write: audit.write, server: deployments.executor },
      watchSession,
      logger,
    }),
    validation: {
      validations,
      schedules,
      apiOf: (caller) => connection.api(caller.credentials),
      vmsOf: async (caller) => readVms(await inventory.resources(caller)),
      deploymentVms: (id) => vmidsOfDeployment(db, id),
      mayAskAgent: async (caller, vmid) =>
        (await inventory.privileges(caller, `/vms/${vmid}`)).some((privilege) =>
          /^VM\.(Monitor|GuestAgent\.(Audit|Unrestricted))$/.test(privilege),
        ),
      isAdministrator: (caller) => inventory.holds(caller, '/', 'Sys.Modify'),
      hasServiceAccount: service !== null,
    },
    audit: {
      ...audit,
      server: deployments.executor,
      seesAll: (caller) => inventory.holds(caller, '/', 'Sys.Audit'),
    },
    events: { events, watchSession },
  })
  onStop(() => app.close())
  // First of all: calls that wait for an outcome hear that there will be none.
  onStop(validations.stop)
  return app
}
