import { images } from '../guests/images.ts'
import type { WorldInput } from '../world.ts'
import { importVolumes, isoVolumes } from './demo-isos.ts'

type Volumes = WorldInput['volumes']
type Guests = WorldInput['guests']
type Config = Record<string, string>

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30
const day = 24 * 60 * 60 * 1000

/** A disk of the demo: where it lies, how large it is, how much of it is data. */
type Disk = {
  storage: string
  node?: string
  name: string
  sizeBytes: number
  usedBytes: number
  image?: string
  base?: string
}

type Machine = {
  vmid: number
  name: string
  node: string
  template?: boolean
  /** Days since it was started; absent: it is off. */
  runningDays?: number
  image?: string
  disks: Disk[]
  config: Config
}

const uuid = (vmid: number) => `5ea7c0de-0000-4000-8000-${String(vmid).padStart(12, '0')}`
const mac = (vmid: number, index = 0) => {
  const hex = (vmid * 4 + index).toString(16).toUpperCase().padStart(6, '0')
  return `BC:24:11:${hex.match(/../g)?.join(':') ?? ''}`
}
const size = (gigabytes: number) => Math.round(gigabytes * gibibyte)

/** Local disks name their node, shared ones do not. */
const disk = (storage: string, name: string, sizeGiB: number, usedGiB: number): Disk => ({
  storage,
  name,
  sizeBytes: size(sizeGiB),
  usedBytes: size(usedGiB),
})
const on = (node: string, part: Disk): Disk => ({ ...part, node })
const holding = (image: string, part: Disk): Disk => ({ ...part, image })
const cloudInit = (storage: string, vmid: number): Disk => ({
  storage,
  name: `vm-${vmid}-cloudinit`,
  sizeBytes: 4 * mebibyte,
  usedBytes: 4 * mebibyte,
})

const linuxTemplate = (
  vmid: number,
  name: string,
  image: string,
  storage: string,
  disks: Disk[],
  config: Config = {},
): Machine => ({
  vmid,
  name,
  node: 'pve1',
  template: true,
  image,
  disks,
  config: {
    agent: 'enabled=1',
    boot: 'order=scsi0;net0',
    ciuser: image.split('-')[0] ?? 'cloud',
    cores: '2',
    cpu: 'x86-64-v2-AES',
    ide2: `${storage}:vm-${vmid}-cloudinit,media=cdrom`,
    ipconfig0: 'ip=dhcp',
    memory: '2048',
    net0: `virtio=${mac(vmid)},bridge=vmbr0`,
    ostype: 'l26',
    scsi0: `${storage}:${disks[0]?.name ?? ''},discard=on,iothread=1,size=${(disks[0]?.sizeBytes ?? 0) / mebibyte}M,ssd=1`,
    scsihw: 'virtio-scsi-single',
    serial0: 'socket',
    ...config,
  },
})

const baseDisk = (vmid: number, number = 0) => `base-${vmid}-disk-${number}`

const windowsTemplate: Machine = {
  vmid: 9010,
  name: 'windows-server-2025',
  node: 'pve1',
  template: true,
  image: 'windows-server-2025',
  disks: [
    holding('windows-server-2025', disk('ceph-vm', baseDisk(9010, 1), 64, 18)),
    { ...disk('ceph-vm', baseDisk(9010, 0), 0, 0), sizeBytes: 528 * 1024, usedBytes: 528 * 1024 },
    {
      ...disk('ceph-vm', baseDisk(9010, 2), 0, 0),
      sizeBytes: 4 * mebibyte,
      usedBytes: 4 * mebibyte,
    },
    cloudInit('ceph-vm', 9010),
  ],
  config: {
    agent: 'enabled=1',
    bios: 'ovmf',
    boot: 'order=scsi0',
    citype: 'configdrive2',
    ciuser: 'Administrator',
    cores: '4',
    cpu: 'x86-64-v2-AES',
    efidisk0: `ceph-vm:${baseDisk(9010, 0)},efitype=4m,pre-enrolled-keys=1,size=528K`,
    ide2: 'ceph-vm:vm-9010-cloudinit,media=cdrom',
    ipconfig0: 'ip=dhcp',
    machine: 'pc-q35-10.1',
    memory: '8192',
    net0: `virtio=${mac(9010)},bridge=vmbr0,firewall=1`,
    ostype: 'win11',
    scsi0: `ceph-vm:${baseDisk(9010, 1)},discard=on,iothread=1,size=64G,ssd=1`,
    scsihw: 'virtio-scsi-single',
    tpmstate0: `ceph-vm:${baseDisk(9010, 2)},size=4M,version=v2.0`,
  },
}

