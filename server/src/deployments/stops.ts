/** Cancelling as data: a flag on the VM says so, NOTIFY tells the servers, and each of them fires its VMs' signals. */
import type { Kysely } from 'kysely'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import type { Listener } from '../events/listener.ts'

/** Somebody cancelled the VM. */
export class Cancelled extends Error {
  override name = 'Cancelled'
  constructor() {
    super('Cancelled')
  }
}

export type Stops = {
  /** Fires, with `Cancelled`, when the VM shall stop. The same one until it is forgotten. */
  signalOf: (vmId: string) => AbortSignal
  /** The VM has ended here. */
  forget: (vmId: string) => void
  start: () => void
  stop: () => void
}

export const createStops = (deps: {
  db: Kysely<Tables>
  listener: Listener
  logger: Pick<Logger, 'warn'>
}): Stops => {
  const { db, listener, logger } = deps
  const controllers = new Map<string, AbortController>()
  const endings: (() => void)[] = []

  const look = async () => {
    if (controllers.size === 0) return
    const rows = await db
      .selectFrom('vm')
      .select('id')
      .where('cancel_requested', '=', true)
      .where('finished_at', 'is', null)
      .execute()
    for (const { id } of rows) controllers.get(id)?.abort(new Cancelled())
  }
  const lookSafely = () => {
    look().catch((error: unknown) =>
      logger.warn({ err: error }, 'could not look who was cancelled'),
    )
  }

  return {
    signalOf: (vmId) => {
      const controller = controllers.get(vmId) ?? new AbortController()
      controllers.set(vmId, controller)
      return controller.signal
    },
    forget: (vmId) => controllers.delete(vmId),
    start: () => {
      endings.push(listener.on('cancel', lookSafely), listener.onConnected(lookSafely))
    },
    stop: () => {
      for (const end of endings.splice(0)) end()
    },
  }
}
