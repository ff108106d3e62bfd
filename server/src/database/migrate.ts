import { type Kysely, sql } from 'kysely'
import { Migrator } from 'kysely/migration'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import * as identity from './migrations/001-identity.ts'
import * as deployments from './migrations/002-deployments.ts'
import * as pending from './migrations/003-pending.ts'
import * as retry from './migrations/004-retry.ts'
import * as undo from './migrations/005-undo.ts'
import * as retryChanges from './migrations/007-retry-changes.ts'
import * as blueprints from './migrations/008-blueprints.ts'
import * as stepWaits from './migrations/009-step-waits.ts'
import * as audit from './migrations/010-audit.ts'
import * as sshKeys from './migrations/012-ssh-keys.ts'
import * as guestPasswords from './migrations/013-guest-passwords.ts'
import * as vms from './migrations/014-vms.ts'
import * as validation from './migrations/016-validation.ts'
import * as deploymentPool from './migrations/022-deployment-pool.ts'
import * as earlierTries from './migrations/023-earlier-tries.ts'

/** In order. A migration that has been released is never changed; a new one follows. */
const migrations = {
  '001-identity': identity,
  '002-deployments': deployments,
  '003-pending': pending,
  '004-retry': retry,
  '005-undo': undo,
  '007-retry-changes': retryChanges,
  '008-blueprints': blueprints,
  '009-step-waits': stepWaits,
  '010-audit': audit,
  '012-ssh-keys': sshKeys,
  '013-guest-passwords': guestPasswords,
  '014-vms': vms,
  '016-validation': validation,
  '022-deployment-pool': deploymentPool,
  '023-earlier-tries': earlierTries,
}

const LOCK = 7263
const LOOK_EVERY_MS = 50

/**
 * Runs `work` while no other server on this database does. It asks again and again instead of waiting in the
 * database: a session that waits for a lock holds a snapshot, and `create index concurrently` of another one would
 * wait for it in turn.
 */
export async function oneServerAtATime<T>(databaseUrl: string, work: () => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl })
  // Its end is noticed by the next query.
  client.on('error', () => {})
  await client.connect()
  try {
    while (!(await tryLock(client))) await sleep(LOOK_EVERY_MS)
    return await work()
  } finally {
    await client.end().catch(() => {})
  }
}

async function tryLock(client: Client): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1) as locked',
    [LOCK],
  )
  return rows[0]?.locked === true
}

/** Names of those that this database does not have yet; all of them where it is empty. */
export async function missingMigrations<T>(db: Kysely<T>): Promise<string[]> {
  const { rows: tables } = await sql<{ there: boolean }>`
    select to_regclass('kysely_migration') is not null as there`.execute(db)
  if (tables[0]?.there !== true) return Object.keys(migrations)
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db)
  const done = new Set(rows.map(({ name }) => name))
  return Object.keys(migrations).filter((name) => !done.has(name))
}

export const isKnownMigration = (name: string): boolean => name in migrations

/** Brings the tables up to date, or to where an earlier version had them. Call within `oneServerAtATime`. */
export async function migrate<T>(db: Kysely<T>, upTo?: string): Promise<void> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  })
  const { error } = await (upTo === undefined
    ? migrator.migrateToLatest()
    : migrator.migrateTo(upTo))
  if (error !== undefined)
    throw error instanceof Error ? error : new Error('The database could not be migrated')
}
