import type { PlannedStep } from '@deployer/core/plan.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** `attempt`: how often it was begun before; 0 for a new one. */
export type NewStep = { vmId: string; step: PlannedStep; position: number; attempt: number }

/** 500 VMs have thousands of steps; as one JSON they are one statement. */
export const insertSteps = async (db: Kysely<Tables>, steps: NewStep[]): Promise<void> => {
  const rows = steps.map(({ vmId, step, position, attempt }) => ({
    vm_id: vmId,
    id: step.id,
    position,
    attempt,
    kind: step.kind,
    title: step.title,
    spec: step.spec,
    calls: step.calls,
    slots: step.slots,
  }))
  await sql`
    insert into step (vm_id, id, position, attempt, kind, title, spec, calls, slots)
    select vm_id, id, position, attempt, kind, title, spec, calls, slots
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
           as row(vm_id text, id text, position int, attempt int, kind text, title text, spec jsonb, calls jsonb,
                  slots jsonb)`.execute(db)
}
