/** Deployments as a script sees them: over HTTP, from plan to proof. */
import {
  deploymentEventSchema,
  deploymentViewSchema,
  type DeploymentEvent,
} from '@deployer/core/deployment.ts'
import { planSchema } from '@deployer/core/plan.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let address: string
beforeAll(async () => {
  server = await startTestServer()
  address = await server.listen()
})
afterAll(() => server.stop())

const headers = { authorization: apiToken }
const requestFor = (name: string, more: object = {}) => ({
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: { start: true, validate: { ports: [22] } },
  vms: [{ name }],
  ...more,
})

const plan = async (request: object) =>
  planSchema.parse((await server.call('POST', '/api/v1/plans', { headers, body: request })).body)
const submit = (request: object, more: { planHash?: string; key?: string; cookie?: string } = {}) =>
  server.call('POST', '/api/v1/deployments', {
    ...(more.cookie === undefined ? {} : { cookie: more.cookie }),
    headers: {
      ...(more.cookie === undefined ? headers : {}),
      ...(more.key !== undefined && { 'idempotency-key': more.key }),
    },
    body: { request, ...(more.planHash !== undefined && { planHash: more.planHash }) },
  })
const read = async (id: string) =>
  deploymentViewSchema.parse(
    (await server.call('GET', `/api/v1/deployments/${id}`, { headers })).body,
  )

type Received = { id: string; event: string; data: DeploymentEvent }

/** Reads a stream over a real connection until an event fits. */
const follow = async (
  path: string,
  options: { lastEventId?: string },
  fits: (event: Received) => boolean,
): Promise<Received[]> => {
  const ended = new AbortController()
  const response = await fetch(`${address}${path}`, {
    headers: {
      ...headers,
      ...(options.lastEventId !== undefined && { 'last-event-id': options.lastEventId }),
    },
    signal: ended.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  const received: Received[] = []
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages.filter((one) => one.startsWith('id:'))) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(message)?.[1] ?? ''
      const event = {
        id: field('id'),
        event: field('event'),
        data: deploymentEventSchema.parse(JSON.parse(field('data'))),
      }
      received.push(event)
      if (!fits(event)) continue
      ended.abort()
      return received
    }
  }
  throw new Error('the stream ended')
}

const isEnd = ({ data }: Received) =>
  data.type === 'deployment' && data.deployment.finishedAt !== null

