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
    const { raw } = request
    const { 'content-length': length, 'transfer-encoding': encoding } = raw.headers
    if (encoding === undefined && (length === undefined || length === '0')) return
    const limit = () => {
      if (raw.readableEnded || raw.destroyed) return
      const timer = setTimeout(() => raw.destroy(), milliseconds)
      timer.unref()
      raw.once('end', () => clearTimeout(timer))
      raw.once('close', () => clearTimeout(timer))
    }
    // Once it is answered, the rest of its body is only thrown away.
    if (request.routeOptions.config.ownPace) reply.raw.once('finish', limit)
    else limit()
  })
}
