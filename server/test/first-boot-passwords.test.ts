/** Passwords of guests: where they are, and where they are not. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLogger } from '../src/logger.ts'
import { everythingStored } from './stored.ts'
import { apiToken, startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
const logged: string[] = []
beforeAll(async () => {
  const logger = createLogger('trace', { write: (line) => void logged.push(line) })
  server = await startTestServer({}, 100, logger)
})
afterAll(() => server.stop())

const headers = { authorization: apiToken }
const HASH = /\$6\$[./A-Za-z0-9]{16}\$[./A-Za-z0-9]{86}/
const plain = 'correct horse battery'

const linux = {
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: {
    start: false,
    cloudInit: { users: [{ name: 'ada', password: plain, sudo: true }], packages: ['nginx'] },
  },
  vms: [{ name: 'secret-1' }],
}
const windows = {
  source: { kind: 'template', vmid: 9010, clone: 'linked' },
  defaults: { start: false, cloudInit: { adminPassword: plain } },
  vms: [{ name: 'win-1' }],
}

const textOf = (value: unknown) => JSON.stringify(value)

const untilEnded = async (path: string): Promise<unknown> => {
  for (;;) {
    const { body } = await server.call('GET', path, { headers })
    if (/"finishedAt":"[^"]+","cancelRequested"/.test(textOf(body))) return body
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

const deploy = async (request: object) => {
  const key = { ...headers, 'idempotency-key': textOf(request).slice(0, 100) }
  const answer = await server.call('POST', '/api/v1/deployments', {
    headers: key,
    body: { request },
  })
  expect(answer.status).toBe(202)
  const again = await server.call('POST', '/api/v1/deployments', {
    headers: key,
    body: { request },
  })
  expect(again.status).toBe(202)
  expect(again.headers['location']).toBe(answer.headers['location'])
  const path = `/api/v1${String(answer.headers['location']).replace(/^\/api\/v1/, '')}`
  return { answer, ended: await untilEnded(path) }
}

describe('the password of a user', () => {
  test('is in no plan, neither plain nor as a hash, and the plan is the same twice', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => server.call('POST', '/api/v1/plans', { headers, body: linux })),
    )
    expect(first?.status).toBe(200)
    expect(textOf(first?.body)).not.toContain(plain)
    expect(textOf(first?.body)).not.toMatch(HASH)
    expect(textOf(first?.body)).toMatch(/hashed_passwd: \*{8}/)
    expect(second?.body).toEqual(first?.body)
    const other = structuredClone(linux)
    other.defaults.cloudInit.users[0] = { name: 'ada', password: 'another', sudo: true }
    const third = await server.call('POST', '/api/v1/plans', { headers, body: other })
    expect(third.body).not.toMatchObject({ hash: Reflect.get(Object(first?.body), 'hash') })
  })

  test('is stored as a hash, shown as neither, and reaches the seed as a hash', async () => {
    const { answer, ended } = await deploy(linux)
    for (const body of [answer.body, ended]) {
      expect(textOf(body)).not.toContain(plain)
      expect(textOf(body)).not.toMatch(HASH)
      expect(textOf(body)).toContain('"passwordHash":"********"')
    }
    expect(ended).toMatchObject({ status: 'succeeded' })
    const stored = await everythingStored(server.databaseUrl)
    expect(stored).not.toContain(plain)
    expect(stored).toMatch(HASH)
    const seed = server.simulator.world.volumes.find((volume) => volume.seed !== undefined)
    expect(seed?.seed?.files['user-data']).toMatch(HASH)
  })

  test('that comes back masked is no password', async () => {
    const masked = structuredClone(linux)
    const user = { name: 'ada', passwordHash: '********', sudo: true }
    const body = { ...masked, defaults: { cloudInit: { users: [user] } } }
    const { status, body: problem } = await server.call('POST', '/api/v1/plans', { headers, body })
    expect(status).toBe(400)
    expect(textOf(problem)).toContain('passwordHash')
  })
})

const tenUsers = (row: number) =>
  Array.from({ length: 10 }, (_, index) => ({ name: `u${index}`, password: `p${row}-${index}` }))

test('more passwords than can be hashed in a moment are refused, with the way out', async () => {
  const vms = Array.from({ length: 6 }, (_, row) => ({
    name: `many-${row}`,
    cloudInit: { users: tenUsers(row) },
  }))
  const body = { source: linux.source, vms }
  const answer = await server.call('POST', '/api/v1/plans', { headers, body })
  expect(answer).toMatchObject({ status: 422, body: { type: '/problems/too-many-passwords' } })
})

test('the password of a Windows administrator is stored encrypted, and reaches the VM plain', async () => {
  const planned = await server.call('POST', '/api/v1/plans', { headers, body: windows })
  expect(planned.status).toBe(200)
  expect(textOf(planned.body)).not.toContain(plain)
  const { answer, ended } = await deploy(windows)
  expect(textOf([answer.body, ended])).not.toContain(plain)
  expect(ended).toMatchObject({ status: 'succeeded' })
  expect(await everythingStored(server.databaseUrl)).not.toContain(plain)
  const guest = server.simulator.world.guests.find(({ config }) => config['name'] === 'win-1')
  expect(guest?.config['cipassword']).toBe(plain)
})

test('what Windows setup is told in secret is on the image for it, and nowhere else', async () => {
  const secrets = ['Kanarienvogel-1', 'Kanarienvogel-2', 'KANAR-IENVO-GEL33-33333-33333'] as const
  const [administratorPassword, password, productKey] = secrets
  const request = {
    source: {
      kind: 'iso',
      volid: 'iso-nfs:iso/windows-server-2025.iso',
      osType: 'windows-server-2025',
      driversVolid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
      unattended: {
        edition: { index: 2 },
        productKey,
        administratorPassword,
        user: { name: 'ops', password },
      },
    },
    defaults: { start: false },
    vms: [{ name: 'answered-1' }],
  }
  const planned = await server.call('POST', '/api/v1/plans', { headers, body: request })
  expect(planned.status).toBe(200)
  const { answer, ended } = await deploy(request)
  expect(ended).toMatchObject({ status: 'succeeded' })
  const audit = await server.call('GET', '/api/v1/audit/export?format=jsonl', { headers })
  expect(audit.status).toBe(200)
  const places = {
    answers: textOf([planned.body, answer.body, ended]),
    audit: textOf(audit.body),
    database: await everythingStored(server.databaseUrl),
    log: logged.join(''),
    configs: textOf(server.simulator.world.guests.map(({ config }) => config)),
  }
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets.flatMap((secret) => (text.includes(secret) ? [`${secret} in ${place}`] : [])),
  )
  expect(found).toEqual([])
  expect(places.log).not.toBe('')
  const image = server.simulator.world.volumes.find(({ seed }) => seed?.label === 'UNATTEND')
  expect(image?.seed?.files['autounattend.xml']).toContain(`<Key>${productKey}</Key>`)
})
