import {
  keptKeySchema,
  keyImportSchema,
  keyNameSchema,
  MAX_SSH_KEYS,
} from '@deployer/core/ssh-key-library.ts'
import type { RateLimitOptions } from '@fastify/rate-limit'
import { z } from 'zod'
import { noteAudit } from '../audit/requests.ts'
import { notFound, ProblemError } from '../problem.ts'
import { type SshKeys, TooManySshKeys } from '../ssh-keys/ssh-keys.ts'
import { idParams } from './deployment-access.ts'
import { type App, callerOf, problems } from './http.ts'

const CHANGES_PER_MINUTE = 60

const rateLimit: RateLimitOptions & { max: number } = {
  max: CHANGES_PER_MINUTE,
  timeWindow: '1 minute',
  // Before the body is read.
  hook: 'onRequest',
  groupId: 'ssh-keys',
  keyGenerator: (request) => callerOf(request).username,
  errorResponseBuilder: (_request, { ttl }) => tooManyChanges(Math.ceil(ttl / 1000)),
}

const writing = { config: { rateLimit } }

/** Of one call: a hundred long RSA keys with options. */
const MAX_TEXT = 128 * 1024

export function sshKeyRoutes(app: App, sshKeys: SshKeys): void {
  app.get(
    '/ssh-keys',
    {
      schema: {
        summary: 'The public SSH keys that you keep here',
        description: 'Nobody sees those of others. A token sees those of its user.',
        tags: ['SSH keys'],
        response: { 200: z.object({ keys: z.array(keptKeySchema) }), ...problems },
      },
    },
    async (request) => ({ keys: await sshKeys.list(callerOf(request)) }),
  )

  app.post(
    '/ssh-keys',
    {
      ...writing,
      schema: {
        summary: 'Keep public SSH keys',
        description:
          'One line for each key, as in an `authorized_keys` file; empty lines and comments are left out. A key that you ' +
          'keep already is told in `known`, a line that is no public key in `refused` with the reason; the others are kept. ' +
          `One account keeps at most ${MAX_SSH_KEYS}.`,
        tags: ['SSH keys'],
        body: z.strictObject({
          keys: z.string().min(1).max(MAX_TEXT).describe('Lines of an authorized_keys file'),
          name: keyNameSchema.optional().describe('For a single key, instead of its comment'),
        }),
        response: { 200: keyImportSchema, 201: keyImportSchema, ...problems },
      },
    },
    async (request, reply) => {
      const { keys, name = null } = request.body
      const result = await sshKeys.add(callerOf(request), keys, name).catch((error: unknown) => {
        throw error instanceof TooManySshKeys ? tooMany() : error
      })
      return reply.code(result.added.length > 0 ? 201 : 200).send(result)
    },
  )

  app.delete(
    '/ssh-keys/:id',
    {
      ...writing,
      schema: {
        summary: 'Forget a public SSH key of yours; guests that have it keep it',
        tags: ['SSH keys'],
        params: idParams,
        response: { 204: z.undefined().describe('Deleted'), ...problems },
      },
    },
    async (request, reply) => {
      const { id } = request.params
      const name = await sshKeys.remove(callerOf(request), id)
      if (name === null)
        throw notFound(`You keep no SSH key ${id}.`, 'GET /api/v1/ssh-keys lists yours.')
      noteAudit(request, { details: { ssh_key_name: name } })
      return reply.code(204).send()
    },
  )
}

const tooMany = () =>
  new ProblemError({
    kind: 'too-many-ssh-keys',
    status: 409,
    title: 'Too many SSH keys',
    detail: `One account keeps at most ${MAX_SSH_KEYS} keys, and these would be more. None of them was kept.`,
    hint: 'Delete keys that nobody uses any more.',
  })

const tooManyChanges = (seconds: number) =>
  new ProblemError({
    kind: 'too-many-changes',
    status: 429,
    title: 'Too many changes',
    detail: `You have added or deleted SSH keys ${CHANGES_PER_MINUTE} times within a minute.`,
    hint: `Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  })
