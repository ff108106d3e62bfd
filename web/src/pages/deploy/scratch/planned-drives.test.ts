import type { Plan, PlannedStep, PlannedVm } from '@deployer/core/plan.ts'
import { expect, test } from 'vitest'
import { emptyPlan } from '../fixtures.ts'
import { plannedDrives } from './planned-drives.ts'

const media = {
  volid: 'local:iso/Win11.iso',
  drivers: 'local:iso/virtio-win.iso',
}

function planOf(...specs: PlannedStep['spec'][]): Plan {
  const vm: PlannedVm = {
    name: 'win-01',
    row: 0,
    vmid: 221,
    node: 'pve1',
    placementReason: '',
    storage: 'ceph-vm',
    cores: 4,
    memoryMiB: 8192,
    diskGiB: 64,
    allocations: [],
    ip: null,
    cloudInit: null,
    steps: specs.map((spec) => ({
      id: spec.kind,
      kind: spec.kind,
      title: '',
      note: null,
      calls: [],
      slots: [],
      spec,
    })),
  }
  return { ...emptyPlan, vms: [vm] }
}

const created = (settings: Record<string, string>): PlannedStep['spec'] => ({
  kind: 'create',
  node: 'pve1',
  name: 'win-01',
  pool: null,
  description: '',
  settings,
})

test('Windows with two ISOs and answers: in the order in which they boot, the rest after them', () => {
  const plan = planOf(
    created({
      name: 'win-01',
      boot: 'order=scsi0;ide2',
      scsi0: 'ceph-vm:64,discard=on,iothread=1',
      ide2: 'local:iso/Win11.iso,media=cdrom',
      ide0: 'local:iso/virtio-win.iso,media=cdrom',
      efidisk0: 'ceph-vm:1,efitype=4m,pre-enrolled-keys=1',
      tpmstate0: 'ceph-vm:1,version=v2.0',
      scsihw: 'virtio-scsi-single',
    }),
    {
      kind: 'upload-seed',
      node: 'pve1',
      storage: 'local',
      file: '{deployment}-win-01.iso',
      documents: {},
      answers: {
        osType: 'windows-11',
        computerName: 'win-01',
        firmware: 'uefi',
        diskBus: 'scsi',
        unattended: { edition: { index: 1 }, administratorPassword: '********' },
        networks: [],
      },
    },
    {
      kind: 'attach-seed',
      node: 'pve1',
      drive: 'sata0',
      volume: 'local:iso/{deployment}-win-01.iso',
      replaces: null,
    },
  )
  expect(plannedDrives(plan, media)).toEqual([
    { key: 'scsi0', kind: 'disk', title: 'ceph-vm, 64 GiB', boot: 1 },
    { key: 'ide2', kind: 'installer', title: 'local:iso/Win11.iso', boot: 2 },
    { key: 'ide0', kind: 'drivers', title: 'local:iso/virtio-win.iso', boot: null },
    { key: 'sata0', kind: 'answers', title: 'win-01.iso', boot: null },
    { key: 'efidisk0', kind: 'efi', title: 'ceph-vm', boot: null },
    { key: 'tpmstate0', kind: 'tpm', title: 'ceph-vm', boot: null },
  ])
})

test('an image: its disk says where it comes from, and the cloud-init drive is none of the ISOs', () => {
  const plan = planOf(
    created({
      boot: 'order=scsi0',
      scsi0: 'local-lvm:0,import-from=local:import/debian-13.qcow2,discard=on',
      ide2: 'local-lvm:cloudinit',
    }),
  )
  const drives = plannedDrives(plan, { volid: 'local:import/debian-13.qcow2', drivers: '' })
  expect(drives).toEqual([
    { key: 'scsi0', kind: 'image', title: 'local-lvm, from local:import/debian-13.qcow2', boot: 1 },
    { key: 'ide2', kind: 'cloud-init', title: 'local-lvm', boot: null },
  ])
})

test('without a plan, and for clones, there is nothing to list', () => {
  expect(plannedDrives(null, media)).toEqual([])
  expect(plannedDrives(planOf({ kind: 'reserve-id' }), media)).toEqual([])
})
