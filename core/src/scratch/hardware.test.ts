import { describe, expect, test } from 'vitest'
import { cluster, planFor } from '../fixtures.ts'
import {
  answers,
  fromIso,
  scratchCluster,
  scratchClusterWith,
  type Case,
  hardware,
  windows,
  without,
} from './fixtures.ts'

const blockers: Case[] = [
  [
    'too little memory',
    windows({}, { defaults: { memoryMiB: 2048 } }),
    scratchCluster,
    {
      code: 'memory-below-minimum',
      field: 'defaults.memoryMiB',
      message: 'Windows 11 needs 4 GiB or more, and the VM would have 2 GiB.',
    },
  ],
  [
    'too small a disk',
    windows({}, { vms: [{ name: 'vm-01', diskGiB: 40 }] }),
    scratchCluster,
    {
      code: 'disk-below-minimum',
      field: 'vms.0.diskGiB',
      message: 'Windows 11 needs a disk of 64 GiB or more, and the VM would have 40 GiB.',
    },
  ],
  [
    'too few vCPUs',
    windows({}, { defaults: { cores: 1 } }),
    scratchCluster,
    {
      code: 'cores-below-minimum',
      field: 'defaults.cores',
      message: 'Windows 11 needs 2 vCPUs or more, and the VM would have 1.',
    },
  ],
  [
    'more disks than SATA has drives',
    hardware({
      disk: { bus: 'sata' },
      disks: Array.from({ length: 6 }, () => ({ sizeGiB: 1, bus: 'sata' as const })),
    }),
    scratchCluster,
    {
      code: 'too-many-disks',
      field: 'defaults.hardware.disks.5',
      message:
        'There are more disks than drives on sata; CDs take some of them. Choose scsi, which has 31.',
    },
  ],
  [
    'IDE disks where q35 has CDs',
    hardware({ disk: { bus: 'ide' }, disks: [{ sizeGiB: 1, bus: 'ide' }] }),
    scratchCluster,
    {
      code: 'too-many-disks',
      field: 'defaults.hardware.disks.0',
      message:
        'There are more disks than drives on ide of a q35 machine, which are ide0 and ide2; CDs take some of them. Choose scsi, which has 31.',
    },
  ],
  [
    'a device that is not there in the boot order',
    hardware({ bootOrder: ['scsi0', 'ide1', 'net3'] }),
    scratchCluster,
    {
      code: 'boot-device-unknown',
      field: 'defaults.hardware.bootOrder',
      message: 'The VM has no ide1 or net3 to boot from. It has scsi0, ide2 and net0.',
    },
  ],
  [
    'a CPU type that no node knows',
    fromIso('linux', {
      defaults: { hardware: { cpuType: 'custom-mine' } },
      placement: { node: 'pve1' },
    }),
    scratchCluster,
    {
      code: 'cpu-unknown',
      field: 'defaults.hardware.cpuType',
      message: 'pve1 knows no CPU type custom-mine. Choose one of its list.',
    },
  ],
  [
    'uneven sockets',
    hardware({ sockets: 4 }, { cores: 6 }),
    scratchCluster,
    {
      code: 'cores-uneven',
      field: 'defaults.hardware.sockets',
      message: '6 vCPUs cannot be spread evenly over 4 sockets.',
    },
  ],
  [
    'a balloon above the memory',
    hardware({ balloonMiB: 4096 }, { memoryMiB: 2048 }),
    scratchCluster,
    {
      code: 'balloon-above-memory',
      field: 'defaults.hardware.balloonMiB',
      message: 'Ballooning cannot leave 4 GiB to a VM that has 2 GiB.',
    },
  ],
  [
    'Secure Boot without UEFI',
    hardware({ firmware: 'bios', secureBoot: true }),
    scratchCluster,
    {
      code: 'secure-boot-without-uefi',
      field: 'defaults.hardware.secureBoot',
      message: 'Secure Boot is part of UEFI. Choose UEFI, or leave Secure Boot out.',
    },
  ],
  [
    'an SSD on virtio',
    hardware({ disk: { bus: 'virtio', ssd: true } }),
    scratchCluster,
    {
      code: 'disk-option',
      field: 'defaults.hardware.disk.ssd',
      message: 'The bus virtio cannot tell the guest of an SSD. Choose scsi, or leave ssd out.',
    },
  ],
  [
    'a thread on sata',
    hardware({ disks: [{ sizeGiB: 1, bus: 'sata', iothread: true }] }),
    scratchCluster,
    {
      code: 'disk-option',
      field: 'defaults.hardware.disks.0.iothread',
      message: 'Disks on sata have no thread of their own. Choose scsi, or leave iothread out.',
    },
  ],
  [
    'qcow2 where disks are no files',
    hardware({ disk: { format: 'qcow2' } }, { storage: 'local-lvm' }),
    scratchCluster,
    {
      code: 'disk-format',
      field: 'defaults.hardware.disk.format',
      message:
        'local-lvm keeps disks as they are (lvmthin), not as files, so there is no qcow2 on it. Leave the format out.',
    },
  ],
  [
    'one MAC for two',
    fromIso('linux', {
      defaults: { networks: [{ mac: 'BC:24:11:00:00:01' }] },
      vms: [{ name: 'vm-{1..2}' }],
    }),
    scratchCluster,
    {
      code: 'mac-twice',
      field: 'defaults.networks.0.mac',
      message:
        'vm-1 and vm-2 would both have BC:24:11:00:00:01. Leave it out, or set it for a single VM.',
    },
  ],
  [
    'no bridge anywhere',
    fromIso('linux'),
    scratchClusterWith({ bridges: [] }),
    {
      code: 'no-bridge',
      field: 'defaults.networks.0.bridge',
      message:
        'No node has a bridge that is up and that you may see. Name one, or set one up on Proxmox.',
    },
  ],
  [
    'answers without the agent that tells when setup is done',
    windows({ unattended: answers }, { defaults: { hardware: { agent: false } } }),
    scratchCluster,
    {
      code: 'agent-missing',
      field: 'defaults.hardware.agent',
      message: 'The guest agent tells when setup is done. Leave it on.',
    },
  ],
  [
    'hardware of a clone',
    {
      source: { kind: 'template', vmid: 9000, clone: 'linked' },
      defaults: { hardware: { tpm: true } },
      vms: [{ name: 'vm-01' }],
    },
    scratchCluster,
    {
      code: 'hardware-with-template',
      field: 'defaults.hardware',
      message:
        'Clones have the hardware of their template. Leave hardware out, or change the template.',
    },
  ],
  [
    'a user who may not choose hardware',
    fromIso('linux'),
    scratchClusterWith({ holds: without('VM.Config.HWType') }),
    {
      code: 'privilege-missing',
      field: 'pool',
      message: 'You may not choose their hardware. Proxmox asks for VM.Config.HWType on /vms/100.',
    },
  ],
  [
    'nodes of another architecture',
    fromIso('linux', { placement: { node: 'pve1' } }),
    scratchClusterWith({
      nodes: cluster.nodes.map((node) => ({ ...node, architecture: 'aarch64' })),
    }),
    {
      code: 'architecture',
      field: 'placement.node',
      message: 'pve1 has CPUs of aarch64, for which there are no profiles.',
    },
  ],
]

