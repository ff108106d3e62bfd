import type { DeploymentEvent } from '@deployer/core/deployment.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createScratchPostgres, type ScratchPostgres } from '../../test/scratch-database.ts'
import { insertDeployment } from '../../test/scratch-deployment.ts'
import { createTables, type ScratchTables } from '../../test/scratch-tables.ts'
import { cancelVms, finishVm } from './endings.ts'
import { Fenced } from './fenced.ts'
import { createJournal, type Begun, type Journal } from './journal.ts'
import { listDeployments, readDeployment } from './reading.ts'

let postgres: ScratchPostgres
let tables: ScratchTables
let journal: Journal

beforeAll(async () => {
  postgres = await createScratchPostgres()
  tables = await createTables(await postgres.createDatabase('journal'))
  journal = createJournal(tables.db)
})
afterAll(async () => {
  await tables.close()
  await postgres.stop()
})

const go = (begun: Begun) => {
  if (begun.kind !== 'go') throw new Error(`expected a step to do, got ${begun.kind}`)
  return begun
}
const begin = async (vmId: string, stepId: string) => go(await journal.begin(vmId, 1, stepId))

const eventsOf = async (deploymentId: string): Promise<DeploymentEvent[]> => {
  const rows = await tables.db
    .selectFrom('event')
    .select('data')
    .where('deployment_id', '=', deploymentId)
    .orderBy('id')
    .execute()
  return rows.map((row) => row.data)
}

/** Does all steps of a VM well, or the first one badly. */
const runVm = async (vmId: string, outcome: 'succeeded' | 'failed' | 'cancelled') => {
  for (const stepId of ['reserve-id', 'clone', 'start']) {
    const { ref } = await begin(vmId, stepId)
    const error = { code: 'x', title: 'No room', cause: null, remedy: null, proxmox: null }
    await journal.write(ref, {
      status: outcome,
      ended: true,
      ...(outcome === 'failed' && { error }),
    })
    if (outcome !== 'succeeded') break
  }
  await finishVm(tables.db, vmId, 1)
}

