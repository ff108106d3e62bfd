/**
 * Signed-in people. The cookie is a random number of which only the hash is stored; the Proxmox ticket behind it is
 * encrypted. A ticket lives two hours (pve-access-control src/PVE/AccessControl.pm) and is renewed while it is used.
 */
import type { Credentials } from '@deployer/proxmox/client.ts'
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { sql, type Kysely } from 'kysely'
import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import type { Logger } from '../logger.ts'
import type { Caller } from './caller.ts'
import type { Secrets } from './secrets.ts'

const MINUTE_MS = 60_000
const TICKET_LIFE_MS = 120 * MINUTE_MS
const RENEW_AFTER_MS = 60 * MINUTE_MS

export type Ticket = Extract<Credentials, { kind: 'ticket' }>

export type Sessions = {
  /** Answers the value of the cookie. */
  create: (ticket: Ticket) => Promise<{ cookie: string; caller: Caller }>
  /** Null where the cookie is not known or its ticket has lapsed. */
  find: (cookie: string) => Promise<Caller | null>
  /** Answers who was signed in; null where nobody was. */
  end: (cookie: string) => Promise<string | null>
}

const ticketSchema = z.object({ ticket: z.string(), csrfToken: z.string() })

export function createSessions(deps: {
  db: Kysely<Tables>
  secrets: Secrets
  /** A fresh ticket for a still valid one; throws ProxmoxError. */
  renew: (ticket: Ticket) => Promise<Ticket>
  now: () => Date
  logger: Pick<Logger, 'warn'>
}): Sessions {
  const { db, secrets, renew, now, logger } = deps
  const renewals = new Map<string, Promise<Ticket | null>>()

  const columns = (ticket: Ticket) => ({
    sealed: secrets.encrypt(JSON.stringify({ ticket: ticket.ticket, csrfToken: ticket.csrfToken })),
    renewed_at: now(),
    expires_at: new Date(now().getTime() + TICKET_LIFE_MS),
  })

  /** Answers who it was. Streams that are open for it hear of its end. */
  const remove = (id: Buffer): Promise<string | null> =>
    db.transaction().execute(async (tx) => {
      const row = await tx
        .deleteFrom('session')
        .where('id_hash', '=', id)
        .returning('username')
        .executeTakeFirst()
      await sql`select pg_notify('session', ${id.toString('hex')})`.execute(tx)
      return row?.username ?? null
    })

  /**
   * Null where Proxmox refuses: the account was locked or removed. Calls that found the same old ticket share one
   * renewal, also those that read it just before the fresh one was stored.
   */
  const renewed = (id: Buffer, ticket: Ticket, since: Date): Promise<Ticket | null> => {
    const key = `${id.toString('hex')} ${since.getTime()}`
    const forget = () => renewals.delete(key)
    const running = renewals.get(key)
    if (running !== undefined) return running
    const renewal = (async () => {
      try {
        const fresh = await renew(ticket)
        await db.updateTable('session').set(columns(fresh)).where('id_hash', '=', id).execute()
        setTimeout(forget, MINUTE_MS).unref()
        return fresh
      } catch (error) {
        forget()
        if (!answeredWith(error, 401)) {
          logger.warn({ err: error }, 'A ticket could not be renewed yet')
          return ticket
        }
        await remove(id)
        return null
      }
    })()
    renewals.set(key, renewal)
    return renewal
  }

  return {
    create: async (ticket) => {
      const cookie = randomBytes(32).toString('base64url')
      const row = columns(ticket)
      await db.deleteFrom('session').where('expires_at', '<', now()).execute()
      await db
        .insertInto('session')
        .values({ id_hash: hash(cookie), username: ticket.username, ...row })
        .execute()
      return {
        cookie,
        caller: { username: ticket.username, credentials: ticket, expiresAt: row.expires_at },
      }
    },
    find: async (cookie) => {
      const id = hash(cookie)
      const row = await db
        .selectFrom('session')
        .selectAll()
        .where('id_hash', '=', id)
        .where('expires_at', '>', now())
        .executeTakeFirst()
      if (row === undefined) return null
      const plain = secrets.decrypt(row.sealed)
      if (plain === null) {
        // APP_SECRET has changed: the ticket can never be read again.
        await remove(id)
        return null
      }
      const stored: Ticket = {
        kind: 'ticket',
        username: row.username,
        ...ticketSchema.parse(JSON.parse(plain)),
      }
      const old = now().getTime() - row.renewed_at.getTime() > RENEW_AFTER_MS
      const ticket = old ? await renewed(id, stored, row.renewed_at) : stored
      const expiresAt =
        ticket === stored ? row.expires_at : new Date(now().getTime() + TICKET_LIFE_MS)
      const session = id.toString('hex')
      return ticket && { username: row.username, credentials: ticket, expiresAt, session }
    },
    end: (cookie) => remove(hash(cookie)),
  }
}

const hash = (cookie: string): Buffer => createHash('sha256').update(cookie).digest()
