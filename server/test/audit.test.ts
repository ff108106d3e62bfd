/** What the audit log records of calls, and who sees it. */
import { auditEntrySchema, chainStart, checkLink } from '@deployer/core/audit.ts'
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const root = { authorization: apiToken }
const listSchema = z.object({
  entries: z.array(
    z.looseObject({
      id: z.number(),
      operation: z.string(),
      status: z.string(),
      username: z.string(),
    }),
  ),
  next: z.number().nullable(),
  all: z.boolean(),
})
const list = async (query = '', headers: Record<string, string> = root) =>
  listSchema.parse((await server.call('GET', `/api/v1/audit?${query}`, { headers })).body)
const exported = async (query = '') => {
  const { body } = await server.call('GET', `/api/v1/audit/export?format=jsonl${query}`, {
    headers: root,
  })
  return String(body).trimEnd().split('\n')
}
const entries = async (query = '') =>
  (await exported(query)).map((line) => auditEntrySchema.parse(JSON.parse(line)))

const request = {
  name: 'audited',
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: {
    cores: 2,
    memoryMiB: 1024,
    tags: ['lab'],
    validate: {},
    cloudInit: {
      users: [{ name: 'ops', password: 'canary-4711' }],
      commands: ['echo canary-4712'],
      writeFiles: [{ path: '/etc/motd', content: 'canary-4713' }],
    },
  },
  vms: [{ name: 'audit-{1..2}' }],
}

const until = async (id: string) => {
  await expect
    .poll(
      async () =>
        deploymentViewSchema.parse(
          (await server.call('GET', `/api/v1/deployments/${id}`, { headers: root })).body,
        ).finishedAt,
      { timeout: 25_000 },
    )
    .not.toBeNull()
}