describe('a step', () => {
  test('that runs twice is fenced by its newest attempt', async () => {
    await insertDeployment(tables.db, 'd-fence', { vms: 1, firstVmid: 100 })
    const first = await begin('d-fence-1', 'clone')
    const second = await begin('d-fence-1', 'clone')
    expect([first.ref.attempt, second.ref.attempt]).toEqual([1, 2])

    await expect(journal.markSent(first.ref)).rejects.toBeInstanceOf(Fenced)
    await expect(journal.write(first.ref, { detail: 'late' })).rejects.toBeInstanceOf(Fenced)
    await expect(journal.moveToNextVmid(first.ref, { min: 100, max: 999 })).rejects.toBeInstanceOf(
      Fenced,
    )
    await journal.markSent(second.ref)
    await journal.write(second.ref, { upid: 'UPID:x' })

    const third = await begin('d-fence-1', 'clone')
    expect(third.step).toMatchObject({ upid: 'UPID:x', attempt: 3 })
    expect(third.step.sent_at).toBeInstanceOf(Date)
  })

  test('remembers when it waited and why, up to a bound, until it is done anew', async () => {
    await insertDeployment(tables.db, 'd-waits', { vms: 1, firstVmid: 105 })
    const { ref } = await begin('d-waits-1', 'clone')
    const waits = async () =>
      (await readDeployment(tables.db, 'd-waits'))?.vms[0]?.steps.find(({ id }) => id === 'clone')
        ?.waits ?? []
    expect(await waits()).toEqual([])
    await journal.write(ref, { status: 'waiting', detail: 'Waiting for other clones on ceph' })
    expect(await waits()).toEqual([
      { from: expect.any(String), until: null, why: 'Waiting for other clones on ceph' },
    ])
    await journal.write(ref, { status: 'running', detail: null })
    await journal.write(ref, { status: 'waiting', detail: 'Busy, again in 2 s', retries: 1 })
    await journal.write(ref, { detail: 'Busy, again in 9 s' })
    const three = await waits()
    expect(three.map(({ why, until }) => [why, until === null])).toEqual([
      ['Waiting for other clones on ceph', false],
      ['Busy, again in 2 s', false],
      ['Busy, again in 9 s', true],
    ])
    expect(Date.parse(three[2]?.from ?? '')).toBeGreaterThanOrEqual(
      Date.parse(three[0]?.until ?? ''),
    )
    expect(Math.abs(Date.now() - Date.parse(three[0]?.from ?? ''))).toBeLessThan(60_000)

    for (let more = 0; more < 20; more += 1) {
      await journal.write(ref, { status: 'running' })
      await journal.write(ref, { status: 'waiting', detail: `Busy, ${more}` })
    }
    expect(await waits()).toHaveLength(20)
    expect((await waits()).at(-1)).toMatchObject({ until: null })
    await journal.write(ref, { status: 'succeeded', detail: null, ended: true })
    expect((await waits()).every(({ until }) => until !== null)).toBe(true)

    await tables.db
      .updateTable('step')
      .set({ status: 'pending', started_at: null })
      .where('vm_id', '=', 'd-waits-1')
      .execute()
    expect(await waits()).toEqual([])
  })

  test('that has ended is not begun again', async () => {
    await insertDeployment(tables.db, 'd-ended', { vms: 1, firstVmid: 110 })
    const { ref } = await begin('d-ended-1', 'clone')
    await journal.write(ref, { status: 'succeeded', detail: 'Linked clone', ended: true })
    expect(await journal.begin('d-ended-1', 1, 'clone')).toMatchObject({
      kind: 'ended',
      outcome: { ok: true },
      ref: { attempt: 1 },
    })
  })

  test('keeps its pause between two tries over a new start', async () => {
    await insertDeployment(tables.db, 'd-pause', { vms: 1, firstVmid: 120 })
    const { ref } = await begin('d-pause-1', 'clone')
    await journal.write(ref, { status: 'waiting', detail: 'Storage busy', retryInSeconds: 60 })
    const again = await begin('d-pause-1', 'clone')
    expect(again.step).toMatchObject({ status: 'waiting', detail: 'Storage busy' })
  })

  test('of an older run of its VM does nothing', async () => {
    await insertDeployment(tables.db, 'd-run', { vms: 1, firstVmid: 130 })
    await tables.db.updateTable('vm').set({ run: 2 }).where('id', '=', 'd-run-1').execute()
    expect(await journal.begin('d-run-1', 1, 'clone')).toEqual({ kind: 'over' })
  })

  test('tells progress only while it is the newest and running', async () => {
    await insertDeployment(tables.db, 'd-progress', { vms: 2, firstVmid: 140 })
    const stale = await begin('d-progress-1', 'clone')
    await begin('d-progress-1', 'clone')
    const { ref } = await begin('d-progress-2', 'clone')
    const before = (await eventsOf('d-progress')).length
    await journal.writeProgress(
      [stale.ref, ref].map((each) => ({ ref: each, progress: 0.5, detail: 'half', log: ['half'] })),
    )
    const told = (await eventsOf('d-progress')).slice(before)
    expect(told).toMatchObject([
      {
        type: 'step',
        vmId: 'd-progress-2',
        step: { progress: 0.5, detail: 'half', log: ['half'] },
      },
    ])
  })
})

describe('VMIDs', () => {
  test('a taken id leads to the next one that nobody has reserved, and the calls follow', async () => {
    await insertDeployment(tables.db, 'd-next', { vms: 3, firstVmid: 200 })
    const { ref } = await begin('d-next-1', 'clone')
    expect(await journal.moveToNextVmid(ref, { min: 100, max: 999 })).toBe(203)
    const again = await begin('d-next-1', 'clone')
    expect(again.vm.vmid).toBe(203)
    expect(again.step.calls[0]?.params['newid']).toBe(203)
  })

  test('two that look at once get different ones', async () => {
    await insertDeployment(tables.db, 'd-two', { vms: 2, firstVmid: 300 })
    const refs = [await begin('d-two-1', 'clone'), await begin('d-two-2', 'clone')]
    const range = { min: 100, max: 999 }
    const ids = await Promise.all(refs.map(({ ref }) => journal.moveToNextVmid(ref, range)))
    expect(new Set(ids)).toEqual(new Set([302, 303]))
  })

  test('the search begins again at the lower bound, and ends when none is left', async () => {
    await insertDeployment(tables.db, 'd-none', { vms: 3, firstVmid: 400 })
    const { ref } = await begin('d-none-3', 'clone')
    expect(await journal.moveToNextVmid(ref, { min: 399, max: 402 })).toBe(399)
    expect(await journal.moveToNextVmid(ref, { min: 400, max: 401 })).toBe(null)
  })
})

