/** Who sees which deployment, by every way that leads to one. */
import { vmDetailSchema, vmListSchema } from '@deployer/core/vm.ts'
import { demoPassword, demoWorld } from '@deployer/simulator/worlds/demo.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { createVisibility } from '../src/deployments/visibility.ts'
import type { Caller } from '../src/identity/caller.ts'
import type { Permissions } from '../src/inventory/permissions.ts'
import { openTables } from './scratch-tables.ts'
import { startTestServer, type TestServer } from './test-server.ts'

type Tables = ReturnType<typeof openTables>
let server: TestServer
let address: string
let tables: Tables

const ISO = 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso'
const people = ['newcomer', 'owner', 'lab-auditor', 'vms-auditor', 'barred', 'below'] as const
const grants = [
  ['/pool/lab', 'lab-auditor@pve', 'PVEAuditor', false],
  ['/vms', 'vms-auditor@pve', 'PVEAuditor', true],
  ['/', 'barred@pve', 'PVEAuditor', true],
  ['/pool/prod', 'barred@pve', 'NoAccess', true],
  // A role without VM.Audit takes nothing of what is held on the VMs themselves.
  ['/pool/lab', 'barred@pve', 'PVEPoolUser', true],
  // Of a pool that no entry names, what comes from above counts.
  ['/pool', 'below@pve', 'PVEAuditor', true],
] as const

/** Nobody signs in as these; a deployment has been begun by each. */
const deployments = [
  { id: 'd-nowhere', by: 'root@pam', pool: null },
  { id: 'd-lab', by: 'root@pam', pool: 'lab' },
  { id: 'd-prod', by: 'root@pam!demo', pool: 'prod' },
  { id: 'd-unnamed', by: 'root@pam', pool: 'unnamed' },
  { id: 'd-own', by: 'owner@pve', pool: null },
  { id: 'd-token', by: 'owner@pve!ci', pool: 'prod' },
  { id: 'd-like', by: 'owner@pveother', pool: null },
] as const
const all = [...deployments.map(({ id }) => id), 'd-undo']
const others = (...hidden: string[]) => all.filter((id) => !hidden.includes(id)).toSorted()

beforeAll(async () => {
  const world = demoWorld()
  world.users.push(
    ...people.map((name) => ({
      userid: `${name}@pve`,
      password: demoPassword,
      enable: true,
      expire: 0,
      groups: [],
      tokens: [],
    })),
  )
  world.acl.push(
    ...grants.map(([path, ugid, roleid, propagate]) => ({
      path,
      type: 'user' as const,
      ugid,
      roleid,
      propagate,
    })),
  )
  server = await startTestServer({}, 100, undefined, world)
  address = await server.listen()
  tables = openTables(server.databaseUrl)
  for (const { id, by, pool } of deployments) await begin(id, by, pool)
  await begin('d-undo', 'root@pam', null, 'd-own')
})
afterAll(async () => {
  await tables.db.destroy()
  await server.stop()
})
const begin = async (id: string, by: string, pool: string | null, undoOf: string | null = null) => {
  const request = {
    source: { kind: 'iso', volid: ISO, osType: 'linux' },
    vms: [{ name: 'secret-name' }],
    ...(pool !== null && { pool }),
  }
  await tables.pool.query(
    `insert into deployment (id, name, request, plan, plan_hash, source_label, created_by, runs_as, undo_of, created_at)
     values ($1, 'secret', $2, '{"vms":[]}', '', '', $3, $3, $4, now() + (select count(*) from deployment) * interval '1 s')`,
    [id, JSON.stringify(request), by, undoOf],
  )
}

const listSchema = z.object({ deployments: z.array(z.object({ id: z.string() })) })
const listed = async (cookie: string, query = '') =>
  listSchema
    .parse((await server.call('GET', `/api/v1/deployments${query}`, { cookie })).body)
    .deployments.map(({ id }) => id)

