/** One action on several VMs: a result for each, an entry for each, and what is refused. */
import { bulkSchema, vmListSchema } from '@deployer/core/vm.ts'
import { withCrowd } from '@deployer/simulator/worlds/crowd.ts'
import { demoWorld } from '@deployer/simulator/worlds/demo.ts'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestServer, type Answer, type TestServer } from './test-server.ts'
import { vmCalls } from './vm-calls.ts'

let server: TestServer
let viewer: string
beforeAll(async () => {
  server = await startTestServer({}, 100, undefined, withCrowd(demoWorld(), 200))
  viewer = await server.signIn('viewer@pve')
})
afterAll(() => server.stop())

const { api, detail, entries, guest } = vmCalls(() => server)

/** To its end. */
const resultsOf = async (answer: Answer, as?: { cookie: string }) => {
  expect(answer).toMatchObject({ status: 202 })
  const { id } = bulkSchema.parse(answer.body)
  const read = async () =>
    bulkSchema.parse((await api('GET', `/vms/bulk/${id}`, undefined, as)).body)
  await expect
    .poll(async () => (await read()).finishedAt, { timeout: 20_000, interval: 100 })
    .not.toBeNull()
  return (await read()).items
}

it('a power action has a result for each, and an entry for each', async () => {
  const off = Array.from({ length: 12 }, (_, index) => 10_009 + index * 10)
  const answer = await api('POST', '/vms/power', {
    vmids: [...off, 10_000, 99_999],
    action: 'start',
  })
  expect(answer.status).toBe(202)
  const { id } = bulkSchema.parse(answer.body)
  const bulk = async () => bulkSchema.parse((await api('GET', `/vms/bulk/${id}`)).body)
  await expect
    .poll(async () => (await bulk()).finishedAt, { timeout: 20_000, interval: 100 })
    .not.toBeNull()
  const { items } = await bulk()
  expect(items.filter(({ status }) => status === 'ok').map(({ vmid }) => vmid)).toEqual(off)
  expect(items.find(({ vmid }) => vmid === 10_000)).toMatchObject({
    status: 'skipped',
    message: 'It is running.',
  })
  expect(items.find(({ vmid }) => vmid === 99_999)).toMatchObject({ status: 'failed' })
  // Nobody else sees it.
  expect((await api('GET', `/vms/bulk/${id}`, undefined, { cookie: viewer })).status).toBe(404)
  expect((await entries(10_019))[0]).toMatchObject({ operation: 'vm_power', status: 'success' })
  await expect
    .poll(
      async () =>
        vmListSchema
          .parse((await api('GET', '/vms')).body)
          .vms.filter(({ vmid, state }) => off.includes(vmid) && state === 'running').length,
      { timeout: 8000 },
    )
    .toBe(off.length)
})

it('a snapshot is made of each; one that has it already says so', async () => {
  await resultsOf(await api('POST', '/vms/snapshots', { vmids: [10_001], name: 'patch-day' }))
  const made = await resultsOf(
    await api('POST', '/vms/snapshots', { vmids: [10_001, 10_002, 10_003], name: 'patch-day' }),
  )
  expect(made).toMatchObject([
    { status: 'failed', message: 'db-00002 has a snapshot patch-day already.' },
    { status: 'ok' },
    { status: 'ok' },
  ])
  expect((await detail(10_003)).snapshots).toMatchObject([{ name: 'patch-day' }])
  expect((await entries(10_003))[0]).toMatchObject({ operation: 'vm_snapshot', status: 'success' })
})

