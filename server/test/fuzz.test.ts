/**
 * Generated requests at every route of the whole server: whatever is sent, the answer is a problem document and none of
 * our own faults, it comes soon, and no secret is in it or in anything that was written.
 */
import { demoTokenSecret } from '@deployer/simulator/worlds/demo.ts'
import * as fc from 'fast-check'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../src/logger.ts'
import { type GeneratedRequest, requestsOf } from './generated-requests.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

const REQUESTS = 10_400
/** Another one tries other requests; a failure names its own. */
const SEED = 20_261_123
const AT_ONCE = 16
const PATIENCE_MS = 15_000

/** Stands in every place of a request, and of the configuration, where a secret belongs. */
const CANARY = 'canary-7f3a91c2d4'
const SSH_KEY = `-----BEGIN OPENSSH PRIVATE KEY-----\n${CANARY}\n-----END OPENSSH PRIVATE KEY-----`

const log: string[] = []
let server: TestServer
let cookies: Record<'viewer' | 'operator', string>

beforeAll(async () => {
  const logger = createLogger('trace', { write: (line) => void log.push(line) })
  server = await startTestServer(
    {
      WRITES_PER_MINUTE: '1000000',
      APP_SECRET: `the secret ${CANARY}`,
      PROXMOX_SSH_USER: 'root',
      PROXMOX_SSH_PASSWORD: CANARY,
    },
    1000,
    logger,
  )
  cookies = {
    viewer: await server.signIn('viewer@pve'),
    operator: await server.signIn('operator@pve'),
  }
})
afterAll(() => server.stop())

const hints = () => ({
  vmid: [9000, 9001, 9010, 101],
  clone: ['linked', 'full'],
  kind: ['template', 'iso', 'image'],
  volid: ['iso-nfs:iso/Win11_24H2_English_x64.iso', 'iso-nfs:import/debian-13-generic-amd64.qcow2'],
  driversVolid: ['iso-nfs:iso/virtio-win-0.1.285.iso'],
  administratorPassword: [CANARY],
  productKey: ['CANAR-Y7F3A-91C2D-4CANA-RYCAN'],
  node: ['pve1', 'pve2'],
  storage: ['local-lvm'],
  bridge: ['vmbr0'],
  ip: ['dhcp', '10.0.0.{20..29}/24', 'fd00::{1..4}/64'],
  name: ['web-{1..3}', 'db', 'ops'],
  username: ['root@pam', 'viewer@pve', 'nobody@pve'],
  realm: ['pam', 'pve'],
  password: [CANARY],
  otp: [CANARY],
  sshKeys: [[SSH_KEY], [`ssh-ed25519 AAAA ${CANARY}`]],
  key: [SSH_KEY],
  since: ['2026-01-01T00:00:00Z', '0000-01-01T00:00:00Z'],
  operation: ['batch_clone'],
  lastEventId: ['0', '999999999999999999'],
  format: ['csv', 'jsonl', 'json', 'yaml'],
  idempotencyKey: ['one', 'two'],
  id: ['1', 'example-web-servers', crypto.randomUUID()],
})

const headersOf = ({ caller, headers }: GeneratedRequest): Record<string, string> => {
  switch (caller) {
    case 'token':
      return { ...headers, authorization: apiToken }
    case 'viewer':
    case 'operator':
      return { ...headers, cookie: `session=${cookies[caller]}` }
    case 'forged token':
      return { ...headers, authorization: `PVEAPIToken=root@pam!demo=${CANARY}` }
    case 'forged cookie':
      return { ...headers, cookie: `session=${CANARY}; other=%E0%A4%A` }
    case 'nobody':
      return headers
  }
}

type Sent = { status: number; body: string; headers: string }

