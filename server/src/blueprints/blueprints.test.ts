import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import {
  type BlueprintContent,
  createBlueprints,
  MOST_BLUEPRINTS,
  TooManyBlueprints,
} from './blueprints.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('blueprints'))
})
afterAll(async () => {
  await tables?.close()
  await postgres?.stop()
})

const named = (name: string): BlueprintContent => ({
  name,
  description: null,
  shared: false,
  request: { source: { kind: 'template' }, vms: [{ name: 'web' }] },
})

it('one account keeps only so many, also when they are saved at the same time', async () => {
  const blueprints = createBlueprints(tables.db)
  const mira = { username: 'mira@pve' }
  const outcomes = await Promise.allSettled(
    Array.from({ length: MOST_BLUEPRINTS + 5 }, (_, index) =>
      blueprints.save(mira, named(`web ${index}`), { replace: false }),
    ),
  )
  const refused = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused).toHaveLength(5)
  for (const reason of refused) expect(reason).toBeInstanceOf(TooManyBlueprints)

  const own = (await blueprints.list(mira)).filter((one) => one.mine)
  expect(own).toHaveLength(MOST_BLUEPRINTS)
  // One in the place of another is none more, and others have room of their own.
  const again = await blueprints.save(mira, named(own[0]?.name ?? ''), { replace: true })
  expect(again).toMatchObject({ replaced: true, blueprint: { id: own[0]?.id } })
  const ops = await blueprints.save({ username: 'ops@pve' }, named('web 1'), { replace: true })
  expect(ops.replaced).toBe(false)
})
