import type { DeploymentEvent, StepView } from '@deployer/core/deployment.ts'
import type { Plan } from '@deployer/core/plan.ts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  addForeignGuest,
  changingCalls,
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
afterEach(() => {
  engine.simulator.clearFaults()
})

const CLONE = 'POST /nodes/{node}/qemu/{vmid}/clone'

/** Whether the event is of this step, and in this state. */
const isStep =
  (kind: StepView['kind'], status: StepView['status']) =>
  (data: DeploymentEvent): boolean =>
    data.type === 'step' && data.step.kind === kind && data.step.status === status

const stepOf = async (id: string, kind: StepView['kind'], status: StepView['status']) => {
  const data = await engine.untilEvent(id, isStep(kind, status))
  if (data.type !== 'step') throw new Error('not a step')
  return data.step
}

/** Checks give up sooner than a person would want, so that their failure can be waited for. */
const impatient = (plan: Plan) => {
  for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
    if ('timeoutSeconds' in spec) spec.timeoutSeconds = 2
}

let before = 0
beforeEach(() => {
  before = engine.simulator.requests().length
})
/** Since the test began: ids of failed VMs are given out again. */
const changes = (vmid: number) => changingCalls(engine.simulator.requests().slice(before), vmid)
const clones = (vmid: number) => changes(vmid).filter(({ path }) => path.endsWith('/clone'))

describe('a busy cluster', () => {
  test('a storage lock that times out is tried again, visibly', async () => {
    engine.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: "clone failed: cfs-lock 'storage-ceph-vm' error: got lock request timeout",
      times: 1,
    })
    const { id } = await engine.deploy(requestFor('busy', { defaults: { start: false } }))
    const waiting = await stepOf(id, 'clone', 'waiting')
    expect(waiting.detail).toMatch(/^ceph-vm is busy, again in \d+ s \(1 of 6\)$/)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(2)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('a template that is being backed up is waited for', async () => {
    const template = engine.simulator.world.guests.find(({ vmid }) => vmid === 9001)
    const { id } = await engine.deploy(
      requestFor('patient', {
        source: { kind: 'template', vmid: 9001, clone: 'linked' },
        defaults: { start: false },
      }),
      () => engine.simulator.addFault({ kind: 'guest-locked', vmid: 9001, lock: 'backup' }),
    )
    const waiting = await stepOf(id, 'clone', 'waiting')
    expect(waiting.detail).toMatch(/^Proxmox is busy with a backup, again in \d+ s$/)
    Reflect.deleteProperty(template?.config ?? {}, 'lock')
    expect(await engine.untilEnded(id)).toMatchObject({ status: 'succeeded' })
  })

  test('a failure that stays ends the VM with cause and remedy, and not the others', async () => {
    engine.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: 'clone failed: rbd error: no space left on device',
      times: 1,
    })
    const { id } = await engine.deploy(requestFor('room-{1..2}', { defaults: { start: false } }))
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'failed', summary: { succeeded: 1, failed: 1 } })
    const failed = ended.vms.find((vm) => vm.status === 'failed')
    expect(failed?.error?.proxmox).toContain('no space left on device')
    expect(failed?.error?.remedy).not.toBeNull()
    const clone = failed?.steps.find((step) => step.kind === 'clone')
    expect(clone?.log.at(-1)).toContain('no space left on device')
    expect(failed?.steps.find((step) => step.kind === 'configure')?.status).toBe('skipped')
  })
})

describe('a lost answer', () => {
  test('of a clone that goes on: the clone is found, not repeated', async () => {
    engine.simulator.addFault({
      kind: 'answer',
      call: CLONE,
      status: 596,
      effect: 'task-goes-on',
      times: 1,
    })
    const { id } = await engine.deploy(requestFor('lost', { defaults: { start: false } }))
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(1)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('of a clone that never began: it is cloned again, under the same id', async () => {
    engine.simulator.addFault({ kind: 'answer', call: CLONE, status: 596, times: 1 })
    const plan = await engine.plan(requestFor('never', { defaults: { start: false } }))
    const { id } = await engine.deploy(
      requestFor('never', { defaults: { start: false } }),
      () => plan,
    )
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: plan.vms[0]?.vmid }] })
    expect(clones(ended.vms[0]?.vmid ?? 0)).toHaveLength(2)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('of settings and of a start changes nothing in the end', async () => {
    for (const call of [
      'PUT /nodes/{node}/qemu/{vmid}/config',
      'POST /nodes/{node}/qemu/{vmid}/status/start',
    ])
      engine.simulator.addFault({
        kind: 'answer',
        call,
        status: 596,
        effect: 'task-goes-on',
        times: 1,
      })
    const { id } = await engine.deploy(requestFor('twice'))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]?.error).toBeNull()
    expect(ended.vms[0]?.validation?.outcome).toBe('healthy')
  })
})

