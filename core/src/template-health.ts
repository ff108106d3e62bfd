/**
 * What a template is like for those who clone it: each point with what it means and what to do. From its config alone;
 * what runs inside the disk nobody sees from here.
 */
import { z } from 'zod'
import type { Template } from './inventory.ts'

const healthStatuses = ['good', 'note', 'warning', 'bad'] as const

const healthCheckSchema = z.object({
  code: z.enum([
    'agent',
    'cloud-init',
    'disk-bus',
    'serial',
    'firmware',
    'tpm',
    'network',
    'cd',
    'age',
    'lock',
    'protection',
    'linked-clones',
  ]),
  status: z.enum(healthStatuses),
  title: z.string(),
  detail: z.string(),
  fix: z
    .object({
      text: z.string(),
      /** On the node of the template. */
      command: z.string().nullable(),
    })
    .nullable()
    .describe('What to do; null where nothing is to be done.'),
})

export const templateHealthSchema = z.object({
  vmid: z.int(),
  status: z.enum(healthStatuses).describe('The worst of the checks.'),
  checks: z.array(healthCheckSchema),
  linkedClones: z
    .array(z.object({ vmid: z.int(), name: z.string().nullable(), node: z.string() }))
    .nullable()
    .describe(
      'VMs whose disks are layers over those of the template; null where that could not be told.',
    ),
})

export type HealthCheck = z.infer<typeof healthCheckSchema>
export type HealthStatus = HealthCheck['status']
export type TemplateHealth = z.infer<typeof templateHealthSchema>

/** Of its config, as Proxmox writes it, beyond what `Template` has. */
export type TemplateHardware = {
  /** Null: i440fx, the default. */
  machine: string | null
  /** `seabios` or `ovmf`. */
  bios: string
  scsiController: string
  serial: boolean
  /** `efitype` of the EFI disk; null where there is none. */
  efiType: string | null
  tpm: boolean
}

export type HealthInput = {
  template: Template
  hardware: TemplateHardware
  linkedClones: TemplateHealth['linkedClones']
  now: Date
}

const DAY_MS = 24 * 60 * 60 * 1000
/** Security updates of half a year are a long first boot. */
const OLD_DAYS = 180

export function templateHealth(input: HealthInput): TemplateHealth {
  const checks = all.flatMap((check) => check(input) ?? [])
  const worst = Math.max(...checks.map(({ status }) => healthStatuses.indexOf(status)), 0)
  return {
    vmid: input.template.vmid,
    status: healthStatuses[worst] ?? 'good',
    checks: checks.toSorted(
      (a, b) => healthStatuses.indexOf(b.status) - healthStatuses.indexOf(a.status),
    ),
    linkedClones: input.linkedClones,
  }
}

type Check = (input: HealthInput) => HealthCheck | null

const point = (
  code: HealthCheck['code'],
  status: HealthStatus,
  title: string,
  detail: string,
  fix: { text: string; command?: string } | null = null,
): HealthCheck => ({
  code,
  status,
  title,
  detail,
  fix: fix && { text: fix.text, command: fix.command ?? null },
})

const isWindows = ({ osType }: Template): boolean => (osType ?? '').startsWith('w')
const isLinux = ({ osType }: Template): boolean => osType === 'l26' || osType === 'l24'

const agent: Check = ({ template }) =>
  template.agent
    ? point(
        'agent',
        'good',
        'Guest agent on',
        'VMs report their addresses, if the agent is installed in it.',
      )
    : point(
        'agent',
        'warning',
        'Guest agent off',
        'Nobody learns the addresses of its VMs, and a shutdown depends on ACPI.',
        {
          text: 'Turn it on, and install qemu-guest-agent in the next version of the template.',
          command: `qm set ${template.vmid} --agent enabled=1`,
        },
      )

