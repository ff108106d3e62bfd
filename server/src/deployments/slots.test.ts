import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { createTables, quiet, type ScratchTables } from '../../test/scratch-tables.ts'
import { Fenced } from './fenced.ts'
import { createSlots, type Claim, type Slots } from './slots.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let slots: Slots
let other: Slots
let limit = 2

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('slots'))
  const make = () => createSlots({ ...tables, limit: () => limit, logger: quiet })
  slots = make()
  other = make()
  slots.start()
  other.start()
})
afterAll(async () => {
  slots.stop()
  other.stop()
  await tables.close()
  await postgres.stop()
})
afterEach(async () => {
  limit = 2
  await tables.db.deleteFrom('slot').execute()
})

const local = { kind: 'clone-local' as const, key: 'pve1/local-lvm' }
const claim = (vmId: string, changes: Partial<Claim> = {}): Claim => ({
  vmId,
  stepId: 'clone',
  deploymentId: 'd-a',
  attempt: 1,
  slots: [local],
  ...changes,
})
const forever = new AbortController().signal

/** Holds, and tells when it is granted and whether it had to wait. */
const hold = (who: Slots, of: Claim, signal = forever) => {
  const { promise: waits, resolve: mustWait } = Promise.withResolvers<void>()
  const state = { granted: false }
  const run = async () => {
    await who.hold(of, signal, async () => mustWait())
    state.granted = true
  }
  return { held: run(), waits, state }
}

describe('slots', () => {
  test('are granted up to the limit, then in order of arrival, over two servers', async () => {
    await hold(slots, claim('vm-1')).held
    await hold(other, claim('vm-2')).held
    const third = hold(slots, claim('vm-3'))
    await third.waits
    const fourth = hold(other, claim('vm-4'))
    await fourth.waits

    await slots.free(claim('vm-1'))
    await third.held
    expect(fourth.state.granted).toBe(false)
    await other.free(claim('vm-2'))
    await fourth.held
  })

  test('the limit is never exceeded by many at once', async () => {
    limit = 4
    let now = 0
    let most = 0
    const one = async (index: number) => {
      const who = index % 2 ? slots : other
      const mine = claim(`vm-${index}`)
      await who.hold(mine, forever, async () => {})
      now += 1
      most = Math.max(most, now)
      await new Promise((resolve) => setImmediate(resolve))
      now -= 1
      await who.free(mine)
    }
    await Promise.all(Array.from({ length: 100 }, (_, index) => one(index)))
    expect(most).toBeLessThanOrEqual(4)
    expect(most).toBeGreaterThan(1)
    expect(await tables.db.selectFrom('slot').selectAll().execute()).toEqual([])
  })

  test('a small deployment does not wait for all of a large one', async () => {
    limit = 1
    await hold(slots, claim('vm-1')).held
    const queue = [claim('vm-2'), claim('vm-3'), claim('small', { deploymentId: 'd-b' })]
    const waiting = []
    for (const each of queue) {
      const one = hold(slots, each)
      await one.waits
      waiting.push(one)
    }
    const [second, third, small] = waiting
    limit = 2
    // Raising the limit grants one more at the next give-back; d-a holds none and one then, d-b none.
    await slots.free(claim('vm-1'))
    await second?.held
    await small?.held
    expect(third?.state.granted).toBe(false)
  })

  test('a second execution of a step keeps its slot, and the first cannot give it back', async () => {
    limit = 1
    await hold(slots, claim('vm-1')).held
    await hold(other, claim('vm-1', { attempt: 2 })).held
    const next = hold(slots, claim('vm-2'))
    await next.waits
    await slots.free(claim('vm-1', { attempt: 1 }))
    expect(next.state.granted).toBe(false)
    await other.free(claim('vm-1', { attempt: 2 }))
    await next.held
  })

  test('a waiting step that was taken over is fenced', async () => {
    limit = 1
    await hold(slots, claim('vm-1')).held
    const stale = hold(slots, claim('vm-2'))
    await stale.waits
    const fresh = hold(other, claim('vm-2', { attempt: 2 }))
    await fresh.waits
    const outcome = stale.held.catch((error: unknown) => error)
    await slots.free(claim('vm-1'))
    await fresh.held
    expect(await outcome).toBeInstanceOf(Fenced)
  })

  test('giving up frees the place in the queue', async () => {
    limit = 1
    await hold(slots, claim('vm-1')).held
    const cancel = new AbortController()
    const second = hold(slots, claim('vm-2'), cancel.signal)
    await second.waits
    const third = hold(slots, claim('vm-3'))
    await third.waits
    cancel.abort(new Error('cancelled'))
    await expect(second.held).rejects.toThrow('cancelled')
    await slots.freeAll('vm-2')
    await slots.free(claim('vm-1'))
    await third.held
  })

  test('several slots are held together', async () => {
    const copy = { kind: 'full-copy' as const, key: 'pve1/local-lvm' }
    limit = 1
    await hold(slots, claim('vm-1', { slots: [local, copy] })).held
    const held = await tables.db.selectFrom('slot').select('key').orderBy('key').execute()
    expect(held.map((row) => row.key)).toEqual([
      'clone-local:pve1/local-lvm',
      'full-copy:pve1/local-lvm',
    ])
    await slots.freeAll('vm-1')
    expect(await tables.db.selectFrom('slot').selectAll().execute()).toEqual([])
  })
})
