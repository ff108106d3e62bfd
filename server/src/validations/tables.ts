/** The rows of this room, as migration 016 makes them. */
import type { CheckResult, Outcome, ValidationOrder } from '@deployer/core/vm-validation/order.ts'
import type { ScheduleOrder } from '@deployer/core/vm-validation/order.ts'
import type { ColumnType, Generated, JSONColumnType } from 'kysely'

/** Written by the database's clock, read as a date. */
type GeneratedTime = ColumnType<Date, never, never>

export type ValidationTable = {
  id: string
  vmid: number
  name: string | null
  node: string
  status: Generated<'running' | 'finished' | 'interrupted'>
  outcome: Outcome | null
  address: string | null
  checks: ColumnType<CheckResult[], string | undefined, string>
  error: string | null
  validation_order: JSONColumnType<ValidationOrder>
  requested_by: string
  schedule_id: string | null
  /** Executor id of the server that carries it out. */
  server: string
  /** Number of its entry in the audit log, which the outcome closes. */
  intent: ColumnType<string | null, number | null | undefined, number | null>
  started_at: GeneratedTime
  finished_at: ColumnType<Date | null, never, Date>
}

export type ValidationScheduleTable = {
  id: string
  name: string | null
  target: JSONColumnType<ScheduleOrder['target']>
  interval_minutes: number
  validation_order: JSONColumnType<ValidationOrder>
  owner: string
  /** Whose credentials do the work: the key of `credential`. */
  runs_as: string
  created_at: GeneratedTime
  next_at: ColumnType<Date, Date, Date>
  last_run_at: ColumnType<Date | null, never, Date>
  problem: string | null
}

export type ValidationTables = {
  validation: ValidationTable
  validation_schedule: ValidationScheduleTable
}
