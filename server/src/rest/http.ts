/** What every route file shares: the typed app, the answer for errors, and who is calling. */
import type { FastifyBaseLogger, FastifyInstance, FastifyRequest, RawServerDefault } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { problemSchema } from '@deployer/core/problem.ts'
import type { Caller } from '../identity/caller.ts'

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>

/** The answer to everything that goes wrong, for the `response` of a route: `{ 200: ..., ...problems }`. */
export const problems = {
  default: {
    description: 'A problem document (RFC 9457): what happened, why, and what to do',
    content: { 'application/problem+json': { schema: problemSchema } },
  },
} as const

/** Who is calling. Only for routes behind sign-in; elsewhere the decorator is not set and this throws. */
export const callerOf = (request: FastifyRequest): Caller => request.getDecorator<Caller>('caller')
