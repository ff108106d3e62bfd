/** Public SSH keys that people keep. Nobody sees those of others. */
import {
  type KeptKey,
  type KeyImport,
  keyNameOf,
  MAX_SSH_KEYS,
  readAuthorizedKeys,
  type ReadKey,
} from '@deployer/core/ssh-key-library.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import type { Tables } from '../database/tables.ts'
import type { Caller } from '../identity/caller.ts'
import type { SshKeyTable } from './tables.ts'

type Who = Pick<Caller, 'username'>

export type SshKeys = {
  /** By name. */
  list: (caller: Who) => Promise<KeptKey[]>
  /**
   * Keeps the keys of pasted lines. `name` is for a single key, instead of its comment. Throws `TooManySshKeys` and keeps
   * none where they would be too many.
   */
  add: (caller: Who, text: string, name: string | null) => Promise<KeyImport>
  /** Answers its name; null where the caller has no such key. */
  remove: (caller: Who, id: string) => Promise<string | null>
}

export class TooManySshKeys extends Error {
  override readonly name = 'TooManySshKeys'
}

type Db = Kysely<Tables>

export function createSshKeys(db: Db): SshKeys {
  return {
    list: (caller) => list(db, ownerOf(caller)),
    add: (caller, text, name) => add(db, ownerOf(caller), text, name),
    remove: async (caller, id) => {
      const gone = await db
        .deleteFrom('ssh_key')
        .where('id', '=', id)
        .where('owner', '=', ownerOf(caller))
        .returning('name')
        .executeTakeFirst()
      return gone?.name ?? null
    },
  }
}

/** A key is the person's, whichever of their tokens brought it. */
function ownerOf({ username }: Who): string {
  return username.split('!')[0] ?? username
}

async function list(db: Db, owner: string): Promise<KeptKey[]> {
  const rows = await db
    .selectFrom('ssh_key')
    .selectAll()
    .where('owner', '=', owner)
    .orderBy(sql`lower(name)`)
    .orderBy('id')
    .execute()
  return rows.map(viewOf)
}

async function add(db: Db, owner: string, text: string, name: string | null): Promise<KeyImport> {
  const { keys, repeated, refused } = readAuthorizedKeys(text)
  const nameFor = (read: ReadKey) =>
    keys.length === 1 && name !== null ? name : keyNameOf(read.key)
  return db.transaction().execute(async (transaction) => {
    // So that several calls at once are counted one after the other.
    await sql`select pg_advisory_xact_lock(hashtext(${`ssh keys of ${owner}`}))`.execute(
      transaction,
    )
    const before = await list(transaction, owner)
    const isNew = (read: ReadKey) =>
      !before.some(({ fingerprint }) => fingerprint === read.fingerprint)
    const fresh = keys.filter(isNew)
    if (before.length + fresh.length > MAX_SSH_KEYS) throw new TooManySshKeys()
    const values = fresh.map((read) => ({
      id: `k-${randomBytes(5).toString('hex')}`,
      owner,
      name: nameFor(read),
      type: read.key.type,
      fingerprint: read.fingerprint,
      public_key: read.publicKey,
    }))
    const rows =
      values.length === 0
        ? []
        : await transaction.insertInto('ssh_key').values(values).returningAll().execute()
    const added = rows.map(viewOf)
    const all = [...before, ...added]
    const twice = [...keys.filter((read) => !isNew(read)), ...repeated]
    return {
      added,
      known: twice.flatMap(({ line, fingerprint }) => {
        const key = all.find((each) => each.fingerprint === fingerprint)
        return key === undefined ? [] : [{ line, key }]
      }),
      refused,
    }
  })
}

function viewOf(row: Selectable<SshKeyTable>): KeptKey {
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    fingerprint: row.fingerprint,
    publicKey: row.public_key,
    createdAt: row.created_at.toISOString(),
  }
}