test('a storage that runs full in the middle of a copy is told as what it is', async () => {
  engine.simulator.addFault({ kind: 'storage-full', storage: 'ceph-vm' })
  const { id } = await engine.deploy(
    requestFor('full', { source: { kind: 'template', vmid: 9000, clone: 'full' } }),
  )
  const [vm] = (await engine.untilEnded(id)).vms
  expect(vm?.error).toMatchObject({ code: 'storage-full' })
  expect(vm?.error?.proxmox).toMatch(/No space left on device; clone failed: copy failed/)
  expect(madeBy(engine.simulator, id)).toEqual([])
})

describe('a VMID that somebody else takes', () => {
  test('before the work begins leads to the next one, and leaves the other VM alone', async () => {
    const request = requestFor('clash-{1..2}', { defaults: { start: false } })
    const plan = await engine.plan(request)
    const [first, second] = plan.vms.map((vm) => vm.vmid)
    if (first === undefined || second === undefined) throw new Error('two VMs expected')
    addForeignGuest(engine.simulator, first)
    const { id } = await engine.deploy(request, () => plan)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    const ids = ended.vms.map((vm) => vm.vmid)
    expect(new Set(ids).size).toBe(2)
    expect(ids).not.toContain(first)
    expect(ended.vms[0]?.steps[0]?.detail).toContain(`${first} was taken meanwhile`)
    expect(changes(first)).toEqual([])
    const foreign = engine.simulator.world.guests.find(({ vmid }) => vmid === first)
    expect(foreign?.config).toMatchObject({ name: 'foreign', description: 'not ours' })
  })

  test('with many others is passed over with them, without asking for each', async () => {
    const request = requestFor('crowd', { defaults: { start: false } })
    const plan = await engine.plan(request)
    const first = plan.vms[0]?.vmid ?? 0
    for (let vmid = first; vmid < first + 50; vmid += 1) addForeignGuest(engine.simulator, vmid)
    const earlier = engine.simulator.requests().length
    const { id } = await engine.deploy(request, () => plan)
    expect((await engine.untilEnded(id)).vms[0]?.vmid).toBeGreaterThanOrEqual(first + 50)
    const asked = engine.simulator.requests().slice(earlier)
    expect(asked.filter(({ path }) => path === '/cluster/nextid').length).toBeLessThan(4)
    engine.simulator.world.guests = engine.simulator.world.guests.filter(
      ({ vmid }) => vmid < first || vmid >= first + 50,
    )
  })

  test('between the look and the clone leads to the next one as well', async () => {
    engine.simulator.addFault({ kind: 'slow', call: CLONE, seconds: 20, times: 1 })
    const { id, vms } = await engine.deploy(requestFor('late', { defaults: { start: false } }))
    const vmid = vms[0]?.vmid ?? 0
    await engine.untilEvent(id, isStep('clone', 'running'))
    addForeignGuest(engine.simulator, vmid)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).not.toBe(vmid)
    const foreign = engine.simulator.world.guests.find((guest) => guest.vmid === vmid)
    expect(foreign?.config).toMatchObject({ name: 'foreign', description: 'not ours' })
  })

  test('with a disk that an earlier VM left behind leads to the next one, and keeps the disk', async () => {
    const request = requestFor('haunted', { defaults: { start: false } })
    const plan = await engine.plan(request)
    const vmid = plan.vms[0]?.vmid ?? 0
    const { volumes } = engine.simulator.world
    const drive = volumes.find(({ name }) => name === 'vm-9000-cloudinit')
    if (!drive) throw new Error('the template has a cloud-init drive')
    const left = { ...drive, vmid, name: `vm-${vmid}-cloudinit` }
    volumes.push(left)
    const { id } = await engine.deploy(request, () => plan)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).not.toBe(vmid)
    const { world } = engine.simulator
    expect(world.volumes).toContain(left)
    world.volumes = world.volumes.filter((volume) => volume !== left)
  })
})

describe('a VM that does not prove itself', () => {
  test('an agent that never answers fails the VM, and keeps it', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^mute$' })
    const { id } = await engine.deploy(requestFor('mute'), impatient)
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({
      status: 'failed',
      error: { code: 'agent-silent' },
      validation: { outcome: 'unhealthy' },
    })
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('a closed port fails the VM; the other ports are checked all the same', async () => {
    const { id } = await engine.deploy(
      requestFor('half', {
        defaults: { start: true, validate: { ports: [81, 22] } },
      }),
      (plan) => {
        for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
          if (spec.kind === 'check-port' && spec.port === 81) spec.timeoutSeconds = 1
      },
    )
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'port-closed' } })
    expect(ended.vms[0]?.validation).toMatchObject({ outcome: 'degraded' })
    const ports = ended.vms[0]?.validation?.checks.filter((check) => check.name === 'port')
    expect(ports?.map((check) => [check.port, check.passed])).toEqual([
      [81, false],
      [22, true],
    ])
  })
})

