import { describe, expect, test } from 'vitest'
import { planFor } from '../fixtures.ts'
import type { OsType } from '../hardware/request.ts'
import type { Inventory } from '../inventory.ts'
import type { DeploymentRequest } from '../request.ts'
import {
  fromImage,
  fromIso,
  osTypes,
  scratchCluster,
  scratchClusterWith,
  unattendedWindows,
  versions,
} from './fixtures.ts'

const planned = (request: DeploymentRequest, inventory: Inventory = scratchCluster) => {
  const plan = planFor(request, inventory)
  expect(plan.blockers).toEqual([])
  const [vm] = plan.vms
  if (vm === undefined) throw new Error('no VM is planned')
  return vm
}

const created = (request: DeploymentRequest, inventory?: Inventory) => {
  const { steps } = planned(request, inventory)
  const [call] = steps.find(({ kind }) => kind === 'create')?.calls ?? []
  expect(call).toMatchObject({ method: 'POST', path: '/nodes/pve1/qemu' })
  const { vmid, name, description, net0, ...rest } = call?.params ?? {}
  expect({ vmid, name, description }).toEqual({
    vmid: 100,
    name: 'vm-01',
    description: 'vm-deployer {deployment} vm-01',
  })
  return { ...rest, net0: String(net0).replace(/BC:24:11(:[\dA-F]{2}){3}/, 'MAC') }
}

const uefi = (keys: 0 | 1) => ({
  machine: 'q35',
  bios: 'ovmf',
  efidisk0: `ceph-vm:1,efitype=4m,pre-enrolled-keys=${keys}`,
})
const tpm = { tpmstate0: 'ceph-vm:1,version=v2.0' }
const installerCd = { ide2: 'local:iso/setup.iso,media=cdrom' }
const driversCd = { ide0: 'local:iso/virtio-win.iso,media=cdrom' }
const virtio = (diskGiB: number) => ({
  scsihw: 'virtio-scsi-single',
  scsi0: `ceph-vm:${diskGiB},discard=on,iothread=1,ssd=1`,
  net0: 'virtio=MAC,bridge=vmbr0,firewall=1',
  agent: 'enabled=1',
  tablet: true,
  boot: 'order=scsi0;ide2',
})
const size = (cores: number, memory: number) => ({ sockets: 1, cores, memory })
const windows = (ostype: string, diskGiB: number, cores: number, memory: number) => ({
  ostype,
  ...uefi(1),
  ...size(cores, memory),
  ...virtio(diskGiB),
  ...installerCd,
  ...driversCd,
})
const win10 = windows('win10', 64, 4, 8192)
const win11 = { ...windows('win11', 64, 4, 8192), ...tpm }
const server = (ostype: string) => windows(ostype, 80, 4, 8192)

/** What is sent for each system; the CPU type is the version's. */
const sent: Record<OsType, object> = {
  linux: { ostype: 'l26', ...uefi(0), ...size(1, 2048), ...virtio(20), ...installerCd },
  'windows-10': win10,
  'windows-11': win11,
  'windows-server-2016': server('win10'),
  'windows-server-2019': server('win10'),
  'windows-server-2022': { ...server('win11'), ...tpm },
  'windows-server-2025': { ...server('win11'), ...tpm },
  other: {
    ostype: 'other',
    machine: 'pc',
    bios: 'seabios',
    ...size(1, 2048),
    scsihw: 'virtio-scsi-single',
    sata0: 'ceph-vm:20,discard=on,ssd=1',
    ...installerCd,
    net0: 'e1000=MAC,bridge=vmbr0,firewall=1',
    agent: 'enabled=0',
    tablet: true,
    boot: 'order=sata0;ide2',
  },
}

const cpus = { '7.4': 'host', '8.4': 'x86-64-v2-AES', '9.2': 'x86-64-v2-AES' }

describe('the create call says what the profile says, and nothing that the version does not know', () => {
  describe.each(['7.4', '8.4', '9.2'] as const)('on %s', (version) => {
    test.each(osTypes)('%s', (osType) => {
      const inventory = scratchClusterWith({ version: versions[version] })
      expect(created(fromIso(osType), inventory)).toEqual({ ...sent[osType], cpu: cpus[version] })
    })
  })

  test('a single node needs no CPU type that works on others', () => {
    const nodes = scratchCluster.nodes.slice(0, 1)
    const alone = scratchClusterWith({ nodes })
    expect(created(fromIso('linux'), alone)).toMatchObject({ cpu: 'host' })
    expect(created(fromIso('windows-11'), alone)).toMatchObject({ cpu: 'x86-64-v2-AES' })
  })
})

