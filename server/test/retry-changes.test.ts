/** Retrying with changes: what the plan says is what is done, and nothing is lost or made twice. */
import { MASKED } from '@deployer/core/cloud-init/passwords.ts'
import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest, RetryChanges } from '@deployer/core/request.ts'
import { fillCall } from '@deployer/core/steps.ts'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
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
afterEach(() => {
  engine.simulator.clearFaults()
})

const impatient = (plan: Plan) => {
  for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
    if ('timeoutSeconds' in spec) spec.timeoutSeconds = 2
}

/** VMs whose agents stay silent until their steps have failed. */
const failedAtTheirAgent = async (name: string, changes: Partial<DeploymentRequest> = {}) => {
  engine.simulator.addFault({ kind: 'agent-silent', name: `^${name.replace(/\{.*/, '')}` })
  const { id } = await engine.deploy(requestFor(name, changes), impatient)
  const ended = await engine.untilEnded(id)
  expect(new Set(ended.vms.map((vm) => vm.error?.code))).toEqual(new Set(['agent-silent']))
  engine.simulator.clearFaults()
  return ended
}

const planned = async (id: string, changes: RetryChanges, vmIds?: string[]) => {
  const { plan, ...rest } = await engine.planRetry(id, changes, vmIds)
  return { plan, replan: { ...rest, changes } }
}

const retry = async (deploymentId: string, changes: RetryChanges, vmIds?: string[]) => {
  const { plan, replan } = await planned(deploymentId, changes, vmIds)
  expect(plan.blockers).toEqual([])
  const before = engine.simulator.requests().length
  const order = { deploymentId, vmIds: vmIds ?? null, caller: engine.root, replan }
  await engine.deployments.retry(order)
  const ended = await untilEndedAgain(deploymentId)
  return { plan, ended, requests: engine.simulator.requests().slice(before) }
}

const untilEndedAgain = async (id: string): Promise<DeploymentView> => {
  const now = await engine.deployments.get(id)
  if (!now) throw new Error('gone')
  if (now.finishedAt !== null) return now
  const stop = new AbortController()
  for await (const { data } of engine.events.subscribe({
    after: now.lastEventId,
    signal: stop.signal,
  }))
    if (data.type === 'deployment' && data.deployment.id === id && data.deployment.finishedAt) break
  const ended = await engine.deployments.get(id)
  if (!ended) throw new Error('gone')
  return ended
}

const guestOf = (vmid: number | undefined) =>
  engine.simulator.world.guests.find((guest) => guest.vmid === vmid)
const titles = (view: DeploymentView, at = 0) => view.vms[at]?.steps.map(({ id }) => id)

/** The plan's changing calls as they are sent. */
const callsOfPlan = (plan: Plan, deployment: string) =>
  plan.vms
    .flatMap((vm) => vm.steps.flatMap((step) => step.calls))
    .filter(({ changes }) => changes)
    .map((call) => fillCall(call, { deployment, digest: '' }))
    .map(({ method, path }) => `${method} ${path}`)

