/** Which device is on which drive. */
import { listed } from '../context.ts'
import type { DraftDisk } from '../drafts.ts'
import type { PlannedNic } from '../nics.ts'
import type { VmSpec } from '../specs.ts'
import {
  ANSWERS_DRIVE,
  CLOUD_INIT_DRIVE,
  DRIVERS_DRIVE,
  hardwareField,
  INSTALLER_DRIVE,
  type ScratchContext,
} from './context.ts'
import { diskOptions, isQ35, type ScratchHardware } from './hardware.ts'

export type ScratchDisk = DraftDisk & {
  /** Null: the boot disk's, or what the planner chooses. */
  storage: string | null
  /** `,discard=on,ssd=1` */
  options: string
  format: string | null
  /** Where it stands in the request. */
  field: string
}

/** ISOs by their drives. The image with answers is not among them: its name is known later. */
export type Cds = { drive: string; volid: string }[]

/** Highest number of each bus, and one more (qemu-server src/PVE/QemuServer/Drive.pm). */
const slots = { scsi: 31, virtio: 16, sata: 6, ide: 4 } as const

export function cdsOf({ source }: ScratchContext): Cds {
  if (source.kind === 'image') return []
  return [
    { drive: INSTALLER_DRIVE, volid: source.volid },
    ...(source.driversVolid === undefined
      ? []
      : [{ drive: DRIVERS_DRIVE, volid: source.driversVolid }]),
  ]
}

/** Drives that are no disks. */
function cdDrives(context: ScratchContext): string[] {
  const { source } = context
  const answers = source.kind === 'iso' && source.unattended !== undefined
  return [
    ...(source.kind === 'image' ? [CLOUD_INIT_DRIVE] : []),
    ...cdsOf(context).map(({ drive }) => drive),
    ...(answers ? [ANSWERS_DRIVE] : []),
  ]
}

/** The boot disk first. Disks for which there is no drive left are missing, with a blocker. */
export function disksOf(
  context: ScratchContext,
  spec: VmSpec,
  hardware: ScratchHardware,
  bootGiB: number,
): ScratchDisk[] {
  const taken = new Set(cdDrives(context))
  const wanted = [
    { disk: hardware.disk, sizeGiB: bootGiB, storage: spec.storage, setting: 'disk' as const },
    ...hardware.disks.map((disk) => ({
      disk,
      sizeGiB: disk.sizeGiB,
      storage: disk.storage ?? spec.storage,
      setting: 'disks' as const,
    })),
  ]
  return wanted.flatMap(({ disk, sizeGiB, storage, setting }, index): ScratchDisk[] => {
    const { bus = 'scsi' } = disk
    const free = drivesOf(bus, isQ35(hardware)).find((drive) => !taken.has(drive))
    const below = setting === 'disks' ? `.${index - 1}` : ''
    const field = `${hardwareField(context, spec, setting)}${below}`
    if (free === undefined) {
      const odd =
        bus === 'ide' && isQ35(hardware) ? ' of a q35 machine, which are ide0 and ide2' : ''
      const message = `There are more disks than drives on ${bus}${odd}; CDs take some of them. Choose scsi, which has ${slots.scsi}.`
      context.blockers.add({ code: 'too-many-disks', message, field, vm: spec.name })
      return []
    }
    taken.add(free)
    return [
      {
        key: free,
        templateGiB: 0,
        sizeGiB,
        boot: index === 0,
        storage,
        options: diskOptions(disk, hardware.scsiController),
        format: disk.format ?? null,
        field,
      },
    ]
  })
}

function drivesOf(bus: keyof typeof slots, q35: boolean): string[] {
  const all = Array.from({ length: slots[bus] }, (_none, index) => `${bus}${index}`)
  return bus === 'ide' && q35 ? all.filter((_drive, index) => index % 2 === 0) : all
}

/** Devices in the order in which they are tried: the boot disk, which is empty at first, then the installer. */
export function bootOrderOf(
  context: ScratchContext,
  spec: VmSpec,
  { bootOrder }: ScratchHardware,
  disks: ScratchDisk[],
  nics: PlannedNic[],
): string[] {
  const boot = disks.flatMap(({ key, boot: first }) => (first ? [key] : []))
  if (bootOrder === null) {
    return [...boot, ...(context.source.kind === 'iso' ? [INSTALLER_DRIVE] : [])]
  }
  const there = [
    ...disks.map(({ key }) => key),
    ...cdDrives(context),
    ...nics.map(({ key }) => key),
  ]
  const missing = bootOrder.filter((device) => !there.includes(device))
  if (missing.length > 0) {
    const message = `The VM has no ${listed(missing, 'or')} to boot from. It has ${listed(there)}.`
    const field = hardwareField(context, spec, 'bootOrder')
    context.blockers.add({ code: 'boot-device-unknown', message, field, vm: spec.name })
  }
  return bootOrder.filter((device) => there.includes(device))
}