describe('what the request says wins', () => {
  test.each<[string, Partial<DeploymentRequest>, object]>([
    [
      'BIOS and i440fx',
      { defaults: { hardware: { firmware: 'bios', machine: 'pc' } } },
      { bios: 'seabios', machine: 'pc', efidisk0: undefined },
    ],
    [
      'Secure Boot',
      { defaults: { hardware: { secureBoot: true } } },
      { efidisk0: 'ceph-vm:1,efitype=4m,pre-enrolled-keys=1' },
    ],
    [
      'CPU, sockets, ballooning',
      { defaults: { cores: 8, hardware: { cpuType: 'x86-64-v3', sockets: 2, balloonMiB: 0 } } },
      { cpu: 'x86-64-v3', sockets: 2, cores: 4, balloon: 0 },
    ],
    [
      'a row over the defaults, setting by setting',
      {
        defaults: { hardware: { cpuType: 'kvm64', tpm: true } },
        vms: [{ name: 'vm-01', hardware: { cpuType: 'x86-64-v3' } }],
      },
      { cpu: 'x86-64-v3', tpmstate0: 'ceph-vm:1,version=v2.0' },
    ],
    [
      'several disks, on storages of their own',
      {
        defaults: {
          diskGiB: 40,
          hardware: {
            disk: { bus: 'virtio', cache: 'writeback' },
            disks: [
              { sizeGiB: 100, storage: 'local-lvm' },
              { sizeGiB: 10, bus: 'sata', storage: 'local-lvm', discard: false },
            ],
          },
        },
      },
      {
        virtio0: 'ceph-vm:40,cache=writeback,discard=on,iothread=1',
        scsi0: 'local-lvm:100,discard=on,iothread=1,ssd=1',
        sata0: 'local-lvm:10,ssd=1',
        boot: 'order=virtio0;ide2',
      },
    ],
    [
      'IDE disks only where q35 has IDE',
      { defaults: { hardware: { disk: { bus: 'ide' } } } },
      { ide0: 'ceph-vm:20,discard=on,ssd=1', boot: 'order=ide0;ide2' },
    ],
    [
      'no thread without a controller for each disk',
      { defaults: { hardware: { scsiController: 'virtio-scsi-pci' } } },
      { scsi0: 'ceph-vm:20,discard=on,ssd=1' },
    ],
    [
      'display and serial console',
      { defaults: { hardware: { display: 'serial0', agent: false, tablet: false } } },
      { vga: 'serial0', serial0: 'socket', agent: 'enabled=0', tablet: false },
    ],
    [
      'boot order',
      { defaults: { hardware: { bootOrder: ['net0', 'scsi0'] } } },
      { boot: 'order=net0;scsi0' },
    ],
    [
      'NICs',
      {
        defaults: {
          networks: [
            { bridge: 'vmbr1', vlan: 5, model: 'e1000', firewall: false, rateMBps: 12.5 },
            { mac: 'bc:24:11:00:00:01' },
          ],
        },
      },
      {
        net0: 'e1000=MAC,bridge=vmbr1,tag=5,rate=12.5',
        net1: 'virtio=BC:24:11:00:00:01,bridge=vmbr0,firewall=1',
      },
    ],
    ['no NIC at all', { defaults: { networks: [] } }, { net0: 'undefined' }],
    ['start at boot', { defaults: { onBoot: true } }, { onboot: true }],
  ])('%s', (_what, changes, params) => {
    const { efidisk0, ...rest } = { efidisk0: undefined, ...created(fromIso('linux', changes)) }
    expect({ efidisk0, ...rest }).toMatchObject(params)
  })

  test('a pool', () => {
    expect(created(fromIso('linux', { pool: 'lab' }))).toMatchObject({ pool: 'lab' })
  })
})

const slots = (request: DeploymentRequest) =>
  planned(request).steps.find(({ kind }) => kind === 'create')?.slots

const kinds = (request: DeploymentRequest) => planned(request).steps.map(({ id }) => id)

