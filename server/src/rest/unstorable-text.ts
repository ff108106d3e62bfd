/**
 * Two kinds of text that JSON and addresses can carry and that nothing behind here can keep: the character NUL, and halves
 * of surrogate pairs (PostgreSQL refuses both, in `text` and in `jsonb`). No sensible request has them, so they are
 * refused at the door, once for all calls.
 */
import type { FastifyRequest } from 'fastify'
import { ProblemError } from '../problem.ts'

type Place = { path: string; value: unknown }

/** After the request was read, before it is looked at. @throws {ProblemError} 400, which names the field */
export function refuseUnstorableText({ params, query, body }: FastifyRequest): void {
  const path = unstorableIn([params, query, body].map((value) => ({ path: '', value })))
  if (path === null) return
  const message = 'This has a character that is no text: NUL, or half of a pair.'
  throw new ProblemError({
    kind: 'bad-request',
    status: 400,
    title: 'The request does not fit',
    detail: path === '' ? message : `${path}: ${message}`,
    hint: 'Take the character out.',
    errors: [{ path, message }],
  })
}

/** Not by calling itself: what is sent may be nested deeper than the stack is. */
function unstorableIn(open: Place[]): string | null {
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { path, value } = place
    if (typeof value === 'string' && isUnstorable(value)) return path
    if (typeof value !== 'object' || value === null) continue
    for (const [key, inner] of Object.entries(value)) {
      if (isUnstorable(key)) return path
      open.push({ path: path === '' ? key : `${path}.${key}`, value: inner })
    }
  }
  return null
}

const isUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()