it('tags are added and taken away, and others stay', async () => {
  const before = (await detail(10_004)).tags
  const [first = ''] = before
  const order = { vmids: [10_004, 99_998], add: ['patched'], remove: [first] }
  const tagged = await resultsOf(await api('POST', '/vms/tags', order))
  expect(tagged).toMatchObject([{ vmid: 10_004, status: 'ok' }, { status: 'failed' }])
  expect((await detail(10_004)).tags.toSorted()).toEqual([...before.slice(1), 'patched'].toSorted())
  expect((await entries(10_004))[0]).toMatchObject({ operation: 'change', status: 'success' })
  expect((await api('POST', '/vms/tags', { vmids: [10_004] })).status).toBe(400)
  const asViewer = { cookie: viewer }
  const refused = await resultsOf(
    await api('POST', '/vms/tags', { ...order, vmids: [10_004], add: ['other'] }, asViewer),
    asViewer,
  )
  expect(refused[0]).toMatchObject({ status: 'failed' })
  expect(refused[0]?.message).toContain('VM.Config.Options')
})

it('a validation of several says of each what is not well', async () => {
  const found = await resultsOf(await api('POST', '/vms/validate', { vmids: [10_000, 99_998] }))
  const [first, second] = found
  expect(second).toMatchObject({ status: 'failed', upid: null })
  expect(first?.message ?? 'Healthy').toMatch(/^(Healthy|Degraded\. |Unhealthy\. )/)
  expect((await entries(10_000))[0]).toMatchObject({ operation: 'validation' })
})

it('only those are deleted whose name is right, which are not protected, and which may be stopped', async () => {
  const [first, second, third] = [await detail(10_101), await detail(10_189), await detail(10_111)]
  await api('PATCH', '/vms/10111', { protection: true })
  const answer = await api('POST', '/vms/delete', {
    vms: [
      { vmid: 10_101, name: first.name },
      { vmid: 10_189, name: second.name },
      { vmid: 10_111, name: third.name },
      { vmid: 10_112, name: 'web-99999' },
    ],
  })
  const deleted = await resultsOf(answer)
  expect(deleted.map(({ vmid, status }) => [vmid, status])).toEqual([
    [10_101, 'failed'],
    [10_189, 'ok'],
    [10_111, 'failed'],
    [10_112, 'failed'],
  ])
  expect(deleted[0]?.message).toMatch(/runs/)
  expect(deleted[2]?.message).toMatch(/protection/)
  expect(deleted[3]?.message).toMatch(/is called/)
  expect([10_101, 10_189, 10_111, 10_112].filter((vmid) => guest(vmid))).toEqual([
    10_101, 10_111, 10_112,
  ])
})

it('a deletion is recorded even where what is known of the VM cannot be forgotten', async () => {
  const client = new Client(server.databaseUrl)
  await client.connect()
  await client.query(`
    create function refuse() returns trigger language plpgsql as $$ begin raise 'refused'; end $$;
    create trigger refuse before delete on vm_fact for each statement execute function refuse()`)
  try {
    const { name } = await detail(10_179)
    const items = await resultsOf(
      await api('POST', '/vms/delete', { vms: [{ vmid: 10_179, name }] }),
    )
    expect(items).toMatchObject([{ vmid: 10_179, status: 'ok' }])
    expect(await entries(10_179)).toMatchObject([{ operation: 'vm_delete', status: 'success' }])
  } finally {
    await client.query('drop function refuse cascade')
    await client.end()
  }
})

it('is refused for each VM on which the caller lacks the right', async () => {
  const refused = await resultsOf(
    await api('POST', '/vms/power', { vmids: [104], action: 'stop' }, { cookie: viewer }).then(
      // Only who asked may read it.
      async (answer) => {
        const { id } = bulkSchema.parse(answer.body)
        const read = () => api('GET', `/vms/bulk/${id}`, undefined, { cookie: viewer })
        await expect
          .poll(async () => bulkSchema.parse((await read()).body).finishedAt, { timeout: 8000 })
          .not.toBeNull()
        expect(bulkSchema.parse((await read()).body).items).toMatchObject([
          { status: 'failed', message: expect.stringContaining('VM.PowerMgmt') },
        ])
        return api('POST', '/vms/power', { vmids: [99_999], action: 'start' })
      },
    ),
  )
  expect(refused).toMatchObject([{ vmid: 99_999, status: 'failed' }])
  expect(guest(104)?.running?.state).toBe('running')
})