describe('steps', () => {
  test('an installer is started and left alone', () => {
    expect(kinds(fromIso('linux'))).toEqual(['reserve-id', 'create', 'configure', 'start'])
  })

  test('its agent is waited for where checks are asked for', () => {
    expect(kinds(fromIso('linux', { defaults: { validate: { ports: [22] } } })).slice(4)).toEqual([
      'wait-for-agent',
      'read-address',
      'check-port-22',
    ])
  })

  test('Windows is answered, a key is pressed, and the answers go when the agent is there', () => {
    const steps = planned(unattendedWindows()).steps
    expect(steps.map(({ id }) => id)).toEqual([
      'reserve-id',
      'create',
      'configure',
      'upload-seed',
      'attach-seed',
      'start',
      'send-keys',
      'wait-for-agent',
      'detach-seed',
      'read-address',
      'check-port-3389',
    ])
    expect(JSON.stringify(steps)).not.toContain('geheim')
    expect(steps.find(({ kind }) => kind === 'upload-seed')?.spec).toMatchObject({
      label: 'UNATTEND',
      answers: {
        osType: 'windows-11',
        computerName: 'vm-01',
        firmware: 'uefi',
        diskBus: 'scsi',
        unattended: { edition: { index: 1 }, administratorPassword: '********' },
        networks: [{ ip: null, gateway: null }],
      },
    })
    expect(steps.find(({ kind }) => kind === 'wait-for-agent')?.spec).toMatchObject({
      timeoutSeconds: 3600,
    })
  })

  test('fixed addresses are among the answers, each VM its own', () => {
    const { vms } = planFor(
      unattendedWindows({
        defaults: {
          networks: [
            { ip: '10.0.0.{5..6}/24', gateway: '10.0.0.1', ip6: 'auto', nameservers: ['10.0.0.2'] },
          ],
        },
        vms: [{ name: 'win-{1..2}' }],
      }),
      scratchCluster,
    )
    const networks = vms.map(({ steps }) => {
      const spec = steps.find(({ kind }) => kind === 'upload-seed')?.spec
      return spec?.kind === 'upload-seed' ? spec.answers?.networks[0] : undefined
    })
    const common = { gateway: '10.0.0.1', ip6: null, gateway6: null, nameservers: ['10.0.0.2'] }
    expect(networks).toEqual([
      expect.objectContaining({ ip: '10.0.0.5/24', ...common }),
      expect.objectContaining({ ip: '10.0.0.6/24', ...common }),
    ])
  })

  test('an image is imported, gets a cloud-init drive and grows', () => {
    const request = fromImage({ defaults: { networks: [{ ip: '10.0.0.5/24' }] } })
    expect(kinds(request)).toEqual(['reserve-id', 'create', 'configure', 'resize-disk', 'start'])
    expect(created(request)).toMatchObject({
      scsi0: 'ceph-vm:0,import-from=local:import/debian-13.qcow2,discard=on,iothread=1,ssd=1',
      ide2: 'ceph-vm:cloudinit',
      serial0: 'socket',
      boot: 'order=scsi0',
    })
    const { steps, diskGiB } = planned(request)
    expect(diskGiB).toBe(20)
    expect(steps.find(({ kind }) => kind === 'configure')?.spec).toMatchObject({
      settings: { ipconfig0: 'ip=10.0.0.5/24', tags: '{deployment}' },
    })
    expect(steps.find(({ kind }) => kind === 'resize-disk')?.spec).toMatchObject({
      disk: 'scsi0',
      sizeGiB: 20,
    })
  })

  test('a first boot that Proxmox cannot say goes by a seed in place of its drive', () => {
    const request = fromImage({ defaults: { cloudInit: { packages: ['nginx'] } } })
    expect(kinds(request)).toEqual([
      'reserve-id',
      'create',
      'configure',
      'resize-disk',
      'upload-seed',
      'attach-seed',
      'start',
      'wait-for-agent',
      'read-address',
      'read-cloud-init',
      'detach-seed',
    ])
    expect(created(request)).not.toHaveProperty('ide2')
  })

  test('a template is converted and neither grows nor starts', () => {
    const request = fromImage({
      source: {
        kind: 'image',
        volid: 'local:import/debian-13.qcow2',
        convertToTemplate: true,
      },
    })
    expect(kinds(request)).toEqual(['reserve-id', 'create', 'configure', 'convert-to-template'])
    expect(planned(request).diskGiB).toBe(3)
    expect(kinds({ ...request, defaults: { diskGiB: 10 } })).toContain('resize-disk')
  })

  test('creations hold the storages on which they allocate, and what they copy', () => {
    expect(slots(fromIso('linux', { defaults: { storage: 'local-lvm' } }))).toEqual([
      { kind: 'clone-local', key: 'pve1/local-lvm' },
    ])
    expect(slots(fromImage())).toEqual([
      { kind: 'clone-shared', key: 'ceph-vm' },
      { kind: 'full-copy', key: 'pve1/local' },
    ])
  })

  test('several VMs are spread and take what they need', () => {
    const plan = planFor(fromIso('linux', { vms: [{ name: 'vm-{1..6}' }] }), scratchCluster)
    expect(plan.blockers).toEqual([])
    expect(plan.vms.map(({ node }) => node).toSorted()).toEqual([
      'pve1',
      'pve1',
      'pve2',
      'pve2',
      'pve3',
      'pve3',
    ])
    expect(plan.capacity.storages).toMatchObject([{ storage: 'ceph-vm', plannedGiB: 120 }])
    expect(plan.totals).toMatchObject({ vms: 6, memoryMiB: 12_288, diskGiB: 120 })
  })
})