describe('a lapsed sign-in', () => {
  test('makes the work wait for its owner, and go on when they sign in', async () => {
    const lapsed = {
      ...engine.root,
      credentials: {
        kind: 'ticket' as const,
        username: 'root@pam',
        ticket: 'PVE:root@pam:00000000::bm9uZQ==',
        csrfToken: '00000000:bm9uZQ',
      },
    }
    const { id } = await engine.deploy(
      requestFor('signed-{1..2}', { defaults: { start: false } }),
      undefined,
      lapsed,
    )
    await engine.untilEvent(
      id,
      (data) => data.type === 'deployment' && data.deployment.status === 'needs-sign-in',
    )
    const { credentials } = await engine.signInAs('root@pam')
    await engine.deployments.ownerSignedIn('root@pam', credentials)
    expect(await engine.untilEnded(id)).toMatchObject({ status: 'succeeded' })
  })
})

describe('a database that is killed', () => {
  test('in the middle is waited for, and every VM is made once', async () => {
    const { id } = await engine.deploy(requestFor('dark-{1..6}'))
    await engine.untilEvent(id, isStep('clone', 'succeeded'))
    await engine.postgres.kill()
    await engine.postgres.start()
    const ended = await engine.untilEnded(id)
    expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 6 } })
    for (const vm of ended.vms) expect(clones(vm.vmid)).toHaveLength(1)
    expect(madeBy(engine.simulator, id)).toHaveLength(6)
  })
})

/** The database refuses such changes of rows, with an error that means neither that it is away nor a wrong plan. */
const refuse = (table: 'step' | 'vm', when: string) =>
  engine.database.pool.query(`
    create function refuse() returns trigger language plpgsql as
      $$ begin raise exception 'nobody expected this'; end $$;
    create trigger refuse before update on ${table} for each row when (${when}) execute function refuse()`)
const acceptAgain = async () => {
  await engine.database.pool.query('drop function refuse cascade')
}

/** Until its workflow is over, with an error; the VM still counts as running then. */
const untilDead = async (id: string) => {
  const statuses = async () => {
    const { rows } = await engine.database.pool.query<{ status: string }>(
      `select status from dbos.workflow_status where workflow_uuid like $1 || '-%'`,
      [id],
    )
    return rows.map(({ status }) => status)
  }
  await expect.poll(statuses, { timeout: 10_000, interval: 20 }).toEqual(['ERROR'])
  expect(await engine.deployments.get(id)).toMatchObject({ status: 'running' })
}

describe('an error that nobody expected, not even where the failure is journalled,', () => {
  test('fails the VM with words, and a retry goes on from there', async () => {
    await refuse('step', `new.kind = 'clone' and new.status in ('succeeded', 'failed')`)
    const { id } = await engine.deploy(requestFor('stranded', { defaults: { start: false } }))
    await untilDead(id)
    await acceptAgain()
    const ended = await engine.untilEnded(id)
    const [vm] = ended.vms
    expect(vm).toMatchObject({ status: 'failed', error: { code: 'internal' } })
    expect(vm?.error?.cause).toMatch(/in the step ".*clone.*"/i)
    expect(vm?.steps.map(({ status }) => status)).toEqual(
      expect.arrayContaining(['failed', 'skipped']),
    )
    await engine.deployments.retry({
      deploymentId: id,
      vmIds: null,
      caller: engine.root,
      replan: null,
    })
    await engine.untilEvent(
      id,
      (data) => data.type === 'deployment' && data.deployment.status === 'succeeded',
    )
    expect(clones(vm?.vmid ?? 0)).toHaveLength(1)
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  })

  test('at its end leaves a VM that a cancel of it ends as it is', async () => {
    await refuse('vm', 'new.finished_at is not null')
    const { id } = await engine.deploy(requestFor('endless', { defaults: { start: false } }))
    await untilDead(id)
    await acceptAgain()
    expect(await engine.deployments.cancel(id, engine.root)).toEqual([])
    expect(await engine.deployments.get(id)).toMatchObject({ status: 'succeeded' })
  })

  test('after a cancel leaves a cancelled VM that says what may be left, and no slot', async () => {
    engine.simulator.addFault({ kind: 'agent-silent', name: '^unended$' })
    await refuse('vm', `new.finished_at is not null and new.status = 'cancelled'`)
    const { id } = await engine.deploy(requestFor('unended'))
    await stepOf(id, 'start', 'succeeded')
    await engine.deployments.cancel(id, engine.root)
    await untilDead(id)
    await acceptAgain()
    const [vm] = (await engine.untilEnded(id)).vms
    expect(vm).toMatchObject({ status: 'cancelled', error: { code: 'left-behind' } })
    const { rows } = await engine.database.pool.query('select from slot')
    expect(rows).toEqual([])
  })
})