describe('hardware that cannot be is told with its field and its cure', () => {
  test.each(blockers)('%s', (_what, request, inventory, issue) => {
    const plan = planFor(request, inventory)
    expect(plan.blockers).toContainEqual(expect.objectContaining(issue))
  })
})

const warnings: Case[] = [
  [
    'host on several nodes',
    hardware({ cpuType: 'host' }),
    scratchCluster,
    {
      code: 'cpu-host',
      field: 'defaults.hardware.cpuType',
      message:
        'With the CPU type host a VM moves while it runs only to nodes whose CPU is the same. x86-64-v2-AES works on all that are not older than ten years.',
    },
  ],
  [
    'Windows 11 without TPM',
    windows({}, { defaults: { hardware: { tpm: false } } }),
    scratchCluster,
    {
      code: 'windows-refuses',
      field: 'defaults.hardware.tpm',
      message: 'Windows 11 setup refuses a machine without TPM 2.0.',
    },
  ],
  [
    'checks without the device of the agent',
    hardware({ agent: false }, { validate: {} }),
    scratchCluster,
    {
      code: 'agent-missing',
      field: 'defaults.hardware.agent',
      message:
        "Without the agent's device nobody can ask the guest, so the checks that need it are left out.",
    },
  ],
]

describe('hardware that is doubtful is told, and made', () => {
  test.each(warnings)('%s', (_what, request, inventory, issue) => {
    const plan = planFor(request, inventory)
    expect(plan.warnings).toContainEqual(expect.objectContaining(issue))
    expect(plan.blockers).toEqual([])
  })
})