describe('the audit log', () => {
  it('has the intent, each VM with its tasks, its validation, and the end of a deployment', async () => {
    const answer = await server.call('POST', '/api/v1/deployments', {
      headers: root,
      body: { request },
    })
    expect(answer.status).toBe(202)
    const { id, planHash } = deploymentViewSchema.parse(answer.body)
    const pending = await list(`deployment=${id}&status=pending`)
    expect(pending.entries).toMatchObject([
      { operation: 'batch_clone', status: 'pending', username: 'root@pam!demo', vms: 2 },
    ])
    await until(id)
    const all = await entries(`&deployment=${id}`)
    const [intent, ...rest] = all
    expect(intent).toMatchObject({
      operation: 'intent',
      operation_type: 'intent',
      intended_operation: 'batch_clone',
      status: 'pending',
      username: 'root@pam!demo',
      actor_kind: 'token',
      address: '127.0.0.1',
      request_id: answer.headers['x-request-id'],
      plan_hash: planHash,
      configuration: {
        source: { template_id: 9000, full_clone: false },
        defaults: { cores: 2, memory_mb: 1024, tags: ['lab'] },
        vms: [{ name: 'audit-{1..2}' }],
      },
    })
    expect(rest.map(({ operation }) => operation).toSorted()).toEqual([
      'batch_clone',
      'template_clone',
      'template_clone',
      'validation',
      'validation',
    ])
    expect(rest.find(({ vm_name: name }) => name === 'audit-1')).toMatchObject({
      operation: 'template_clone',
      operation_type: 'clone',
      status: 'success',
      username: 'root@pam!demo',
      source_template: { template_id: 9000, template_name: 'ubuntu-24.04' },
      configuration: {
        cores: 2,
        memory_mb: 1024,
        full_clone: false,
        start_after_clone: true,
        tags: ['lab'],
      },
      task_id: expect.stringMatching(/^UPID:pve\d:.*:qmclone:9000:/),
      error: null,
      part_of: intent?.id,
    })
    expect(rest.find(({ operation }) => operation === 'validation')).toMatchObject({
      operation_type: 'validate',
      validation_status: 'healthy',
      checks: { proxmox_status: { passed: true } },
    })
    expect(rest.find(({ operation }) => operation === 'batch_clone')).toMatchObject({
      operation_type: 'batch',
      status: 'success',
      closes: intent?.id,
      summary: { total_requested: 2, successful: 2, failed: 0, success_rate: '100.0%' },
      operations: [
        { vm_name: 'audit-1', status: 'created' },
        { vm_name: 'audit-2', status: 'created' },
      ],
    })
    expect((await list(`deployment=${id}&status=pending`)).entries).toEqual([])
    expect((await exported()).join('\n')).not.toContain('canary')
  })

  it('has who signed in, who was refused, and who signed out', async () => {
    const cookie = await server.signIn('operator@pve')
    await server.call('POST', '/api/v1/session', {
      body: { username: 'mallory', realm: 'pve', password: 'guessed-4714' },
    })
    await server.call('DELETE', '/api/v1/session', { cookie })
    const found = await list('limit=3')
    expect(found.entries).toMatchObject([
      { operation: 'sign_out', status: 'success', username: 'operator@pve' },
      { operation: 'sign_in', status: 'failed', reason: 'refused', username: 'mallory@pve' },
      { operation: 'sign_in', status: 'success', username: 'operator@pve' },
    ])
    expect((await exported()).join('\n')).not.toContain('guessed')
  })

  it('has a plan that was blocked, and a call of somebody who may not', async () => {
    const cookie = await server.signIn('viewer@pve')
    const blocked = await server.call('POST', '/api/v1/deployments', { cookie, body: { request } })
    expect(blocked.status).toBe(422)
    const [entry] = (await list('limit=1')).entries
    expect(entry).toMatchObject({
      operation: 'batch_clone',
      status: 'failed',
      reason: 'refused',
      username: 'viewer@pve',
      error: expect.stringContaining('This cannot be deployed as asked'),
    })
    // By what it would have been.
    const fromIso = {
      source: {
        kind: 'iso',
        volid: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso',
        osType: 'linux',
      },
      vms: [{ name: 'from-iso' }],
    }
    const refused = await server.call('POST', '/api/v1/deployments', {
      cookie,
      body: { request: fromIso },
    })
    expect(refused.status).toBe(422)
    expect((await list('limit=1')).entries).toMatchObject([
      { operation: 'batch_create', status: 'failed', reason: 'refused' },
    ])
    const anonymous = await server.call('POST', '/api/v1/deployments', { body: { request } })
    expect(anonymous.status).toBe(401)
    expect((await list('limit=1')).entries).toMatchObject([
      { operation: 'batch_clone', reason: 'refused', username: 'anonymous' },
    ])
  })

  it('shows others only what they did themselves', async () => {
    // What an account may do is remembered for a while, so this one has not asked before.
    const cookie = await server.signIn('operator@pve')
    const { acl } = server.simulator.world
    const granted = acl.splice(0)
    const listed = await server.call('GET', '/api/v1/audit', { cookie })
    const verify = await server.call('GET', '/api/v1/audit/verify', { cookie })
    const [foreign] = (await entries()).filter(({ username }) => username === 'mallory@pve')
    const other = await server.call('GET', `/api/v1/audit/${foreign?.id}`, { cookie })
    const file = await server.call('GET', '/api/v1/audit/export?format=jsonl', { cookie })
    acl.push(...granted)
    const own = listSchema.parse(listed.body)
    expect(own.all).toBe(false)
    expect(new Set(own.entries.map(({ username }) => username))).toEqual(new Set(['operator@pve']))
    expect(verify.status).toBe(403)
    expect(other.status).toBe(404)
    expect(String(file.body)).not.toContain('mallory')
  })

  it('has the intent and the outcome of any other call that changes something', async () => {
    const blueprint = {
      name: 'audited',
      request: { source: { kind: 'template', clone: 'linked' }, vms: [{ name: 'web' }] },
    }
    const post = () => server.call('POST', '/api/v1/blueprints', { headers: root, body: blueprint })
    expect((await post()).status).toBe(201)
    const [intent, outcome] = (await entries()).slice(-2)
    expect(intent).toMatchObject({
      operation: 'intent',
      intended_operation: 'blueprint_save',
      blueprint_name: 'audited',
    })
    expect(outcome).toMatchObject({
      operation: 'blueprint_save',
      status: 'success',
      closes: intent?.id,
      duration_ms: expect.any(Number),
    })
    // Its name is taken now.
    expect((await post()).status).toBe(409)
    expect((await list('limit=1')).entries).toMatchObject([
      { operation: 'blueprint_save', status: 'failed', reason: 'refused' },
    ])
  })

  it('has a cancel, a retry that was refused, and an undo with each VM that it destroyed', async () => {
    const act = (id: string, what: string) =>
      server.call('POST', `/api/v1/deployments/${id}/${what}`, { headers: root })
    const done = (await entries('&operation=batch_clone&status=success')).at(-1)
    const id = String(done?.['deployment_id'])
    expect((await act(id, 'retry')).status).toBe(409)
    expect((await list('limit=1')).entries).toMatchObject([
      { operation: 'deployment_retry', status: 'failed', reason: 'refused', deployment: { id } },
    ])
    const undone = await act(id, 'undo')
    expect(undone.status).toBe(202)
    const undo = deploymentViewSchema.parse(undone.body)
    await until(undo.id)
    const all = await entries(`&deployment=${undo.id}`)
    expect(all.map((entry) => [entry.operation, entry.status, entry['undo_of']])).toEqual([
      ['intent', 'pending', undefined],
      ['vm_delete', 'success', id],
      ['vm_delete', 'success', id],
      ['deployment_undo', 'success', id],
    ])
    expect(all[1]?.task_id).toMatch(/:qmdestroy:/)

    const begun = await server.call('POST', '/api/v1/deployments', {
      headers: root,
      body: {
        request: {
          source: { kind: 'template', vmid: 9010, clone: 'full' },
          vms: [{ name: 'cancelled-{1..12}' }],
        },
      },
    })
    const { id: cancelled } = deploymentViewSchema.parse(begun.body)
    expect((await act(cancelled, 'cancel')).status).toBe(202)
    await until(cancelled)
    const ended = await entries(`&deployment=${cancelled}`)
    expect(ended.find(({ operation }) => operation === 'deployment_cancel')).toMatchObject({
      status: 'success',
      username: 'root@pam!demo',
    })
    const end = ended.at(-1)
    expect(end).toMatchObject({ operation: 'batch_clone', closes: ended[0]?.id })
    expect(end?.status).not.toBe('success')
  })

  it('is one chain, and says so', async () => {
    let end = chainStart
    for (const line of await exported()) {
      const check = checkLink(line, end)
      expect(check.ok ? null : check.fault).toBeNull()
      if (check.ok) end = check.end
    }
    const { body } = await server.call('GET', '/api/v1/audit/verify', { headers: root })
    expect(body).toMatchObject({ ok: true, database: { fault: null, last: end } })
  })

  it('counts, pages, filters and exports', async () => {
    const { body } = await server.call('GET', '/api/v1/audit/statistics', { headers: root })
    const whole = await list('limit=500')
    expect(body).toMatchObject({
      total: whole.entries.length,
      statuses: expect.arrayContaining([{ name: 'success', count: expect.any(Number) }]),
      validations: [{ name: 'healthy', count: 2 }],
    })
    const first = await list('limit=4')
    const second = await list(`limit=4&before=${first.next}`)
    expect([...first.entries, ...second.entries].map(({ id }) => id)).toEqual(
      whole.entries.slice(0, 8).map(({ id }) => id),
    )
    expect((await list('q=audit-2')).entries.length).toBeGreaterThan(0)
    expect((await list('vm=audit-2&operation=template_clone')).entries).toHaveLength(1)
    expect((await list('since=2099-01-01T00:00:00Z')).entries).toEqual([])
    const csv = await server.call(
      'GET',
      '/api/v1/audit/export?format=csv&operation=template_clone&vm=audit-2',
      {
        headers: root,
      },
    )
    expect(String(csv.body).split('\r\n')[0]).toBe(
      'timestamp,operation,operation_type,username,status,vm_name,vm_id,node,task_id,error,template_id,template_name',
    )
    expect(String(csv.body).trimEnd().split('\r\n')).toHaveLength(2)
  })

  it('lets nothing be changed that cannot be recorded', async () => {
    const before = await server.call('GET', '/api/v1/blueprints', { headers: root })
    const client = new Client(server.databaseUrl)
    await client.connect()
    await client.query('alter function audit_append rename to audit_append_away')
    const saved = await server.call('POST', '/api/v1/blueprints', {
      headers: root,
      body: {
        name: 'unrecorded',
        request: { source: { kind: 'template', clone: 'linked' }, vms: [{ name: 'web' }] },
      },
    })
    const deployed = await server.call('POST', '/api/v1/deployments', {
      headers: root,
      body: { request: { ...request, name: 'unrecorded', vms: [{ name: 'unrecorded' }] } },
    })
    const signedIn = await server.call('POST', '/api/v1/session', {
      body: { username: 'root@pam', password: 'demo' },
    })
    await client.query('alter function audit_append_away rename to audit_append')
    await client.end()
    expect([saved.status, deployed.status, signedIn.status]).toEqual([500, 500, 500])
    expect(signedIn.headers['set-cookie']).toBeUndefined()
    expect((await server.call('GET', '/api/v1/blueprints', { headers: root })).body).toEqual(
      before.body,
    )
    const { body } = await server.call('GET', '/api/v1/deployments', { headers: root })
    expect(JSON.stringify(body)).not.toContain('unrecorded')
    expect((await list('q=unrecorded')).entries).toEqual([])
  })
})
