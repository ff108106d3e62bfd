/** The profile's settings as the page lists them, with what somebody set instead. Pure. */
import type { Profile, ProfileRow } from '@deployer/core/hardware/profiles.ts'
import type { DiskOptionsForm, HardwareForm } from './state.ts'

export type Setting = keyof HardwareForm | 'disk'

export type ShownRow = Pick<ProfileRow, 'key' | 'label' | 'value' | 'reason'> & {
  /** Set where somebody set it; it can go back. */
  own: Setting | null
}

/** All settings of the profile, and those that only a person sets. */
export function shownRows(
  { rows, title }: Profile,
  hardware: HardwareForm,
  disk: DiskOptionsForm,
): ShownRow[] {
  const set = ownRows(hardware, disk)
  const known = rows
    .filter(({ setting }) => setting !== 'secureBoot' || hardware.firmware !== 'bios')
    .map(({ key, label, value, reason, setting }): ShownRow => {
      const own = set.find((row) => row.own === setting)
      const instead = `You set it; ${title} would have ${value}`
      return own === undefined
        ? { key, label, value, reason, own: null }
        : { key, label, value: own.value, reason: instead, own: own.own }
    })
  const others = set.filter((row) => !rows.some(({ setting }) => setting === row.own))
  return [...known, ...others]
}

function of(own: Setting, label: string, value: string | undefined): ShownRow[] {
  return value === undefined ? [] : [{ key: own, label, value, reason: 'You set it', own }]
}

function ownRows(hardware: HardwareForm, disk: DiskOptionsForm): ShownRow[] {
  const { cpuType, sockets, balloon, firmware, secureBoot, tpm, machine } = hardware
  const { scsiController, display, serialConsole, agent, tablet } = hardware
  const options = Object.entries(disk).map(([key, value]) => `${key}=${String(value)}`)
  return [
    ...of(
      'firmware',
      'Firmware',
      firmware === 'uefi' ? 'ovmf, efidisk0 4m' : firmware && 'seabios',
    ),
    ...of('secureBoot', 'Keys', flag(secureBoot, 'pre-enrolled-keys=1', 'pre-enrolled-keys=0')),
    ...of('tpm', 'TPM', flag(tpm, 'tpmstate0 v2.0', 'none')),
    ...of('machine', 'Machine', machine),
    ...of('cpuType', 'CPU', cpuType),
    ...of('sockets', 'Sockets', sockets),
    ...of('balloon', 'Ballooning', balloon === '0' ? 'off' : balloon),
    ...of('disk', 'Disk', options.length === 0 ? undefined : options.join(', ')),
    ...of('scsiController', 'SCSI controller', scsiController),
    ...of('agent', 'Agent', flag(agent, 'enabled=1', 'off')),
    ...of('display', 'Display', display),
    ...of('serialConsole', 'Serial console', flag(serialConsole, 'serial0', 'none')),
    ...of('tablet', 'Pointer', flag(tablet, 'tablet=1', 'tablet=0')),
  ]
}

function flag(value: boolean | undefined, on: string, off: string): string | undefined {
  return value === undefined ? undefined : value ? on : off
}