describe('the list has', () => {
  it.each([
    { who: 'root@pam', seen: all.toSorted() },
    { who: 'viewer@pve', seen: all.toSorted() },
    { who: 'operator@pve', seen: ['d-lab'] },
    { who: 'newcomer@pve', seen: [] },
    // What one's tokens began, and what undoes one's own; not that of a name that begins in the same way.
    { who: 'owner@pve', seen: ['d-own', 'd-token', 'd-undo'] },
    { who: 'lab-auditor@pve', seen: ['d-lab'] },
    { who: 'vms-auditor@pve', seen: all.toSorted() },
    { who: 'barred@pve', seen: others('d-prod', 'd-token') },
    { who: 'below@pve', seen: ['d-lab', 'd-prod', 'd-token', 'd-unnamed'] },
  ])('for $who: $seen', async ({ who, seen }) => {
    expect((await listed(await server.signIn(who))).toSorted()).toEqual(seen)
  })

  it('whole pages of what one sees', async () => {
    const cookie = await server.signIn('barred@pve')
    const pages: string[][] = []
    for (let page = await listed(cookie, '?limit=2'); page.length > 0;) {
      pages.push(page)
      page = await listed(cookie, `?limit=2&before=${page.at(-1)}`)
    }
    expect(pages.map(({ length }) => length)).toEqual([2, 2, 2])
    expect(pages.flat().toSorted()).toEqual(others('d-prod', 'd-token'))
  })
})

const away = () =>
  Promise.reject(
    new ProxmoxError('GET /access/permissions', {
      kind: 'unreachable',
      host: 'pve1',
      reason: 'gone',
    }),
  )

describe('while Proxmox does not answer', () => {
  const caller: Caller = {
    username: 'owner@pve',
    credentials: { kind: 'token', tokenId: 'owner@pve!x', secret: 's' },
    expiresAt: null,
  }
  const auditor: Permissions = { '/vms': { 'VM.Audit': 1 } }
  const setUp = () => {
    const permissions = vi.fn<() => Promise<Permissions>>(async () => auditor)
    const { among } = createVisibility({ db: tables.db, inventory: { permissions } })
    return { permissions, seen: async () => [...(await among(caller, [...all]))].toSorted() }
  }
  const own = ['d-own', 'd-token', 'd-undo']

  it('what it said last counts, and one’s own where it has said nothing', async () => {
    const { permissions, seen } = setUp()
    permissions.mockImplementation(away)
    expect(await seen()).toEqual(own)
    permissions.mockImplementation(async () => auditor)
    expect(await seen()).toEqual(all.toSorted())
    permissions.mockImplementation(away)
    expect(await seen()).toEqual(all.toSorted())
  })

  it('nobody waits for long who was known before', async () => {
    const { permissions, seen } = setUp()
    await seen()
    permissions.mockReturnValue(new Promise(() => {}))
    expect(await seen()).toEqual(all.toSorted())
  })

  it('a sign-in that has ended is told', async () => {
    const { permissions, seen } = setUp()
    await seen()
    const failure = { kind: 'answered', status: 401, message: 'no ticket', errors: {} } as const
    permissions.mockRejectedValue(new ProxmoxError('GET /access/permissions', failure))
    await expect(seen()).rejects.toThrow('no ticket')
  })
})

const words = (id: string) => ({
  status: 404,
  body: {
    detail: `There is no deployment ${id} that you may see.`,
    hint: 'GET /api/v1/deployments lists them. Those of others need VM.Audit on their pool, or on /vms.',
  },
})

describe('a deployment that one may not see', () => {
  const ways = [
    ['GET', ''],
    ['GET', '/export'],
    ['GET', '/events'],
    ['GET', '/undo'],
    ['POST', '/undo'],
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['POST', '/retry/plan'],
  ] as const

  it.each(ways)('is not there for %s%s', async (method, way) => {
    const cookie = await server.signIn('operator@pve')
    const call = (id: string) => server.call(method, `/api/v1/deployments/${id}${way}`, { cookie })
    expect(await call('d-prod')).toMatchObject(words('d-prod'))
    // Word for word what is said of one that does not exist.
    expect(await call('d-never')).toMatchObject(words('d-never'))
  })

  it('cannot be validated again and again', async () => {
    const cookie = await server.signIn('operator@pve')
    const body = { target: { deploymentId: 'd-prod' }, intervalMinutes: 60 }
    expect(
      await server.call('POST', '/api/v1/validations/schedules', { cookie, body }),
    ).toMatchObject({ status: 404, body: { detail: expect.stringContaining('d-prod') } })
  })
})

