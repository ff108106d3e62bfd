import { describe, expect, test } from 'vitest'
import type { CloudInitRequest } from './cloud-init/request.ts'
import { cluster, clusterWith, clusterWithTemplate, planFor, requestWith } from './fixtures.ts'
import type { Inventory, SnippetAccess } from './inventory.ts'
import { maskedPlan } from './masked-plan.ts'
import type { Plan, StepSpec } from './plan.ts'

const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ7Vd7dzK9NBWYPcCBtWGMw8D/uLTrCE5tq3o0HSZpSQ ada'
const hash = `$6$saltsaltsaltsalt$${'x'.repeat(86)}`
const ada = { name: 'ada', sshKeys: [key], sudo: true }
const asked: CloudInitRequest = { users: [ada], packages: ['nginx'] }

const snippets: SnippetAccess = {
  storage: 'local',
  places: ['pve1', 'pve2', 'pve3'].map((node) => ({
    node,
    address: null,
    folder: '/var/lib/vz/snippets',
    problem: null,
  })),
}
const withContent = (content: string[]) =>
  cluster.storages.map((storage) => (storage.name === 'local' ? { ...storage, content } : storage))

const plan = (
  cloudInit: CloudInitRequest,
  inventory: Inventory = cluster,
  changes: Parameters<typeof requestWith>[0] = {},
): Plan =>
  planFor(
    requestWith({ defaults: { cloudInit }, vms: [{ name: 'web-01' }], ...changes }),
    inventory,
  )
const without = (...privileges: string[]): Inventory =>
  clusterWith({ holds: (_path, privilege) => !privileges.includes(privilege) })
const kindsOf = ({ vms: [vm] }: Plan) => vm?.steps.map(({ kind }) => kind)
const specOf = <K extends StepSpec['kind']>({ vms: [vm] }: Plan, kind: K) => {
  const isIt = (spec: StepSpec): spec is Extract<StepSpec, { kind: K }> => spec.kind === kind
  const spec = vm?.steps.map((step) => step.spec).find(isIt)
  if (spec === undefined) throw new Error(`there is no ${kind}`)
  return spec
}
const codes = (issues: Plan['warnings']) => issues.map(({ code }) => code)

const rights = (major: number) =>
  plan(asked, clusterWith({ version: { major, minor: 0 } })).privileges.map(
    ({ path, privilege }) => `${privilege} ${path}`,
  )

