/** Answers for Windows setup: what is on their image, when it goes, and where the passwords are not. */
import type { Plan, StepSpec } from '@deployer/core/plan.ts'
import type { IsoSource } from '@deployer/core/request.ts'
import { stampLine } from '@deployer/core/stamp.ts'
import { callsOf, noteOf, titleOf } from '@deployer/core/steps.ts'
import { takeAnswerSecrets } from '@deployer/core/windows/answers.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { madeBy, requestFor, startEngine, type TestEngine } from './engine.ts'
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

const NODE = 'pve1'
const STORAGE = 'iso-nfs'
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

const fileOf = (name: string) => `{deployment}-${name}.iso`
const volumeOf = (name: string) => `${STORAGE}:iso/${fileOf(name)}`

const stepsOf = (name: string): StepSpec[] => [
  { kind: 'reserve-id' },
  {
    kind: 'create',
    node: NODE,
    name,
    pool: null,
    description: stampLine('{deployment}', name),
    settings: { memory: 4096, ostype: 'win11', agent: 'enabled=1', tags: '{deployment}' },
  },
  {
    kind: 'upload-seed',
    node: NODE,
    storage: STORAGE,
    file: fileOf(name),
    documents: {},
    answers: {
      osType: 'windows-11',
      computerName: name,
      firmware: 'uefi',
      diskBus: 'scsi',
      unattended: takeAnswerSecrets(unattended).masked,
      networks: [],
    },
  },
  { kind: 'attach-seed', node: NODE, drive: 'sata0', volume: volumeOf(name), replaces: null },
  { kind: 'start', node: NODE },
  { kind: 'wait-for-agent', node: NODE, timeoutSeconds: 60 },
  {
    kind: 'detach-seed',
    node: NODE,
    drive: 'sata0',
    storage: STORAGE,
    volume: volumeOf(name),
    deletes: true,
    answers: true,
  },
]

/** The plan of a clone with these steps in place of its own. */
const deploy = async (name: string, specs: StepSpec[]) => {
  const plan: Plan = await engine.plan(requestFor(name))
  for (const vm of plan.vms) {
    vm.node = NODE
    vm.steps = specs.map((spec) => ({
      id: spec.kind,
      kind: spec.kind,
      title: titleOf(spec),
      note: noteOf(spec),
      calls: callsOf(spec, { vmid: vm.vmid }),
      slots: [],
      spec,
    }))
  }
  const request = { source, vms: [{ name }] }
  return engine.deployments.submit({ request, plan, caller: engine.root, idempotencyKey: null })
}

const imagesOf = (id: string) =>
  engine.simulator.world.volumes.filter(({ name }) => name.includes(id))

const untilStep = (id: string, kind: string, status: string) =>
  engine.untilEvent(
    id,
    (data) => data.type === 'step' && data.step.kind === kind && data.step.status === status,
  )

test('the image has the passwords, and nothing else does', async () => {
  const { id } = await deploy('canary-1', stepsOf('canary-1').slice(0, 4))
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

test('a cancel while setup runs removes the image with the VM', async () => {
  engine.simulator.addFault({ kind: 'agent-silent', name: '^canary-2$' })
  const { id } = await deploy('canary-2', stepsOf('canary-2'))
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
  const specs = stepsOf('canary-4').map((spec) =>
    spec.kind === 'wait-for-agent' ? { ...spec, timeoutSeconds: 1 } : spec,
  )
  const { id } = await deploy('canary-4', specs)
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
  const { id } = await deploy('canary-3', stepsOf('canary-3'))
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
