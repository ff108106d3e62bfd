/** How often somebody may ask. Counted in each server by itself, in memory: enough against floods and guessing. */
import rateLimit from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import type { App } from './http.ts'
import { isSafe } from './security.ts'

/** Register before anything that limits. */
export async function registerRateLimits(app: App): Promise<void> {
  await app.register(rateLimit, { global: false })
}

export type Limit = (request: FastifyRequest) => Promise<void>

/** A limit of its own within a minute; the answer throws what `refuse` makes, with the seconds until it is over. */
export function createLimit(
  app: App,
  limit: {
    most: number
    keyOf: (request: FastifyRequest) => string
    refuse: (seconds: number) => ProblemError
  },
): Limit {
  const check = app.createRateLimit({
    max: limit.most,
    timeWindow: '1 minute',
    keyGenerator: limit.keyOf,
  })
  return async (request) => {
    const result = await check(request)
    if (!result.isAllowed && result.isExceeded) throw limit.refuse(result.ttlInSeconds)
  }
}

/** For calls that change something, per person or token. After the caller is known. */
export function createWriteLimit(app: App, most: number): Limit {
  const count = createLimit(app, {
    most,
    keyOf: (request) => `write ${request.getDecorator<Caller>('caller').username}`,
    refuse: (seconds) =>
      new ProblemError({
        kind: 'too-many-calls',
        status: 429,
        title: 'Too many calls',
        detail: `More than ${most} calls that change something came from your account within a minute.`,
        hint: `Try again in ${seconds} s. One deployment may have up to 500 VMs. WRITES_PER_MINUTE is the limit.`,
        retryAfterSeconds: seconds,
      }),
  })
  return async (request) => {
    if (!isSafe(request.method)) await count(request)
  }
}

const SIGN_INS_OF_ADDRESS_PER_MINUTE = 200

/** Against trying one password on many accounts; the limit of one account is at its route. */
export const createAddressLimit = (app: App): Limit =>
  createLimit(app, {
    most: SIGN_INS_OF_ADDRESS_PER_MINUTE,
    keyOf: (request) => `sign-in ${request.ip}`,
    refuse: (seconds) =>
      new ProblemError({
        kind: 'too-many-sign-ins',
        status: 429,
        title: 'Too many sign-ins',
        detail: `More than ${SIGN_INS_OF_ADDRESS_PER_MINUTE} sign-ins came from your address within a minute.`,
        hint: `Try again in ${seconds} s.`,
        retryAfterSeconds: seconds,
      }),
  })
