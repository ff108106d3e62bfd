/** One SSH connection to a node, to a host whose key is pinned, for a piece of work with SFTP. */
import { createHash } from 'node:crypto'
import { Client, type SFTPWrapper } from 'ssh2'

export type SshSettings = {
  user: string
  /** A private key as text (OpenSSH or PEM), without a passphrase. */
  privateKey: string | null
  password: string | null
  port: number
  /** `SHA256:…`, as `ssh-keygen -l` prints them: of every node. */
  hostKeys: string[]
  /** Node name to `address` or `address:port`, where it differs from what the cluster says. */
  hosts: Record<string, string>
}

export type SshTarget = { host: string; port: number }

export type SshProblem =
  /** Nothing is sent to a host whose key is not pinned, not even the name of the user. */
  | { kind: 'host-key'; fingerprint: string }
  | { kind: 'login'; reason: string }
  /** No connection, or one that broke: may be tried again. */
  | { kind: 'lost'; reason: string }
  /** The node refused an operation on a file. */
  | { kind: 'refused'; reason: string; missing: boolean }

export class SshError extends Error {
  override name = 'SshError'
  readonly problem: SshProblem
  constructor(problem: SshProblem, options?: ErrorOptions) {
    super(problem.kind === 'host-key' ? problem.fingerprint : problem.reason, options)
    this.problem = problem
  }
}

const CONNECT_MS = 20_000
const WORK_MS = 60_000
/** draft-ietf-secsh-filexfer-02, 7 */
const NO_SUCH_FILE = 2
const statusCodes = [1, 2, 3, 4, 5, 8]

const fingerprintOf = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

const levelOf = (error: Error): string =>
  'level' in error && typeof error.level === 'string' ? error.level : ''

/** Of an answer of the SFTP server; its other codes are the connection's. */
const statusOf = (error: Error): number | null =>
  'code' in error && typeof error.code === 'number' && statusCodes.includes(error.code)
    ? error.code
    : null

const problemOf = (error: Error, refusedKey: string | null): SshProblem => {
  if (refusedKey !== null) return { kind: 'host-key', fingerprint: refusedKey }
  if (levelOf(error) === 'client-authentication') return { kind: 'login', reason: error.message }
  const status = statusOf(error)
  if (status !== null)
    return { kind: 'refused', reason: error.message, missing: status === NO_SUCH_FILE }
  return { kind: 'lost', reason: error.message }
}

const sftpOf = (client: Client): Promise<SFTPWrapper> =>
  new Promise((resolve, reject) => {
    client.sftp((error, sftp) => (error ? reject(error) : resolve(sftp)))
  })

/**
 * Connects, does the work, and disconnects. Rejects with `SshError`, or with the signal's reason.
 */
export const withSftp = async <T>(
  settings: SshSettings,
  { host, port }: SshTarget,
  work: (sftp: SFTPWrapper) => Promise<T>,
  signal: AbortSignal,
): Promise<T> => {
  signal.throwIfAborted()
  const client = new Client()
  let refusedKey: string | null = null
  const broken = Promise.withResolvers<never>()
  const stop = () => broken.reject(signal.reason)
  signal.addEventListener('abort', stop, { once: true })
  const tooLong = setTimeout(
    () => broken.reject(new Error(`the work took longer than ${WORK_MS / 1000} s`)),
    WORK_MS,
  )
  client.on('error', broken.reject)
  client.on('close', () => broken.reject(new Error('the connection was closed')))
  const ready = new Promise<void>((resolve) => {
    client.once('ready', resolve)
  })
  const run = async () => {
    await ready
    return work(await sftpOf(client))
  }
  try {
    client.connect({
      host,
      port,
      username: settings.user,
      ...(settings.privateKey !== null && { privateKey: settings.privateKey }),
      ...(settings.password !== null && { password: settings.password }),
      readyTimeout: CONNECT_MS,
      hostVerifier: (key: Buffer) => {
        const fingerprint = fingerprintOf(key)
        if (settings.hostKeys.includes(fingerprint)) return true
        refusedKey = fingerprint
        return false
      },
    })
    return await Promise.race([run(), broken.promise])
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof SshError) throw error
    const cause = error instanceof Error ? error : new Error(String(error))
    throw new SshError(problemOf(cause, refusedKey), { cause })
  } finally {
    clearTimeout(tooLong)
    signal.removeEventListener('abort', stop)
    client.removeAllListeners()
    // What comes after the end is of no interest, and must not end the process.
    client.on('error', () => {})
    client.destroy()
  }
}
