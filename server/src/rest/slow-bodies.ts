/** A request has to arrive within a while, so that nobody holds connections for nothing; an upload takes as long as it takes. */
import type { App } from './http.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The route watches over its body itself. */
    ownPace?: true
  }
}

export const ownPace = { ownPace: true } as const

/** Node's own limit (`requestTimeout`) knows no exceptions, so this takes its place for bodies. */
export function limitBodies(app: App, milliseconds: number): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.ownPace) return
    const { raw } = request
    if (raw.readableEnded || raw.headers['content-length'] === '0') return
    const hasBody =
      raw.headers['content-length'] !== undefined || raw.headers['transfer-encoding'] !== undefined
    if (!hasBody) return
    const timer = setTimeout(() => raw.destroy(), milliseconds)
    timer.unref()
    raw.once('end', () => clearTimeout(timer))
    raw.once('close', () => clearTimeout(timer))
    reply.raw.once('close', () => clearTimeout(timer))
  })
}
