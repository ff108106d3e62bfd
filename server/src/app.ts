/** Assembles the HTTP side of the program. Does no I/O and does not listen. */
import cookie from '@fastify/cookie'
import Fastify, { type FastifyBaseLogger, type FastifyRequest, LogController } from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { randomUUID } from 'node:crypto'
import type { Blueprints } from './blueprints/blueprints.ts'
import { auditRequests, type RequestAudit } from './audit/requests.ts'
import type { ExportedDeployment } from '@deployer/core/export/deployment.ts'
import type { Consoles } from './consoles/consoles.ts'
import type { Doctor } from './doctor/doctor.ts'
import type { Caller } from './identity/caller.ts'
import type { InventoryReader } from './inventory/inventory.ts'
import type { Logger } from './logger.ts'
import type { Planner } from './planning.ts'
import { blueprintRoutes } from './rest/blueprints.ts'
import type { DeploymentDeps } from './rest/deployment-access.ts'
import { auditRoutes, type AuditDeps } from './rest/audit.ts'
import { deploymentActionRoutes } from './rest/deployment-actions.ts'
import { deploymentExportRoutes } from './rest/deployment-export.ts'
import { deploymentRetryRoutes } from './rest/deployment-retry.ts'
import { deploymentRoutes } from './rest/deployments.ts'
import { docsRoutes } from './rest/docs.ts'
import { connectionDoctorRoute, doctorRoutes } from './rest/doctor.ts'
import { consoleRoutes, registerWebSockets } from './rest/consoles.ts'
import { registerErrors } from './rest/errors.ts'
import { eventRoutes, type EventDeps } from './rest/events.ts'
import { healthRoutes, type HealthDeps } from './rest/health.ts'
import type { App } from './rest/http.ts'
import { type ImageDeps, imageRoutes } from './rest/images.ts'
import { inventoryRoutes } from './rest/inventory.ts'
import { measureRequests, metricsRoutes, type MetricsDeps } from './rest/metrics.ts'
import { registerOpenApi } from './rest/openapi.ts'
import { registerPage } from './rest/page.ts'
import { planRoutes } from './rest/plans.ts'
import { proxmoxRoutes, type ProxmoxDeps } from './rest/proxmox.ts'
import { createWriteLimit, registerRateLimits } from './rest/rate-limits.ts'
import { refuseForeignPages, registerSecurityHeaders } from './rest/security.ts'
import { currentSessionRoute, sessionRoutes, type SessionDeps } from './rest/session.ts'
import { sshKeyRoutes } from './rest/ssh-keys.ts'
import { limitBodies } from './rest/slow-bodies.ts'
import { type TemplateDeps, templateRoutes } from './rest/templates.ts'
import { refuseUnstorableText } from './rest/unstorable-text.ts'
import { vmActionRoutes } from './rest/vm-actions.ts'
import { vmBulkRoutes } from './rest/vm-bulk.ts'
import { vmRoutes } from './rest/vms.ts'
import type { SshKeys } from './ssh-keys/ssh-keys.ts'
import type { Vms } from './vms/vms.ts'
import { validationRoutes, type ValidationDeps } from './rest/validations.ts'

export type AppDeps = {
  version: string
  logger: Logger
  trustProxy: boolean | string
  /** Folder of the built page. */
  page: string
  /** Rejects with a problem (401) where nobody is signed in. */
  authenticate: (request: FastifyRequest) => Promise<Caller>
  health: HealthDeps
  metrics: MetricsDeps
  writesPerMinute: number
  session: SessionDeps
  proxmox: ProxmoxDeps
  inventory: InventoryReader
  planner: Planner
  deployments: Omit<DeploymentDeps, 'planner'>
  blueprints: Blueprints
  sshKeys: SshKeys
  images: ImageDeps
  templates: TemplateDeps
  vms: Vms
  consoles: Consoles
  exports: (id: string) => Promise<ExportedDeployment | null>
  validation: Omit<ValidationDeps, 'visible'>
  doctor: Doctor
  events: Omit<EventDeps, 'visible'>
  audit: RequestAudit & AuditDeps
}

