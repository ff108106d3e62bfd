/** Assembles the HTTP side of the program. Does no I/O and does not listen. */
import Fastify from 'fastify'
import {
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod'
import { deploymentRoutes, type DeploymentsDeps } from './rest/deployments.ts'
import { healthRoutes, type HealthDeps } from './rest/health.ts'
import type { App } from './rest/http.ts'
import { inventoryRoutes, type InventoryReader } from './rest/inventory.ts'
import { registerOpenApi } from './rest/openapi.ts'
import { planRoutes, type PlanDeps } from './rest/plans.ts'
import { proxmoxRoutes, type ProxmoxDeps } from './rest/proxmox.ts'
import { sessionRoutes, type SessionDeps } from './rest/session.ts'

export type AppDeps = {
  version: string
  health: HealthDeps
  session: SessionDeps
  proxmox: ProxmoxDeps
  inventory: InventoryReader
  plans: PlanDeps
  deployments: DeploymentsDeps
}

export async function buildApp(deps: AppDeps): Promise<App> {
  const app: App = Fastify().withTypeProvider<ZodTypeProvider>()
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await registerOpenApi(app, deps.version)
  await app.register(
    async (scope: App) => {
      healthRoutes(scope, deps.health)
      sessionRoutes(scope, deps.session)
      proxmoxRoutes(scope, deps.proxmox)
      inventoryRoutes(scope, deps.inventory)
      planRoutes(scope, deps.plans)
      deploymentRoutes(scope, deps.deployments)
    },
    { prefix: '/api/v1' },
  )
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger())
  return app
}
