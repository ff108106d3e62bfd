import type { Call, Plan, PlannedVm } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { fillCall } from '@deployer/core/steps.ts'
import type { JournalEntry } from '@deployer/simulator/simulator.ts'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createSnippetStore } from '../src/snippets/snippets.ts'
import { madeBy, requestFor, startEngine, type TestEngine } from './engine.ts'
import { startSshd, type TestSshd } from './sshd.ts'

let sshd: TestSshd
let engine: TestEngine

beforeAll(async () => {
  sshd = await startSshd()
  engine = await startEngine({
    snippetFolder: sshd.folder,
    snippets: { storage: 'local', store: createSnippetStore(sshd.settings, { retryMs: 20 }) },
  })
  // What the nodes keep in /var/lib/vz is in the folder of this test's sshd.
  const local = engine.simulator.world.storages.find(({ storage }) => storage === 'local')
  if (local) local.options['path'] = join(sshd.folder, '..')
})
afterAll(async () => {
  await engine.close()
  await sshd.close()
})

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Vd7dzK9NBWYPcCBtWGMw8D/uLTrCE5tq3o0HSZpSQ ada'

type CloudInit = NonNullable<NonNullable<DeploymentRequest['defaults']>['cloudInit']>

const request = (name: string, cloudInit: CloudInit, changes: Partial<DeploymentRequest> = {}) =>
  requestFor(name, {
    defaults: { start: true, networks: [{ ip: 'dhcp' }], cloudInit, validate: { ports: [22] } },
    ...changes,
  })

const packages: CloudInit = {
  users: [{ name: 'ada', sshKeys: [key], sudo: true }],
  packages: ['nginx'],
  commands: ['echo ready'],
}

const guestOf = (id: string) => {
  const [guest] = madeBy(engine.simulator, id)
  if (!guest) throw new Error(`there is no VM of ${id}`)
  return guest
}
const withUserData = (plan: Plan, document: string): Plan => ({
  ...plan,
  vms: plan.vms.map((vm) => ({
    ...vm,
    steps: vm.steps.map((step) =>
      step.spec.kind === 'upload-seed'
        ? {
            ...step,
            spec: { ...step.spec, documents: { ...step.spec.documents, 'user-data': document } },
          }
        : step,
    ),
  })),
})
const seeds = () => engine.simulator.world.volumes.filter(({ seed }) => seed !== undefined)
const kinds = (vm: { steps: { kind: string }[] } | undefined) => vm?.steps.map(({ kind }) => kind)

/** As a form carries them; what is known only when it runs is not compared. */
const onTheWire = ({ method, path, params }: Call) => ({
  method,
  path,
  params: Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'boolean' ? String(Number(value)) : String(value),
    ]),
  ),
})
const known = { digest: 'as read', checksum: 'of the image' }
const planned = (vm: PlannedVm, deployment: string) =>
  vm.steps
    .flatMap((step) => step.calls)
    .filter((call) => call.changes)
    .map((call) => onTheWire(fillCall(call, { deployment, ...known })))
const received = ({ method, path, params }: JournalEntry) => {
  const { tmpfilename: _ofTheNode, ...sent } = params
  return {
    method,
    path,
    params: {
      ...sent,
      ...('digest' in sent && { digest: known.digest }),
      ...('checksum' in sent && { checksum: known.checksum }),
    },
  }
}

