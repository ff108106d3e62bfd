/** Puts the parts of the server together: what needs which, and in which order they start and stop. */
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { buildApp } from './app.ts'
import { createBlueprints } from './blueprints/blueprints.ts'
import { createConsoles } from './consoles/consoles.ts'
import { keptSetting } from './database/settings.ts'
import { readExport } from './deployments/exports.ts'
import { createVisibility } from './deployments/visibility.ts'
import type { Caller } from './identity/caller.ts'
import { createSecrets, readAppSecret } from './identity/secrets.ts'
import { createSessionWatch } from './identity/session-watch.ts'
import { createPlanner } from './planning.ts'
import type { App } from './rest/http.ts'
import { createSshKeys } from './ssh-keys/ssh-keys.ts'
import { createStatus } from './status.ts'
import { createConvert } from './templates/convert.ts'
import { createTemplateHealth } from './templates/health.ts'
import { version } from './version.ts'
import {
  type Ground,
  startEvents,
  openSnippets,
  assembleInventory,
  startAudit,
  openServiceAccount,
  startDeployments,
  startValidations,
  targetsOfValidations,
  assembleVms,
  assembleImages,
  openSessions,
  assembleAuthentication,
  assembleSession,
  assembleMonitoring,
  assembleDoctor,
} from './parts.ts'

const BUILT_PAGE = fileURLToPath(new URL('../../web/dist', import.meta.url))

/** The program but for its port: everything in it runs when it answers. */
export async function assemble(ground: Ground): Promise<App> {
  const { config, logger, database, cluster, onStop } = ground
  const { db } = database
  const { connection } = cluster
  const secrets = createSecrets(readAppSecret(config.appSecret, config.dataDir))
  const { listener, events } = await startEvents(ground)
  const snippets = config.ssh && openSnippets(config.ssh)
  const inventory = assembleInventory(ground, snippets)
  const visibility = createVisibility({ db, inventory })
  const visible = visibility.among
  const audit = startAudit(ground, listener)
  const service = openServiceAccount(ground)
  const deployments = await startDeployments(ground, {
    secrets,
    listener,
    events,
    snippets,
    inventory,
    service,
  })
  const { validations, schedules } = startValidations(ground, deployments)
  const vms = assembleVms(ground, inventory, visible, deployments.work)
  const images = assembleImages(ground, inventory, visible)
  const sessions = openSessions(ground, secrets)
  const status = createStatus({ connection, inventory, tls: cluster.tls, demo: cluster.demo })
  const watchSession = createSessionWatch({ db, listener, now: () => new Date(), logger })
  const isAdministrator = (caller: Caller) => inventory.holds(caller, '/', 'Sys.Modify')
  const hasServiceAccount = service !== null

  const app = await buildApp({
    version,
    logger,
    trustProxy: config.trustProxy,
    page: BUILT_PAGE,
    writesPerMinute: config.writesPerMinute,
    authenticate: assembleAuthentication(ground, sessions, deployments),
    session: assembleSession(ground, { sessions, status, audit, deployments }),
    ...assembleMonitoring(ground, status),
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
      visible,
      hasServiceAccount,
      isAdministrator,
    },
    exports: (id) => readExport(db, id),
    blueprints: createBlueprints(db),
    sshKeys: createSshKeys(db),
    images,
    templates: {
      health: createTemplateHealth({ connection, inventory, now: () => new Date() }),
      convert: createConvert({ db, connection, find: vms.find }),
      endings: images.endings,
    },
    vms,
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
      ...targetsOfValidations(ground, inventory),
      isAdministrator,
      hasServiceAccount,
    },
    doctor: assembleDoctor(ground, inventory, service),
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
