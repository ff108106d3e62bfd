import type { DeploymentEvent, DeploymentView, StepView } from '@deployer/core/deployment.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { RetryRefused } from '../src/deployments/retry-refused.ts'
import {
  addForeignGuest,
  changingCalls,
  destroyByHand,
  madeBy,
  repairAgent,
  requestFor,
  startEngine,
  type TestEngine,
} from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  engine = await startEngine()
})
afterAll(async () => {
  await engine.close()
})

let before = 0
beforeEach(() => {
  before = engine.simulator.requests().length
})
afterEach(() => {
  engine.simulator.clearFaults()
})
const changes = (vmid: number) => changingCalls(engine.simulator.requests().slice(before), vmid)
const clones = (vmid: number) => changes(vmid).filter(({ path }) => path.endsWith('/clone'))

/** Checks give up sooner than a person would want, so that their failure can be waited for. */
const impatient = (plan: Plan) => {
  for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
    if ('timeoutSeconds' in spec) spec.timeoutSeconds = 2
}

const guestOf = (vmid: number | undefined) =>
  engine.simulator.world.guests.find((guest) => guest.vmid === vmid)
const stepOf = (view: DeploymentView, id: string) =>
  view.vms[0]?.steps.find((step) => step.id === id)

const attempts = (view: DeploymentView, id: string) => stepOf(view, id)?.attempt ?? 0

const retry = (deploymentId: string, vmIds: string[] | null = null) =>
  engine.deployments.retry({ deploymentId, vmIds, caller: engine.root, replan: null })
const whyNot = async (id: string, vmIds: string[] | null = null) => {
  const error: unknown = await retry(id, vmIds).catch((caught: unknown) => caught)
  return error instanceof RetryRefused ? error.why : error
}
/** The end that follows the retry, not the one before. */
const untilEndedAgain = async (id: string): Promise<DeploymentView> => {
  const stop = new AbortController()
  const now = await engine.deployments.get(id)
  if (!now) throw new Error('gone')
  if (now.finishedAt !== null) return now
  for await (const { data } of engine.events.subscribe({
    after: now.lastEventId,
    signal: stop.signal,
  }))
    if (data.type === 'deployment' && data.deployment.id === id && data.deployment.finishedAt) break
  const ended = await engine.deployments.get(id)
  if (!ended) throw new Error('gone')
  return ended
}

/** One VM whose agent stays silent until its steps have failed. */
const failedAtItsAgent = async (name: string) => {
  engine.simulator.addFault({ kind: 'agent-silent', name: `^${name}$` })
  const { id } = await engine.deploy(requestFor(name), impatient)
  const ended = await engine.untilEnded(id)
  expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'agent-silent' } })
  engine.simulator.clearFaults()
  repairAgent(engine, ended.vms[0]?.vmid ?? 0)
  return ended
}

