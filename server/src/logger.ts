import { codeOf } from '@deployer/proxmox/caught.ts'
import { type DestinationStream, pino, type Logger } from 'pino'

export type { Logger }

/** Names of fields that never reach the log, wherever in an entry they stand; two levels are as deep as entries go. */
const SECRETS = [
  'password',
  'otp',
  'ticket',
  'csrfToken',
  'token',
  'secret',
  'cookie',
  'authorization',
  'credentials',
]

/** What an error says, and what caused it; no stack, which tells nobody who runs this what to do. */
const briefly = (error: unknown): unknown => {
  if (!(error instanceof Error)) return error
  const code = codeOf(error)
  const cause = error.cause instanceof Error ? { cause: briefly(error.cause) } : {}
  return { type: error.name, message: error.message, ...(code !== '' && { code }), ...cause }
}

/** Writes to the standard output unless another destination is given. */
export const createLogger = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: null,
      serializers: { err: briefly, error: briefly },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
        censor: 'hidden',
      },
    },
    destination,
  )