async function send(request: GeneratedRequest): Promise<Sent | 'hang'> {
  const { method, url, payload } = request
  const leave = new AbortController()
  const answer = server.app
    .inject({
      method,
      url,
      headers: headersOf(request),
      ...(payload !== undefined && { payload }),
      // A stream of events is left as soon as it has begun.
      ...(request.streams && { payloadAsStream: true, signal: leave.signal }),
    })
    .then((response) => {
      const streaming = /event-stream/.test(String(response.headers['content-type']))
      if (request.streams) response.stream().on('error', () => {})
      leave.abort()
      return {
        status: response.statusCode,
        body: streaming || request.streams ? '' : response.body,
        headers: JSON.stringify(response.headers),
      }
    })
  return Promise.race([answer, sleep(PATIENCE_MS, 'hang' as const, { ref: false })])
}

/** What is wrong with an answer, or null. */
function complaintAbout(request: GeneratedRequest, sent: Sent | 'hang'): string | null {
  if (sent === 'hang') return `no answer within ${PATIENCE_MS / 1000} s`
  const { status, body, headers } = sent
  if (status >= 500) return `answered ${status}: ${body.slice(0, 300)}`
  if (/node_modules|\.[jt]s:\d+|^\s+at /m.test(body)) return `shows where the code is: ${body}`
  if (body.includes(CANARY) || body.includes(demoTokenSecret)) return `a secret in: ${body}`
  if (headers.includes(CANARY)) return `a secret in: ${headers}`
  const open = /\/(health|ready|realms|session|metrics|doctor\/connection)$/.test(request.operation)
  if (/forged|nobody/.test(request.caller) && !open && status < 400)
    return `let ${request.caller} in`
  return null
}

it(`answers ${REQUESTS} requests that break the document somewhere`, async () => {
  const { body: document } = await server.call('GET', '/openapi.json')
  const requests = fc
    .sample(requestsOf(document, hints()), { numRuns: REQUESTS, seed: SEED })
    // It would end the sign-in that the others use.
    .filter(({ operation, caller }) => operation !== 'DELETE /api/v1/session' || caller === 'token')
  const complaints: string[] = []
  const counts = new Map<number, number>()
  const next = requests.values()
  const work = async () => {
    for (const request of next) {
      const sent = await send(request)
      const complaint = complaintAbout(request, sent)
      if (complaint !== null)
        complaints.push(`${JSON.stringify(request).slice(0, 600)}\n  ${complaint}`)
      if (sent !== 'hang') counts.set(sent.status, (counts.get(sent.status) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))

  expect(complaints.slice(0, 10)).toEqual([])
  expect(requests.length).toBeGreaterThanOrEqual(10_000)
  // It got further than the door: calls were carried out, and refused for every reason there is.
  for (const status of [200, 201, 202, 204, 400, 401, 403, 404, 409, 413, 415, 422])
    expect(counts.get(status) ?? 0, `answers with ${status}`).toBeGreaterThan(0)
}, 600_000)

it('keeps secrets out of the log, the audit log and the database', async () => {
  const lines = log.filter((line) => line.includes(CANARY) || line.includes(demoTokenSecret))
  expect(lines.slice(0, 5)).toEqual([])
  expect(log.filter((line) => /\n\s+at |node_modules/.test(line)).slice(0, 5)).toEqual([])
  expect(log.length).toBeGreaterThan(REQUESTS / 2)

  const folder = join(server.dataDir, 'logs')
  const files = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
  expect(files.join('').length).toBeGreaterThan(0)
  expect(files.filter((text) => text.includes(CANARY) || text.includes(demoTokenSecret))).toEqual(
    [],
  )

  expect(await tablesWith(['viewer@pve'])).toContain('public.session')
  expect(await tablesWith([CANARY, demoTokenSecret, ...Object.values(cookies)])).toEqual([])
})

/** Tables of the deployer and of its workflows that have one of these texts in a row. */
async function tablesWith(texts: string[]): Promise<string[]> {
  const client = new Client(server.databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ name: string }>(
    `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('public', 'dbos') and table_type = 'BASE TABLE'`,
  )
  const found: string[] = []
  for (const { name } of rows) {
    const { rowCount } = await client.query(
      `select from ${name} as stored_row where stored_row::text like any ($1) limit 1`,
      [texts.map((text) => `%${text}%`)],
    )
    if (rowCount !== 0) found.push(name)
  }
  await client.end()
  return found
}
