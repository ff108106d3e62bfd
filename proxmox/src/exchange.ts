/** One HTTP exchange with one host, and what became of it. */
import { messageOf } from './caught.ts'
import { type Agent, fetch } from 'undici'
import { encodeParams, type ReadyCall } from './encode.ts'
import { ProxmoxError, readErrorAnswer } from './errors.ts'
import type { Host } from './hosts.ts'
import { multipartBody } from './multipart.ts'
import { ConnectFailure } from './tls.ts'

export type Exchange =
  | { kind: 'answer'; status: number; reasonPhrase: string; text: string }
  /** No connection came about, so nothing was sent. */
  | { kind: 'not-sent'; reason: string; cause: unknown }
  | { kind: 'distrusted'; reason: string; fingerprint: string; cause: unknown }
  /** Something may have been sent. */
  | { kind: 'no-answer'; reason: string; timedOut: boolean; cause: unknown }

export type Request = {
  call: ReadyCall
  headers: Record<string, string>
  timeoutSeconds: number
  agent: Agent
}

/** `GET` and `DELETE` must not have a body; a `POST` without one must say so by its length, which fetch does. */
const requestOf = (host: Host, call: ReadyCall) => {
  const base = `https://${host.label}/api2/json${call.path}`
  if (call.file) return { url: base, ...multipartBody(call.params ?? {}, call.file) }
  const params = encodeParams(call.params ?? {})
  switch (call.method) {
    case 'GET':
    case 'DELETE':
      return { url: params === '' ? base : `${base}?${params}`, body: null, contentType: '' }
    case 'POST':
    case 'PUT':
      return { url: base, body: params, contentType: 'application/x-www-form-urlencoded' }
  }
}

/** `fetch failed` tells nothing; its cause does. */
const innermost = (error: unknown): unknown =>
  error instanceof Error && error.cause !== undefined && !(error instanceof ConnectFailure)
    ? innermost(error.cause)
    : error

/** Never rejects but for a reading call that `signal` called off: then with the reason of the signal. */
export const exchange = async (
  host: Host,
  { call, headers, timeoutSeconds, agent }: Request,
  signal?: AbortSignal,
): Promise<Exchange> => {
  const { url, body, contentType } = requestOf(host, call)
  const timeout = AbortSignal.timeout(timeoutSeconds * 1000)
  try {
    const response = await fetch(url, {
      method: call.method,
      headers: body === null ? headers : { ...headers, 'Content-Type': contentType },
      body,
      dispatcher: agent,
      redirect: 'manual',
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    })
    const text = await response.text()
    return { kind: 'answer', status: response.status, reasonPhrase: response.statusText, text }
  } catch (error) {
    const cause = innermost(error)
    if (cause instanceof ConnectFailure)
      return cause.fingerprint === null
        ? { kind: 'not-sent', reason: cause.message, cause }
        : { kind: 'distrusted', reason: cause.message, fingerprint: cause.fingerprint, cause }
    if (signal?.aborted) {
      if (call.method === 'GET') throw signal.reason
      return { kind: 'no-answer', reason: 'the call was called off', timedOut: false, cause }
    }
    if (timeout.aborted)
      return {
        kind: 'no-answer',
        reason: `no answer within ${timeoutSeconds} s`,
        timedOut: true,
        cause,
      }
    return { kind: 'no-answer', reason: messageOf(cause), timedOut: false, cause }
  }
}

/** Trouble of Proxmox's internal hop (to its daemon, or to another node); 595: it could not even connect. */
export const isHopTrouble = (status: number) => status >= 595 && status <= 599

type Answer = Omit<Extract<Exchange, { kind: 'answer' }>, 'kind'>

/** `data` of an answer. Its type is what the schema promises; nobody checks. */
export const readAnswer = (name: string, host: Host, changing: boolean, answer: Answer) => {
  const { status, reasonPhrase, text } = answer
  if (changing && isHopTrouble(status) && status !== 595)
    throw new ProxmoxError(name, {
      kind: 'unknown-outcome',
      host: host.label,
      reason: `${status} ${reasonPhrase}`.trim(),
    })
  if (status < 200 || status > 299)
    throw new ProxmoxError(name, readErrorAnswer(status, reasonPhrase, text))
  try {
    return JSON.parse(text).data
  } catch (error) {
    const reason = 'the answer is not JSON as Proxmox writes it'
    throw new ProxmoxError(
      name,
      changing
        ? { kind: 'unknown-outcome', host: host.label, reason }
        : { kind: 'answered', status, message: reason, errors: {} },
      { cause: error },
    )
  }
}
