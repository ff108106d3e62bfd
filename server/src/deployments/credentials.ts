/**
 * With whose rights the work is done. An owner's ticket or token is kept encrypted for as long as any of their
 * deployments is unfinished, and a ticket is renewed in time. One that lapsed all the same (the server was away for
 * hours) makes the work wait until its owner signs in.
 */
import { sql, type Kysely } from 'kysely'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { ticketAgeSeconds } from '@deployer/proxmox/tickets.ts'
import type { Api, Connection, Credentials } from '@deployer/proxmox/client.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Logger } from 'pino'
import type { Tables } from '../database/tables.ts'
import type { Listener } from '../events/listener.ts'
import type { Caller } from '../identity/caller.ts'
import type { Secrets } from '../identity/secrets.ts'
import { isRefused, type ServiceAccount } from '../identity/service-account.ts'
import { createRenewal } from './ticket-renewal.ts'

/** What does the work: a ticket or a token. */
export type WorkCredentials = Exclude<Credentials, { kind: 'none' }>

/** The owner's credentials are missing or lapsed. */
export class NeedsSignIn extends Error {
  override name = 'NeedsSignIn'
  readonly owner: string
  constructor(owner: string) {
    super(`Waiting for ${owner} to sign in`)
    this.owner = owner
  }
}

export type CredentialStore = {
  /** Whose account does the work that this caller asks for: the service account where there is one, else their own. */
  workerOf: (caller: Pick<Caller, 'username'>) => string
  /** Part of the caller's transaction. Their credentials are kept only where they do the work themselves. */
  keep: (tx: Kysely<Tables>, caller: Pick<Caller, 'username' | 'credentials'>) => Promise<void>
  /**
   * Calls as this owner, with whatever credentials are the newest when a call is made.
   * Rejects with `NeedsSignIn` where there are none, or Proxmox does not take them any more.
   */
  apiOf: (owner: string) => Api
  /** Resolves when the owner may have usable credentials again; rejects with the signal's reason. */
  untilSignedIn: (owner: string, signal: AbortSignal) => Promise<void>
  /** Lets the work of this owner go on, where it waits for them. */
  ownerSignedIn: (owner: string, credentials: WorkCredentials) => Promise<void>
  start: () => void
  stop: () => void
}

/** The service account signs in by itself, when it may. */
const SERVICE_AGAIN_MS = 30_000

const sealedSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('ticket'),
    username: z.string(),
    ticket: z.string(),
    csrfToken: z.string(),
  }),
  z.object({ kind: z.literal('token'), tokenId: z.string(), secret: z.string() }),
])

/** A ticket may be old already when it comes to us. */
const ageSeconds = (credentials: WorkCredentials): number =>
  credentials.kind === 'ticket'
    ? Math.max(0, ticketAgeSeconds(credentials.ticket, Date.now()) ?? 0)
    : 0

/** Where even a new sign-in is refused, the work waits as it waits for a person. */
const asService = async <T>({ username, api }: ServiceAccount, ask: (api: Api) => Promise<T>) => {
  try {
    return await ask(api)
  } catch (error) {
    throw isRefused(error) ? new NeedsSignIn(username) : error
  }
}