describe('a deployment', () => {
  it('is planned, begun, followed to its end, and read again', async () => {
    const request = requestFor('web-{01..03}', { name: 'web servers' })
    const { hash } = await plan(request)
    const { status, body, headers: answered } = await submit(request, { planHash: hash })
    expect(status).toBe(202)
    const begun = deploymentViewSchema.parse(body)
    expect(answered.location).toBe(`/api/v1/deployments/${begun.id}`)
    expect(begun).toMatchObject({
      name: 'web servers',
      createdBy: 'root@pam!demo',
      planHash: hash,
      request,
      sourceLabel: 'ubuntu-24.04 (9000), linked clones',
      summary: { total: 3 },
    })

    const path = `/api/v1/deployments/${begun.id}/events`
    const events = await follow(path, { lastEventId: begun.lastEventId }, isEnd)
    expect(events.every(({ event, data }) => event === data.type)).toBe(true)
    const ids = events.map(({ id }) => BigInt(id))
    expect(ids).toEqual(ids.toSorted((a, b) => (a < b ? -1 : 1)))

    const done = await read(begun.id)
    expect(done).toMatchObject({ status: 'succeeded', summary: { total: 3, succeeded: 3 } })
    for (const vm of done.vms) {
      expect(vm.validation?.outcome).toBe('healthy')
      expect(vm.steps.every((step) => step.status === 'succeeded')).toBe(true)
    }
    expect(done.vms.map((vm) => vm.name)).toEqual(['web-01', 'web-02', 'web-03'])

    // A client that was away in the middle gets the rest, and nothing twice.
    const middle = events[Math.floor(events.length / 2)]
    const rest = await follow(path, { lastEventId: middle?.id ?? '' }, isEnd)
    expect(rest.map(({ id }) => id)).toEqual(
      events.slice(Math.floor(events.length / 2) + 1).map(({ id }) => id),
    )
    const byQuery = await follow(`${path}?lastEventId=${middle?.id}`, {}, isEnd)
    expect(byQuery).toEqual(rest)
  })

  it('is in the list of all, newest first, a page at a time', async () => {
    const listSchema = z.object({ deployments: z.array(z.object({ id: z.string() })) })
    const first = deploymentViewSchema.parse((await submit(requestFor('list-01'))).body)
    const second = deploymentViewSchema.parse((await submit(requestFor('list-02'))).body)
    const page = async (query: string) =>
      listSchema
        .parse((await server.call('GET', `/api/v1/deployments${query}`, { headers })).body)
        .deployments.map(({ id }) => id)
    expect((await page('')).slice(0, 2)).toEqual([second.id, first.id])
    expect(await page('?limit=1')).toEqual([second.id])
    expect(await page(`?limit=1&before=${second.id}`)).toEqual([first.id])
    expect(await server.call('GET', '/api/v1/deployments?limit=0', { headers })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'limit', message: 'This must be 1 or more.' }] },
    })
  })

  it('is made once for one Idempotency-Key of one caller', async () => {
    const request = requestFor('once-01')
    const answers = await Promise.all([1, 2, 3].map(() => submit(request, { key: 'monday' })))
    const ids = answers.map(({ status, body }) => [status, deploymentViewSchema.parse(body).id])
    expect(new Set(ids.map(([, id]) => id)).size).toBe(1)
    expect(ids.map(([status]) => status)).toEqual([202, 202, 202])
    expect(await submit(requestFor('another-01'), { key: 'monday' })).toMatchObject({
      status: 422,
      body: {
        type: '/problems/idempotency-key-used',
        detail: `With this key you have begun deployment ${ids[0]?.[1]}, which was asked for differently.`,
      },
    })
    const cookie = await server.signIn('root@pam')
    const other = deploymentViewSchema.parse(
      (await submit(requestFor('once-02'), { key: 'monday', cookie })).body,
    )
    expect(other.createdBy).toBe('root@pam')
    expect(ids.map(([, id]) => id)).not.toContain(other.id)
  })

  it('does not begin when the cluster is no longer as planned: the new plan comes back', async () => {
    const request = requestFor('changed-01', { vms: [{ name: 'changed-01', node: 'pve1' }] })
    const before = await plan(request)
    // Another tool takes the id in between.
    const [vm] = before.vms
    const template = server.simulator.world.guests.find(({ vmid }) => vmid === 9000)
    if (template && vm)
      server.simulator.world.guests.push({
        ...template,
        vmid: vm.vmid,
        config: { name: 'foreign', cores: '1' },
      })
    const { status, body } = await submit(request, { planHash: before.hash })
    expect(status).toBe(409)
    const problem = z.object({ type: z.string(), title: z.string(), plan: planSchema }).parse(body)
    expect(problem).toMatchObject({ type: '/problems/plan-changed', title: 'The plan has changed' })
    expect(problem.plan.hash).not.toBe(before.hash)
    expect(problem.plan.vms[0]?.vmid).not.toBe(vm?.vmid)
    expect((await submit(request, { planHash: problem.plan.hash })).status).toBe(202)
  })

  it('begins as it was read although lower VMIDs became free and memory moved', async () => {
    const { world } = server.simulator
    const template = world.guests.find(({ vmid }) => vmid === 9000)
    if (!template) throw new Error('there is no template')
    const request = requestFor('kept-01', { vms: [{ name: 'kept-{1..2}' }] })
    const vmid = (await plan(request)).vms[0]?.vmid ?? 0
    world.guests.push({ ...template, vmid, config: { name: 'soon-gone' } })
    const ids = async () => (await plan(request)).vms.map((vm) => vm.vmid)
    await expect.poll(ids, { timeout: 10_000 }).not.toContain(vmid)
    const shown = await plan(request)
    world.guests = world.guests.filter((guest) => guest.vmid !== vmid)
    const { status, body } = await submit(request, { planHash: shown.hash })
    expect(status).toBe(202)
    const made = deploymentViewSchema.parse(body)
    expect(made.vms.map((vm) => vm.vmid)).toEqual(shown.vms.map((vm) => vm.vmid))
  })

  it('does not begin with blockers: each is at its field', async () => {
    const request = requestFor('no-bridge-01', {
      defaults: { networks: [{ bridge: 'vmbr7' }], diskGiB: 1 },
    })
    const { status, body } = await submit(request)
    expect(status).toBe(422)
    expect(body).toMatchObject({
      type: '/problems/plan-blocked',
      title: 'This cannot be deployed as asked',
    })
    const { errors } = z
      .object({ errors: z.array(z.object({ path: z.string(), message: z.string() })) })
      .parse(body)
    expect(errors.map(({ path }) => path)).toEqual(
      expect.arrayContaining(['request.defaults.networks.0.bridge', 'request.defaults.diskGiB']),
    )
    const { blockers } = await plan(request)
    expect(errors.map(({ message }) => message)).toEqual(blockers.map(({ message }) => message))
  })

  it('of an unknown template is blocked, not an error', async () => {
    const answer = await submit({
      ...requestFor('x'),
      source: { kind: 'template', vmid: 4242, clone: 'full' },
    })
    expect(answer).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'request.source.vmid' }] },
    })
  })

  it('that is not there is not found', async () => {
    for (const path of ['', '/events'])
      expect(
        await server.call('GET', `/api/v1/deployments/d-nothere${path}`, { headers }),
      ).toMatchObject({
        status: 404,
        body: {
          detail: 'There is no deployment d-nothere that you may see.',
        },
      })
    expect(
      (await server.call('POST', '/api/v1/deployments/d-nothere/cancel', { headers })).status,
    ).toBe(404)
  })
})