it('an image that it installs from is in use, by one whose name is not told', async () => {
  const path = `/api/v1/images/${encodeURIComponent(ISO)}/uses`
  const usesSchema = z.object({
    deployments: z.array(z.object({ id: z.string(), name: z.string().nullable() })),
  })
  const cookie = await server.signIn('operator@pve')
  const { deployments: using } = usesSchema.parse((await server.call('GET', path, { cookie })).body)
  expect(using).toHaveLength(all.length)
  expect(using.filter(({ name }) => name !== null)).toEqual([{ id: 'd-lab', name: 'secret' }])
})

it.each(['undo', 'cancel', 'retry'])(
  'a deployment that one sees and did not begin is not for one to %s',
  async (what) => {
    const cookie = await server.signIn('operator@pve')
    const path = `/api/v1/deployments/d-lab`
    expect((await server.call('GET', path, { cookie })).status).toBe(200)
    expect(await server.call('POST', `${path}/${what}`, { cookie })).toMatchObject({
      status: 403,
      body: {
        detail: `root@pam started this deployment. Others need Sys.Modify on / to ${what} it.`,
      },
    })
  },
)

/** Heads that a stream tells, until the one with this id. */
const streamed = async (cookie: string, path: string, last: string) => {
  const ended = new AbortController()
  const response = await fetch(`${address}/api/v1/${path}?lastEventId=0`, {
    headers: { cookie: `session=${cookie}` },
    signal: ended.signal,
  })
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    if (!text.includes(`"id":"${last}"`)) continue
    ended.abort()
    return [...text.matchAll(/"id":"(d-[a-z]+)"/g)].map(([, id]) => id)
  }
  throw new Error('the stream ended')
}

const head = (id: string) => ({
  type: 'deployment',
  deployment: {
    id,
    name: 'secret',
    status: 'queued',
    createdBy: '',
    createdAt: '',
    startedAt: null,
    finishedAt: null,
    cancelRequested: false,
    sourceLabel: '',
    undoOf: null,
    undoneBy: null,
    summary: { total: 0, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0 },
  },
})

it('the stream of all tells of those that one sees, also of a pool that is new', async () => {
  const cookie = await server.signIn('below@pve')
  const reading = streamed(cookie, 'events', 'd-last')
  await begin('d-last', 'root@pam', 'brand-new')
  for (const id of ['d-nowhere', 'd-own', 'd-lab', 'd-undo', 'd-last'])
    await tables.pool.query('select record_events($1, $2::jsonb)', [id, JSON.stringify([head(id)])])
  expect(await reading).toEqual(['d-lab', 'd-last'])
  await tables.pool.query("delete from deployment where id = 'd-last'")
})

describe('a VM that one sees, of a deployment that one does not', () => {
  const made = 210
  beforeAll(async () => {
    const guest = server.simulator.world.guests.find(({ vmid }) => vmid === made)
    await tables.pool.query(
      `insert into vm (id, deployment_id, position, name, vmid, node, status, validation)
       values ('d-nowhere-1', 'd-nowhere', 0, $1, $2, $3, 'succeeded',
               '{"outcome":"healthy","checks":[],"checkedAt":"2026-11-23T10:00:00.000Z"}')`,
      [guest?.config['name'], made, guest?.node],
    )
  })

  it.each([
    { who: 'viewer@pve', link: 'd-nowhere', by: 'root@pam' },
    { who: 'operator@pve', link: null, by: null },
  ])('leads $who to $link', async ({ who, link, by }) => {
    const cookie = await server.signIn(who)
    const read = async (path: string) =>
      (await server.call('GET', `/api/v1/${path}`, { cookie })).body
    const row = vmListSchema.parse(await read('vms')).vms.find(({ vmid }) => vmid === made)
    expect(row?.deployment?.id ?? null).toBe(link)
    expect(row?.health).toBe('healthy')
    const { origin } = vmDetailSchema.parse(await read(`vms/${made}`))
    expect([origin?.deployment?.id ?? null, origin?.createdBy]).toEqual([link, by])
    const validationSchema = z.object({ deploymentId: z.string().nullable() })
    const listOf = z.object({ validations: z.array(validationSchema) })
    expect(listOf.parse(await read(`vms/${made}/validations`)).validations).toEqual([
      { deploymentId: link },
    ])
    expect(validationSchema.parse(await read('validations/d-nowhere-1')).deploymentId).toBe(link)
  })
})
