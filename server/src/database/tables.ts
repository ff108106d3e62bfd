/** The rows of identity and settings, as migration 001 makes them; the others are in the tables.ts of their rooms. */
import type { ColumnType, Generated } from 'kysely'
import type { AuditTables } from '../audit/tables.ts'
import type { BlueprintTable } from '../blueprints/tables.ts'
import type { DeploymentTables } from '../deployments/tables.ts'
import type { SshKeyTable } from '../ssh-keys/tables.ts'
import type { ValidationTables } from '../validations/tables.ts'
import type { VmTables } from '../vms/tables.ts'

type SessionTable = {
  /** SHA-256 of the cookie. */
  id_hash: Buffer
  /** `name@realm`. */
  username: string
  /** Ticket and CSRF token, encrypted. */
  sealed: string
  created_at: Generated<Date>
  /** When Proxmox issued the ticket. */
  renewed_at: ColumnType<Date, never, Date>
  expires_at: Date
}

type SettingTable = { key: string; value: string }

export type Tables = DeploymentTables &
  AuditTables &
  ValidationTables &
  VmTables & {
    session: SessionTable
    setting: SettingTable
    blueprint: BlueprintTable
    ssh_key: SshKeyTable
  }
