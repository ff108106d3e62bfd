/** A small cluster for the tests of the planner. */
import type { Inventory, Storage, Template } from './inventory.ts'
import type { Plan } from './plan.ts'
import { planDeployment } from './planner.ts'
import type { DeploymentRequest } from './request.ts'

const node = (name: string, memoryUsedMiB: number): Inventory['nodes'][number] => ({
  name,
  online: true,
  architecture: 'x86_64',
  cores: 16,
  cpuFraction: 0.1,
  memoryMiB: 131_072,
  memoryUsedMiB,
  uptimeSeconds: 86_400,
})

const storage = (name: string, on: string, shared: boolean, content = ['images']): Storage => ({
  name,
  node: on,
  type: shared ? 'rbd' : 'lvmthin',
  shared,
  active: true,
  content,
  totalGiB: 1000,
  availableGiB: 500,
})

const nodes = ['pve1', 'pve2', 'pve3']

/** Ubuntu on the shared storage: linked clones anywhere, cloud-init drive, agent. */
export const sharedTemplate: Template = {
  vmid: 9000,
  name: 'ubuntu-24.04',
  node: 'pve1',
  description: 'Ubuntu for everyone',
  osType: 'l26',
  cores: 2,
  sockets: 1,
  memoryMiB: 2048,
  disks: [
    {
      key: 'scsi0',
      storage: 'ceph-vm',
      volid: 'ceph-vm:base-9000-disk-0',
      sizeGiB: 12,
      boot: true,
    },
  ],
  nics: [
    {
      key: 'net0',
      model: 'virtio',
      bridge: 'vmbr0',
      vlan: null,
      firewall: true,
      options: 'queues=4',
    },
  ],
  cloudInitDrive: 'ide2',
  cloudInitVolume: 'ceph-vm:vm-9000-cloudinit',
  cdVolumes: [],
  agent: true,
  tags: ['ubuntu'],
  lock: null,
  createdAt: null,
  inherited: { ipconfig0: 'ip=dhcp' },
  linkedClone: { possible: true, reason: null },
  copies: [],
}

/** The same on the local storage of pve2. */
export const localTemplate: Template = {
  ...sharedTemplate,
  vmid: 9001,
  name: 'debian-13',
  node: 'pve2',
  disks: sharedTemplate.disks.map((disk) => ({
    ...disk,
    storage: 'local-lvm',
    volid: 'local-lvm:base-9001-disk-0',
  })),
  cloudInitVolume: 'local-lvm:vm-9001-cloudinit',
}

export const cluster: Inventory = {
  version: { major: 9, minor: 2 },
  quorate: true,
  nodes: [node('pve1', 52_000), node('pve2', 70_000), node('pve3', 100_000)],
  storages: nodes.flatMap((name) => [
    storage('ceph-vm', name, true),
    storage('local-lvm', name, false),
    storage('local', name, false, ['iso', 'vztmpl']),
  ]),
  bridges: nodes.flatMap((name) => [
    {
      name: 'vmbr0',
      node: name,
      kind: 'bridge' as const,
      zone: 'localnetwork',
      active: true,
      comment: null,
    },
    {
      name: 'vmbr1',
      node: name,
      kind: 'bridge' as const,
      zone: 'localnetwork',
      active: name !== 'pve3',
      comment: null,
    },
  ]),
  pools: [{ id: 'lab', comment: null }],
  guests: [
    {
      vmid: 101,
      name: 'db-01',
      node: 'pve2',
      kind: 'qemu',
      status: 'running',
      template: false,
      tags: [],
      pool: null,
      lock: null,
    },
    {
      vmid: 103,
      name: 'cache',
      node: 'pve1',
      kind: 'lxc',
      status: 'running',
      template: false,
      tags: [],
      pool: null,
      lock: null,
    },
  ],
  pending: [],
  templates: [sharedTemplate, localTemplate],
  vmids: { min: 100, max: 999, reserved: [102] },
  volumes: [],
  cpuTypes: [],
  snippets: null,
  macPrefix: 'BC:24:11',
  holds: () => true,
}

export const clusterWith = (changes: Partial<Inventory>): Inventory => ({ ...cluster, ...changes })

/** The cluster with a changed template 9000. */
export const clusterWithTemplate = (changes: Partial<Template>): Inventory =>
  clusterWith({ templates: [{ ...sharedTemplate, ...changes }, localTemplate] })

/** Three linked clones of template 9000, changed as told. */
export const requestWith = (changes: Partial<DeploymentRequest> = {}): DeploymentRequest => ({
  source: { kind: 'template', vmid: 9000, clone: 'linked' },
  vms: [{ name: 'web-{01..03}' }],
  ...changes,
})

export const fullClone = { kind: 'template', vmid: 9000, clone: 'full' } as const

export const planFor = (request: DeploymentRequest, inventory: Inventory = cluster): Plan =>
  planDeployment(request, inventory, { macSalt: 'test' })
