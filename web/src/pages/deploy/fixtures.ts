/** For the tests of this page. */
import type { Storage, Template } from '@deployer/core/inventory.ts'
import type { Plan } from '@deployer/core/plan.ts'

/** Linux on shared storage, with all that can be wished for. */
export const ubuntu: Template = {
  vmid: 9000,
  name: 'ubuntu-24.04',
  node: 'pve1',
  description: null,
  osType: 'l26',
  cores: 2,
  sockets: 1,
  memoryMiB: 2048,
  disks: [{ key: 'scsi0', storage: 'ceph-vm', volid: 'ceph-vm:base', sizeGiB: 12, boot: true }],
  nics: [
    { key: 'net0', model: 'virtio', bridge: 'vmbr0', vlan: null, firewall: false, options: '' },
  ],
  cloudInitDrive: 'ide2',
  cloudInitVolume: 'ceph-vm:vm-9000-cloudinit',
  cdVolumes: [],
  agent: true,
  tags: ['linux'],
  lock: null,
  createdAt: null,
  inherited: {},
  linkedClone: { possible: true, reason: null },
  copies: [],
}

/** Without cloud-init, on a storage that cannot link. */
export const windows: Template = {
  ...ubuntu,
  vmid: 9010,
  name: 'server-2025',
  osType: 'win11',
  cloudInitDrive: null,
  linkedClone: { possible: false, reason: 'local-lvm has no snapshots' },
}

export const storageOn = (node: string, name: string, shared: boolean): Storage => ({
  name,
  node,
  type: shared ? 'rbd' : 'lvmthin',
  shared,
  active: true,
  content: ['images'],
  totalGiB: 1000,
  availableGiB: 500,
})

export const emptyPlan: Plan = {
  hash: '7c1e40b200000000',
  vms: [],
  totals: { vms: 0, cores: 0, memoryMiB: 0, diskGiB: 0, calls: 0 },
  capacity: { nodes: [], storages: [] },
  warnings: [],
  blockers: [],
  privileges: [],
}
