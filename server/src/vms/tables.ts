/** The rows of this room, as migration 014 makes them. */
import type { BulkItem } from '@deployer/core/vm.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

export type VmTables = {
  vm_fact: {
    vmid: number
    name: string
    address: string | null
    seen_at: ColumnType<Date, never, Date>
  }
  bulk_action: {
    id: string
    action: string
    created_by: string
    created_at: ColumnType<Date, never, never>
    updated_at: ColumnType<Date, never, Date>
    finished_at: Generated<Date | null>
    items: JSONColumnType<BulkItem[]>
  }
}
