import { pino, type Logger } from 'pino'

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

export const createLogger = (level: string): Logger =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: {
      paths: SECRETS.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]),
      censor: 'hidden',
    },
  })