describe('a retry with changes', () => {
  test('destroys what there is of the VM and makes it anew under its VMID, as its plan says', async () => {
    const failed = await failedAtTheirAgent('small')
    const vmid = failed.vms[0]?.vmid ?? 0
    const changes = { cores: 4, memoryMiB: 4096 }
    const { plan, ended, requests } = await retry(failed.id, changes)
    expect(plan.warnings).toMatchObject([{ code: 'made-anew', vm: 'small' }])
    expect(plan.vms[0]?.steps.map(({ id }) => id).slice(0, 4)).toEqual([
      'stop',
      'destroy',
      'reserve-id',
      'clone',
    ])
    expect(ended).toMatchObject({
      status: 'succeeded',
      vms: [{ id: failed.vms[0]?.id, vmid, changes, validation: { outcome: 'healthy' } }],
    })
    expect(titles(ended)).toEqual(plan.vms[0]?.steps.map(({ id }) => id))
    const sent = requests
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/agent/ping'))
      .map(({ method, path }) => `${method} ${path}`)
    expect(sent).toEqual(callsOfPlan(plan, failed.id))
    expect(guestOf(vmid)?.config).toMatchObject({ cores: '4', memory: '4096' })
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
    expect(await engine.database.db.selectFrom('slot').selectAll().execute()).toEqual([])
  })

  test('of the checks alone goes on with the VM that is there', async () => {
    const failed = await failedAtTheirAgent('checks')
    const vmid = failed.vms[0]?.vmid ?? 0
    repairAgent(engine, vmid)
    const changes = { validate: { agentTimeoutSeconds: 600 } }
    const { plan, ended, requests } = await retry(failed.id, changes)
    expect(plan.warnings).toEqual([])
    expect(plan.totals.calls).toBe(0)
    expect(plan.vms[0]?.steps.map(({ id }) => id)).toEqual(['wait-for-agent', 'read-address'])
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid, changes }] })
    expect(titles(ended)).not.toContain('check-port-22')
    expect(titles(ended)?.at(-1)).toBe('read-address')
    expect(changingCalls(requests, vmid)).toEqual([])
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
  })

  test('counts address patterns over the VMs of the retry, and keeps what earlier ones changed', async () => {
    const failed = await failedAtTheirAgent('net-{1..3}')
    const some = failed.vms.slice(1).map(({ id }) => id)
    const networks = [{ bridge: 'vmbr0', ip: '10.7.0.{20..21}/24', gateway: '10.7.0.1' }]
    engine.simulator.addFault({ kind: 'task-fails', type: 'qmclone', message: 'no', times: 2 })
    const first = await retry(failed.id, { networks }, some)
    expect(first.ended.vms.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed'])
    const { ended } = await retry(failed.id, { cores: 1 }, some)
    expect(ended.vms.map(({ status }) => status)).toEqual(['failed', 'succeeded', 'succeeded'])
    expect(ended.vms.map(({ vmid }) => vmid)).toEqual(failed.vms.map(({ vmid }) => vmid))
    for (const [at, ip] of [
      [1, '10.7.0.20'],
      [2, '10.7.0.21'],
    ] as const) {
      const vm = ended.vms[at]
      expect(vm).toMatchObject({ ip, changes: { cores: 1, networks: [{ ip: `${ip}/24` }] } })
      const config = guestOf(vm?.vmid)?.config
      expect(config).toMatchObject({ cores: '1', ipconfig0: `ip=${ip}/24,gw=10.7.0.1` })
    }
    expect(ended.vms[0]).toMatchObject({ changes: null, finishedAt: failed.vms[0]?.finishedAt })
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(3)
  })

  test('changes parts of the first boot, and keeps no plain password', async () => {
    const first = { cloudInit: { timezone: 'Europe/Berlin', users: [{ name: 'adm' }] } }
    const failed = await failedAtTheirAgent('first', {
      defaults: { start: true, validate: {}, ...first },
    })
    const users = [{ name: 'ops', password: 'a plain password' }]
    const { ended } = await retry(failed.id, { cloudInit: { users } })
    expect(ended).toMatchObject({
      status: 'succeeded',
      vms: [{ changes: { cloudInit: { users: [{ name: 'ops', passwordHash: MASKED }] } } }],
    })
    const { db } = engine.database
    const row = await db
      .selectFrom('vm')
      .select('changes')
      .where('deployment_id', '=', failed.id)
      .executeTakeFirstOrThrow()
    expect(row.changes?.cloudInit?.users?.[0]?.passwordHash).toMatch(/^\$6\$/)
    const steps = await db
      .selectFrom('step')
      .innerJoin('vm', 'vm.id', 'step.vm_id')
      .select('step.spec')
      .where('vm.deployment_id', '=', failed.id)
      .execute()
    const text = JSON.stringify(steps)
    expect(text).toContain('Europe/Berlin')
    expect(text).toContain('ops')
    expect(JSON.stringify([row, text])).not.toContain('a plain password')
  })

  test('puts the VM on another node', async () => {
    const failed = await failedAtTheirAgent('mover')
    const to = failed.vms[0]?.node === 'pve3' ? 'pve2' : 'pve3'
    const { plan, ended } = await retry(failed.id, { node: to })
    expect(plan.vms[0]).toMatchObject({ node: to, placementReason: `You chose ${to}.` })
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ node: to }] })
    expect(guestOf(ended.vms[0]?.vmid)?.node).toBe(to)
  })

  test('of a VM that is gone, or is somebody else’s now, destroys nothing', async () => {
    const failed = await failedAtTheirAgent('lost-{1..2}')
    const [gone, taken] = failed.vms
    for (const vm of failed.vms) await destroyByHand(engine, vm.vmid)
    addForeignGuest(engine.simulator, taken?.vmid ?? 0)
    const { plan, ended } = await retry(failed.id, { cores: 1 })
    expect(plan.vms.map((vm) => vm.steps[0]?.id)).toEqual(['reserve-id', 'reserve-id'])
    expect(plan.warnings).toMatchObject([{ code: 'not-ours', vm: 'lost-2' }])
    expect(ended.status).toBe('succeeded')
    expect(ended.vms[0]?.vmid).toBe(gone?.vmid)
    expect(ended.vms[1]?.vmid).not.toBe(taken?.vmid)
    expect(guestOf(taken?.vmid)?.config).toMatchObject({ name: 'foreign' })
  })

  test('leaves a VM alone that loses its stamp after it was planned', async () => {
    const failed = await failedAtTheirAgent('late')
    const { replan } = await planned(failed.id, { cores: 1 })
    const guest = guestOf(failed.vms[0]?.vmid)
    if (guest) guest.config['description'] = 'mine now'
    const order = { deploymentId: failed.id, vmIds: null, caller: engine.root, replan }
    await engine.deployments.retry(order)
    const ended = await untilEndedAgain(failed.id)
    expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'not-ours' } })
    expect(guestOf(failed.vms[0]?.vmid)).toBe(guest)
    expect(guest?.running).toBeDefined()
  })

  test.each([
    ['where it is', 'pve2'],
    ['on another node', 'pve3'],
  ])('%s that was cancelled before it began leaves nothing', async (_where, node) => {
    const failed = await failedAtTheirAgent('brief', { placement: { node: 'pve2' } })
    const { replan } = await planned(failed.id, { cores: 1, node })
    const order = { deploymentId: failed.id, vmIds: null, caller: engine.root, replan }
    await engine.deployments.retry(order)
    await engine.deployments.cancel(failed.id, engine.root)
    expect(await untilEndedAgain(failed.id)).toMatchObject({ status: 'cancelled' })
    expect(madeBy(engine.simulator, failed.id)).toEqual([])
  })

  test('survives the death of the database, and makes one VM', async () => {
    const failed = await failedAtTheirAgent('dark')
    const { replan } = await planned(failed.id, { cores: 1 })
    const order = { deploymentId: failed.id, vmIds: null, caller: engine.root, replan }
    await engine.deployments.retry(order)
    await engine.untilEvent(
      failed.id,
      (data) =>
        data.type === 'step' && data.step.kind === 'destroy' && data.step.status === 'running',
    )
    await engine.postgres.kill()
    await engine.postgres.start()
    const ended = await untilEndedAgain(failed.id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ vmid: failed.vms[0]?.vmid }] })
    expect(madeBy(engine.simulator, failed.id)).toHaveLength(1)
  })

  test('holds only for what it was planned from', async () => {
    const failed = await failedAtTheirAgent('stale')
    const { replan } = await planned(failed.id, { cores: 1 })
    const order = { deploymentId: failed.id, vmIds: null, caller: engine.root }
    engine.simulator.addFault({ kind: 'agent-silent', name: '^stale$' })
    await engine.deployments.retry({ ...order, replan: null })
    await untilEndedAgain(failed.id)
    const error: unknown = await engine.deployments
      .retry({ ...order, replan })
      .catch((caught: unknown) => caught)
    expect(error instanceof RetryRefused && error.why).toEqual({ kind: 'outdated' })
    expect(await engine.deployments.get(failed.id)).toMatchObject({ status: 'failed' })
  })

  test('can be undone: also what a retry did not come to destroy', async () => {
    const failed = await failedAtTheirAgent('undone')
    const { replan } = await planned(failed.id, { cores: 1 })
    const protect = guestOf(failed.vms[0]?.vmid)
    if (protect) protect.config['protection'] = '1'
    const order = { deploymentId: failed.id, vmIds: null, caller: engine.root, replan }
    await engine.deployments.retry(order)
    expect(await untilEndedAgain(failed.id)).toMatchObject({ status: 'failed' })
    if (protect) delete protect.config['protection']
    const plan = await engine.deployments.undoPlan(failed.id, engine.root)
    const undo = await engine.deployments.undo(failed.id, plan, engine.root)
    expect(await engine.untilEnded(undo.id)).toMatchObject({ status: 'succeeded' })
    expect(madeBy(engine.simulator, failed.id)).toEqual([])
  })
})
