import { z } from 'zod'
import { type App, problems } from './http.ts'

export const readinessSchema = z.object({
  ready: z.boolean(),
  checks: z.array(
    z.object({
      name: z.enum(['database', 'proxmox']),
      ok: z.boolean(),
      message: z.string().describe('What is so, and where it is not well, what to do.'),
    }),
  ),
})

export type Readiness = z.infer<typeof readinessSchema>

export type HealthDeps = { version: string; readiness: () => Promise<Readiness> }

/** Public: is the process alive, and can it do its work. */
export function healthRoutes(app: App, deps: HealthDeps): void {
  app.get(
    '/health',
    {
      schema: {
        summary: 'Is the process alive',
        tags: ['Health'],
        security: [],
        response: {
          200: z.object({
            status: z.literal('ok'),
            version: z.string(),
            uptimeSeconds: z.number(),
          }),
        },
      },
    },
    () => ({ status: 'ok' as const, version: deps.version, uptimeSeconds: process.uptime() }),
  )

  app.get(
    '/ready',
    {
      schema: {
        summary: 'Can it do its work: database and Proxmox, with reasons',
        tags: ['Health'],
        security: [],
        response: { 200: readinessSchema, 503: readinessSchema, ...problems },
      },
    },
    async (_request, reply) => {
      const readiness = await deps.readiness()
      return reply.code(readiness.ready ? 200 : 503).send(readiness)
    },
  )
}
