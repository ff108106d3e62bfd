/** Saved requests: who sees them, who changes them. Those that come with the deployer are among them, and nobody's. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { exampleBlueprints } from '@deployer/core/blueprint-examples.ts'
import { outlineOf } from '@deployer/core/blueprint-outline.ts'
import type { BlueprintHead, BlueprintRequest, BlueprintView } from '@deployer/core/blueprint.ts'
import { type Kysely, type Selectable, sql } from 'kysely'
import { randomBytes } from 'node:crypto'
import { ownedBy } from '../database/owned.ts'
import type { Tables } from '../database/tables.ts'
import { type Caller, owns } from '../identity/caller.ts'
import type { BlueprintTable } from './tables.ts'

export const MOST_BLUEPRINTS = 200

export type BlueprintContent = {
  name: string
  description: string | null
  shared: boolean
  request: BlueprintRequest
}

type Who = Pick<Caller, 'username'>

export type Blueprints = {
  /** The caller's own and shared ones by name, then the examples. */
  list: (caller: Who) => Promise<BlueprintHead[]>
  /** Null where there is none, and where it is somebody else's own. */
  get: (caller: Who, id: string) => Promise<BlueprintView | null>
  /**
   * Saves it as the caller's. With `replace`, in place of one of theirs that has this name: `before` is that one. Throws `BlueprintNameTaken`
   * and `TooManyBlueprints`.
   */
  save: (
    caller: Who,
    content: BlueprintContent,
    options: { replace: boolean },
  ) => Promise<{ blueprint: BlueprintView; replaced: boolean; before: BlueprintView | null }>
  /** Of one that is the caller's. Null where it is gone. Throws `BlueprintNameTaken`. */
  change: (
    caller: Who,
    id: string,
    changes: Partial<BlueprintContent>,
  ) => Promise<BlueprintView | null>
  /** Of one that is the caller's. */
  remove: (caller: Who, id: string) => Promise<void>
}

export class BlueprintNameTaken extends Error {
  override readonly name = 'BlueprintNameTaken'
  readonly taken: string

  constructor(taken: string) {
    super(`There is a blueprint ${taken} already`)
    this.taken = taken
  }
}

export class TooManyBlueprints extends Error {
  override readonly name = 'TooManyBlueprints'
}

type Db = Kysely<Tables>
type HeadRow = Omit<Selectable<BlueprintTable>, 'request'>

const headColumns = [
  'id',
  'owner',
  'name',
  'description',
  'shared',
  'outline',
  'created_at',
  'updated_at',
] as const

export function createBlueprints(db: Db): Blueprints {
  return {
    list: async (caller) => {
      const rows = await db
        .selectFrom('blueprint')
        .select(headColumns)
        .where(visible(caller))
        .orderBy(sql`lower(name)`)
        .orderBy('id')
        .execute()
      return [...rows.map((row) => headOf(row, caller)), ...examples.map(withoutRequest)]
    },
    get: async (caller, id) => {
      const example = examples.find((one) => one.id === id)
      if (example !== undefined) return example
      const row = await db
        .selectFrom('blueprint')
        .selectAll()
        .where('id', '=', id)
        .where(visible(caller))
        .executeTakeFirst()
      return row === undefined ? null : viewOf(row, caller)
    },
    save: (caller, content, { replace }) => save(db, caller, content, replace),
    change: (caller, id, changes) => change(db, caller, id, changes),
    remove: async (caller, id) => {
      await db.deleteFrom('blueprint').where('id', '=', id).where(own(caller)).execute()
    },
  }
}

async function save(db: Db, caller: Who, content: BlueprintContent, replace: boolean) {
  const owner = caller.username
  const values = columnsOf(content)
  return db.transaction().execute(async (transaction) => {
    // So that several calls at once are counted one after the other.
    await sql`select pg_advisory_xact_lock(hashtext(${`blueprints of ${owner}`}))`.execute(
      transaction,
    )
    const before = await transaction
      .selectFrom('blueprint')
      .selectAll()
      .where('owner', '=', owner)
      .where(sql<boolean>`lower(name) = lower(${content.name})`)
      .executeTakeFirst()
    const row = await transaction
      .insertInto('blueprint')
      .values({ id: `b-${randomBytes(5).toString('hex')}`, owner, ...values })
      .onConflict((conflict) => {
        const sameName = conflict.expression(sql`owner, lower(name)`)
        return replace
          ? sameName.doUpdateSet({ ...values, updated_at: sql`now()` })
          : sameName.doNothing()
      })
      .returningAll()
      // What was there before has been locked by this transaction, and PostgreSQL notes by which.
      .returning(sql<boolean>`xmax <> 0`.as('replaced'))
      .executeTakeFirst()
    if (row === undefined) throw new BlueprintNameTaken(content.name)
    const { count } = await transaction
      .selectFrom('blueprint')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('owner', '=', owner)
      .executeTakeFirstOrThrow()
    if (Number(count) > MOST_BLUEPRINTS) throw new TooManyBlueprints()
    return {
      blueprint: viewOf(row, caller),
      replaced: row.replaced,
      before: before ? viewOf(before, caller) : null,
    }
  })
}

async function change(
  db: Db,
  caller: Who,
  id: string,
  { request, ...changes }: Partial<BlueprintContent>,
): Promise<BlueprintView | null> {
  try {
    const row = await db
      .updateTable('blueprint')
      .set({
        ...changes,
        ...(request !== undefined && requestColumns(request)),
        updated_at: sql`now()`,
      })
      .where('id', '=', id)
      .where(own(caller))
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : viewOf(row, caller)
  } catch (error) {
    if (changes.name !== undefined && isUniqueViolation(error))
      throw new BlueprintNameTaken(changes.name)
    throw error
  }
}

/** As `owns` has it: what a person's tokens saved is theirs too. */
const own = (caller: Who) => ownedBy(caller, 'owner')

const visible = (caller: Who) => sql<boolean>`(shared or ${own(caller)})`

const isUniqueViolation = (error: unknown): boolean => codeOf(error) === '23505'

const columnsOf = ({ request, ...rest }: BlueprintContent) => ({
  ...rest,
  ...requestColumns(request),
})

const requestColumns = (request: BlueprintRequest) => ({
  request: JSON.stringify(request),
  outline: JSON.stringify(outlineOf(request)),
})

function headOf(row: HeadRow, caller: Who): BlueprintHead {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    owner: row.owner,
    shared: row.shared,
    mine: owns(caller, row.owner),
    ...row.outline,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  }
}

function viewOf(row: Selectable<BlueprintTable>, caller: Who): BlueprintView {
  return { ...headOf(row, caller), request: row.request }
}

function withoutRequest({ request: _request, ...head }: BlueprintView): BlueprintHead {
  return head
}

const examples: readonly BlueprintView[] = exampleBlueprints.map(
  ({ id, name, description, request }) => ({
    id,
    name,
    description,
    owner: null,
    shared: true,
    mine: false,
    ...outlineOf(request),
    createdAt: null,
    updatedAt: null,
    request,
  }),
)