export const createCredentialStore = (deps: {
  db: Kysely<Tables>
  connection: Connection
  secrets: Secrets
  listener: Listener
  /** Null: everybody's work is done with their own account. */
  service: ServiceAccount | null
  lookEveryMs: number
  logger: Pick<Logger, 'warn'>
}): CredentialStore => {
  const { db, connection, secrets, listener, service, lookEveryMs, logger } = deps
  const known = new Map<string, Promise<{ sealed: string; api: Api }>>()
  const endings: (() => void)[] = []

  const seal = (credentials: WorkCredentials) => secrets.encrypt(JSON.stringify(credentials))
  const unseal = (sealed: string): WorkCredentials | null => {
    const plain = secrets.decrypt(sealed)
    return plain === null ? null : sealedSchema.parse(JSON.parse(plain))
  }

  const load = async (owner: string) => {
    const row = await db
      .selectFrom('credential')
      .select('sealed')
      .where('owner', '=', owner)
      .where('lapsed', '=', false)
      .executeTakeFirst()
    const credentials = row ? unseal(row.sealed) : null
    if (!row || !credentials) throw new NeedsSignIn(owner)
    return { sealed: row.sealed, api: connection.api(credentials) }
  }
  const isLapsed = async (owner: string) => {
    const row = await db
      .selectFrom('credential')
      .select('owner')
      .where('owner', '=', owner)
      .where('lapsed', '=', false)
      .executeTakeFirst()
    return !row
  }
  const current = (owner: string) => {
    const loading = known.get(owner) ?? load(owner)
    known.set(owner, loading)
    // What could not be loaded is asked for again the next time.
    loading.catch(() => known.delete(owner))
    return loading
  }

  const markLapsed = async (on: Kysely<Tables>, owner: string, sealed: string) => {
    const { numUpdatedRows } = await on
      .updateTable('credential')
      .set({ lapsed: true })
      .where('owner', '=', owner)
      .where('sealed', '=', sealed)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) await tell(on, owner)
    known.delete(owner)
  }

  /** A 401 has changed nothing on Proxmox, so the call may be repeated with credentials that came in the meantime. */
  const withNewest = async <T>(owner: string, ask: (api: Api) => Promise<T>): Promise<T> => {
    for (;;) {
      const { sealed, api } = await current(owner)
      try {
        return await ask(api)
      } catch (error) {
        if (!answeredWith(error, 401)) throw error
        known.delete(owner)
        if ((await current(owner)).sealed !== sealed) continue
        await markLapsed(db, owner, sealed)
        throw new NeedsSignIn(owner)
      }
    }
  }

  const write = async (on: Kysely<Tables>, owner: string, credentials: WorkCredentials) => {
    await sql`
      insert into credential (owner, sealed, renewed_at)
      values (${owner}, ${seal(credentials)}, now() - make_interval(secs => ${ageSeconds(credentials)}))
      on conflict (owner) do update
      set sealed = excluded.sealed, lapsed = false, renewed_at = excluded.renewed_at`.execute(on)
    await tell(on, owner)
  }

  const renewal = createRenewal({
    db,
    connection,
    lookEveryMs,
    logger,
    ticketIn: (sealed) => {
      const credentials = unseal(sealed)
      return credentials?.kind === 'ticket' ? credentials : null
    },
    keep: write,
    markLapsed,
  })

  const ask = <T>(owner: string, work: (api: Api) => Promise<T>): Promise<T> =>
    owner === service?.username ? asService(service, work) : withNewest(owner, work)

  return {
    workerOf: (caller) => service?.username ?? caller.username,
    keep: async (tx, caller) => {
      if (service === null) await write(tx, caller.username, caller.credentials)
    },
    apiOf: (owner) => ({
      call: (name, params, options) => ask(owner, (api) => api.call(name, params, options)),
      send: (call, options) => ask(owner, (api) => api.send(call, options)),
    }),
    untilSignedIn: async (owner, signal) => {
      if (owner === service?.username) return delay(SERVICE_AGAIN_MS, undefined, { signal })
      const { promise, resolve, reject } = Promise.withResolvers<void>()
      const cancel = () => reject(signal.reason)
      const ends = [
        listener.on('credential', (told) => {
          if (told === owner) resolve()
        }),
        listener.onConnected(resolve),
      ]
      signal.addEventListener('abort', cancel)
      try {
        signal.throwIfAborted()
        // They may have signed in just before we began to listen.
        if (!(await isLapsed(owner))) return
        await promise
      } finally {
        signal.removeEventListener('abort', cancel)
        for (const end of ends) end()
      }
    },
    ownerSignedIn: async (owner, credentials) => {
      const waiting = await db
        .selectFrom('deployment')
        .select('id')
        .where('runs_as', '=', owner)
        .where('finished_at', 'is', null)
        .unionAll(db.selectFrom('validation_schedule').select('id').where('runs_as', '=', owner))
        .limit(1)
        .executeTakeFirst()
      if (waiting) await write(db, owner, credentials)
    },
    start: () => {
      endings.push(
        listener.on('credential', (owner) => known.delete(owner)),
        listener.onConnected(() => known.clear()),
      )
      renewal.start()
    },
    stop: () => {
      renewal.stop()
      for (const end of endings.splice(0)) end()
    },
  }
}

const tell = (on: Kysely<Tables>, owner: string) =>
  sql`select pg_notify('credential', ${owner})`.execute(on)
