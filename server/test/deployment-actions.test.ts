/** Retry and undo as a script sees them: over HTTP. */
import { deploymentEventSchema, deploymentViewSchema } from '@deployer/core/deployment.ts'
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
const undoPath = (id: string) => `/api/v1/deployments/${id}/undo`

const submit = (pattern: string) =>
  server.call('POST', '/api/v1/deployments', {
    headers,
    body: {
      request: {
        source: { kind: 'template', vmid: 9000, clone: 'linked' },
        defaults: { start: false },
        vms: [{ name: pattern }],
      },
    },
  })
const read = async (id: string) =>
  deploymentViewSchema.parse(
    (await server.call('GET', `/api/v1/deployments/${id}`, { headers })).body,
  )
const retry = (id: string, cookie?: string, body?: unknown) =>
  server.call('POST', `/api/v1/deployments/${id}/retry`, {
    ...(cookie === undefined ? { headers } : { cookie }),
    ...(body !== undefined && { body }),
  })

/** It may have ended before anybody could follow it. */
const end = async (id: string): Promise<void> => {
  const { finishedAt, lastEventId } = await read(id)
  if (finishedAt !== null) return
  const ended = new AbortController()
  const response = await fetch(`${address}/api/v1/deployments/${id}/events`, {
    headers: { ...headers, 'last-event-id': lastEventId },
    signal: ended.signal,
  })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    const messages = text.split('\n\n')
    text = messages.pop() ?? ''
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1]
      if (data === undefined) continue
      const event = deploymentEventSchema.parse(JSON.parse(data))
      if (event.type !== 'deployment' || event.deployment.finishedAt === null) continue
      ended.abort()
      return
    }
  }
  throw new Error('the stream ended')
}

describe('retrying', () => {
  it('is for who began it, and only for VMs that failed', async () => {
    server.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: 'clone failed: rbd error: no space left on device',
      times: 1,
    })
    const begun = deploymentViewSchema.parse((await submit('again-{1..2}')).body)
    await end(begun.id)
    const failed = await read(begun.id)
    expect(failed.summary).toMatchObject({ failed: 1, succeeded: 1 })
    const clone = failed.vms[0]?.steps.find((step) => step.kind === 'clone')
    expect(clone?.call).toMatch(/^POST \/nodes\/pve\d\/qemu\/9000\/clone$/)

    expect(await retry(begun.id, await server.signIn('viewer@pve'))).toMatchObject({
      status: 403,
      body: {
        detail: 'root@pam!demo started this deployment. Others need Sys.Modify on / to retry it.',
      },
    })
    const fine = failed.vms.find((vm) => vm.status === 'succeeded')?.id ?? ''
    expect(await retry(begun.id, undefined, { vms: [fine] })).toMatchObject({
      status: 409,
      body: {
        type: '/problems/not-retried',
        detail: `Not among the failed VMs of this deployment: ${fine}.`,
      },
    })
    const again = await retry(begun.id)
    expect(again).toMatchObject({ status: 202, body: { id: begun.id } })
    await end(begun.id)
    expect(await read(begun.id)).toMatchObject({ status: 'succeeded', summary: { succeeded: 2 } })
    expect(await retry(begun.id)).toMatchObject({
      status: 409,
      body: { title: 'Nothing to retry', detail: 'No VM of this deployment has failed.' },
    })
    expect((await retry('d-nothere')).status).toBe(404)
  })
})

describe('retrying with changes', () => {
  it('shows its plan first, names what cannot be, and makes the VMs anew', async () => {
    server.simulator.addFault({
      kind: 'task-fails',
      type: 'qmclone',
      message: 'clone failed: rbd error: no space left on device',
      times: 2,
    })
    const begun = deploymentViewSchema.parse((await submit('change-{1..2}')).body)
    await end(begun.id)
    const post = (path: string, body: unknown) =>
      server.call('POST', `/api/v1/deployments/${begun.id}/${path}`, { headers, body })

    const unchanged = planSchema.parse((await post('retry/plan', {})).body)
    expect(unchanged.vms.map(({ steps }) => steps[0]?.id)).toEqual(['clone', 'clone'])
    expect(await post('retry', { changes: { storage: 'local-lvm' } })).toMatchObject({
      status: 422,
      body: { type: '/problems/plan-blocked', errors: [{ path: 'changes.storage' }] },
    })
    expect((await post('retry/plan', { changes: { name: 'other' } })).status).toBe(400)

    const changes = { cores: 1 }
    const shown = planSchema.parse((await post('retry/plan', { changes })).body)
    expect(shown).toMatchObject({ totals: { vms: 2, cores: 2 }, blockers: [] })
    const other = await post('retry', { changes, planHash: unchanged.hash })
    expect(other).toMatchObject({ status: 409, body: { type: '/problems/plan-changed' } })
    expect(z.object({ plan: planSchema }).parse(other.body).plan.hash).toBe(shown.hash)

    expect((await post('retry', { changes, planHash: shown.hash })).status).toBe(202)
    await end(begun.id)
    const ended = await read(begun.id)
    expect(ended).toMatchObject({ status: 'succeeded', vms: [{ changes }, { changes }] })
    expect(ended.vms.map(({ vmid }) => vmid)).toEqual(begun.vms.map(({ vmid }) => vmid))
    expect((await post('retry/plan', { changes })).status).toBe(409)
  })
})

