/** What nobody needs any more: events of deployments that ended long ago, and the workflows' own history. */
import { DBOS } from '@dbos-inc/dbos-sdk'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'

const KEEP_DAYS = 7
const DAY_MS = 24 * 60 * 60 * 1000
const EVERY_MS = 60 * 60 * 1000
const PAGE = 1000

/** The deployments themselves stay: their rows say how everything ended. */
export const tidyUp = async (db: Kysely<Tables>): Promise<void> => {
  await sql`delete from event using deployment where deployment.id = event.deployment_id
            and deployment.finished_at < now() - make_interval(days => ${KEEP_DAYS})`.execute(db)
  const completedBefore = new Date(Date.now() - KEEP_DAYS * DAY_MS).toISOString()
  for (;;) {
    const ended = await DBOS.listWorkflows({
      status: ['SUCCESS', 'ERROR', 'CANCELLED'],
      completedBefore,
      limit: PAGE,
      loadInput: false,
      loadOutput: false,
    })
    await DBOS.deleteWorkflows(ended.map((workflow) => workflow.workflowID))
    if (ended.length < PAGE) return
  }
}

export const createHousekeeping = (deps: {
  db: Kysely<Tables>
  logger: Pick<Logger, 'warn'>
}): { start: () => void; stop: () => void } => {
  let timer: NodeJS.Timeout | undefined
  const tidySafely = () => {
    tidyUp(deps.db).catch((error: unknown) =>
      deps.logger.warn({ err: error }, 'could not tidy up; trying again in an hour'),
    )
  }
  return {
    start: () => {
      timer = setInterval(tidySafely, EVERY_MS)
      timer.unref()
    },
    stop: () => clearInterval(timer),
  }
}
