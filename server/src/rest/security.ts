/** Headers for every answer, and the guard against other sites' pages using a signed-in browser. */
import helmet from '@fastify/helmet'
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../problem.ts'
import type { App } from './http.ts'

export async function registerSecurityHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // Set by whoever terminates TLS in front of this server; here it would lock out http on the same host name.
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'same-origin' },
  })
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Whether a call only reads. */
export const isSafe = (method: string): boolean => SAFE_METHODS.has(method)

/**
 * A cookie is sent by the browser whatever page asks, so a change must come from our own page: browsers say so in
 * `Sec-Fetch-Site`, older ones in `Origin`; programs send neither. A token in `Authorization` is never sent by itself.
 */
export function refuseForeignPages(request: FastifyRequest): void {
  if (/^websocket$/i.test(request.headers.upgrade ?? '')) return refuseForeignSocket(request)
  if (isSafe(request.method) || request.headers.authorization !== undefined) return
  const site = request.headers['sec-fetch-site']
  const origin = request.headers.origin
  const own =
    site === undefined
      ? origin === undefined || URL.parse(origin)?.host === request.host
      : site === 'same-origin' || site === 'none'
  if (own) return
  throw new ProblemError({
    kind: 'foreign-page',
    status: 403,
    title: 'Refused: asked by a page of another site',
    detail: 'A page of another site tried to change something with your sign-in.',
    hint: 'Use the page of the deployer itself; a reverse proxy in front of it must pass the Host header on unchanged.',
  })
}

/**
 * No rule of browsers keeps another site's page from opening a WebSocket here, with the cookie of who is signed in; but
 * each says where the page is from. A token in `Authorization` cannot come from a page.
 */
function refuseForeignSocket(request: FastifyRequest): void {
  const { authorization, origin } = request.headers
  if (authorization !== undefined) return
  if (origin !== undefined && URL.parse(origin)?.host === request.host) return
  throw new ProblemError({
    kind: 'foreign-page',
    status: 403,
    title: 'Refused: asked by a page of another site',
    detail:
      'A WebSocket was opened with your sign-in by a page of another site, or by a program that does not say.',
    hint: 'Use the page of the deployer itself, or an API token. A reverse proxy in front of it must pass the headers Host and Origin on unchanged.',
  })
}
