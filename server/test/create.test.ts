/** VMs that are made from nothing: bad days of their creation, and of what comes with it. */
import type { DeploymentEvent, StepView } from '@deployer/core/deployment.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addForeignGuest, madeBy, startEngine, type TestEngine } from './engine.ts'

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
const IMAGE = 'iso-nfs:import/noble-server-cloudimg-amd64.qcow2'
const INSTALLER = 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso'

const common = { storage: 'ceph-vm', start: false, networks: [{ bridge: 'vmbr0' }] }

/** With an empty disk, which is made at once. */
const installed = (name: string): DeploymentRequest => ({
  source: { kind: 'iso', volid: INSTALLER, osType: 'linux' },
  defaults: common,
  vms: [{ name }],
})

/** With a copy of an image, which takes a moment. */
const imported = (name: string, convertToTemplate = false): DeploymentRequest => ({
  source: { kind: 'image', volid: IMAGE, convertToTemplate },
  defaults: common,
  vms: [{ name }],
})

/** Its copy takes longer than a test. Answers what makes it small again. */
const enlargeImage = () => {
  const image = engine.simulator.world.volumes.find(({ name }) => IMAGE.endsWith(name))
  if (!image) throw new Error(`${IMAGE} is not there`)
  const { usedBytes } = image
  image.usedBytes = 2 ** 42
  return () => {
    image.usedBytes = usedBytes
  }
}

const isStep =
  (kind: StepView['kind'], fits: (step: StepView) => boolean) =>
  (data: DeploymentEvent): boolean =>
    data.type === 'step' && data.step.kind === kind && fits(data.step)

const creations = () =>
  engine.simulator
    .requests()
    .slice(before)
    .filter(({ method, path }) => method === 'POST' && /^\/nodes\/\w+\/qemu$/.test(path))

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
    const { id } = await engine.deploy(installed('fresh-{1..2}'))
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 2 } })
    const made = madeBy(engine.simulator, id)
    expect(new Set(made.map(({ vmid }) => vmid))).toEqual(
      new Set(ended.vms.map(({ vmid }) => vmid)),
    )
    for (const { config } of made) expect(config['tags']).toBe(id)
    expect(ended.vms[0]?.steps.find(({ kind }) => kind === 'create')?.detail).toBe('Created')
    const { rows } = await engine.database.pool.query(
      `select entry -> 'operations' -> 0 ->> 'message' as message from audit_entry
        where entry ->> 'deployment_id' = $1 and entry ? 'operations'`,
      [id],
    )
    expect(rows).toEqual([{ message: expect.stringMatching(/^VM \d+ created/) }])
  })

  test('whose answer is lost while it goes on is found, not repeated', async () => {
    const lost = { kind: 'answer', call: CREATE, status: 596, times: 1 } as const
    engine.simulator.addFault({ ...lost, effect: 'task-goes-on' })
    const { id } = await engine.deploy(imported('lost'))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
    expect(creations()).toHaveLength(1)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('that never began is sent again, under the same id', async () => {
    engine.simulator.addFault({ kind: 'answer', call: CREATE, status: 596, times: 1 })
    const { id, vms } = await engine.deploy(installed('never'))
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: vms[0]?.vmid }] })
    expect(creations()).toHaveLength(2)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('whose id somebody takes at the last moment gets the next one', async () => {
    engine.simulator.addFault({ kind: 'slow', call: CREATE, seconds: 20, times: 1 })
    const { id, vms } = await engine.deploy(installed('late'))
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

  test('whose installer is gone since the plan says which, and leaves nothing', async () => {
    const { world } = engine.simulator
    const iso = world.volumes.find(({ name }) => INSTALLER.endsWith(name))
    const { id } = await engine.deploy(installed('orphan'), () => {
      world.volumes = world.volumes.filter((volume) => volume !== iso)
    })
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'volume-missing' } })
    expect(ended.vms[0]?.error?.cause).toContain(INSTALLER)
    await nothingIsLeft(id)
    if (iso) world.volumes.push(iso)
  })

  test('that fails says why, and leaves nothing', async () => {
    engine.simulator.addFault({ kind: 'storage-full', storage: 'ceph-vm' })
    const { id } = await engine.deploy(imported('full'))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'storage-full' } })
    await nothingIsLeft(id)
  })

  test('that is cancelled while the image is copied is aborted, and leaves nothing', async () => {
    const shrink = enlargeImage()
    const { id } = await engine.deploy(imported('stopped'))
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
    shrink()
  })

  test('whose worker is killed on a cancel leaves a VM that only root can remove, and says so', async () => {
    const shrink = enlargeImage()
    const { id, vms } = await engine.deploy(imported('stuck'))
    const vmid = vms[0]?.vmid ?? 0
    await engine.untilEvent(
      id,
      isStep('create', (step) => step.upid !== null),
    )
    // The worker tidies up what it has made; of this one it knows nothing.
    const { world } = engine.simulator
    world.guests = world.guests.map((guest) => (guest.vmid === vmid ? { ...guest } : guest))
    await engine.deployments.cancel(id, engine.root)
    const [vm] = (await engine.untilEnded(id)).vms
    expect(vm).toMatchObject({ status: 'cancelled', error: { code: 'left-behind' } })
    expect(vm?.error?.remedy).toContain(`qm unlock ${vmid}`)
    expect(world.guests.find((guest) => guest.vmid === vmid)?.config).toEqual({ lock: 'create' })
    world.guests = world.guests.filter((guest) => guest.vmid !== vmid)
    world.volumes = world.volumes.filter((volume) => volume.vmid !== vmid)
    shrink()
  })

  test('that is cancelled after its answer was lost is found and removed', async () => {
    const lost = { kind: 'answer', call: CREATE, status: 596, times: 1 } as const
    engine.simulator.addFault({ ...lost, effect: 'task-goes-on' })
    const { id } = await engine.deploy(imported('gone'))
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
  const CONVERT = 'POST /nodes/{node}/qemu/{vmid}/template'

  test.each([
    ['golden-1', 'is done', null],
    ['golden-2', 'whose answer is lost while it goes on is waited for', 'task-goes-on' as const],
  ])('%s %s, once', async (name, _what, effect) => {
    if (effect !== null)
      engine.simulator.addFault({ kind: 'answer', call: CONVERT, status: 596, effect, times: 1 })
    const { id } = await engine.deploy(imported(name, true))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
    const [made] = madeBy(engine.simulator, id)
    expect(made?.config['template']).toBe('1')
    expect(made?.config['scsi0']).toContain(`base-${made?.vmid}-disk`)
    const posts = engine.simulator.requests().slice(before)
    expect(posts.filter(({ path }) => path.endsWith('/template'))).toHaveLength(1)
  })
})
