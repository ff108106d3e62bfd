/** The hardware of one VM: what the request says, and the profile where it says nothing. */
import { gib } from '../context.ts'
import type { ProfileHardware } from '../hardware/profiles.ts'
import type { DiskOptions, ExtraDisk, Hardware } from '../hardware/request.ts'
import type { VmSpec } from '../specs.ts'
import { hardwareField, type ScratchContext } from './context.ts'

export type ScratchHardware = Omit<ProfileHardware, 'disk'> & {
  sockets: number
  balloonMiB: number | null
  disk: DiskOptions
  disks: ExtraDisk[]
  bootOrder: string[] | null
}

export function hardwareOf({ profile, source }: ScratchContext, spec: VmSpec): ScratchHardware {
  const asked: Hardware = spec.hardware ?? {}
  const preset = profile.hardware
  // Images of Linux talk to a serial console, and some stop without one.
  const serial = source.kind === 'image' && profile.guest === 'l26'
  return {
    cpuType: asked.cpuType ?? preset.cpuType,
    sockets: asked.sockets ?? 1,
    balloonMiB: asked.balloonMiB ?? null,
    firmware: asked.firmware ?? preset.firmware,
    secureBoot: asked.secureBoot ?? preset.secureBoot,
    tpm: asked.tpm ?? preset.tpm,
    machine: asked.machine ?? preset.machine,
    scsiController: asked.scsiController ?? preset.scsiController,
    display: asked.display ?? preset.display,
    serialConsole: asked.serialConsole ?? (serial || asked.display === 'serial0'),
    agent: asked.agent ?? preset.agent,
    tablet: asked.tablet ?? preset.tablet,
    disk: { ...preset.disk, ...asked.disk },
    disks: (asked.disks ?? []).map((disk) => ({ ...preset.disk, ...disk })),
    bootOrder: asked.bootOrder ?? null,
  }
}

export function isQ35({ machine }: Pick<ScratchHardware, 'machine'>): boolean {
  return machine.includes('q35')
}

/** What Proxmox or the guest would stumble over. Slots and the boot order are judged where they are given out. */
export function checkHardware(
  context: ScratchContext,
  spec: VmSpec,
  hardware: ScratchHardware,
  size: { cores: number; memoryMiB: number },
): void {
  const { blockers, warnings, profile, inventory } = context
  const at = (setting: keyof Hardware) => ({
    field: hardwareField(context, spec, setting),
    vm: spec.name,
  })
  const { sockets, balloonMiB, firmware, cpuType, tpm, scsiController } = hardware
  if (size.cores % sockets !== 0) {
    const message = `${size.cores} vCPUs cannot be spread evenly over ${sockets} sockets.`
    blockers.add({ code: 'cores-uneven', message, ...at('sockets') })
  }
  if (balloonMiB !== null && balloonMiB > size.memoryMiB) {
    const message = `Ballooning cannot leave ${gib(balloonMiB / 1024)} to a VM that has ${gib(size.memoryMiB / 1024)}.`
    blockers.add({ code: 'balloon-above-memory', message, ...at('balloonMiB') })
  }
  if (firmware === 'bios' && spec.hardware?.secureBoot === true) {
    const message = 'Secure Boot is part of UEFI. Choose UEFI, or leave Secure Boot out.'
    blockers.add({ code: 'secure-boot-without-uefi', message, ...at('secureBoot') })
  }
  if (profile.osType === 'windows-11' && (firmware === 'bios' || !tpm)) {
    const lacks = firmware === 'bios' ? 'UEFI' : 'TPM 2.0'
    const message = `Windows 11 setup refuses a machine without ${lacks}.`
    warnings.add({
      code: 'windows-refuses',
      message,
      ...at(firmware === 'bios' ? 'firmware' : 'tpm'),
    })
  }
  if (cpuType === 'host' && inventory.nodes.length > 1) {
    const message =
      'With the CPU type host a VM moves while it runs only to nodes whose CPU is the same. x86-64-v2-AES works on all that are not older than ten years.'
    const { field } = at('cpuType')
    warnings.add({ code: 'cpu-host', message, field })
  }
  checkDisk(context, spec, hardware.disk, scsiController, 'disk')
  for (const [index, disk] of hardware.disks.entries())
    checkDisk(context, spec, disk, scsiController, 'disks', `.${index}`)
}

/** What was asked for and has no effect, or is refused (qemu-server src/PVE/QemuServer/Drive.pm). */
function checkDisk(
  context: ScratchContext,
  spec: VmSpec,
  { bus = 'scsi' }: DiskOptions,
  controller: ScratchHardware['scsiController'],
  setting: 'disk' | 'disks',
  below = '',
): void {
  const { hardware } = spec
  const asked = setting === 'disk' ? hardware?.disk : hardware?.disks?.[Number(below.slice(1))]
  const field = `${hardwareField(context, spec, setting)}${below}`
  const add = (log: 'blockers' | 'warnings', code: string, message: string, key: string) =>
    context[log].add({ code, message, vm: spec.name, field: `${field}.${key}` })
  if (asked?.ssd === true && bus === 'virtio') {
    add(
      'blockers',
      'disk-option',
      'The bus virtio cannot tell the guest of an SSD. Choose scsi, or leave ssd out.',
      'ssd',
    )
  }
  if (asked?.iothread === true && (bus === 'sata' || bus === 'ide')) {
    const message = `Disks on ${bus} have no thread of their own. Choose scsi, or leave iothread out.`
    add('blockers', 'disk-option', message, 'iothread')
  }
  if (asked?.iothread === true && bus === 'scsi' && controller !== 'virtio-scsi-single') {
    const message = `A thread for each disk comes only with the SCSI controller virtio-scsi-single, so it is left out.`
    add('warnings', 'iothread-controller', message, 'iothread')
  }
}

/** `,discard=on,iothread=1,ssd=1`, as the bus allows. */
export function diskOptions(disk: DiskOptions, controller: string): string {
  const { bus = 'scsi', cache, discard, iothread, ssd, format } = disk
  const threads = bus === 'virtio' || (bus === 'scsi' && controller === 'virtio-scsi-single')
  return [
    ...(cache === undefined ? [] : [`cache=${cache}`]),
    ...(discard === true ? ['discard=on'] : []),
    ...(format === undefined ? [] : [`format=${format}`]),
    ...(iothread === true && threads ? ['iothread=1'] : []),
    ...(ssd === true && bus !== 'virtio' ? ['ssd=1'] : []),
  ]
    .map((part) => `,${part}`)
    .join('')
}