/** On local storage, so that each node needs its own copy. */
const rockyTemplate = (vmid: number, node: string): Machine => ({
  ...linuxTemplate(
    vmid,
    'rocky-10',
    'rocky-10',
    'local-lvm',
    [
      on(node, holding('rocky-10', disk('local-lvm', baseDisk(vmid), 10, 1.9))),
      on(node, cloudInit('local-lvm', vmid)),
    ],
    { agent: 'enabled=0' },
  ),
  node,
})

const templates: Machine[] = [
  linuxTemplate(9000, 'ubuntu-24.04', 'ubuntu-24.04', 'ceph-vm', [
    holding('ubuntu-24.04', disk('ceph-vm', baseDisk(9000), 3.5, 2.1)),
    cloudInit('ceph-vm', 9000),
  ]),
  linuxTemplate(9001, 'debian-13', 'debian-13', 'ceph-vm', [
    holding('debian-13', disk('ceph-vm', baseDisk(9001), 3, 1.2)),
    cloudInit('ceph-vm', 9001),
  ]),
  rockyTemplate(9002, 'pve1'),
  rockyTemplate(9003, 'pve2'),
  windowsTemplate,
  linuxTemplate(9040, 'ubuntu-broken-cloud-init', 'broken-cloud-init', 'ceph-vm', [
    holding('broken-cloud-init', disk('ceph-vm', baseDisk(9040), 2, 1.1)),
    cloudInit('ceph-vm', 9040),
  ]),
  linuxTemplate(9020, 'debian-13-san', 'debian-13', 'san-lvm', [
    holding('debian-13', disk('san-lvm', 'vm-9020-disk-0', 4, 4)),
    cloudInit('san-lvm', 9020),
  ]),
]

type Plain = {
  vmid: number
  name: string
  node: string
  cores: number
  memory: number
  sizeGiB: number
  usedGiB: number
  image: string
  runningDays?: number
  shared?: boolean
  config?: Config
}

const plain = ({ vmid, node, sizeGiB, usedGiB, shared = false, ...rest }: Plain): Machine => {
  const storage = shared ? 'ceph-vm' : 'local-lvm'
  const part = holding(rest.image, disk(storage, `vm-${vmid}-disk-0`, sizeGiB, usedGiB))
  return {
    vmid,
    node,
    name: rest.name,
    image: rest.image,
    disks: [shared ? part : on(node, part)],
    ...(rest.runningDays === undefined ? {} : { runningDays: rest.runningDays }),
    config: {
      agent: 'enabled=1',
      boot: 'order=scsi0',
      cores: String(rest.cores),
      cpu: 'x86-64-v2-AES',
      memory: String(rest.memory),
      net0: `virtio=${mac(vmid)},bridge=vmbr0`,
      onboot: '1',
      ostype: 'l26',
      scsi0: `${storage}:vm-${vmid}-disk-0,discard=on,size=${sizeGiB}G`,
      scsihw: 'virtio-scsi-single',
      ...rest.config,
    },
  }
}

