import type { DeploymentEvent, DeploymentView, StepView } from '@deployer/core/deployment.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { UndoRefused } from '../src/deployments/undo.ts'
import { RetryRefused } from '../src/deployments/retry-refused.ts'
import {
  addForeignGuest,
  changingCalls,
  destroyByHand,
  madeBy,
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
const destroys = (vmid: number) =>
  engine.simulator
    .requests()
    .slice(before)
    .filter(({ method, path }) => method === 'DELETE' && path.endsWith(`/qemu/${vmid}`))

const guestOf = (vmid: number | undefined) =>
  engine.simulator.world.guests.find((guest) => guest.vmid === vmid)
const ids = (view: DeploymentView) => view.vms.map((vm) => vm.vmid)

/** A deployment that has ended well; not started unless `start`. */
const deployed = async (name: string, start = false): Promise<DeploymentView> => {
  const { id } = await engine.deploy(
    requestFor(name, { defaults: start ? { start, validate: { ports: [] } } : { start } }),
  )
  const ended = await engine.untilEnded(id)
  expect(ended.status).toBe('succeeded')
  before = engine.simulator.requests().length
  return ended
}

const planOf = (id: string) => engine.deployments.undoPlan(id, engine.root)
const undo = async (id: string) => engine.deployments.undo(id, await planOf(id), engine.root)
const undone = async (id: string) => engine.untilEnded((await undo(id)).id)

const stepIs =
  (kind: StepView['kind'], fits: (step: StepView) => boolean) =>
  (data: DeploymentEvent): boolean =>
    data.type === 'step' && data.step.kind === kind && fits(data.step)

const whyNot = async (work: Promise<unknown>) => {
  const error: unknown = await work.catch((caught: unknown) => caught)
  return error instanceof UndoRefused || error instanceof RetryRefused ? error.why : error
}

describe('undo', () => {
  test('stops and destroys what the deployment made, with the calls of its plan', async () => {
    const made = await deployed('web-{1..3}', true)
    const volumes = engine.simulator.world.volumes.length
    const plan = await planOf(made.id)
    expect(plan).toMatchObject({ totals: { vms: 3, calls: 6 }, warnings: [], blockers: [] })
    expect(plan.privileges.every(({ granted }) => granted)).toBe(true)
    expect(changes(ids(made)[0] ?? 0)).toEqual([])

    const begun = await engine.deployments.undo(made.id, plan, engine.root)
    expect(begun).toMatchObject({ undoOf: made.id, undoneBy: null, summary: { total: 3 } })
    const ended = await engine.untilEnded(begun.id)
    expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 3 } })
    expect(await engine.deployments.get(made.id)).toMatchObject({
      status: 'succeeded',
      undoneBy: begun.id,
    })
    expect(madeBy(engine.simulator, made.id)).toEqual([])
    expect(engine.simulator.world.volumes.length).toBeLessThan(volumes)
    for (const vm of plan.vms) {
      const planned = vm.steps.flatMap((step) => step.calls.filter((call) => call.changes))
      const sent = engine.simulator
        .requests()
        .slice(before)
        .filter(
          ({ method, path }) =>
            (method === 'POST' && path.endsWith(`/qemu/${vm.vmid}/status/stop`)) ||
            (method === 'DELETE' && path.endsWith(`/qemu/${vm.vmid}`)),
        )
      expect(sent.map(({ method }) => method)).toEqual(planned.map(({ method }) => method))
      sent.forEach(({ path }, index) => expect(path).toContain(planned[index]?.path ?? '?'))
      expect(sent[1]?.params).toMatchObject({ purge: '1', 'destroy-unreferenced-disks': '0' })
    }
    expect(await engine.database.db.selectFrom('slot').selectAll().execute()).toEqual([])
    expect(await engine.database.db.selectFrom('vmid_reservation').selectAll().execute()).toEqual(
      [],
    )
  })

  test('leaves alone a VM whose stamp is gone, and says so before', async () => {
    const made = await deployed('kept-{1..2}')
    const [first = 0, second = 0] = ids(made)
    const guest = guestOf(first)
    if (guest) guest.config['description'] = 'ours to keep'
    const plan = await planOf(made.id)
    expect(plan.vms.map((vm) => vm.vmid)).toEqual([second])
    expect(plan.warnings).toMatchObject([{ code: 'not-ours', vm: 'kept-1' }])
    expect(await undone(made.id)).toMatchObject({ status: 'succeeded', summary: { total: 1 } })
    expect(guestOf(first)?.config['description']).toBe('ours to keep')
    expect(guestOf(second)).toBeUndefined()
    expect(changes(first)).toEqual([])
    expect(destroys(first)).toEqual([])
  })

  test('reads the stamp again at the moment of deletion', async () => {
    const made = await deployed('late-{1..2}')
    const [first = 0, second = 0] = ids(made)
    const plan = await planOf(made.id)
    const guest = guestOf(first)
    if (guest) guest.config['description'] = 'changed after the plan was read'
    const { id } = await engine.deployments.undo(made.id, plan, engine.root)
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'failed', summary: { succeeded: 1, failed: 1 } })
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'not-ours' } })
    expect(destroys(first)).toEqual([])
    expect(guestOf(first)).toBeDefined()
    expect(guestOf(second)).toBeUndefined()
  })

  test('does not touch what took the id of a VM that is gone', async () => {
    const made = await deployed('taken-{1..2}', true)
    const [first = 0] = ids(made)
    await destroyByHand(engine, first)
    const gone = await planOf(made.id)
    expect(gone.warnings).toMatchObject([{ code: 'gone', vm: 'taken-1' }])
    addForeignGuest(engine.simulator, first)
    before = engine.simulator.requests().length
    expect((await planOf(made.id)).warnings).toMatchObject([{ code: 'not-ours', vm: 'taken-1' }])
    expect(await undone(made.id)).toMatchObject({ status: 'succeeded', summary: { total: 1 } })
    expect(destroys(first)).toEqual([])
    expect(guestOf(first)?.config['name']).toBe('foreign')
  })

  test('leaves alone what is protected', async () => {
    const made = await deployed('shield')
    const guest = guestOf(ids(made)[0])
    if (guest) guest.config['protection'] = '1'
    const plan = await planOf(made.id)
    expect(plan.vms).toEqual([])
    expect(plan.warnings).toMatchObject([{ code: 'protected' }])
  })

  test('finds a VM on the node to which it was migrated', async () => {
    const made = await deployed('moved')
    const guest = guestOf(ids(made)[0])
    const to = guest?.node === 'pve3' ? 'pve2' : 'pve3'
    if (guest) guest.node = to
    expect((await planOf(made.id)).vms[0]).toMatchObject({ node: to })
    expect(await undone(made.id)).toMatchObject({ status: 'succeeded' })
    expect(madeBy(engine.simulator, made.id)).toEqual([])
  })

  test('of a VM that was migrated after the plan does not take it for gone', async () => {
    const made = await deployed('hop')
    const plan = await planOf(made.id)
    const guest = guestOf(ids(made)[0])
    if (guest) guest.node = guest.node === 'pve3' ? 'pve2' : 'pve3'
    const { id } = await engine.deployments.undo(made.id, plan, engine.root)
    expect((await engine.untilEnded(id)).vms[0]).toMatchObject({
      status: 'failed',
      error: { code: 'moved' },
    })
    expect(madeBy(engine.simulator, made.id)).toHaveLength(1)
    // The next one plans from what is there now.
    expect(await undone(made.id)).toMatchObject({ status: 'succeeded' })
  })

  test('of a destroy whose answer was lost looks first', async () => {
    const made = await deployed('lost')
    engine.simulator.addFault({
      kind: 'answer',
      call: 'DELETE /nodes/{node}/qemu/{vmid}',
      status: 596,
      effect: 'task-goes-on',
      times: 1,
    })
    expect(await undone(made.id)).toMatchObject({ status: 'succeeded' })
    expect(madeBy(engine.simulator, made.id)).toEqual([])
  })

  test('goes on after its database was killed, and destroys each VM once', async () => {
    const made = await deployed('dark-{1..6}', true)
    const { id } = await undo(made.id)
    await engine.untilEvent(
      id,
      stepIs('stop', (step) => step.status === 'succeeded'),
    )
    await engine.postgres.kill()
    await engine.postgres.start()
    expect(await engine.untilEnded(id)).toMatchObject({
      status: 'succeeded',
      summary: { succeeded: 6 },
    })
    expect(madeBy(engine.simulator, made.id)).toEqual([])
    for (const vmid of ids(made)) expect(destroys(vmid)).toHaveLength(1)
  })

  test('that is cancelled keeps what it has not begun to destroy', async () => {
    const made = await deployed('half-{1..12}', true)
    const { id } = await undo(made.id)
    await engine.untilEvent(
      id,
      stepIs('destroy', (step) => step.upid !== null),
    )
    await engine.deployments.cancel(id, engine.root)
    const ended = await engine.untilEnded(id)
    expect(ended.summary.cancelled).toBeGreaterThan(0)
    expect(ended.summary.succeeded).toBeGreaterThan(0)
    expect(ended.summary.failed).toBe(0)
    const kept = madeBy(engine.simulator, made.id).map((guest) => guest.vmid)
    const cancelled = ended.vms.filter((vm) => vm.status === 'cancelled').map((vm) => vm.vmid)
    expect(new Set(kept)).toEqual(new Set(cancelled))
    // And the rest can be undone after it.
    expect(await undone(made.id)).toMatchObject({
      status: 'succeeded',
      summary: { total: kept.length },
    })
  })

  test('that failed goes on with a retry', async () => {
    const made = await deployed('stuck')
    engine.simulator.addFault({
      kind: 'task-fails',
      type: 'qmdestroy',
      message: 'rbd error: rbd: listing images failed: (2) No such file or directory',
      times: 1,
    })
    const failed = await undone(made.id)
    expect(failed).toMatchObject({ status: 'failed' })
    expect(madeBy(engine.simulator, made.id)).toHaveLength(1)
    await engine.deployments.retry({
      deploymentId: failed.id,
      vmIds: null,
      caller: engine.root,
      replan: null,
    })
    await engine.untilEvent(
      failed.id,
      stepIs('destroy', (step) => step.status === 'succeeded'),
    )
    expect(madeBy(engine.simulator, made.id)).toEqual([])
  })

  test('shows which rights are missing', async () => {
    const made = await deployed('rights')
    const viewer = await engine.signInAs('viewer@pve')
    const plan = await engine.deployments.undoPlan(made.id, viewer)
    expect(plan.privileges).toContainEqual({
      path: `/vms/${ids(made)[0]}`,
      privilege: 'VM.Allocate',
      granted: false,
    })
    expect(plan.blockers).toMatchObject([
      {
        code: 'privilege-missing',
        message: `You may not destroy 1 VM. Proxmox asks for VM.Allocate on /vms/${ids(made)[0]}.`,
      },
    ])
  })

  test('is refused while work runs, while another undo runs, and of an undo', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^busy$' })
    const { id } = await engine.deploy(requestFor('busy'))
    expect(await whyNot(planOf(id))).toEqual({ kind: 'running' })
    await engine.deployments.cancel(id, engine.root)
    await engine.untilEnded(id)
    const made = await deployed('twin')
    const plan = await planOf(made.id)
    const { id: first } = await engine.deployments.undo(made.id, plan, engine.root)
    expect(await whyNot(engine.deployments.undo(made.id, plan, engine.root))).toEqual({
      kind: 'being-undone',
      by: first,
    })
    await engine.untilEnded(first)
    expect(await whyNot(planOf(first))).toEqual({ kind: 'is-undo' })
    const retry = { deploymentId: made.id, vmIds: null, caller: engine.root, replan: null }
    expect(await whyNot(engine.deployments.retry(retry))).toEqual({ kind: 'undone', by: first })
    expect((await planOf(made.id)).vms).toEqual([])
  })
})
