/** What another service account has left undone, where it was exchanged for this one. */
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/**
 * Lets the service account go on with it; answers how many deployments and schedules these were. People's own work stays
 * theirs: their credentials are kept for as long as it lasts, a service account's never are. That the owner held every
 * right was checked when the work was taken on.
 */
export const takeOverFormerService = async (
  db: Kysely<Tables>,
  username: string,
): Promise<number> => {
  const left = sql<boolean>`runs_as <> ${username}
    and not exists (select from credential where credential.owner = runs_as)`
  const deployments = await db
    .updateTable('deployment')
    .set({ runs_as: username })
    .where('finished_at', 'is', null)
    .where(left)
    .executeTakeFirst()
  const schedules = await db
    .updateTable('validation_schedule')
    .set({ runs_as: username })
    .where(left)
    .executeTakeFirst()
  return Number(deployments.numUpdatedRows + schedules.numUpdatedRows)
}
