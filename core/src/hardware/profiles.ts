/**
 * What VMs of each system get where the request leaves it open, and why: one table, for the planner and for the page. Values
 * are Proxmox's; what a version of it does not know is not in its profile. Follows the wizard of Proxmox
 * (pve-manager www/manager6/qemu/OSDefaults.js) and what the publishers of the systems ask for.
 */
import type { Hardware, OsType } from './request.ts'

export type ProfileContext = {
  version: { major: number; minor: number }
  /** Of the cluster. */
  nodes: number
}

export type ProfileSize = { cores: number; memoryMiB: number; diskGiB: number }

export type ProfilePreset = ProfileSize & { id: 'small' | 'medium' | 'large'; title: string }

export type ProfileRow = {
  /** What in `hardware` of a request changes it; null for what nothing changes. */
  setting: keyof Hardware | null
  key: string
  label: string
  value: string
  reason: string
}

type Given = Omit<Hardware, 'disk' | 'disks' | 'bootOrder' | 'balloonMiB' | 'sockets'>

export type ProfileHardware = { [Key in keyof Given]-?: NonNullable<Given[Key]> } & {
  disk: { bus: 'scsi' | 'sata'; ssd: boolean; discard: boolean; iothread: boolean }
}

export type Profile = {
  osType: OsType
  title: string
  /** Proxmox's `ostype`. */
  guest: 'l26' | 'win10' | 'win11' | 'other'
  hardware: ProfileHardware
  nic: { model: 'virtio' | 'e1000'; firewall: boolean }
  /** Below it the system does not install or does not run. */
  minimum: ProfileSize
  recommended: ProfileSize
  presets: ProfilePreset[]
  rows: ProfileRow[]
}

export const osTypeTitles: Record<OsType, string> = {
  linux: 'Linux',
  'windows-10': 'Windows 10',
  'windows-11': 'Windows 11',
  'windows-server-2016': 'Windows Server 2016',
  'windows-server-2019': 'Windows Server 2019',
  'windows-server-2022': 'Windows Server 2022',
  'windows-server-2025': 'Windows Server 2025',
  other: 'Another system',
}

type Traits = Pick<Profile, 'guest' | 'minimum'> & {
  small: ProfileSize
  medium: ProfileSize
  large: ProfileSize
}

const size = (cores: number, memoryMiB: number, diskGiB: number): ProfileSize => ({
  cores,
  memoryMiB,
  diskGiB,
})

const linux: Traits = {
  guest: 'l26',
  minimum: size(1, 128, 1),
  small: size(1, 2048, 20),
  medium: size(2, 4096, 32),
  large: size(4, 8192, 64),
}

/** learn.microsoft.com/windows-server/get-started/hardware-requirements, with Desktop Experience. */
const server: Omit<Traits, 'guest'> = {
  minimum: size(1, 2048, 32),
  small: size(2, 4096, 64),
  medium: size(4, 8192, 80),
  large: size(8, 16_384, 120),
}

const traits: Record<OsType, Traits> = {
  linux,
  /** learn.microsoft.com/windows-hardware/design/minimum: 64 bits. */
  'windows-10': {
    guest: 'win10',
    minimum: size(1, 2048, 32),
    small: size(2, 4096, 64),
    medium: size(4, 8192, 64),
    large: size(8, 16_384, 128),
  },
  /** learn.microsoft.com/windows/whats-new/windows-11-requirements */
  'windows-11': {
    guest: 'win11',
    minimum: size(2, 4096, 64),
    small: size(2, 4096, 64),
    medium: size(4, 8192, 64),
    large: size(8, 16_384, 128),
  },
  'windows-server-2016': { guest: 'win10', ...server },
  'windows-server-2019': { guest: 'win10', ...server },
  'windows-server-2022': { guest: 'win11', ...server },
  'windows-server-2025': { guest: 'win11', ...server },
  other: { ...linux, guest: 'other' },
}

/** The profile of a system on this version of Proxmox. */
export function profileOf(osType: OsType, context: ProfileContext): Profile {
  const { guest, minimum, small, medium, large } = traits[osType]
  const title = osTypeTitles[osType]
  const cpu = cpuOf(osType, context)
  const hardware = guest === 'other' ? plainHardware(cpu.type) : virtioHardware(guest, cpu.type)
  return {
    osType,
    title,
    guest,
    hardware,
    nic: { model: guest === 'other' ? 'e1000' : 'virtio', firewall: true },
    minimum,
    recommended: osType === 'linux' || osType === 'other' ? small : medium,
    presets: [
      { id: 'small', title: 'Small', ...small },
      { id: 'medium', title: 'Medium', ...medium },
      { id: 'large', title: 'Large', ...large },
    ],
    rows: rowsOf(osType, guest, hardware, cpu.reason),
  }
}

function virtioHardware(guest: Profile['guest'], cpuType: string): ProfileHardware {
  return {
    cpuType,
    firmware: 'uefi',
    // Loaders of many distributions carry no signature of Microsoft's.
    secureBoot: guest !== 'l26',
    tpm: guest === 'win11',
    machine: 'q35',
    scsiController: 'virtio-scsi-single',
    display: 'std',
    serialConsole: false,
    agent: true,
    tablet: true,
    disk: { bus: 'scsi', ssd: true, discard: true, iothread: true },
  }
}

