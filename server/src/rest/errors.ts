/** Whatever is thrown, as a problem document. Details of our own faults go to the log, not to the caller. */
import { codeOf, isTimeout, messageOf } from '@deployer/proxmox/caught.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod'
import { auditIntent } from '../audit/requests.ts'
import { isDatabaseAway, isDiskFull } from '../database/database.ts'
import { ProblemError, type ProblemFields } from '../problem.ts'
import { proxmoxProblem } from '../proxmox-problem.ts'
import type { App } from './http.ts'
import { fieldErrors } from './validation.ts'

export function registerErrors(app: App): void {
  app.setErrorHandler(async (error, request, reply) =>
    sendProblem(request, reply, fieldsOf(error, hasBegun(request)), error),
  )
}

/** Answers with a problem document; the cause goes to the log where it is our fault or trouble behind us. */
export async function sendProblem(
  request: FastifyRequest,
  reply: FastifyReply,
  fields: ProblemFields,
  cause?: unknown,
): Promise<FastifyReply> {
  const { kind, more, retryAfterSeconds, status, ...rest } = fields
  if (status === 500) request.log.error({ err: cause, status }, fields.title)
  else if (status > 500) request.log.warn({ status, kind, reason: messageOf(cause) }, fields.title)
  else request.log.debug({ status, kind }, fields.detail)
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds))
  const document = { type: `/problems/${kind}`, status, ...rest, requestId: request.id, ...more }
  // Serialised here: the error may come before the route's own schemas apply, or not be among them.
  return reply
    .code(status)
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(document)
}

/** The call was let in and is recorded as begun, so Proxmox may have been asked for something already. */
const hasBegun = (request: FastifyRequest): boolean => auditIntent(request) !== null

function fieldsOf(error: unknown, begun: boolean): ProblemFields {
  if (error instanceof ProblemError) return error.fields
  if (error instanceof ProxmoxError) return proxmoxProblem(error)
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = fieldErrors(error.validation)
    return {
      kind: 'bad-request',
      status: 400,
      title: 'The request does not fit',
      detail: errors
        .map(({ path, message }) => (path === '' ? message : `${path}: ${message}`))
        .join(' '),
      hint: 'The API is described at /docs.',
      errors,
    }
  }
  if (begun && isDatabaseAway(error))
    return {
      kind: 'database-away',
      status: 504,
      title: 'The database does not answer',
      detail:
        'The database of the deployer stopped answering in the middle of this call, so what it asked for may be under way on Proxmox, or done.',
      hint: 'Look whether it was done before you ask again; the tasks on Proxmox tell.',
    }
  if (isDiskFull(error))
    return {
      kind: 'database-full',
      status: 503,
      title: 'The disk of the database is full',
      detail:
        'The database of the deployer takes no changes, so nothing is done that could not be recorded. Running work waits.',
      hint: 'Free some room on its disk; everything goes on by itself then.',
      retryAfterSeconds: 30,
    }
  if (isDatabaseAway(error))
    return {
      kind: 'database-away',
      status: 503,
      title: 'The database does not answer',
      detail:
        'The database of the deployer does not answer at the moment. Running work goes on when it is back.',
      hint: 'Try again in a few seconds.',
      retryAfterSeconds: 2,
    }
  // Patience with Proxmox. Whatever else is waited for (guests, publishers of images) is explained where that is done.
  if (isTimeout(error))
    return {
      kind: 'proxmox-slow',
      status: 504,
      title: 'Proxmox takes too long',
      detail:
        'Proxmox was not done in the time that this call waits for it. It may still be at it.',
      hint: 'Look at its tasks on Proxmox before you ask again.',
    }
  return (
    httpProblem(error) ?? {
      kind: 'internal',
      status: 500,
      title: 'The deployer failed',
      detail:
        'Something went wrong inside the deployer. Its log has the details under this request id.',
      hint: 'Try again; if it stays so, report it with the request id.',
    }
  )
}

const bodyTrouble: Record<string, string> = {
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body of the request is empty, and it has to be JSON.',
  FST_ERR_CTP_INVALID_JSON_BODY:
    'The body of the request is no JSON. `jq . FILE` shows where a file stops being JSON.',
}

/** What Fastify itself refuses before a route sees it. */
function httpProblem(error: unknown): ProblemFields | null {
  if (!(error instanceof Error) || !('statusCode' in error) || typeof error.statusCode !== 'number')
    return null
  const status = error.statusCode
  switch (status) {
    case 413:
      return {
        kind: 'too-large',
        status,
        title: 'The request is too large',
        detail: 'The body of the request is larger than this call takes.',
        hint: 'Send less at once.',
      }
    case 415:
      return {
        kind: 'unsupported-media-type',
        status,
        title: 'Only JSON is understood',
        detail: 'The body of the request is not JSON by its content type.',
        hint: 'Send `Content-Type: application/json`.',
      }
    default:
      return status >= 400 && status < 500
        ? {
            kind: 'bad-request',
            status,
            title: 'The request does not fit',
            detail: bodyTrouble[codeOf(error)] ?? error.message,
            hint: 'The API is described at /docs.',
          }
        : null
  }
}
