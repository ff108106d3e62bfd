/** What steps did before they are reset or replaced, kept with their VM, so that its timeline stays whole. */
import { sql, type RawBuilder } from 'kysely'
import type { EarlierStep } from '@deployer/core/deployment.ts'

/** Newest of a VM; one that is tried for ever must not make its row grow. */
const MOST = 200

const time = (column: string) =>
  sql`to_char(${sql.ref(column)} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/**
 * The VM's `earlier` with those of its steps that are meant and have run, for an update of `vm` that comes before the one
 * of its steps. `meant`: a condition on `step`.
 */
export const withEarlier = (meant: RawBuilder<boolean>): RawBuilder<EarlierStep[]> =>
  sql<EarlierStep[]>`(
    select coalesce(jsonb_agg(entry order by number), '[]') from (
      select entry, number from jsonb_array_elements(
        vm.earlier || coalesce((
          select jsonb_agg(jsonb_build_object(
                   'kind', step.kind, 'title', step.title, 'status', step.status,
                   'startedAt', ${time('step.started_at')}, 'finishedAt', ${time('step.finished_at')},
                   'waits', step.waits) order by step.position)
            from step
           where step.vm_id = vm.id and step.started_at is not null and step.finished_at is not null
             and ${meant}), '[]')
      ) with ordinality as all_entries (entry, number)
      order by number desc limit ${MOST}
    ) newest)`
