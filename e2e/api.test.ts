/** The REST API as a script uses it: an API token, the plan, the deployment, its events to the end. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startDeployer, type Deployer } from './deployer.ts'

const TOKEN = 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000'

let deployer: Deployer

beforeAll(async () => {
  deployer = await startDeployer()
})

afterAll(async () => {
  await deployer?.stop()
})

const request = {
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  defaults: { start: true, validate: { ports: [22] }, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] },
  vms: [{ name: 'api-{01..03}' }],
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${deployer.api}${path}`, {
    method: 'POST',
    headers: { authorization: TOKEN, 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

const planAnswer = z.object({ hash: z.string(), blockers: z.array(z.unknown()) })
const deploymentAnswer = z.object({ id: z.string(), status: z.string() })
const eventData = z.object({
  type: z.string(),
  deployment: z.object({ status: z.string() }).optional(),
})

test('plan, deploy, follow to the end', async () => {
  const planned = await post('/plans', request)
  expect(planned.status).toBe(200)
  const plan = planAnswer.parse(await planned.json())
  expect(plan.blockers).toEqual([])

  const key = { 'idempotency-key': 'one' }
  const accepted = await post('/deployments', { request, planHash: plan.hash }, key)
  expect(accepted.status).toBe(202)
  const { id } = deploymentAnswer.parse(await accepted.json())
  expect(accepted.headers.get('location')).toBe(`/api/v1/deployments/${id}`)

  const again = await post('/deployments', { request, planHash: plan.hash }, key)
  expect(deploymentAnswer.parse(await again.json()).id).toBe(id)

  const ids: number[] = []
  for await (const event of events(`/deployments/${id}/events`, '0')) {
    ids.push(Number(event.id))
    if (event.data.deployment?.status === 'succeeded') break
  }
  expect(ids).toEqual(ids.toSorted((a, b) => a - b))

  const resumed: number[] = []
  const middle = ids[Math.floor(ids.length / 2)] ?? 0
  for await (const event of events(`/deployments/${id}/events`, String(middle))) {
    resumed.push(Number(event.id))
    if (event.data.deployment?.status === 'succeeded') break
  }
  expect(resumed).toEqual(ids.filter((seen) => seen > middle))
})

test('a plan that no longer fits is refused with the new one', async () => {
  const other = { ...request, vms: [{ name: 'late-{1..2}' }] }
  const refused = await post('/deployments', { request: other, planHash: '0123456789abcdef' })
  expect(refused.status).toBe(409)
  const body = z.object({ plan: planAnswer }).parse(await refused.json())
  const accepted = await post('/deployments', { request: other, planHash: body.plan.hash })
  expect(accepted.status).toBe(202)
})

test.each(['/nodes', '/storages', '/networks', '/pools', '/templates', '/deployments', '/events'])(
  'without sign-in GET %s is refused',
  async (path) => {
    const answer = await fetch(`${deployer.api}${path}`)
    expect(answer.status).toBe(401)
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
  },
)

test.each(['/health', '/ready', '/realms'])('without sign-in GET %s answers', async (path) => {
  expect((await fetch(`${deployer.api}${path}`)).status).toBe(200)
})

/** Server-sent events after the given id. */
async function* events(path: string, after: string) {
  const headers = { authorization: TOKEN, 'last-event-id': after }
  const answer = await fetch(`${deployer.api}${path}`, { headers })
  if (answer.body === null) throw new Error('no stream')
  let rest = ''
  for await (const chunk of answer.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (rest + chunk).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const id = /^id: ?(.*)$/m.exec(block)?.[1]
      const data = /^data: ?(.*)$/m.exec(block)?.[1]
      if (id !== undefined && data !== undefined)
        yield { id, data: eventData.parse(JSON.parse(data)) }
    }
  }
}