describe('cancelling', () => {
  it('is for who began it, and for administrators; what is half done is removed', async () => {
    const operator = await server.signIn('operator@pve')
    const viewer = await server.signIn('viewer@pve')
    const begun = deploymentViewSchema.parse(
      (
        await submit(
          {
            ...requestFor('cancel-{01..05}'),
            pool: 'lab',
            source: { kind: 'template', vmid: 9000, clone: 'full' },
          },
          { cookie: operator },
        )
      ).body,
    )
    const path = `/api/v1/deployments/${begun.id}/cancel`
    expect(await server.call('POST', path, { cookie: viewer })).toMatchObject({
      status: 403,
      body: {
        detail: 'operator@pve started this deployment. Others need Sys.Modify on / to cancel it.',
      },
    })
    expect(
      (await server.call('GET', `/api/v1/deployments/${begun.id}`, { cookie: viewer })).status,
    ).toBe(200)
    const cancelled = await server.call('POST', path, { cookie: operator })
    expect(cancelled).toMatchObject({ status: 202, body: { id: begun.id, cancelRequested: true } })
    await follow(
      `/api/v1/deployments/${begun.id}/events`,
      { lastEventId: begun.lastEventId },
      isEnd,
    )
    const done = await read(begun.id)
    expect(done.summary.succeeded + done.summary.cancelled).toBe(5)
    const left = server.simulator.world.guests.filter((guest) =>
      guest.config['name']?.startsWith('cancel-'),
    )
    expect(left).toHaveLength(done.summary.succeeded)
  })

  it('by an administrator of the cluster is possible too', async () => {
    const operator = await server.signIn('operator@pve')
    const begun = deploymentViewSchema.parse(
      (
        await submit(
          {
            ...requestFor('theirs-01'),
            pool: 'lab',
            source: { kind: 'template', vmid: 9000, clone: 'full' },
          },
          { cookie: operator },
        )
      ).body,
    )
    expect(
      (await server.call('POST', `/api/v1/deployments/${begun.id}/cancel`, { headers })).status,
    ).toBe(202)
  })
})

describe('the stream of all deployments', () => {
  it('tells their heads and nothing else', async () => {
    const following = follow(
      '/api/v1/events',
      { lastEventId: '0' },
      ({ data }) =>
        data.type === 'deployment' &&
        data.deployment.name === 'seen' &&
        data.deployment.finishedAt !== null,
    )
    await submit(requestFor('seen-01', { name: 'seen' }))
    expect(new Set((await following).map(({ event }) => event))).toEqual(new Set(['deployment']))
  })

  it('refuses an id that is none', async () => {
    expect(
      await server.call('GET', '/api/v1/events?lastEventId=newest', { headers }),
    ).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'lastEventId', message: 'An id of an event is a number.' }] },
    })
  })
})
