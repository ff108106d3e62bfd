/** Work that takes longer than a Proxmox ticket lives. Time passes by the cluster's clock and the row's, not by waiting. */
import { answeredWith } from '@deployer/proxmox/errors.ts'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { paceAt } from '../src/deployments/settings.ts'
import { repairAgent, requestFor, startEngine, TEST_SPEED, type TestEngine } from './engine.ts'

let engine: TestEngine
beforeAll(async () => {
  // Not the paces of boots and clones, which end when the clock is put forward.
  engine = await startEngine({
    settings: { pace: { ...paceAt(TEST_SPEED), ticketTickMs: 50 } },
    // Its figures are of no interest here, and would be made thousands of times when the clock is put forward.
    pvestatdSeconds: 100_000,
  })
})
afterAll(async () => {
  await engine.close()
})
afterEach(() => {
  engine.simulator.clearFaults()
})

const TICKET = 'POST /access/ticket'
const ticketCalls = () =>
  engine.simulator.requests().filter(({ path }) => path === '/access/ticket').length

/** First for the cluster, then for us: what is due is renewed by a ticket that has its age. */
const later = async (minutes: number) => {
  await engine.simulator.clock.skip(minutes * 60_000)
  await sql`update credential set renewed_at = renewed_at - make_interval(mins => ${minutes})`.execute(
    engine.database.db,
  )
}

/** A VM whose agent does not answer for hours; begun with a ticket of this moment. */
const beginLongWork = async (name: string) => {
  engine.simulator.addFault({ kind: 'agent-silent', name: `^${name}$` })
  const caller = await engine.signInAs('root@pam')
  const request = requestFor(name, { defaults: { validate: { agentTimeoutSeconds: 3600 } } })
  const plan = await engine.plan(request, caller)
  const order = { request, plan, caller, idempotencyKey: null }
  const { id, vms } = await engine.deployments.submit(order)
  await engine.untilEvent(
    id,
    (data) =>
      data.type === 'step' && data.step.kind === 'wait-for-agent' && data.step.status === 'running',
  )
  const finish = () => {
    engine.simulator.clearFaults()
    repairAgent(engine, vms[0]?.vmid ?? 0)
    return engine.untilEnded(id)
  }
  return { id, caller, finish }
}

const credential = () =>
  engine.database.db
    .selectFrom('credential')
    .select(['sealed', 'lapsed'])
    .where('owner', '=', 'root@pam')
    .executeTakeFirst()
const untilRenewed = async (before: string | undefined) => {
  await expect.poll(async () => (await credential())?.sealed, { timeout: 10_000 }).not.toBe(before)
}
const untilWaiting = (id: string) =>
  engine.untilEvent(
    id,
    (data) => data.type === 'deployment' && data.deployment.status === 'needs-sign-in',
  )
/** Whether it ever had to wait for anybody. */
const waited = async (id: string) => {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from event
     where deployment_id = ${id} and data -> 'deployment' ->> 'status' = 'needs-sign-in'`.execute(
    engine.database.db,
  )
  return (rows[0]?.count ?? 0) > 0
}

const refusedAs = (error: unknown) => answeredWith(error, 401)

describe('a deployment that takes longer than a ticket lives', () => {
  test('goes on for hours: its ticket is renewed in time', { timeout: 60_000 }, async () => {
    const { id, caller, finish } = await beginLongWork('patient')
    const before = ticketCalls()
    for (let hour = 1; hour <= 4; hour += 1) {
      const known = (await credential())?.sealed
      await later(61)
      await untilRenewed(known)
    }
    expect(ticketCalls() - before).toBe(4)
    const old: unknown = await engine.connection
      .api(caller.credentials)
      .call('GET /version', {})
      .catch((error: unknown) => error)
    expect(refusedAs(old)).toBe(true)
    expect(await finish()).toMatchObject({ status: 'succeeded' })
    expect(await waited(id)).toBe(false)
    expect(await credential()).toBeUndefined()
  })

  test('goes on where a renewal fails for a while', async () => {
    const { id, finish } = await beginLongWork('stubborn')
    const before = ticketCalls()
    const known = (await credential())?.sealed
    engine.simulator.addFault({ kind: 'answer', call: TICKET, status: 500, times: 3 })
    await later(61)
    await untilRenewed(known)
    expect(ticketCalls() - before).toBe(4)
    expect(await finish()).toMatchObject({ status: 'succeeded' })
    expect(await waited(id)).toBe(false)
  })

  test('whose renewal is refused waits for its owner, and for nobody else', async () => {
    const { id, finish } = await beginLongWork('refused')
    engine.simulator.addFault({ kind: 'answer', call: TICKET, status: 401, times: 1 })
    await later(61)
    await untilWaiting(id)
    expect(await credential()).toMatchObject({ lapsed: true })
    const other = await engine.signInAs('operator@pve')
    await engine.deployments.ownerSignedIn(other.username, other.credentials)
    expect(await engine.deployments.get(id)).toMatchObject({
      status: 'needs-sign-in',
      vms: [{ status: 'needs-sign-in' }],
    })
    const owner = await engine.signInAs('root@pam')
    await engine.deployments.ownerSignedIn(owner.username, owner.credentials)
    expect(await finish()).toMatchObject({ status: 'succeeded' })
  })

  test('whose ticket lapsed while nobody renewed it waits, and goes on when its owner signs in', async () => {
    const { id, finish } = await beginLongWork('lapsed')
    await later(121)
    await untilWaiting(id)
    const step = (await engine.deployments.get(id))?.vms[0]?.steps.find(
      ({ kind }) => kind === 'wait-for-agent',
    )
    expect(step).toMatchObject({ status: 'waiting', detail: 'Waiting for root@pam to sign in' })
    const owner = await engine.signInAs('root@pam')
    await engine.deployments.ownerSignedIn(owner.username, owner.credentials)
    await engine.untilEvent(
      id,
      (data) => data.type === 'deployment' && data.deployment.status === 'running',
    )
    expect(await finish()).toMatchObject({ status: 'succeeded' })
    expect(await credential()).toBeUndefined()
  })

  test('can be cancelled while it waits, and is cleaned up when its owner signs in', async () => {
    const { id } = await beginLongWork('dropped')
    await later(121)
    await untilWaiting(id)
    await engine.deployments.cancel(id, engine.root)
    const owner = await engine.signInAs('root@pam')
    await engine.deployments.ownerSignedIn(owner.username, owner.credentials)
    expect(await engine.untilEnded(id)).toMatchObject({ status: 'cancelled' })
    const left = engine.simulator.world.guests.filter(({ config }) => config['name'] === 'dropped')
    expect(left).toEqual([])
  })
})