const BODY_LIMIT_BYTES = 256 * 1024
/** UPIDs and volume ids, percent-encoded. */
const MOST_OF_PARAMETER = 1000
/** For a request to arrive; answers, streams of events among them, may take as long as they like. */
const RECEIVE_TIMEOUT_MS = 30_000

export async function buildApp(deps: AppDeps): Promise<App> {
  const loggerInstance: FastifyBaseLogger = deps.logger
  const app: App = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    trustProxy: deps.trustProxy,
    bodyLimit: BODY_LIMIT_BYTES,
    // Of bodies in slow-bodies.ts: Node's own limit would end an upload of gigabytes.
    requestTimeout: 0,
    http: { headersTimeout: RECEIVE_TIMEOUT_MS },
    routerOptions: { maxParamLength: MOST_OF_PARAMETER },
    forceCloseConnections: 'idle',
  }).withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  app.decorateRequest('caller')
  // Else text would reach the schemas, which complain of everything but its content type.
  app.removeContentTypeParser('text/plain')
  registerErrors(app)
  await registerWebSockets(app)
  limitBodies(app, RECEIVE_TIMEOUT_MS)
  logRequests(app)
  measureRequests(app, deps.metrics)
  await registerSecurityHeaders(app)
  await app.register(cookie)
  await registerRateLimits(app)
  await registerOpenApi(app, deps.version)
  await app.register((api: App) => registerApi(api, deps), { prefix: '/api/v1' })
  metricsRoutes(app, deps.metrics)
  docsRoutes(app)
  await registerPage(app, deps.page)
  return app
}

async function registerApi(api: App, deps: AppDeps): Promise<void> {
  api.addHook('onRequest', async (request, reply) => {
    reply.header('cache-control', 'no-store')
    refuseForeignPages(request)
  })
  api.addHook('preValidation', async (request) => refuseUnstorableText(request))
  auditRequests(api, deps.audit, deps.logger)
  healthRoutes(api, deps.health)
  connectionDoctorRoute(api, deps.doctor)
  await sessionRoutes(api, deps.session)
  await api.register((signedIn: App) => registerSignedIn(signedIn, deps))
}

/** Everything here answers 401 to who is not signed in. */
async function registerSignedIn(api: App, deps: AppDeps): Promise<void> {
  const limitWrites = createWriteLimit(api, deps.writesPerMinute)
  api.addHook('onRequest', async (request) => {
    request.setDecorator<Caller>('caller', await deps.authenticate(request))
    await limitWrites(request)
  })
  currentSessionRoute(api)
  proxmoxRoutes(api, deps.proxmox)
  inventoryRoutes(api, deps.inventory)
  planRoutes(api, deps.planner)
  deploymentRoutes(api, { ...deps.deployments, planner: deps.planner })
  deploymentActionRoutes(api, deps.deployments)
  deploymentExportRoutes(api, deps.exports, deps.deployments.visible)
  deploymentRetryRoutes(api, { ...deps.deployments, planner: deps.planner })
  blueprintRoutes(api, deps.blueprints)
  sshKeyRoutes(api, deps.sshKeys)
  imageRoutes(api, deps.images)
  templateRoutes(api, deps.templates)
  vmRoutes(api, deps.vms)
  vmActionRoutes(api, deps.vms)
  vmBulkRoutes(api, deps.vms, deps.validation, deps.audit)
  consoleRoutes(api, deps.consoles)
  validationRoutes(api, { ...deps.validation, visible: deps.deployments.visible })
  doctorRoutes(api, deps.doctor)
  auditRoutes(api, deps.audit)
  await eventRoutes(api, { ...deps.events, visible: deps.deployments.visible })
}

/** One line for each call that changes something or fails; the others only when debugging. */
function logRequests(app: App): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const level = request.method !== 'GET' || reply.statusCode >= 500 ? 'info' : 'debug'
    request.log[level](
      {
        method: request.method,
        path: request.routeOptions.url ?? request.url.split('?')[0],
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
      },
      'Request',
    )
  })
}