describe('retry', () => {
  test('goes on from the failed step, with the same VM', async () => {
    const failed = await failedAtItsAgent('mute')
    const vmid = failed.vms[0]?.vmid ?? 0
    before = engine.simulator.requests().length
    await retry(failed.id)
    const again = await engine.deployments.get(failed.id)
    expect(again).toMatchObject({ finishedAt: null, summary: { failed: 0 } })
    expect(again?.vms[0]).toMatchObject({ error: null, validation: null, finishedAt: null })
    const ended = await untilEndedAgain(failed.id)
    expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 1 } })
    expect(ended.vms[0]).toMatchObject({
      id: failed.vms[0]?.id,
      vmid,
      validation: { outcome: 'healthy' },
    })
    const was = stepOf(failed, 'wait-for-agent')
    expect(ended.vms[0]?.earlier).toEqual([
      {
        kind: 'wait-for-agent',
        title: was?.title,
        status: 'failed',
        startedAt: was?.startedAt,
        finishedAt: was?.finishedAt,
        waits: was?.waits,
      },
    ])
    expect(changes(vmid)).toEqual([])
    expect(attempts(ended, 'clone')).toBe(attempts(failed, 'clone'))
    expect(attempts(ended, 'wait-for-agent')).toBeGreaterThan(attempts(failed, 'wait-for-agent'))
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
  })

  test('reads the stamp before it touches the VM', async () => {
    const failed = await failedAtItsAgent('looked')
    const vmid = failed.vms[0]?.vmid ?? 0
    before = engine.simulator.requests().length
    await retry(failed.id)
    await untilEndedAgain(failed.id)
    const calls = engine.simulator
      .requests()
      .slice(before)
      .filter(({ path }) => path.includes(`/qemu/${vmid}/`))
    expect(calls[0]).toMatchObject({ method: 'GET' })
    expect(calls[0]?.path).toMatch(/\/config$/)
  })

  test('of a clone that failed clones once more, under the same id', async () => {
    engine.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: 'clone failed: rbd error: no space left on device',
      times: 1,
    })
    const { id } = await engine.deploy(requestFor('room', { defaults: { start: false } }))
    const failed = await engine.untilEnded(id)
    expect(failed.status).toBe('failed')
    const upid = stepOf(failed, 'clone')?.upid
    await retry(id)
    expect(stepOf((await engine.deployments.get(id)) ?? failed, 'clone')).toMatchObject({
      status: 'pending',
      upid: null,
      error: null,
      log: [],
    })
    const ended = await untilEndedAgain(id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: failed.vms[0]?.vmid }] })
    expect(stepOf(ended, 'clone')?.upid).not.toBe(upid)
    expect(stepOf(ended, 'reserve-id')?.attempt).toBe(1)
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(2)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('of a VM that is gone makes it anew, under the same id', async () => {
    const failed = await failedAtItsAgent('gone')
    await destroyByHand(engine, failed.vms[0]?.vmid ?? 0)
    before = engine.simulator.requests().length
    await retry(failed.id)
    const ended = await untilEndedAgain(failed.id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: failed.vms[0]?.vmid }] })
    expect(stepOf(ended, 'clone')?.attempt).toBe(2)
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(1)
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
  })

  test('of a VM whose id somebody else took meanwhile makes it anew beside theirs', async () => {
    const failed = await failedAtItsAgent('replaced')
    const vmid = failed.vms[0]?.vmid ?? 0
    await destroyByHand(engine, vmid)
    addForeignGuest(engine.simulator, vmid)
    before = engine.simulator.requests().length
    await retry(failed.id)
    const ended = await untilEndedAgain(failed.id)
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).not.toBe(vmid)
    expect(changes(vmid)).toEqual([])
    expect(guestOf(vmid)?.config).toMatchObject({ name: 'foreign', description: 'not ours' })
  })

  test('of a VM whose stamp was removed leaves that one alone', async () => {
    const failed = await failedAtItsAgent('adopted')
    const vmid = failed.vms[0]?.vmid ?? 0
    const guest = guestOf(vmid)
    if (guest) guest.config['description'] = 'mine now'
    before = engine.simulator.requests().length
    await retry(failed.id)
    const ended = await untilEndedAgain(failed.id)
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).not.toBe(vmid)
    expect(changes(vmid)).toEqual([])
    expect(guestOf(vmid)?.config['description']).toBe('mine now')
  })

  test('of a VM that was switched off since starts it again', async () => {
    const failed = await failedAtItsAgent('asleep')
    const vmid = failed.vms[0]?.vmid ?? 0
    const guest = guestOf(vmid)
    if (guest) guest.running = undefined
    before = engine.simulator.requests().length
    await retry(failed.id)
    const ended = await untilEndedAgain(failed.id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid }] })
    expect(changes(vmid).map(({ path }) => path.split('/').at(-1))).toEqual(['start'])
    expect(attempts(ended, 'configure')).toBe(attempts(failed, 'configure'))
    expect(attempts(ended, 'start')).toBe(attempts(failed, 'start') + 1)
  })

  test('of a VM that was migrated says so, and makes no second one', async () => {
    const failed = await failedAtItsAgent('wanderer')
    const guest = guestOf(failed.vms[0]?.vmid)
    const to = guest?.node === 'pve3' ? 'pve2' : 'pve3'
    if (guest) guest.node = to
    await retry(failed.id)
    const ended = await untilEndedAgain(failed.id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'moved' } })
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
  })

  test('of one VM leaves the other failed one as it is', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^pair-' })
    const { id } = await engine.deploy(requestFor('pair-{1..2}'), impatient)
    const failed = await engine.untilEnded(id)
    engine.simulator.clearFaults()
    const [first, second] = failed.vms
    repairAgent(engine, second?.vmid ?? 0)
    await retry(id, [second?.id ?? ''])
    const ended = await untilEndedAgain(id)
    expect(ended.vms.map((vm) => vm.status)).toEqual(['failed', 'succeeded'])
    expect(ended.vms[0]).toMatchObject({ finishedAt: first?.finishedAt, error: first?.error })
    expect(ended).toMatchObject({ status: 'failed', summary: { failed: 1, succeeded: 1 } })
  })

  test('may follow a retry that failed as well', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^late$' })
    const { id } = await engine.deploy(requestFor('late'), impatient)
    const { vms } = await engine.untilEnded(id)
    await retry(id)
    expect(await untilEndedAgain(id)).toMatchObject({ status: 'failed' })
    repairAgent(engine, vms[0]?.vmid ?? 0)
    await retry(id)
    expect(await untilEndedAgain(id)).toMatchObject({ status: 'succeeded' })
  })

  test('is refused where nothing failed, or while it is being worked on', async () => {
    const { id, vms } = await engine.deploy(requestFor('fine', { defaults: { start: false } }))
    expect(await whyNot(id)).toEqual({ kind: 'nothing-failed' })
    await engine.untilEnded(id)
    expect(await whyNot(id)).toEqual({ kind: 'nothing-failed' })
    const vmIds = [vms[0]?.id ?? '']
    expect(await whyNot(id, vmIds)).toEqual({ kind: 'not-failed', vmIds })
    const failed = await failedAtItsAgent('twice')
    const answers = await Promise.all([whyNot(failed.id), whyNot(failed.id)])
    expect(answers).toContainEqual({ kind: 'nothing-failed' })
    expect(answers).toContain(undefined)
    await untilEndedAgain(failed.id)
    expect(await engine.database.db.selectFrom('slot').selectAll().execute()).toEqual([])
  })

  test('survives the death of the database', async () => {
    const failed = await failedAtItsAgent('dark')
    await destroyByHand(engine, failed.vms[0]?.vmid ?? 0)
    before = engine.simulator.requests().length
    await retry(failed.id)
    await engine.untilEvent(
      failed.id,
      (data: DeploymentEvent) =>
        data.type === 'step' && isClone(data.step) && data.step.attempt === 2,
    )
    await engine.postgres.kill()
    await engine.postgres.start()
    const ended = await untilEndedAgain(failed.id)
    expect(ended.status).toBe('succeeded')
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(1)
  })
})

const isClone = (step: StepView) => step.kind === 'clone' && step.status === 'running'
