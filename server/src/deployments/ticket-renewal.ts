/** Renews the tickets that are kept for work, in time and by one server only. */
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { renew } from '@deployer/proxmox/tickets.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { sql, type Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import type { Ticket } from '../identity/sessions.ts'

/** A ticket lives two hours (pve-access-control src/PVE/AccessControl.pm); an hour is left for tries that fail. */
const RENEW_AFTER_MINUTES = 60

const dueOn = (on: Kysely<Tables>) =>
  on
    .selectFrom('credential')
    .select(['owner', 'sealed'])
    .where('lapsed', '=', false)
    .where('renewed_at', '<', sql<Date>`now() - make_interval(mins => ${RENEW_AFTER_MINUTES})`)

export const createRenewal = (deps: {
  db: Kysely<Tables>
  connection: Connection
  lookEveryMs: number
  logger: Pick<Logger, 'warn'>
  /** Null where it is a token, which does not end by itself, or cannot be read. */
  ticketIn: (sealed: string) => Ticket | null
  keep: (tx: Kysely<Tables>, owner: string, ticket: Ticket) => Promise<void>
  markLapsed: (tx: Kysely<Tables>, owner: string, sealed: string) => Promise<void>
}) => {
  let timer: NodeJS.Timeout | undefined

  /** One server at a time renews a ticket; for the others it is not due any more then. */
  const renewOne = (owner: string) =>
    deps.db.transaction().execute(async (tx) => {
      const row = await dueOn(tx)
        .where('owner', '=', owner)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      const ticket = row && deps.ticketIn(row.sealed)
      if (!ticket) return
      try {
        await deps.keep(tx, owner, await renew(deps.connection, ticket))
      } catch (error) {
        if (!answeredWith(error, 401)) throw error
        await deps.markLapsed(tx, owner, row.sealed)
      }
    })

  const renewAll = async () => {
    for (const { owner } of await dueOn(deps.db).execute()) await renewOne(owner)
  }

  const renewSafely = () => {
    renewAll().catch((error: unknown) =>
      deps.logger.warn({ err: error }, 'could not renew a Proxmox ticket; trying again soon'),
    )
  }

  return {
    start: () => {
      timer = setInterval(renewSafely, deps.lookEveryMs)
      timer.unref()
      renewSafely()
    },
    stop: () => clearInterval(timer),
  }
}
