/** VMs that are made from nothing: bad days of their creation, and of what comes with it. */
import type { DeploymentEvent, StepView } from '@deployer/core/deployment.ts'
import type { Plan, StepSpec } from '@deployer/core/plan.ts'
import { stampLine } from '@deployer/core/stamp.ts'
import { callsOf, noteOf, titleOf } from '@deployer/core/steps.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addForeignGuest, madeBy, requestFor, startEngine, type TestEngine } from './engine.ts'

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

const CREATE = 'POST /nodes/{node}/qemu'
const NODE = 'pve1'
const IMAGE = 'iso-nfs:import/noble-server-cloudimg-amd64.qcow2'

const scsi0 = { empty: 'local-lvm:8', imported: `local-lvm:0,import-from=${IMAGE}` }

const createSpec = (name: string, disk: keyof typeof scsi0): StepSpec => ({
  kind: 'create',
  node: NODE,
  name,
  pool: null,
  description: stampLine('{deployment}', name),
  settings: {
    cores: 2,
    memory: 2048,
    ostype: 'l26',
    scsihw: 'virtio-scsi-single',
    scsi0: scsi0[disk],
    net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0',
    agent: 'enabled=1',
    tags: '{deployment}',
  },
})

/** The plan of a clone with these steps in place of its own. */
const withSteps = (stepsOf: (name: string) => StepSpec[]) => (plan: Plan) => {
  for (const vm of plan.vms) {
    vm.node = NODE
    vm.steps = [{ kind: 'reserve-id' as const }, ...stepsOf(vm.name)].map((spec) => ({
      id: spec.kind,
      kind: spec.kind,
      title: titleOf(spec),
      note: noteOf(spec),
      calls: callsOf(spec, { vmid: vm.vmid }),
      slots: spec.kind === 'create' ? [{ kind: 'clone-local', key: `local-lvm on ${NODE}` }] : [],
      spec,
    }))
  }
}

const create = (disk: keyof typeof scsi0, more: StepSpec[] = []) =>
  withSteps((name) => [createSpec(name, disk), ...more])

const request = (name: string) => requestFor(name, { defaults: { start: false } })

const isStep =
  (kind: StepView['kind'], fits: (step: StepView) => boolean) =>
  (data: DeploymentEvent): boolean =>
    data.type === 'step' && data.step.kind === kind && fits(data.step)

const creations = () =>
  engine.simulator
    .requests()
    .slice(before)
    .filter(({ method, path }) => method === 'POST' && path === `/nodes/${NODE}/qemu`)

/** Disks of VMs that are no more. */
const orphanDisks = () => {
  const { volumes, guests } = engine.simulator.world
  const vmids = new Set<number | undefined>(guests.map(({ vmid }) => vmid))
  return volumes.filter(({ content, vmid }) => content === 'images' && !vmids.has(vmid))
}

const nothingIsLeft = async (id: string) => {
  expect(madeBy(engine.simulator, id)).toEqual([])
  expect(orphanDisks()).toEqual([])
  expect(await engine.database.db.selectFrom('slot').selectAll().execute()).toEqual([])
}

describe('a creation', () => {
  test('makes a VM that carries stamp and tag', async () => {
    const { id } = await engine.deploy(request('fresh-{1..2}'), create('empty'))
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 2 } })
    const made = madeBy(engine.simulator, id)
    expect(new Set(made.map(({ vmid }) => vmid))).toEqual(
      new Set(ended.vms.map(({ vmid }) => vmid)),
    )
    for (const { config } of made) expect(config['tags']).toBe(id)
    expect(ended.vms[0]?.steps.find(({ kind }) => kind === 'create')?.detail).toBe('Created')
  })

  test('whose answer is lost while it goes on is found, not repeated', async () => {
    const lost = { kind: 'answer', call: CREATE, status: 596, times: 1 } as const
    engine.simulator.addFault({ ...lost, effect: 'task-goes-on' })
    const { id } = await engine.deploy(request('lost'), create('imported'))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
    expect(creations()).toHaveLength(1)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('that never began is sent again, under the same id', async () => {
    engine.simulator.addFault({ kind: 'answer', call: CREATE, status: 596, times: 1 })
    const { id, vms } = await engine.deploy(request('never'), create('empty'))
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: vms[0]?.vmid }] })
    expect(creations()).toHaveLength(2)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('whose id somebody takes at the last moment gets the next one', async () => {
    engine.simulator.addFault({ kind: 'slow', call: CREATE, seconds: 20, times: 1 })
    const { id, vms } = await engine.deploy(request('late'), create('empty'))
    const vmid = vms[0]?.vmid ?? 0
    await engine.untilEvent(
      id,
      isStep('create', (step) => step.status === 'running'),
    )
    addForeignGuest(engine.simulator, vmid)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).not.toBe(vmid)
    const { world } = engine.simulator
    const foreign = world.guests.find((guest) => guest.vmid === vmid)
    expect(foreign?.config).toMatchObject({ name: 'foreign', description: 'not ours' })
    world.guests = world.guests.filter((guest) => guest !== foreign)
  })

  test('that fails says why, and leaves nothing', async () => {
    engine.simulator.addFault({ kind: 'storage-full', storage: 'local-lvm' })
    const { id } = await engine.deploy(request('full'), create('imported'))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'storage-full' } })
    await nothingIsLeft(id)
  })

  test('that is cancelled while the image is copied is aborted, and leaves nothing', async () => {
    const { id } = await engine.deploy(request('stopped'), create('imported'))
    const running = await engine.untilEvent(
      id,
      isStep('create', (step) => step.upid !== null),
    )
    await engine.deployments.cancel(id, engine.root)
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({
      status: 'cancelled',
      vms: [{ status: 'cancelled', error: null }],
    })
    const upid = running.type === 'step' ? running.step.upid : null
    const task = engine.simulator.world.tasks.find((each) => each.upid === upid)
    expect(task?.exitstatus).toContain('interrupted by signal')
    await nothingIsLeft(id)
  })

  test('that is cancelled after its answer was lost is found and removed', async () => {
    const lost = { kind: 'answer', call: CREATE, status: 596, times: 1 } as const
    engine.simulator.addFault({ ...lost, effect: 'task-goes-on' })
    const { id } = await engine.deploy(request('gone'), create('imported'))
    await engine.untilEvent(
      id,
      isStep('create', (step) => step.status === 'waiting'),
    )
    await engine.deployments.cancel(id, engine.root)
    expect(await engine.untilEnded(id)).toMatchObject({
      vms: [{ status: 'cancelled', error: null }],
    })
    await nothingIsLeft(id)
  })
})

describe('a conversion to a template', () => {
  const steps: StepSpec[] = [{ kind: 'convert-to-template', node: NODE }]
  const CONVERT = 'POST /nodes/{node}/qemu/{vmid}/template'

  test.each([
    ['golden-1', 'is done', null],
    ['golden-2', 'whose answer is lost while it goes on is waited for', 'task-goes-on' as const],
  ])('%s %s, once', async (name, _what, effect) => {
    if (effect !== null)
      engine.simulator.addFault({ kind: 'answer', call: CONVERT, status: 596, effect, times: 1 })
    const { id } = await engine.deploy(request(name), create('empty', steps))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
    const [made] = madeBy(engine.simulator, id)
    expect(made?.config['template']).toBe('1')
    expect(made?.config['scsi0']).toContain(`base-${made?.vmid}-disk`)
    const posts = engine.simulator.requests().slice(before)
    expect(posts.filter(({ path }) => path.endsWith('/template'))).toHaveLength(1)
  })
})