describe('a deployment', () => {
  test('is as its VMs are, whoever ends last', async () => {
    await insertDeployment(tables.db, 'd-many', { vms: 20, firstVmid: 500 })
    const outcomes = Array.from({ length: 20 }, (_, index) => (index % 5 ? 'succeeded' : 'failed'))
    await Promise.all(
      outcomes.map((outcome, index) =>
        runVm(`d-many-${index + 1}`, outcome === 'failed' ? 'failed' : 'succeeded'),
      ),
    )
    const deployment = await readDeployment(tables.db, 'd-many')
    expect(deployment).toMatchObject({
      status: 'failed',
      summary: { total: 20, queued: 0, running: 0, succeeded: 16, failed: 4, cancelled: 0 },
    })
    expect(deployment?.finishedAt).not.toBeNull()
    const heads = (await eventsOf('d-many')).filter((event) => event.type === 'deployment')
    expect(heads.at(-1)?.deployment).toMatchObject({ status: 'failed', summary: { running: 0 } })
    // No event may count a VM twice, or forget one.
    for (const { deployment: head } of heads) {
      const { total, ...counts } = head.summary
      expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total)
    }
    const left = await tables.db
      .selectFrom('vmid_reservation')
      .select('vmid')
      .where('vm_id', 'like', 'd-many-%')
      .execute()
    expect(left).toEqual([])
  })

  test('a failed VM carries the error of its step; what was left is skipped', async () => {
    await insertDeployment(tables.db, 'd-fail', { vms: 1, firstVmid: 600 })
    await runVm('d-fail-1', 'failed')
    const deployment = await readDeployment(tables.db, 'd-fail')
    expect(deployment?.vms[0]).toMatchObject({ status: 'failed', error: { title: 'No room' } })
    expect(deployment?.vms[0]?.steps.map((step) => step.status)).toEqual([
      'failed',
      'skipped',
      'skipped',
    ])
  })

  test('cancelling ends the waiting at once and asks the running to stop', async () => {
    await insertDeployment(tables.db, 'd-cancel', { vms: 3, firstVmid: 700 })
    await runVm('d-cancel-1', 'succeeded')
    await begin('d-cancel-2', 'reserve-id')
    const told = new Promise<string>((resolve) => {
      tables.listener.on('cancel', resolve)
    })
    expect(await cancelVms(tables.db, 'd-cancel', { username: 'root@pam' })).toEqual([])
    expect(await told).toBe('d-cancel')
    const deployment = await readDeployment(tables.db, 'd-cancel')
    expect(deployment?.vms.map((vm) => vm.status)).toEqual(['succeeded', 'running', 'cancelled'])
    expect(deployment).toMatchObject({ status: 'running', cancelRequested: true })
    expect(await begin('d-cancel-2', 'clone')).toMatchObject({ vm: { cancel_requested: true } })
    expect(await journal.begin('d-cancel-3', 1, 'reserve-id')).toEqual({ kind: 'over' })
  })

  test('the credentials of an owner go with the last of their work', async () => {
    const store = () =>
      tables.db.selectFrom('credential').select('owner').where('owner', '=', 'root@pam').execute()
    await tables.db.deleteFrom('deployment').execute()
    await insertDeployment(tables.db, 'd-one', { vms: 1, firstVmid: 800 })
    await insertDeployment(tables.db, 'd-other', { vms: 1, firstVmid: 810 })
    await tables.db.insertInto('credential').values({ owner: 'root@pam', sealed: '' }).execute()
    await runVm('d-one-1', 'succeeded')
    expect(await store()).toHaveLength(1)
    await runVm('d-other-1', 'succeeded')
    expect(await store()).toEqual([])
  })

  test('lists are newest first, page by page', async () => {
    await tables.db.deleteFrom('deployment').execute()
    for (const [index, id] of ['d-1', 'd-2', 'd-3'].entries())
      await insertDeployment(tables.db, id, { vms: 1, firstVmid: 900 + index })
    const all = await listDeployments(tables.db)
    expect(all.map((head) => head.id)).toEqual(['d-3', 'd-2', 'd-1'])
    const page = await listDeployments(tables.db, { limit: 1, before: 'd-3' })
    expect(page.map((head) => head.id)).toEqual(['d-2'])
  })
})