/** Of which nothing is known: devices for which every system has drivers. */
function plainHardware(cpuType: string): ProfileHardware {
  return {
    cpuType,
    firmware: 'bios',
    secureBoot: false,
    tpm: false,
    machine: 'pc',
    scsiController: 'virtio-scsi-single',
    display: 'std',
    serialConsole: false,
    agent: false,
    tablet: true,
    disk: { bus: 'sata', ssd: true, discard: true, iothread: false },
  }
}

/** Models as in qemu-server src/PVE/QemuServer/CPUConfig.pm; x86-64-v2-AES came with 8.0. */
function cpuOf(
  osType: OsType,
  { version, nodes }: ProfileContext,
): { type: string; reason: string } {
  if (version.major < 8) {
    return {
      type: 'host',
      reason:
        'Newer systems need more than kvm64 has, and this version of Proxmox has no x86-64-v2-AES. VMs move to nodes with the same CPU only',
    }
  }
  const type = 'x86-64-v2-AES'
  if (nodes > 1) return { type, reason: 'Works on all nodes, so the VM can move between them' }
  if (osType.startsWith('windows-'))
    return { type, reason: 'Windows runs slower where it sees all of the CPU and nests in it' }
  return { type: 'host', reason: 'One node, so nothing has to move: the VM sees all of its CPU' }
}

type Facts = {
  osType: OsType
  guest: Profile['guest']
  hardware: ProfileHardware
  windows: boolean
}

function rowsOf(
  osType: OsType,
  guest: Profile['guest'],
  hardware: ProfileHardware,
  cpuReason: string,
): ProfileRow[] {
  const windows = guest === 'win10' || guest === 'win11'
  const facts: Facts = { osType, guest, hardware, windows }
  return [
    ...systemRow(facts),
    ...firmwareRows(facts),
    ...boardRows(facts, cpuReason),
    ...deviceRows(facts),
  ]
}

function systemRow({ osType, guest, windows }: Facts): ProfileRow[] {
  return row(
    null,
    'ostype',
    'System',
    guest,
    windows
      ? `Proxmox tunes clock and CPU for ${osTypeTitles[osType]} by it`
      : guest === 'l26'
        ? 'Any Linux of the last ten years'
        : 'Nothing is assumed of the system',
  )
}

function firmwareRows({ osType, guest, hardware }: Facts): ProfileRow[] {
  const title = osTypeTitles[osType]
  const uefi = hardware.firmware === 'uefi'
  return [
    ...row(
      'firmware',
      'bios',
      'Firmware',
      uefi ? 'ovmf, efidisk0 4m' : 'seabios',
      !uefi
        ? 'Boots systems of any age'
        : guest === 'win11'
          ? `${title} setup ${osType === 'windows-11' ? 'refuses a machine without UEFI' : 'expects UEFI for Secure Boot'}`
          : 'The firmware of today. 4m has room for Secure Boot',
    ),
    ...(uefi
      ? row(
          'secureBoot',
          'pre-enrolled-keys',
          'Keys',
          `pre-enrolled-keys=${hardware.secureBoot ? 1 : 0}`,
          hardware.secureBoot
            ? 'Microsoft keys, so Secure Boot is on from the first start'
            : 'Without keys every distribution boots, signed or not',
        )
      : []),
    ...(hardware.tpm
      ? row(
          'tpm',
          'tpmstate0',
          'TPM',
          'tpmstate0 v2.0',
          osType === 'windows-11'
            ? 'Required by Windows 11; Proxmox would default to 1.2'
            : `BitLocker of ${title} uses it; Proxmox would default to 1.2`,
        )
      : []),
  ]
}

function boardRows({ hardware, windows }: Facts, cpuReason: string): ProfileRow[] {
  return [
    ...row(
      'machine',
      'machine',
      'Machine',
      hardware.machine,
      hardware.machine === 'pc'
        ? 'This is i440fx, which older systems know as well'
        : windows
          ? 'Secure Boot is enforced only with it; Proxmox pins the version'
          : 'PCI Express, as on today’s hardware',
    ),
    ...row('cpuType', 'cpu', 'CPU', hardware.cpuType, cpuReason),
  ]
}

function deviceRows({ guest, hardware, windows }: Facts): ProfileRow[] {
  const driver = windows ? '. Setup needs the driver ISO to see it' : ''
  return [
    ...row(
      'disk',
      'scsihw',
      'Disk',
      hardware.disk.bus === 'scsi' ? `scsi0, ${hardware.scsiController}` : `${hardware.disk.bus}0`,
      hardware.disk.bus === 'scsi'
        ? `Fastest bus with one thread per disk; trim is on${driver}`
        : 'Needs no driver of its own; trim is on',
    ),
    ...row(
      null,
      'net0',
      'Network',
      `${guest === 'other' ? 'e1000' : 'virtio'}, firewall=1`,
      guest === 'other'
        ? 'Needs no driver of its own'
        : windows
          ? 'Needs the driver ISO, which is attached'
          : 'Fastest; Linux has its driver',
    ),
    ...row(
      'agent',
      'agent',
      'Agent',
      hardware.agent ? 'enabled=1' : 'off',
      !hardware.agent
        ? 'Not every system has one'
        : windows
          ? 'Installed from the driver ISO; reports the address'
          : 'Reports the address; the guest needs qemu-guest-agent',
    ),
    ...row(
      'tablet',
      'tablet',
      'Pointer',
      'tablet=1',
      'The pointer in the console is where your own is',
    ),
  ]
}

function row(
  setting: ProfileRow['setting'],
  key: string,
  label: string,
  value: string,
  reason: string,
): ProfileRow[] {
  return [{ setting, key, label, value, reason }]
}