describe('a seed', () => {
  test('sets the guest up, and is detached and removed when it has been read', async () => {
    const plan = await engine.plan(request('seeded', packages))
    expect(plan.blockers).toEqual([])
    expect(plan.vms[0]?.cloudInit).toEqual({
      delivery: 'seed',
      reason: "Proxmox's own keys cannot install packages or run commands.",
    })
    const before = engine.simulator.requests().length
    const { id } = await engine.deploy(request('seeded', packages), () => plan)
    const ended = await engine.untilEnded(id)
    const [vm] = ended.vms
    expect(vm?.error).toBeNull()
    expect(kinds(vm)).toEqual([
      'reserve-id',
      'clone',
      'configure',
      'upload-seed',
      'attach-seed',
      'start',
      'wait-for-agent',
      'read-address',
      'read-cloud-init',
      'detach-seed',
      'check-port',
    ])
    expect(vm?.validation).toMatchObject({ outcome: 'healthy' })
    expect(vm?.validation?.checks).toContainEqual({
      name: 'cloud-init',
      port: null,
      passed: true,
      evidence: 'Done, DataSourceNoCloud [seed=/dev/sr0]',
    })
    const { running, config } = guestOf(id)
    expect(running?.firstBoot).toMatchObject({ hostname: 'seeded', users: ['ada'] })
    expect(config['ide2']).toBe('none,media=cdrom')
    expect(seeds()).toEqual([])
    const read = vm?.steps.find(({ kind }) => kind === 'read-cloud-init')
    expect(read?.log).toContain('Setting up nginx ...')
    const [own] = plan.vms
    if (!own) throw new Error('no VM is planned')
    const requests = engine.simulator
      .requests()
      .slice(before)
      .filter(({ method, path }) => method !== 'GET' && !path.endsWith('/agent/ping'))
    expect(requests.map(received)).toEqual(planned(own, id))
  })

  test('tells the guest its address, also the one that it has from its template', async () => {
    const { id } = await engine.deploy(
      request('fixed', packages, {
        defaults: {
          start: true,
          cloudInit: packages,
          networks: [
            { ip: '10.10.9.7/16', gateway: '10.10.0.1', nameservers: ['10.10.0.1'] },
            { bridge: 'vmbr1', ip: '10.20.9.7/16', ip6: 'auto' },
          ],
        },
      }),
    )
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ error: null, ip: '10.10.9.7' })
    const network = Object.values(guestOf(id).running?.firstBoot?.network ?? {})
    expect(network).toEqual([
      { dhcp4: false, auto6: false, addresses: ['10.10.9.7/16'] },
      { dhcp4: false, auto6: true, addresses: ['10.20.9.7/16'] },
    ])
  })

  test('installs the agent where the template has none, and the VM waits for it', async () => {
    const source = { kind: 'template', vmid: 9002, clone: 'linked' } as const
    const { id } = await engine.deploy(request('agentless', packages, { source }))
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ error: null, validation: { outcome: 'healthy' } })
    expect(guestOf(id).config['agent']).toBe('enabled=1')
  })

  test('of somebody who may not remove images stays on the storage, which the plan says', async () => {
    const operator = await engine.signInAs('operator@pve')
    const asked = request('kept', packages, { pool: 'lab' })
    const plan = await engine.plan(asked, operator)
    expect(plan.blockers).toEqual([])
    expect(plan.warnings.map(({ code }) => code)).toContain('seed-stays')
    const { id } = await engine.deploy(asked, () => plan, operator)
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]?.error).toBeNull()
    expect(guestOf(id).config['ide2']).toBe('none,media=cdrom')
    expect(seeds().map(({ name }) => name)).toEqual([`iso/${id}-kept.iso`])

    const undo = await engine.deployments.undoPlan(id, engine.root)
    expect(undo.vms.map(({ steps }) => steps.map(({ kind }) => kind))).toEqual([
      ['stop', 'destroy', 'delete-seed'],
    ])
    const undone = await engine.deployments.undo(id, undo, engine.root)
    expect((await engine.untilEnded(undone.id)).status).toBe('succeeded')
    expect(seeds()).toEqual([])
  })

  test.each([
    ['upload', 'POST /nodes/{node}/storage/{storage}/upload'],
    ['attach and detach', 'PUT /nodes/{node}/qemu/{vmid}/config'],
    ['delete', 'DELETE /nodes/{node}/storage/{storage}/content/{volume}'],
  ])('survives lost answers of %s: done or not, the VM gets one', async (what, call) => {
    const faults = [
      { kind: 'answer', call, status: 596, effect: 'task-goes-on', times: 1 },
      { kind: 'drop', call, acting: 'before', times: 1 },
    ] as const
    for (const fault of faults) engine.simulator.addFault(fault)
    const { id } = await engine.deploy(request(`lost-${what.split(' ')[0]}`, packages))
    const ended = await engine.untilEnded(id)
    engine.simulator.clearFaults()
    expect(ended.vms[0]).toMatchObject({ error: null, validation: { outcome: 'healthy' } })
    expect(guestOf(id).running?.firstBoot?.users).toEqual(['ada'])
    expect(guestOf(id).config['ide2']).toBe('none,media=cdrom')
    expect(seeds()).toEqual([])
  })

  test('goes with the VM when the deployment is cancelled', async () => {
    const slow = { ...packages, packageUpgrade: true }
    const { id } = await engine.deploy(request('stopped', slow))
    await engine.untilEvent(
      id,
      (data) =>
        data.type === 'step' &&
        data.step.kind === 'read-cloud-init' &&
        data.step.status === 'running',
    )
    expect(seeds()).toHaveLength(1)
    await engine.deployments.cancel(id, engine.root)
    expect((await engine.untilEnded(id)).vms[0]).toMatchObject({ status: 'cancelled', error: null })
    expect(seeds()).toEqual([])
    expect(madeBy(engine.simulator, id)).toEqual([])
  })

  test('is refused where nobody takes images, with the line that changes that', async () => {
    const { world } = engine.simulator
    const before = world.storages.map(({ content }) => content)
    for (const storage of world.storages)
      storage.content = storage.content.filter((content) => content !== 'iso')
    const plan = await engine.plan(request('nowhere', { ...packages, delivery: 'seed' }))
    for (const [index, storage] of world.storages.entries()) storage.content = before[index] ?? []
    expect(plan.blockers).toMatchObject([
      { code: 'no-iso-storage', field: 'defaults.cloudInit.delivery' },
    ])
    expect(plan.blockers[0]?.message).toContain('pvesm set STORAGE --content iso,…')
  })
})

