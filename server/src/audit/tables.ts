/** The rows of the audit log, as migration 010 makes them. */
import type { AuditEntry } from '@deployer/core/audit.ts'
import type { ColumnType } from 'kysely'

type AuditEntryTable = {
  /** PostgreSQL's bigint, which the driver reads as text. */
  id: string
  /** As it stands in the log file. */
  line: string
  /** The same, to be asked about. */
  entry: ColumnType<AuditEntry, never, never>
}

type AuditHeadTable = { singleton: boolean; id: string; hash: string }

export type AuditTables = { audit_entry: AuditEntryTable; audit_head: AuditHeadTable }
