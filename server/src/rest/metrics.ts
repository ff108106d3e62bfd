/** `GET /metrics` for Prometheus: from this machine, or with the token of METRICS_TOKEN from anywhere. */
import type { FastifyRequest } from 'fastify'
import { createHash, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { ProblemError } from '../problem.ts'
import type { Metrics } from '../metrics.ts'
import { type App, problems } from './http.ts'

export type MetricsDeps = Metrics & {
  /** Null: only this machine may read. */
  token: string | null
}

/** Times every call. Register before the routes. */
export function measureRequests(app: App, { requestEnded }: Pick<Metrics, 'requestEnded'>): void {
  app.addHook('onResponse', async (request, reply) => {
    requestEnded({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
}

/** At /metrics, where Prometheus looks, and in the API beside the others. */
export function metricsRoutes(app: App, { read, token }: MetricsDeps): void {
  for (const url of ['/metrics', '/api/v1/metrics'])
    app.get(
      url,
      {
        schema: {
          summary: 'What monitoring reads, in the format of Prometheus',
          description:
            'Answers callers on the same machine; with METRICS_TOKEN set, everybody who sends ' +
            '`Authorization: Bearer TOKEN`. Nothing else signs in here.',
          tags: ['Health'],
          security: [],
          hide: url === '/metrics',
          response: {
            200: {
              description: 'Metrics',
              content: { 'text/plain': { schema: z.string() } },
            },
            ...problems,
          },
        },
      },
      async (request, reply) => {
        refuseStrangers(request, token)
        const { contentType, text } = await read()
        return reply
          .header('cache-control', 'no-store')
          .type(contentType)
          .serializer(String)
          .send(text)
      },
    )
}

const LOOPBACK = /^(127\.|::1$|::ffff:127\.)/

function refuseStrangers({ ip, headers }: FastifyRequest, token: string | null): void {
  if (token !== null) {
    if (same(headers.authorization ?? '', `Bearer ${token}`)) return
    throw new ProblemError({
      kind: 'not-signed-in',
      status: 401,
      title: 'The metrics need their token',
      detail: 'METRICS_TOKEN is set, and this call does not carry it.',
      hint: 'Send `Authorization: Bearer TOKEN`.',
    })
  }
  // A proxy on this machine is near, whoever asks through it is not; with TRUST_PROXY the address is theirs.
  const direct = headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
  if (LOOPBACK.test(ip) && direct) return
  throw new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'The metrics are for this machine only',
    detail: 'They are answered to callers on the machine of the deployer, and not through a proxy.',
    hint: 'Set METRICS_TOKEN, and send it as `Authorization: Bearer TOKEN`.',
  })
}

/** Takes as long wherever the first difference is. */
const same = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other))
const digest = (text: string) => createHash('sha256').update(text).digest()