describe('what cloud-init came to', () => {
  test.each([
    [
      'a package that does not exist',
      { packages: ['nonexistent'] },
      'package_update_upgrade_install',
    ],
    ['a command that fails', { commands: ['exit 3'] }, 'scripts_user'],
  ])('%s fails the VM, with the module and the end of the log', async (_, more, module) => {
    const { id } = await engine.deploy(
      request(`failing-${module.slice(0, 7).replace('_', '-')}`, more),
    )
    const ended = await engine.untilEnded(id)
    const [vm] = ended.vms
    expect(vm).toMatchObject({
      status: 'failed',
      error: { code: 'cloud-init-failed', title: `cloud-init failed in ${module}` },
      validation: { outcome: 'degraded' },
    })
    const read = vm?.steps.find(({ kind }) => kind === 'read-cloud-init')
    expect(read?.log.at(-1)).toContain('finished')
    const undo = await engine.deployments.undoPlan(id, engine.root)
    const undone = await engine.deployments.undo(id, undo, engine.root)
    await engine.untilEnded(undone.id)
    expect(seeds()).toEqual([])
  })

  test('what it recovered from makes a degraded VM that is done all the same', async () => {
    const document = '#cloud-config\npakages: [nginx]\n'
    // The planner would refuse the document, so it is put into the plan behind its back.
    const { id } = await engine.deploy(request('odd', packages), (plan) =>
      withUserData(plan, document),
    )
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', validation: { outcome: 'degraded' } })
  })

  test('the template whose cloud-init fails shows it', async () => {
    const source = { kind: 'template', vmid: 9040, clone: 'linked' } as const
    const { id } = await engine.deploy(
      request('sentinel', { users: [{ name: 'ada', sudo: true, sshKeys: [key] }] }, { source }),
    )
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]?.error).toMatchObject({ title: 'cloud-init failed in ntp' })
  })
})

describe("Proxmox's own keys", () => {
  test('carry what they can say, without those of the template', async () => {
    const asked = request('native', { users: [{ name: 'ada', sshKeys: [key], sudo: true }] })
    const plan = await engine.plan(asked)
    expect(plan.vms[0]?.cloudInit?.delivery).toBe('native')
    expect(kinds(plan.vms[0])).not.toContain('upload-seed')
    const { id } = await engine.deploy(asked, () => plan)
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ error: null, validation: { outcome: 'healthy' } })
    const { config, running } = guestOf(id)
    expect(decodeURIComponent(config['sshkeys'] ?? '')).toBe(key)
    expect(running?.firstBoot?.users).toEqual(['ada'])

    const own = await engine.plan(request('own', { defaultUser: { sshKeys: [key] } }))
    const configure = own.vms[0]?.steps.find(({ kind }) => kind === 'configure')
    expect(configure?.spec).toMatchObject({ remove: ['ciuser'] })
  })
})

describe('a snippet', () => {
  test(
    'is written by SFTP, sets the guest up, and goes with the undo',
    { timeout: 60_000 },
    async () => {
      const asked = request('snipped', { ...packages, delivery: 'snippet' })
      const plan = await engine.plan(asked)
      expect(plan.blockers).toEqual([])
      const write = plan.vms[0]?.steps.find(({ kind }) => kind === 'write-snippet')
      // Its own node first.
      expect(write?.note).toMatch(new RegExp(`of ${plan.vms[0]?.node}, pve\\d, pve\\d`))
      const { id } = await engine.deploy(asked, () => plan)
      const ended = await engine.untilEnded(id)
      expect(ended.vms[0]).toMatchObject({ error: null, validation: { outcome: 'healthy' } })
      const files = [`${id}-snipped-network.yaml`, `${id}-snipped-user.yaml`]
      expect((await readdir(sshd.folder)).toSorted()).toEqual(files)
      expect(await readFile(join(sshd.folder, files[1] ?? ''), 'utf8')).toContain('- nginx')
      const { config, running } = guestOf(id)
      expect(config['cicustom']).toBe(
        `user=local:snippets/${files[1]},network=local:snippets/${files[0]}`,
      )
      expect(running?.firstBoot).toMatchObject({ hostname: 'snipped', users: ['ada'] })

      const undo = await engine.deployments.undoPlan(id, engine.root)
      const undone = await engine.deployments.undo(id, undo, engine.root)
      expect((await engine.untilEnded(undone.id)).status).toBe('succeeded')
      expect(await readdir(sshd.folder)).toEqual([])
    },
  )

  test('is refused where the storage takes none, with the line to run', async () => {
    const local = engine.simulator.world.storages.find(({ storage }) => storage === 'local')
    if (!local) throw new Error('no local storage')
    const before = local.content
    local.content = ['iso', 'vztmpl']
    const plan = await engine.plan(request('off', { ...packages, delivery: 'snippet' }))
    local.content = before
    expect(plan.blockers).toMatchObject([{ code: 'snippets-not-possible' }])
    expect(plan.blockers[0]?.message).toContain('pvesm set local --content iso,snippets,vztmpl')
  })
})
