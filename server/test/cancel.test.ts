import type { DeploymentEvent, StepView } from '@deployer/core/deployment.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { madeBy, requestFor, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(async () => {
  await engine.close()
})

const isStep =
  (kind: StepView['kind'], fits: (step: StepView) => boolean) =>
  (data: DeploymentEvent): boolean =>
    data.type === 'step' && data.step.kind === kind && fits(data.step)

const isAgent = (step: StepView) => step.kind === 'wait-for-agent'

const tasksOf = (upid: string | null) =>
  engine.simulator.world.tasks.filter((task) => task.upid === upid)

const slots = () => engine.database.db.selectFrom('slot').selectAll().execute()

/** Disks of VMs that are no more. */
const orphanDisks = () => {
  const { volumes, guests } = engine.simulator.world
  const vmids = new Set<number | undefined>(guests.map(({ vmid }) => vmid))
  return volumes.filter(({ content, vmid }) => content === 'images' && !vmids.has(vmid))
}

describe('cancel', () => {
  test('in the middle of a clone aborts its task and leaves nothing', async () => {
    const { id } = await engine.deploy(
      requestFor('large', { source: { kind: 'template', vmid: 9010, clone: 'full' } }),
    )
    const running = await engine.untilEvent(
      id,
      isStep('clone', (step) => step.upid !== null),
    )
    await engine.deployments.cancel(id, engine.root)
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({
      status: 'cancelled',
      cancelRequested: true,
      summary: { cancelled: 1 },
      vms: [{ status: 'cancelled', error: null, validation: null }],
    })
    const upid = running.type === 'step' ? running.step.upid : null
    expect(tasksOf(upid)[0]?.exitstatus).toContain('interrupted by signal')
    expect(madeBy(engine.simulator, id)).toEqual([])
    expect(await slots()).toEqual([])
  })

  test('keeps finished VMs, removes half ones, and ends those that have not begun', async () => {
    const { id } = await engine.deploy(
      requestFor('some-{01..20}', { source: { kind: 'template', vmid: 9001, clone: 'linked' } }),
    )
    await engine.untilEvent(
      id,
      (data) => data.type === 'deployment' && data.deployment.summary.succeeded > 0,
    )
    await engine.deployments.cancel(id, engine.root)
    const ended = await engine.untilEnded(id)
    const { total, succeeded, cancelled, failed } = ended.summary
    expect(succeeded).toBeGreaterThan(0)
    expect(cancelled).toBeGreaterThan(0)
    expect({ failed, sum: succeeded + cancelled }).toEqual({ failed: 0, sum: total })
    const names = ended.vms.filter((vm) => vm.status === 'succeeded').map((vm) => vm.name)
    const left = madeBy(engine.simulator, id).map(({ config }) => config['name'])
    expect(new Set(left)).toEqual(new Set(names))
    expect(orphanDisks()).toEqual([])
    expect(await slots()).toEqual([])
  })

  test('while a VM waits for a slot, or for its agent, is as quick', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^never-' })
    const { id } = await engine.deploy(requestFor('never-{1..2}'))
    await engine.untilEvent(
      id,
      isStep('wait-for-agent', (step) => step.status === 'running'),
    )
    await engine.deployments.cancel(id, engine.root)
    expect(await engine.untilEnded(id)).toMatchObject({ summary: { cancelled: 2 } })
    expect(madeBy(engine.simulator, id)).toEqual([])
  })

  // A large one has no stamp until its disks are copied.
  test.each([
    ['linked', 9000, 'linked'],
    ['large', 9010, 'full'],
  ] as const)(
    'of a %s clone whose answer was lost finds and removes it',
    async (_, vmid, clone) => {
      engine.simulator.addFault({
        kind: 'answer',
        call: 'POST /nodes/{node}/qemu/{vmid}/clone',
        status: 596,
        effect: 'task-goes-on',
        times: 1,
      })
      const { id } = await engine.deploy(
        requestFor('orphan', {
          source: { kind: 'template', vmid, clone },
          defaults: { start: false },
        }),
      )
      await engine.untilEvent(
        id,
        isStep('clone', (step) => step.status === 'waiting'),
      )
      await engine.deployments.cancel(id, engine.root)
      expect(await engine.untilEnded(id)).toMatchObject({ status: 'cancelled' })
      expect(madeBy(engine.simulator, id)).toEqual([])
    },
  )

  test('of a VM whose clone was found after its answer was lost removes it as well', async () => {
    engine.simulator.addFault({
      kind: 'answer',
      call: 'POST /nodes/{node}/qemu/{vmid}/clone',
      status: 596,
      effect: 'task-goes-on',
      times: 1,
    })
    // It goes no further than to its settings.
    engine.simulator.addFault({
      kind: 'answer',
      call: 'PUT /nodes/{node}/qemu/{vmid}/config',
      status: 595,
    })
    const { id } = await engine.deploy(requestFor('found', { defaults: { start: false } }))
    await engine.untilEvent(
      id,
      isStep('clone', (step) => step.status === 'succeeded'),
    )
    expect((await engine.deployments.get(id))?.vms[0]?.steps[1]?.upid).toBeNull()
    await engine.deployments.cancel(id, engine.root)
    expect(await engine.untilEnded(id)).toMatchObject({ status: 'cancelled' })
    expect(madeBy(engine.simulator, id)).toEqual([])
    engine.simulator.clearFaults()
  })

  test('says which VM could not be removed', async () => {
    engine.simulator.addFault({
      kind: 'answer',
      call: 'DELETE /nodes/{node}/qemu/{vmid}',
      status: 500,
      message: "can't remove VM 100 - protection mode enabled",
    })
    engine.simulator.addFault({ kind: 'agent-silent', name: '^stuck$' })
    const { id } = await engine.deploy(requestFor('stuck'))
    await engine.untilEvent(
      id,
      isStep('wait-for-agent', (step) => step.status === 'running'),
    )
    await engine.deployments.cancel(id, engine.root)
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'cancelled', error: { code: 'left-behind' } })
    expect(ended.vms[0]?.error?.remedy).toContain('by hand')
    engine.simulator.clearFaults()
  })

  test('of one VM leaves the others alone', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^one-2$' })
    const { id, vms } = await engine.deploy(requestFor('one-{1..3}'))
    const second = vms[1]?.id ?? ''
    await engine.untilEvent(
      id,
      (data) =>
        data.type === 'step' &&
        data.vmId === second &&
        data.step.status === 'running' &&
        isAgent(data.step),
    )
    expect(await engine.deployments.cancel(id, engine.root, [second])).toEqual([])
    const asked = await engine.deployments.get(id)
    expect(asked).toMatchObject({ cancelRequested: false })
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'cancelled', cancelRequested: false })
    expect(ended.vms.map((vm) => [vm.status, vm.cancelRequested])).toEqual([
      ['succeeded', false],
      ['cancelled', true],
      ['succeeded', false],
    ])
    const left = madeBy(engine.simulator, id).map(({ config }) => config['name'])
    expect(new Set(left)).toEqual(new Set(['one-1', 'one-3']))
    engine.simulator.clearFaults()
  })

  test('of VMs that are not of the deployment, or have ended, changes nothing', async () => {
    const { id, vms } = await engine.deploy(
      requestFor('mine-{1..2}', { defaults: { start: false } }),
    )
    const ids = vms.map((vm) => vm.id)
    expect(await engine.deployments.cancel(id, engine.root, [...ids, 'd-other-1'])).toEqual([
      'd-other-1',
    ])
    expect(await engine.untilEnded(id)).toMatchObject({ status: 'succeeded' })
    expect(await engine.deployments.cancel(id, engine.root, ids)).toEqual([])
    expect(await engine.deployments.get(id)).toMatchObject({ status: 'succeeded' })
    expect(madeBy(engine.simulator, id)).toHaveLength(2)
  })

  test('of a VM that waits to be tried again leaves no half VM', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^again$' })
    const { id } = await engine.deploy(requestFor('again'), (plan) => {
      for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
        if ('timeoutSeconds' in spec) spec.timeoutSeconds = 2
    })
    const failed = await engine.untilEnded(id)
    expect(failed.status).toBe('failed')
    await engine.deployments.retry({
      deploymentId: id,
      vmIds: null,
      caller: engine.root,
      replan: null,
    })
    await engine.deployments.cancel(id, engine.root)
    await engine.untilEvent(
      id,
      (data) => data.type === 'deployment' && data.deployment.summary.cancelled === 1,
    )
    expect(madeBy(engine.simulator, id)).toEqual([])
    engine.simulator.clearFaults()
  })

  test('of a deployment that has ended changes nothing', async () => {
    const { id } = await engine.deploy(requestFor('kept', { defaults: { start: false } }))
    const before = await engine.untilEnded(id)
    await engine.deployments.cancel(id, engine.root)
    expect(await engine.deployments.get(id)).toMatchObject({
      status: 'succeeded',
      cancelRequested: false,
      finishedAt: before.finishedAt,
    })
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })
})