const machines: Machine[] = [
  plain({
    vmid: 101,
    name: 'gitlab',
    node: 'pve1',
    cores: 8,
    memory: 16_384,
    sizeGiB: 200,
    usedGiB: 121,
    image: 'debian-13',
    runningDays: 40,
    shared: true,
    config: { tags: 'prod;web' },
  }),
  plain({
    vmid: 102,
    name: 'postgres-01',
    node: 'pve2',
    cores: 8,
    memory: 32_768,
    sizeGiB: 250,
    usedGiB: 164,
    image: 'debian-13',
    runningDays: 40,
    shared: true,
    config: { tags: 'database;prod' },
  }),
  plain({
    vmid: 103,
    name: 'mail',
    node: 'pve3',
    cores: 4,
    memory: 8192,
    sizeGiB: 80,
    usedGiB: 47,
    image: 'ubuntu-24.04',
    runningDays: 12,
    config: { protection: '1', tags: 'prod' },
  }),
  plain({
    vmid: 104,
    name: 'monitoring',
    node: 'pve1',
    cores: 4,
    memory: 8192,
    sizeGiB: 64,
    usedGiB: 38,
    image: 'ubuntu-24.04',
    runningDays: 33,
    config: { serial0: 'socket' },
  }),
  plain({
    vmid: 110,
    name: 'build-01',
    node: 'pve3',
    cores: 8,
    memory: 16_384,
    sizeGiB: 120,
    usedGiB: 75,
    image: 'ubuntu-24.04',
    runningDays: 3,
    config: { tags: 'ci' },
  }),
  plain({
    vmid: 111,
    name: 'build-02',
    node: 'pve2',
    cores: 8,
    memory: 16_384,
    sizeGiB: 120,
    usedGiB: 51,
    image: 'ubuntu-24.04',
    config: { tags: 'ci' },
  }),
  plain({
    vmid: 210,
    name: 'sandbox',
    node: 'pve2',
    cores: 2,
    memory: 4096,
    sizeGiB: 32,
    usedGiB: 6,
    image: 'debian-13',
    runningDays: 1,
    config: { net0: `virtio=${mac(210)},bridge=vmbr1`, tags: 'lab' },
  }),
]

const allMachines = [...templates, ...machines]

const container: Guests[number] = {
  vmid: 120,
  type: 'lxc',
  node: 'pve2',
  config: {
    arch: 'amd64',
    cores: '2',
    hostname: 'dns-01',
    name: 'dns-01',
    memory: '1024',
    net0: `name=eth0,bridge=vmbr0,hwaddr=${mac(120)},ip=dhcp,type=veth`,
    ostype: 'debian',
    rootfs: 'local-lvm:vm-120-disk-0,size=8G',
    unprivileged: '1',
  },
}

const containerDisk = (now: number): Volumes[number] => ({
  ...on('pve2', disk('local-lvm', 'vm-120-disk-0', 8, 1.1)),
  content: 'images',
  format: 'raw',
  vmid: 120,
  createdAt: now - 40 * day,
})

/** All volumes of the demo. */
export const demoVolumes = (now: number): Volumes => [
  ...allMachines.flatMap(({ vmid, disks }) =>
    disks.map((part) => ({
      ...part,
      content: 'images',
      format: 'raw',
      vmid,
      createdAt: now - 60 * day,
    })),
  ),
  containerDisk(now),
  ...isoVolumes(now),
  ...importVolumes(now),
]

/** Some templates are fresher than others. */
const ageDays = (vmid: number) => 6 + ((vmid * 17) % 120)

const fullConfig = ({ vmid, name, template, config }: Machine, now: number): Config => ({
  ...config,
  name,
  meta: `creation-qemu=10.1.2,ctime=${Math.floor((now - ageDays(vmid) * day) / 1000)}`,
  smbios1: `uuid=${uuid(vmid)}`,
  vmgenid: uuid(vmid + 1_000_000),
  ...(template === true ? { template: '1' } : {}),
})

/** All guests of the demo, running ones as if they had booted long ago. */
export const demoGuests = (now: number): Guests => [
  ...allMachines.map((machine): Guests[number] => {
    const config = fullConfig(machine, now)
    const startedAt = now - (machine.runningDays ?? 0) * day
    const answers = startedAt + 30_000
    const { image } = machine
    const known = image === undefined ? undefined : images[image]
    return {
      vmid: machine.vmid,
      type: 'qemu',
      node: machine.node,
      config,
      ...(machine.runningDays === undefined
        ? {}
        : {
            running: {
              pid: 1000 + machine.vmid,
              startedAt,
              state: 'running',
              config,
              image,
              networkAt: answers,
              portsAt: answers,
              ...(known?.agentSeconds ? { agentAt: answers } : {}),
            },
          }),
    }
  }),
  {
    ...container,
    running: { pid: 1120, startedAt: now - 40 * day, state: 'running', config: container.config },
  },
]