describe('the way of a first boot', () => {
  test('a request without one has none', () => {
    const made = planFor(requestWith())
    expect(made.vms[0]?.cloudInit).toBeNull()
    expect(kindsOf(made)).toEqual(['reserve-id', 'clone', 'configure', 'start'])
  })

  test("is Proxmox's own keys where they can say it all, and the guest is asked how it went", () => {
    const inventory = clusterWithTemplate({
      inherited: { ipconfig0: 'ip=dhcp', ciuser: 'ubuntu', cipassword: '**********' },
    })
    const made = plan({ users: [ada] }, inventory)
    expect(made.blockers).toEqual([])
    expect(made.vms[0]?.cloudInit).toEqual({
      delivery: 'native',
      reason: "Proxmox's own keys can say all of it.",
    })
    const { settings, remove } = specOf(made, 'configure')
    expect(settings).toMatchObject({ ciuser: 'ada', ciupgrade: false })
    expect(settings['sshkeys']).toBe(encodeURIComponent(key))
    expect(remove).toEqual(['cipassword'])
    expect(kindsOf(made)?.slice(3)).toEqual([
      'start',
      'wait-for-agent',
      'read-address',
      'read-cloud-init',
    ])
  })

  test('keeps the settings of the template where asked', () => {
    const inventory = clusterWithTemplate({ inherited: { ciuser: 'ubuntu' } })
    const kept = plan({ defaultUser: { sshKeys: [key] }, inherited: 'keep' }, inventory)
    expect(specOf(kept, 'configure').remove).toEqual([])
    const cleared = plan({ defaultUser: { sshKeys: [key] } }, inventory)
    expect(specOf(cleared, 'configure').remove).toEqual(['ciuser'])
  })

  test('is a seed for anything else, on the storage from which it can be removed again', () => {
    const inventory = clusterWith({
      storages: [
        ...cluster.storages,
        ...cluster.nodes.map(({ name }) => ({
          name: 'iso-nfs',
          node: name,
          type: 'nfs',
          shared: true,
          active: true,
          content: ['iso'],
          totalGiB: 1000,
          availableGiB: 500,
        })),
      ],
    })
    expect(specOf(plan(asked, inventory), 'upload-seed').storage).toBe('iso-nfs')
    const local = {
      ...inventory,
      holds: (path: string, privilege: string) =>
        privilege !== 'Datastore.Allocate' || path === '/storage/local',
    }
    const made = plan(asked, local)
    expect(specOf(made, 'upload-seed')).toMatchObject({
      storage: 'local',
      file: '{deployment}-web-01.iso',
    })
    expect(made.vms[0]?.cloudInit?.reason).toBe("Proxmox's own keys cannot install packages.")
    expect(specOf(made, 'attach-seed')).toMatchObject({
      drive: 'ide2',
      volume: 'local:iso/{deployment}-web-01.iso',
      replaces: 'ceph-vm:vm-9000-cloudinit',
    })
    expect(specOf(made, 'detach-seed').deletes).toBe(true)
  })

  test('of a seed names every NIC by the MAC that the VM gets', () => {
    const made = plan(asked, cluster, {
      defaults: {
        cloudInit: asked,
        networks: [
          { ip: '10.0.0.5/24', gateway: '10.0.0.1' },
          { bridge: 'vmbr1', ip: 'dhcp' },
        ],
      },
    })
    const { settings, remove } = specOf(made, 'configure')
    const macs = ['net0', 'net1'].map((net) => /virtio=([^,]+)/.exec(String(settings[net]))?.[1])
    const network = specOf(made, 'upload-seed').documents['network-config']
    for (const mac of macs) expect(network).toContain(`macaddress: ${mac?.toLowerCase()}`)
    expect(settings).not.toHaveProperty('ipconfig0')
    expect(remove).toEqual(['ipconfig0'])
  })

  test('of a seed takes over the address that the template has', () => {
    const inventory = clusterWithTemplate({
      inherited: { ipconfig0: 'ip=10.0.0.9/24,gw=10.0.0.1,ip6=auto', nameserver: '10.0.0.2' },
    })
    const network = specOf(plan(asked, inventory), 'upload-seed').documents['network-config']
    for (const part of ['10.0.0.9/24', '10.0.0.1', '10.0.0.2', 'accept-ra: true'])
      expect(network).toContain(part)
  })

  test('is a snippet where images may not be uploaded and the nodes can be reached', () => {
    const inventory = {
      ...without('Datastore.AllocateTemplate'),
      snippets,
      storages: withContent(['iso', 'snippets']),
    }
    const made = plan(asked, inventory)
    expect(made.blockers).toEqual([])
    expect(made.vms[0]?.cloudInit).toEqual({
      delivery: 'snippet',
      reason: "Proxmox's own keys cannot install packages. You may not upload images to local.",
    })
    const write = specOf(made, 'write-snippet')
    expect(write.places.map(({ node }) => node)[0]).toBe(made.vms[0]?.node)
    expect(write.places).toHaveLength(3)
    expect(specOf(made, 'configure').settings['cicustom']).toBe(
      'user=local:snippets/{deployment}-web-01-user.yaml,network=local:snippets/{deployment}-web-01-network.yaml',
    )
  })

  test('is refused with the right that is missing where there is no other', () => {
    const { blockers } = plan(asked, without('Datastore.AllocateTemplate'))
    expect(blockers).toMatchObject([
      {
        code: 'privilege-missing',
        message:
          'You may not upload images to this storage. Proxmox asks for Datastore.AllocateTemplate on /storage/local.',
      },
    ])
  })

  test.each([
    [
      'no storage takes images',
      asked,
      { storages: withContent(['vztmpl']) },
      'delivery-impossible',
      'pvesm set',
    ],
    [
      'a seed where none takes images',
      { ...asked, delivery: 'seed' },
      { storages: withContent([]) },
      'no-iso-storage',
      'pvesm set',
    ],
    [
      'native where it cannot',
      { ...asked, delivery: 'native' },
      {},
      'delivery-cannot',
      'install packages',
    ],
    [
      'snippets that are not set up',
      { ...asked, delivery: 'snippet' },
      {},
      'snippets-not-possible',
      'PROXMOX_SSH_USER',
    ],
    [
      'snippets that the storage does not take',
      { ...asked, delivery: 'snippet' },
      { snippets },
      'snippets-not-possible',
      'pvesm set local --content iso,snippets,vztmpl',
    ],
    [
      'a node that lets nobody in',
      { ...asked, delivery: 'snippet' },
      {
        snippets: {
          ...snippets,
          places: snippets.places.map((place) => ({ ...place, problem: 'no way in' })),
        },
        storages: withContent(['snippets']),
      },
      'snippets-not-possible',
      'no way in',
    ],
  ] as const)('%s is refused, and says what to do', (_, cloudInit, changes, code, words) => {
    const { blockers } = plan({ ...cloudInit }, clusterWith(changes))
    const found = blockers.find((blocker) => blocker.code === code)
    expect(found?.field).toBe('defaults.cloudInit.delivery')
    expect(found?.message).toContain(words)
  })

  test("reaches a Windows guest by Proxmox's keys alone", () => {
    const windows = clusterWithTemplate({ osType: 'win11' })
    expect(codes(plan({ packages: ['x'] }, windows).blockers)).toContain('delivery-cannot')
    const made = plan({ adminPassword: 'Secret.1' }, windows)
    expect(specOf(made, 'configure').settings['cipassword']).toBe('{adminPassword}')
    expect(kindsOf(made)).not.toContain('read-cloud-init')
  })
})

