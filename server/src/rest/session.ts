import { problemSchema } from '@deployer/core/problem.ts'
import { z } from 'zod'
import { type App, problems } from './http.ts'

const realmSchema = z.object({
  realm: z.string(),
  type: z.string(),
  comment: z.string().nullable(),
  default: z.boolean(),
  /** Kind of second factor that the whole realm asks for; an account may have its own. */
  secondFactor: z.string().nullable(),
})

export const sessionSchema = z.object({
  /** `name@realm`. */
  username: z.string(),
  /** A cookie from `POST /session`, or an API token on the call itself. */
  method: z.enum(['session', 'token']),
  /** When the sign-in ends unless it is used before; null for a token. */
  expiresAt: z.string().nullable(),
})

const signInSchema = z.strictObject({
  /** With or without `@realm`. */
  username: z.string().trim().min(1).max(128),
  realm: z.string().min(1).max(64).optional(),
  password: z.string().min(1).max(4096),
  /** Second factor, where the account has one: six digits of an authenticator, or a recovery key. */
  otp: z.string().trim().min(1).max(128).optional(),
})

/** Says which kinds of second factor the account has. */
export const signInProblem = {
  description: 'Not signed in: wrong name or password, or a second factor is missing or wrong',
  content: {
    'application/problem+json': {
      schema: problemSchema.extend({ factors: z.array(z.string()).optional() }),
    },
  },
} as const

export type Realm = z.infer<typeof realmSchema>
export type Session = z.infer<typeof sessionSchema>

export type SessionDeps = { realms: () => Promise<Realm[]> }

/** Public: sign in with a Proxmox account, see who is signed in, sign out. */
export function sessionRoutes(app: App, deps: SessionDeps): void {
  app.get(
    '/realms',
    {
      schema: {
        summary: 'Sign-in realms of Proxmox',
        tags: ['Session'],
        security: [],
        response: { 200: z.object({ realms: z.array(realmSchema) }), ...problems },
      },
    },
    async () => ({ realms: await deps.realms() }),
  )

  app.post(
    '/session',
    {
      bodyLimit: 16 * 1024,
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
    () => {
      throw new Error('not built yet')
    },
  )

  app.get(
    '/session',
    {
      schema: {
        summary: 'Who is signed in; 401 where nobody is',
        tags: ['Session'],
        response: { 200: sessionSchema, ...problems },
      },
    },
    () => {
      throw new Error('not built yet')
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
    () => {
      throw new Error('not built yet')
    },
  )
}
