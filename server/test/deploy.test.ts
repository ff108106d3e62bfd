import type { Call, PlannedVm } from '@deployer/core/plan.ts'
import { fillCall } from '@deployer/core/steps.ts'
import type { JournalEntry } from '@deployer/simulator/simulator.ts'
import { tidyUp } from '../src/deployments/housekeeping.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { changingCalls, requestFor, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(async () => {
  await engine.close()
})

/** As a form carries them; the digest is known only when the config has been read. */
const onTheWire = ({ method, path, params }: Call) => ({
  method,
  path,
  params: Object.fromEntries(
    Object.entries(params).map(([key, value]) => [
      key,
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    ]),
  ),
})
const planned = (vm: PlannedVm, deployment: string) =>
  vm.steps
    .flatMap((step) => step.calls)
    .filter((call) => call.changes)
    .map((call) => onTheWire(fillCall(call, { deployment, digest: 'as read' })))
const received = ({ method, path, params }: JournalEntry) => ({
  method,
  path,
  params: { ...params, ...('digest' in params && { digest: 'as read' }) },
})

describe('a deployment', () => {
  test('of three linked clones ends healthy, with evidence for every check', async () => {
    const { id, sourceLabel } = await engine.deploy(requestFor('web-{01..03}'))
    expect(sourceLabel).toBe('ubuntu-24.04 (9000), linked clones')
    const ended = await engine.untilEnded(id)
    expect(ended.vms.map((vm) => [vm.name, vm.error])).toEqual([
      ['web-01', null],
      ['web-02', null],
      ['web-03', null],
    ])
    expect(ended).toMatchObject({ status: 'succeeded', summary: { total: 3, succeeded: 3 } })
    for (const vm of ended.vms) {
      expect(vm.ip).toMatch(/^\d+\.\d+\.\d+\.\d+$/)
      expect(vm.validation?.outcome).toBe('healthy')
      expect(vm.validation?.checks.map((check) => [check.name, check.port])).toEqual([
        ['proxmox', null],
        ['agent', null],
        ['address', null],
        ['port', 22],
      ])
      expect(vm.steps.every((step) => step.status === 'succeeded')).toBe(true)
    }
  })

  test('makes exactly the changing calls of its plan, one by one', async () => {
    const request = requestFor('full-{1..3}', {
      source: { kind: 'template', vmid: 9001, clone: 'full' },
      defaults: {
        cores: 4,
        memoryMiB: 4096,
        diskGiB: 20,
        storage: 'local-lvm',
        tags: ['lab'],
        networks: [{ bridge: 'vmbr1', vlan: 20, ip: '10.20.0.{21..23}/24', gateway: '10.20.0.1' }],
        start: true,
      },
      pool: 'lab',
    })
    const plan = await engine.plan(request)
    const before = engine.simulator.requests().length
    const { id } = await engine.deploy(request, () => plan)
    const ended = await engine.untilEnded(id)
    expect(ended.status).toBe('succeeded')
    const requests = engine.simulator.requests().slice(before)
    for (const vm of plan.vms) {
      const calls = planned(vm, id)
      expect(calls.length).toBeGreaterThanOrEqual(4)
      expect(changingCalls(requests, vm.vmid).map(received)).toEqual(calls)
    }
    const changes = requests.filter(
      ({ method, path }) => method !== 'GET' && !path.endsWith('/agent/ping'),
    )
    expect(changes).toHaveLength(plan.totals.calls)
  })

  // How often it polls depends on how fast the machine is, so that is measured by the benchmark.
  test('asks Proxmox nothing twice for a VM, but for what it waits for', async () => {
    const count = 20
    const request = requestFor(`many-{01..${count}}`)
    const plan = await engine.plan(request)
    const before = engine.simulator.requests().length
    const { id } = await engine.deploy(request, () => plan)
    const ended = await engine.untilEnded(id)
    expect(ended.summary.succeeded).toBe(count)
    const asked = engine.simulator
      .requests()
      .slice(before)
      .filter(({ path }) => /\/qemu\/\d+\//.test(path) && !path.includes('/agent/'))
      .filter(({ path }) => !path.endsWith('/clone'))
      .map(({ method, path }) => `${method} ${path}`)
    expect(asked.length).toBe(new Set(asked).size)
    expect(asked.length / count).toBeLessThanOrEqual(5)
  })

  test('with the key of an earlier one is that one', async () => {
    const request = requestFor('once', { defaults: { start: false } })
    const plan = await engine.plan(request)
    const order = { request, plan, caller: engine.root, idempotencyKey: 'a key' }
    const [first, second] = await Promise.all([
      engine.deployments.submit(order),
      engine.deployments.submit(order),
    ])
    expect(second.id).toBe(first.id)
    expect((await engine.deployments.findByKey('a key', engine.root))?.id).toBe(first.id)
    const ended = await engine.untilEnded(first.id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ validation: null }] })
  })

  test('works with the few rights of an operator, in their pool', async () => {
    const operator = await engine.signInAs('operator@pve')
    const request = requestFor('lab-{1..2}', { pool: 'lab' })
    const plan = await engine.plan(request, operator)
    expect(plan.blockers).toEqual([])
    const { id } = await engine.deploy(request, () => plan, operator)
    const ended = await engine.untilEnded(id)
    expect(ended.vms.map((vm) => vm.error)).toEqual([null, null])
    expect(ended).toMatchObject({ status: 'succeeded', createdBy: 'operator@pve' })
    const users = engine.simulator
      .requests()
      .filter(({ params }) => params['newid'] === String(ended.vms[0]?.vmid))
      .map(({ user }) => user)
    expect(users).toEqual(['operator@pve'])
  })

  test('leaves no slot, no reservation and no credentials behind', async () => {
    const { rows } = await engine.database.pool.query(
      `select (select count(*)::int from slot) as slots,
              (select count(*)::int from vmid_reservation) as reservations,
              (select count(*)::int from credential) as credentials`,
    )
    expect(rows).toEqual([{ slots: 0, reservations: 0, credentials: 0 }])
  })

  test('is remembered for ever, its events and workflows for a week', async () => {
    const { id } = await engine.deploy(requestFor('old', { defaults: { start: false } }))
    await engine.untilEnded(id)
    const { pool, db } = engine.database
    const count = async () => {
      const { rows } = await pool.query(
        `select (select count(*)::int from event where deployment_id = $1) as events,
                (select count(*)::int from dbos.workflow_status where workflow_uuid like $1 || '-%') as workflows`,
        [id],
      )
      return rows[0]
    }
    await tidyUp(db)
    expect(await count()).toMatchObject({ events: expect.any(Number), workflows: 1 })
    await pool.query(
      `update deployment set finished_at = now() - interval '8 days' where id = $1`,
      [id],
    )
    await pool.query(
      `update dbos.workflow_status set completed_at = completed_at - 8 * 86400000::bigint
        where workflow_uuid like $1 || '-%'`,
      [id],
    )
    await tidyUp(db)
    expect(await count()).toEqual({ events: 0, workflows: 0 })
    expect(await engine.deployments.get(id)).toMatchObject({ status: 'succeeded' })
  })

  test('shows the progress of a full clone to who watches it', async () => {
    const { id } = await engine.deploy(
      requestFor('watched', {
        source: { kind: 'template', vmid: 9010, clone: 'full' },
        defaults: { start: false },
      }),
    )
    const seen: number[] = []
    const lines: string[] = []
    await engine.untilEvent(id, (data) => {
      if (data.type === 'step' && data.step.kind === 'clone' && data.step.progress !== null) {
        seen.push(data.step.progress)
        lines.push(...data.step.log)
      }
      return data.type === 'deployment' && data.deployment.finishedAt !== null
    })
    expect(seen.length).toBeGreaterThan(1)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    expect(lines).toContainEqual(expect.stringMatching(/^transferred .* of .* \(\d/))
  })
})