const cloudInit: Check = ({ template }) => {
  const { cloudInitDrive, vmid, disks } = template
  if (cloudInitDrive !== null)
    return point(
      'cloud-init',
      'good',
      `Cloud-init drive ${cloudInitDrive}`,
      'Users, keys and addresses reach the guest at its first boot.',
    )
  const storage = disks.find(({ boot }) => boot)?.storage ?? disks[0]?.storage ?? 'local-lvm'
  const free = template.cdVolumes.length > 0 ? 'ide0' : 'ide2'
  return point(
    'cloud-init',
    isLinux(template) ? 'warning' : 'note',
    'No cloud-init drive',
    isWindows(template)
      ? 'Its VMs cannot be given names, addresses and passwords, unless Cloudbase-Init and such a drive are added.'
      : 'Its VMs can be given users, keys and addresses only by a seed.',
    { text: 'Add one.', command: `qm set ${vmid} --${free} ${storage}:cloudinit` },
  )
}

const diskBus: Check = ({ template, hardware }) => {
  const boot = template.disks.find((disk) => disk.boot)
  if (boot === undefined)
    return point('disk-bus', 'bad', 'No disk to boot from', 'Its VMs do not start from a disk.', {
      text: 'Set the boot order to a disk that exists.',
      command: `qm set ${template.vmid} --boot order=scsi0`,
    })
  const bus = boot.key.replace(/\d+$/, '')
  if (bus === 'virtio' || (bus === 'scsi' && hardware.scsiController.startsWith('virtio-scsi')))
    return point(
      'disk-bus',
      'good',
      `Boot disk ${boot.key}`,
      bus === 'scsi' ? `On ${hardware.scsiController}, the fast way.` : 'On virtio, the fast way.',
    )
  return point(
    'disk-bus',
    'warning',
    `Boot disk ${boot.key}${bus === 'scsi' ? ` on ${hardware.scsiController}` : ''}`,
    'An emulated controller: slower, with more load on the node.',
    {
      text: 'Build the next version with a disk on VirtIO SCSI. The guest needs its driver: Linux has it, Windows gets it from the VirtIO ISO.',
    },
  )
}

const serial: Check = ({ template, hardware }) => {
  if (hardware.serial)
    return point('serial', 'good', 'Serial console', 'The text console works, with its scrollback.')
  if (!isLinux(template)) return null
  return point(
    'serial',
    'note',
    'No serial console',
    'Some cloud images stop in their first boot without one, and the text console does not work.',
    { text: 'Add one.', command: `qm set ${template.vmid} --serial0 socket` },
  )
}

const firmware: Check = ({ template, hardware }) => {
  const { bios, efiType, machine } = hardware
  const words = `${machine ?? 'i440fx'}, ${bios === 'ovmf' ? 'UEFI' : 'BIOS'}`
  if (bios !== 'ovmf')
    return needsUefi(template)
      ? point('firmware', 'bad', `Firmware: ${words}`, 'This Windows wants UEFI.', {
          text: 'Build the next version with UEFI: an installed system does not change over.',
        })
      : point('firmware', 'good', `Firmware: ${words}`, 'As old as PCs, and works.')
  if (efiType === null)
    return point(
      'firmware',
      'bad',
      `Firmware: ${words} without EFI disk`,
      'Boot entries and Secure Boot keys are lost at each stop.',
      {
        text: 'Add an EFI disk.',
        command: `qm set ${template.vmid} --efidisk0 ${template.disks[0]?.storage ?? 'local-lvm'}:1,efitype=4m,pre-enrolled-keys=1`,
      },
    )
  return efiType === '4m'
    ? point('firmware', 'good', `Firmware: ${words}`, 'With room for Secure Boot in its EFI disk.')
    : point(
        'firmware',
        'note',
        `Firmware: ${words}, EFI disk of type ${efiType}`,
        'The small type has no room for Secure Boot.',
        {
          text: 'Build the next version with efitype 4m.',
        },
      )
}

/** Windows 11 and Server 2022 and later. */
const needsUefi = ({ osType }: Template): boolean => osType === 'win11'

