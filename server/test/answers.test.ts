/** Answers for Windows setup: what is on their image, when it goes, and where the passwords are not. */
import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest, IsoSource } from '@deployer/core/request.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { madeBy, startEngine, type TestEngine } from './engine.ts'
import { everythingStored } from './stored.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startEngine()
})
afterAll(async () => {
  await engine.close()
})
afterEach(() => {
  engine.simulator.clearFaults()
})

const secrets = {
  administrator: 'Kanarienvogel-Eins-1',
  user: 'Kanarienvogel-Zwei-2',
  key: 'KANAR-IENVO-GEL33-33333-33333',
}
const encoded = (password: string, element: string) =>
  Buffer.from(password + element, 'utf16le').toString('base64')

const unattended = {
  edition: { name: 'Windows 11 Pro' },
  productKey: secrets.key,
  administratorPassword: secrets.administrator,
  user: { name: 'ops', password: secrets.user },
  commands: ['echo done'],
}
const source: IsoSource = {
  kind: 'iso',
  volid: 'iso-nfs:iso/Win11_24H2_English_x64.iso',
  osType: 'windows-11',
  driversVolid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
  unattended,
}

const requestOf = (name: string, start = true): DeploymentRequest => ({
  source,
  defaults: { start, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] },
  vms: [{ name }],
})

/** Setup that takes longer than anybody waits. */
const impatient = (plan: Plan) => {
  for (const { spec } of plan.vms.flatMap((vm) => vm.steps))
    if (spec.kind === 'wait-for-agent') spec.timeoutSeconds = 1
}

const imagesOf = (id: string) =>
  engine.simulator.world.volumes.filter(({ name }) => name.includes(id))

const untilStep = (id: string, kind: string, status: string) =>
  engine.untilEvent(
    id,
    (data) => data.type === 'step' && data.step.kind === kind && data.step.status === status,
  )

test('the image has the passwords, and nothing else does', async () => {
  const { id } = await engine.deploy(requestOf('canary-1', false))
  const ended = await engine.untilEnded(id)
  expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
  const [image] = imagesOf(id)
  const files = image?.seed?.files ?? {}
  expect(Object.keys(files).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'autounattend.xml',
    'first-logon.json',
    'first-logon.ps1',
  ])
  const xml = files['autounattend.xml'] ?? ''
  expect(xml).toContain(encoded(secrets.administrator, 'AdministratorPassword'))
  expect(xml).toContain(encoded(secrets.user, 'Password'))
  expect(xml).toContain(`<Key>${secrets.key}</Key>`)
  const [made] = madeBy(engine.simulator, id)
  expect(made?.config['sata0']).toContain(`iso/${id}-canary-1.iso`)

  const places = [
    JSON.stringify(await engine.plan(requestOf('canary-5'))),
    await everythingStored(engine.databaseUrl),
    JSON.stringify(ended),
    JSON.stringify(await engine.deployments.get(id)),
    JSON.stringify(engine.simulator.world.guests.map(({ config }) => config)),
  ]
  for (const place of places)
    for (const secret of Object.values(secrets)) {
      expect(place).not.toContain(secret)
      expect(place).not.toContain(encoded(secret, 'Password'))
    }
})

test('setup runs to its end by itself, and the image goes when the agent answers', async () => {
  const { id } = await engine.deploy({
    ...requestOf('win-{1..2}'),
    defaults: {
      networks: [{ bridge: 'vmbr0', ip: '10.10.0.{71..72}/24', gateway: '10.10.0.1' }],
    },
  })
  const ended = await engine.untilEnded(id)
  expect(ended).toMatchObject({ status: 'succeeded', summary: { succeeded: 2 } })
  for (const [index, vm] of ended.vms.entries()) {
    expect(vm).toMatchObject({ ip: `10.10.0.${71 + index}`, validation: { outcome: 'healthy' } })
    const checks = vm.validation?.checks.map(({ name, port }) => `${name} ${port ?? ''}`.trim())
    expect(checks).toEqual(['proxmox', 'agent', 'address', 'port 3389'])
    const keys = vm.steps.find(({ kind }) => kind === 'send-keys')
    expect(keys?.detail).toMatch(/^Pressed \d+ times?$/)
  }
  expect(imagesOf(id)).toEqual([])
  for (const { config } of madeBy(engine.simulator, id))
    expect(config['sata0']).toBe('none,media=cdrom')
})

test('a cancel while setup runs removes the image with the VM', async () => {
  engine.simulator.addFault({ kind: 'agent-silent', name: '^canary-2$' })
  const { id } = await engine.deploy(requestOf('canary-2'))
  await untilStep(id, 'wait-for-agent', 'running')
  expect(imagesOf(id)).toHaveLength(1)
  await engine.deployments.cancel(id, engine.root)
  expect(await engine.untilEnded(id)).toMatchObject({
    status: 'cancelled',
    vms: [{ status: 'cancelled', error: null }],
  })
  expect(imagesOf(id)).toEqual([])
  expect(madeBy(engine.simulator, id)).toEqual([])
})

test('an agent that stays silent keeps the VM and the image, and an undo removes both', async () => {
  engine.simulator.addFault({ kind: 'agent-silent', name: '^canary-4$' })
  const { id } = await engine.deploy(requestOf('canary-4'), impatient)
  const ended = await engine.untilEnded(id)
  expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'agent-silent' } })
  expect(imagesOf(id)).toHaveLength(1)
  const plan = await engine.deployments.undoPlan(id, engine.root)
  const undo = await engine.deployments.undo(id, plan, engine.root)
  expect(await engine.untilEnded(undo.id)).toMatchObject({ status: 'succeeded' })
  expect(imagesOf(id)).toEqual([])
  expect(madeBy(engine.simulator, id)).toEqual([])
})

test('passwords that cannot be read any more are told, and nothing is uploaded', async () => {
  engine.simulator.addFault({
    kind: 'slow',
    call: 'POST /nodes/{node}/qemu',
    seconds: 20,
    times: 1,
  })
  const { id } = await engine.deploy(requestOf('canary-3'))
  await untilStep(id, 'create', 'running')
  await engine.database.db
    .updateTable('deployment')
    .set({ passwords: 'of another secret' })
    .where('id', '=', id)
    .execute()
  const ended = await engine.untilEnded(id)
  expect(ended.vms[0]).toMatchObject({ status: 'failed', error: { code: 'password-gone' } })
  expect(imagesOf(id)).toEqual([])
})
