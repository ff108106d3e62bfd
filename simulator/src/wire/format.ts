import { ApiError, messageOf } from '../errors.ts'
import { Extended, TextFile, type CallAnswer } from '../call.ts'
import { atLeast, type Version } from '../version.ts'
import type { Reply } from './reply.ts'

export type Format = 'json' | 'extjs' | 'html'

const contentTypes: Record<Format, string> = {
  json: 'application/json;charset=UTF-8',
  extjs: 'application/json;charset=UTF-8',
  html: 'text/html;charset=UTF-8',
}

const body = (format: Format, fields: Record<string, unknown>) =>
  format === 'html'
    ? `<html><body><pre>${JSON.stringify(fields, null, 2)}</pre></body></html>`
    : JSON.stringify(fields)

export const successReply = (format: Format, answer: CallAnswer): Reply => {
  if (answer instanceof TextFile)
    return {
      status: 200,
      reason: 'OK',
      contentType: 'text/plain',
      fileName: answer.fileName,
      body: answer.text,
    }
  const fields =
    answer instanceof Extended ? { data: answer.data, ...answer.extra } : { data: answer }
  return {
    status: 200,
    reason: 'OK',
    contentType: contentTypes[format],
    body: body(format, format === 'extjs' ? { ...fields, success: 1 } : fields),
  }
}

/** The message of a `die` ends with a newline in the body; that of a call which does not exist has none. */
const bodyMessage = (error: unknown) =>
  error instanceof ApiError && error.status === 501 ? error.message : `${messageOf(error)}\n`

/** Errors after routing: the reason phrase always carries the message, the body only since pve-http-server 5.2. */
export const errorReply = (format: Format, error: unknown, version: Version): Reply => {
  const status = error instanceof ApiError ? error.status : 500
  const raised = error instanceof ApiError && error.raised
  const errors = error instanceof ApiError ? error.errors : undefined
  const message = bodyMessage(error)
  const shared = { data: null, ...(errors ? { errors } : {}) }
  if (format === 'extjs') {
    const fields = { ...shared, message, status: raised ? String(status) : status, success: 0 }
    return {
      status: 200,
      reason: 'OK',
      contentType: contentTypes.extjs,
      body: body(format, fields),
    }
  }
  const fields = atLeast(version, 8.4) ? { ...shared, message } : shared
  return { status, reason: message, contentType: contentTypes[format], body: body(format, fields) }
}
