import { problemSchema } from '@deployer/core/problem.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { SESSION_COOKIE } from '../identity/authenticate.ts'
import type { Caller } from '../identity/caller.ts'
import type { SignInOutcome } from '../identity/sign-in.ts'
import { ProblemError } from '../problem.ts'
import { type App, callerOf, problems } from './http.ts'
import { connectionSchema } from './proxmox.ts'
import { createAddressLimit } from './rate-limits.ts'

const realmSchema = z.object({
  realm: z.string(),
  type: z.string(),
  comment: z.string().nullable(),
  default: z.boolean(),
  secondFactor: z
    .string()
    .nullable()
    .describe('Kind of second factor that the whole realm asks for; an account may have its own.'),
})

const signInOptionsSchema = z.object({
  realms: z
    .array(realmSchema)
    .describe('Empty while Proxmox does not answer; `connection` says why.'),
  connection: connectionSchema,
})

const sessionSchema = z.object({
  username: z.string().describe('`name@realm`; with an API token `name@realm!token`.'),
  method: z
    .enum(['session', 'token'])
    .describe('A cookie from `POST /session`, or an API token on the call itself.'),
  expiresAt: z
    .string()
    .nullable()
    .describe('When the sign-in ends unless it is used before; null for a token.'),
})

const signInSchema = z.strictObject({
  username: z.string().trim().min(1).max(128).describe('With or without `@realm`.'),
  realm: z.string().min(1).max(64).optional().describe('Left out where the user name has it.'),
  password: z.string().min(1).max(4096),
  otp: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .optional()
    .describe(
      'Second factor, where the account has one: six digits of an authenticator, or a recovery key.',
    ),
})

/** Says which kinds of second factor the account has. */
const signInProblem = {
  description: 'Not signed in: wrong name or password, or a second factor is missing or wrong',
  content: {
    'application/problem+json': {
      schema: problemSchema.extend({ factors: z.array(z.string()).optional() }),
    },
  },
} as const

export type Realm = z.infer<typeof realmSchema>
export type Session = z.infer<typeof sessionSchema>
export type SignInRequest = z.infer<typeof signInSchema>

export type SessionDeps = {
  signInOptions: () => Promise<z.infer<typeof signInOptionsSchema>>
  /** Rejects with a problem where the sign-in is refused. */
  signIn: (request: SignInRequest, from: Caller['from']) => Promise<SignInOutcome>
  signOut: (cookie: string, from: Caller['from']) => Promise<void>
}

const SIGN_INS_PER_MINUTE = 20

/** Public: sign in with a Proxmox account, see who is signed in, sign out. */
export async function sessionRoutes(app: App, deps: SessionDeps): Promise<void> {
  const limitAddress = createAddressLimit(app)

  app.get(
    '/realms',
    {
      schema: {
        summary: 'Sign-in realms of Proxmox, and how the connection to it stands',
        tags: ['Session'],
        security: [],
        response: { 200: signInOptionsSchema, ...problems },
      },
    },
    async () => deps.signInOptions(),
  )

  app.post(
    '/session',
    {
      bodyLimit: 16 * 1024,
      preHandler: limitAddress,
      config: {
        rateLimit: {
          max: SIGN_INS_PER_MINUTE,
          timeWindow: '1 minute',
          // Per account and address: one person who mistypes does not lock others out behind the same proxy.
          hook: 'preHandler',
          keyGenerator: (request: FastifyRequest) => `${request.ip} ${nameOf(request.body)}`,
          errorResponseBuilder: (_request: FastifyRequest, { ttl }: { ttl: number }) =>
            tooManySignIns(Math.ceil(ttl / 1000)),
        },
      },
      schema: {
        summary: 'Sign in with a Proxmox account',
        description:
          'Sets an HttpOnly cookie. Where the account has a second factor and `otp` is missing, the answer is a 401 ' +
          'whose `type` ends in `/second-factor-required` and whose `factors` names the kinds that the account has; ' +
          'repeat the call with `otp`.',
        tags: ['Session'],
        security: [],
        body: signInSchema,
        response: { 200: sessionSchema, 401: signInProblem, ...problems },
      },
    },
    async (request, reply) => {
      const { cookie, caller } = await deps.signIn(request.body, fromOf(request))
      setCookie(request, reply, cookie)
      return sessionOf(caller)
    },
  )

  app.delete(
    '/session',
    {
      schema: {
        summary: 'Sign out; also where nobody is signed in',
        tags: ['Session'],
        security: [],
        response: { 204: z.undefined().describe('Signed out'), ...problems },
      },
    },
    async (request, reply) => {
      const cookie = request.cookies[SESSION_COOKIE]
      if (cookie !== undefined) await deps.signOut(cookie, fromOf(request))
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send()
    },
  )
}

/** Behind sign-in. */
export function currentSessionRoute(app: App): void {
  app.get(
    '/session',
    {
      schema: {
        summary: 'Who is signed in; 401 where nobody is',
        tags: ['Session'],
        response: { 200: sessionSchema, ...problems },
      },
    },
    (request) => sessionOf(callerOf(request)),
  )
}

const sessionOf = (caller: Caller): Session => ({
  username: caller.username,
  method: caller.expiresAt === null ? 'token' : 'session',
  expiresAt: caller.expiresAt?.toISOString() ?? null,
})

/** No lifetime: the browser drops it at its end, and the server knows when it lapses. */
function setCookie(request: FastifyRequest, reply: FastifyReply, value: string): void {
  reply.setCookie(SESSION_COOKIE, value, {
    path: '/',
    httpOnly: true,
    sameSite: 'strict',
    secure: request.protocol === 'https',
  })
}

const fromOf = (request: FastifyRequest) => ({ address: request.ip, requestId: request.id })

const nameOf = (body: unknown): string => {
  const { data } = signInSchema.pick({ username: true, realm: true }).loose().safeParse(body)
  return data === undefined ? '' : `${data.username}@${data.realm ?? ''}`.toLowerCase()
}

const tooManySignIns = (seconds: number) =>
  new ProblemError({
    kind: 'too-many-sign-ins',
    status: 429,
    title: 'Too many sign-ins',
    detail: `This account was tried ${SIGN_INS_PER_MINUTE} times within a minute.`,
    hint: `Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  })