const tpm: Check = ({ template, hardware }) => {
  if (!needsUefi(template) && !hardware.tpm) return null
  return hardware.tpm
    ? point(
        'tpm',
        'good',
        'TPM',
        'Clones get a copy of it, so do not turn BitLocker on in the template.',
      )
    : point('tpm', 'warning', 'No TPM', 'Windows 11 refuses its upgrades without one.', {
        text: 'Add one, version 2.0.',
        command: `qm set ${template.vmid} --tpmstate0 ${template.disks[0]?.storage ?? 'local-lvm'}:1,version=v2.0`,
      })
}

const network: Check = ({ template }) => {
  const slow = template.nics.find(({ model }) => model !== 'virtio' && model !== 'vmxnet3')
  if (template.nics.length === 0)
    return point(
      'network',
      'note',
      'No network card',
      'Its VMs have no network unless the deployment adds one.',
    )
  if (slow === undefined) return point('network', 'good', 'Network on virtio', 'The fast way.')
  return point(
    'network',
    'note',
    `${slow.key} is ${slow.model}`,
    'An emulated card: slower, with more load on the node.',
    {
      text: 'Change the model to VirtIO, if the guest has its driver.',
    },
  )
}

const cd: Check = ({ template }) => {
  const [volid, ...others] = template.cdVolumes
  if (volid === undefined) return null
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  return point(
    'cd',
    'note',
    'An ISO in its drive',
    `${volid}${more} goes along to each VM, and on a local storage keeps them on this node.`,
    { text: 'Take it out of the drive before the next deployment.' },
  )
}

const age: Check = ({ template: { createdAt }, now }) => {
  if (createdAt === null) return null
  const days = Math.floor((now.getTime() - Date.parse(createdAt)) / DAY_MS)
  const words = days < 1 ? 'today' : days === 1 ? 'yesterday' : `${days} days ago`
  return days <= OLD_DAYS
    ? point('age', 'good', `Made ${words}`, 'Recent enough.')
    : point('age', 'warning', `Made ${words}`, 'Its VMs begin without the updates since then.', {
        text: 'Build the next version from a newer image, beside this one.',
      })
}

const lock: Check = ({ template }) =>
  template.lock === null
    ? null
    : point(
        'lock',
        'warning',
        `Locked: ${template.lock}`,
        'Proxmox makes no clones of it until the lock is gone.',
        {
          text: 'Wait for the task behind it. If none runs, the lock was left behind.',
          command: `qm unlock ${template.vmid}`,
        },
      )

const protection: Check = ({ template }) =>
  template.inherited['protection'] === '1'
    ? point(
        'protection',
        'note',
        'Protected',
        'Its VMs inherit the protection, and cannot be deleted while it is on.',
      )
    : null

const clones: Check = ({ linkedClones }) => {
  if (linkedClones === null || linkedClones.length === 0) return null
  const count = linkedClones.length
  return point(
    'linked-clones',
    'note',
    `${count} linked ${count === 1 ? 'clone hangs' : 'clones hang'} on it`,
    'Their disks are layers over those of the template: it cannot be deleted while they are there, and what breaks its disk breaks theirs.',
  )
}

const all: readonly Check[] = [
  agent,
  cloudInit,
  diskBus,
  serial,
  firmware,
  tpm,
  network,
  cd,
  age,
  lock,
  protection,
  clones,
]

/** `ubuntu-24.04` → `ubuntu-24.04-v2` → `ubuntu-24.04-v3`; the next one that no template has. */
export function nextVersionName(name: string, taken: readonly string[]): string {
  const [, base = name, version] = /^(.*?)(?:-v(\d+))?$/.exec(name) ?? []
  const others = taken.flatMap((each) => {
    const found = /^(.*?)(?:-v(\d+))?$/.exec(each)
    return found?.[1] === base ? [Number(found[2] ?? 1)] : []
  })
  return `${base}-v${Math.max(Number(version ?? 1), ...others) + 1}`
}
