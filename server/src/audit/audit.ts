/** The audit log of this server, put together: the chain in the database, the file behind it, reading, verifying. */
import type { AuditDraft } from '@deployer/core/audit.ts'
import type { Kysely } from 'kysely'
import type { Config } from '../config.ts'
import type { Tables } from '../database/tables.ts'
import type { Listener } from '../events/listener.ts'
import type { Logger } from '../logger.ts'
import { appendEntries } from './append.ts'
import { logFileIn } from './log-files.ts'
import { createLogWriter } from './log-writer.ts'
import {
  auditOperations,
  type AuditQuery,
  auditStatistics,
  listAudit,
  readAuditEntry,
  readAuditLines,
} from './reading.ts'
import { createVerifier } from './verifier.ts'

export const createAudit = (deps: {
  config: Pick<Config, 'dataDir' | 'auditLog'>
  db: Kysely<Tables>
  listener: Listener
  logger: Pick<Logger, 'info' | 'warn' | 'error'>
}) => {
  const { config, db, listener, logger } = deps
  const file = logFileIn(config.dataDir)
  const writer = createLogWriter({ db, listener, file, ...config.auditLog, logger })
  const verifier = createVerifier({ db, file, logger })
  return {
    write: (drafts: AuditDraft[]) => appendEntries(db, drafts),
    list: (query: AuditQuery, page: { limit: number; before?: number | undefined }) =>
      listAudit(db, query, page),
    statistics: (query: AuditQuery) => auditStatistics(db, query),
    read: (id: number, visibleTo: string | null) => readAuditEntry(db, id, visibleTo),
    lines: (query: AuditQuery) => readAuditLines(db, query),
    operations: (query: AuditQuery) => auditOperations(db, query),
    verify: verifier.verify,
    lastVerified: verifier.last,
    start: () => {
      writer.start()
      verifier.start()
    },
    stop: async () => {
      verifier.stop()
      await writer.stop()
    },
  }
}
