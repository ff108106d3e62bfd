/**
 * What can go wrong with a call to Proxmox VE. Callers switch over `failure.kind`; the texts are Proxmox's own.
 *
 * - `answered`: Proxmox refused, or failed before it acted. `message` is its reason, `errors` what it says of single parameters.
 * - `unreachable`: no answer, and nothing was changed: no host could be connected to, or a read got no answer.
 * - `unknown-outcome`: a changing call was sent and its answer is missing (timeout, dropped socket, 596 to 599 of Proxmox's
 *   internal proxy). The work may be running or done: look before acting again.
 * - `certificate`: the host's certificate is not trusted. Nothing was sent. `fingerprint` is the presented one.
 */
export type ProxmoxFailure =
  | { kind: 'answered'; status: number; message: string; errors: Record<string, string> }
  | { kind: 'unreachable'; host: string; reason: string }
  | { kind: 'unknown-outcome'; host: string; reason: string }
  | { kind: 'certificate'; host: string; fingerprint: string; reason: string }

export class ProxmoxError extends Error {
  override readonly name = 'ProxmoxError'
  /** Method and path, without parameters: `POST /nodes/pve1/qemu/9000/clone`. */
  readonly call: string
  readonly failure: ProxmoxFailure

  constructor(call: string, failure: ProxmoxFailure, options?: ErrorOptions) {
    super(`${call}: ${failureText(failure)}`, options)
    this.call = call
    this.failure = failure
  }
}

/** The failure in one line, with Proxmox's words. */
export const failureText = (failure: ProxmoxFailure): string => {
  switch (failure.kind) {
    case 'answered': {
      const details = Object.entries(failure.errors).map(([name, text]) => `${name}: ${text}`)
      const message = [failure.message, ...details].filter((text) => text !== '').join('; ')
      return `${failure.status} ${message}`
    }
    case 'unreachable':
      return `${failure.host} does not answer: ${failure.reason}`
    case 'unknown-outcome':
      return `the answer of ${failure.host} is missing (${failure.reason}); the work may be running or done`
    case 'certificate':
      return `the certificate of ${failure.host} is not trusted: ${failure.reason} (SHA-256 ${failure.fingerprint})`
  }
}

/** True for an answer of Proxmox with one of these HTTP statuses. */
export const answeredWith = (error: unknown, ...statuses: number[]): error is ProxmoxError =>
  error instanceof ProxmoxError &&
  error.failure.kind === 'answered' &&
  statuses.includes(error.failure.status)

/** A missing VM is a 500 with this text, also where it is on another node (pve-guest-common src/PVE/AbstractConfig.pm). */
export const isVmMissing = (error: unknown): boolean =>
  answeredWith(error, 500) &&
  /does not exist|unable to find configuration file/i.test(error.message)

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/**
 * Reads an error answer. The message is in the body since 8.4, in the reason phrase in every version, and answers from
 * before the routing have an empty or a plain-text body (pve-http-server src/PVE/APIServer/Formatter/Standard.pm).
 */
export const readErrorAnswer = (
  status: number,
  reasonPhrase: string,
  text: string,
): ProxmoxFailure => {
  const body = objectOf(parsed(text))
  const message = typeof body['message'] === 'string' ? body['message'].trim() : ''
  const plain = text.trimStart().startsWith('{') ? '' : text.trim().slice(0, 2000)
  const errors = Object.entries(objectOf(body['errors'])).map(([name, value]) => [
    name,
    String(value).trim(),
  ])
  return {
    kind: 'answered',
    status,
    message: message || reasonPhrase || plain,
    errors: Object.fromEntries(errors),
  }
}