describe('what the plan says before', () => {
  test('who may not read files of guests learns that nothing is read, and that the seed stays', () => {
    const made = plan(asked, without('VM.GuestAgent.FileRead', 'VM.GuestAgent.Unrestricted'))
    expect(made.blockers).toEqual([])
    expect(codes(made.warnings)).toContain('cloud-init-unread')
    expect(kindsOf(made)).not.toContain('detach-seed')
  })

  test('who may not remove images learns that the seeds stay', () => {
    const made = plan(asked, without('Datastore.Allocate'))
    expect(codes(made.warnings)).toContain('seed-stays')
    expect(specOf(made, 'detach-seed').deletes).toBe(false)
    expect(made.privileges.map(({ privilege }) => privilege)).not.toContain('Datastore.Allocate')
  })

  test('a VM that is not started keeps its seed', () => {
    const made = plan(asked, cluster, { defaults: { cloudInit: asked, start: false } })
    expect(codes(made.warnings)).toContain('seed-stays')
    expect(kindsOf(made)?.at(-1)).toBe('attach-seed')
  })

  test('without an agent, in the image or to be installed, only ports are checked', () => {
    const made = plan({ ...asked, agent: false }, clusterWithTemplate({ agent: false }))
    expect(codes(made.warnings)).toContain('cloud-init-unread')
    expect(kindsOf(made)).not.toContain('wait-for-agent')
    const comes = plan(asked, clusterWithTemplate({ agent: false }), {
      defaults: { cloudInit: asked, validate: {} },
    })
    expect(codes(comes.warnings)).not.toContain('agent-missing')
    expect(specOf(comes, 'configure').settings['agent']).toBe('enabled=1')
    expect(specOf(comes, 'wait-for-agent').timeoutSeconds).toBe(900)
  })

  test('a template without a cloud-init drive gets one for its own keys', () => {
    const bare = clusterWithTemplate({ cloudInitDrive: null, cloudInitVolume: null })
    const made = plan({ users: [ada] }, bare)
    expect(codes(made.warnings)).toContain('cloud-init-drive-added')
    expect(specOf(made, 'configure').settings['ide2']).toBe('ceph-vm:cloudinit')
    const privileges = made.privileges.map(({ privilege }) => privilege)
    expect(privileges).toEqual(expect.arrayContaining(['VM.Config.CDROM', 'VM.Config.Cloudinit']))
    expect(specOf(plan(asked, bare), 'attach-seed')).toMatchObject({
      drive: 'ide2',
      replaces: null,
    })
  })

  test('each right that is needed, before 9.0 as after', () => {
    expect(rights(9)).toEqual(
      expect.arrayContaining([
        'Datastore.AllocateTemplate /storage/local',
        'Datastore.Allocate /storage/local',
        'VM.Config.CDROM /vms/100',
        'VM.Config.Cloudinit /vms/100',
        'VM.GuestAgent.FileRead /vms/100',
      ]),
    )
    expect(rights(8)).toContain('VM.Monitor /vms/100')
    expect(rights(8).join()).not.toContain('GuestAgent')
  })
})

test('a plan that is shown has no hash and no password in it', () => {
  const document =
    '#cloud-config\nchpasswd:\n  users:\n    - name: x\n      password: "Opensesame.1"\n'
  const user = { ...ada, passwordHash: hash }
  const seeded = plan({ users: [user], packages: ['a'], userData: { mode: 'extend', document } })
  const native = plan({ users: [user], sshPasswordLogin: false })
  expect(JSON.stringify([seeded, native])).toContain(hash)
  const shown = JSON.stringify([maskedPlan(seeded), maskedPlan(native)])
  expect(shown).not.toContain(hash)
  expect(shown).not.toContain('Opensesame.1')
  expect(specOf(maskedPlan(native), 'configure').settings['cipassword']).toBe('********')
  expect(maskedPlan(seeded).hash).toBe(seeded.hash)
})

test('the same request makes the same plan', () => {
  expect(plan(asked)).toEqual(plan(asked))
})