describe('cancelling', () => {
  it('can be told which VMs', async () => {
    const begun = deploymentViewSchema.parse((await submit('some-{1..3}')).body)
    const path = `/api/v1/deployments/${begun.id}/cancel`
    const viewer = await server.signIn('viewer@pve')
    const vms = [begun.vms[1]?.id ?? '']
    expect((await server.call('POST', path, { cookie: viewer, body: { vms } })).status).toBe(403)
    expect(
      await server.call('POST', path, { headers, body: { vms: [...vms, 'd-other-1'] } }),
    ).toMatchObject({
      status: 404,
      body: { detail: `Deployment ${begun.id} has no VM d-other-1. Nothing was cancelled.` },
    })
    expect(await server.call('POST', path, { headers, body: { vms: [] } })).toMatchObject({
      status: 400,
    })
    const answer = await server.call('POST', path, { headers, body: { vms } })
    expect(answer).toMatchObject({ status: 202, body: { cancelRequested: false } })
    await end(begun.id)
    const { vms: ended } = await read(begun.id)
    expect(ended.map(({ status }) => status)).toEqual(['succeeded', 'cancelled', 'succeeded'])
  })
})

describe('undoing', () => {
  it('shows its plan, destroys what was made, and is a deployment of its own', async () => {
    const begun = deploymentViewSchema.parse((await submit('undo-{1..2}')).body)
    expect(await server.call('GET', undoPath(begun.id), { headers })).toMatchObject({
      status: 409,
      body: { type: '/problems/not-undone', title: 'The deployment still runs' },
    })
    await end(begun.id)
    const shown = planSchema.parse((await server.call('GET', undoPath(begun.id), { headers })).body)
    expect(shown).toMatchObject({ totals: { vms: 2, calls: 2 }, warnings: [], blockers: [] })

    const viewer = await server.signIn('viewer@pve')
    expect(await server.call('POST', undoPath(begun.id), { cookie: viewer })).toMatchObject({
      status: 403,
      body: {
        detail: 'root@pam!demo started this deployment. Others need Sys.Modify on / to undo it.',
      },
    })
    const changed = await server.call('POST', undoPath(begun.id), {
      headers,
      body: { planHash: 'x' },
    })
    expect(changed).toMatchObject({ status: 409, body: { type: '/problems/plan-changed' } })
    expect(z.object({ plan: planSchema }).parse(changed.body).plan.hash).toBe(shown.hash)

    const body = { planHash: shown.hash }
    const answer = await server.call('POST', undoPath(begun.id), { headers, body })
    expect(answer.status).toBe(202)
    const undo = deploymentViewSchema.parse(answer.body)
    expect(answer.headers).toMatchObject({ location: `/api/v1/deployments/${undo.id}` })
    expect(undo).toMatchObject({ undoOf: begun.id, undoneBy: null, planHash: shown.hash })
    expect(undo.vms[0]?.steps[0]?.call).toMatch(/^DELETE \/nodes\/pve\d\/qemu\/\d+$/)
    await end(undo.id)
    expect(await read(undo.id)).toMatchObject({ status: 'succeeded', summary: { succeeded: 2 } })
    expect(await read(begun.id)).toMatchObject({ undoOf: null, undoneBy: undo.id })
    const left = server.simulator.world.guests.filter(({ config }) =>
      config['name']?.startsWith('undo-'),
    )
    expect(left).toEqual([])
    expect(await server.call('POST', undoPath(begun.id), { headers })).toMatchObject({
      status: 409,
      body: { type: '/problems/nothing-to-undo' },
    })
    expect(await server.call('GET', undoPath(undo.id), { headers })).toMatchObject({
      status: 409,
      body: { title: 'This is an undo itself' },
    })
    expect((await server.call('GET', undoPath('d-nothere'), { headers })).status).toBe(404)
  })
})
