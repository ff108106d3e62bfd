/** Where the drivers of a Windows version lie on the VirtIO ISO (virtio-win), for the answer file and for people at the console. */
import type { diskBuses, OsType } from '../hardware/request.ts'

/** Systems whose installer is Windows setup. */
export type WindowsOsType = Extract<OsType, `windows-${string}`>

/** The last part but one of each path, as virtio-win names the versions. */
const versionFolders: Record<WindowsOsType, string> = {
  'windows-10': 'w10',
  'windows-11': 'w11',
  'windows-server-2016': '2k16',
  'windows-server-2019': '2k19',
  'windows-server-2022': '2k22',
  'windows-server-2025': '2k25',
}

export type DriverFolder = {
  /** `vioscsi\w11\amd64` */
  path: string
  /** What it makes work. */
  device: string
  /** Setup sees no disk without it. */
  neededBySetup: boolean
}

/** Runs in Windows: all other drivers and the guest agent. It lies at the top of the ISO. */
export const GUEST_TOOLS = 'virtio-win-guest-tools.exe'

export function isWindowsOsType(osType: OsType): osType is WindowsOsType {
  return osType in versionFolders
}

/** In the order in which a person loads them. `disk`: the bus of the boot disk; SATA and IDE need no driver. */
export function driverFolders(
  osType: WindowsOsType,
  disk: (typeof diskBuses)[number] = 'scsi',
): DriverFolder[] {
  const folder = (name: string, device: string, neededBySetup: boolean): DriverFolder => ({
    path: `${name}\\${versionFolders[osType]}\\amd64`,
    device,
    neededBySetup,
  })
  return [
    ...(disk === 'scsi' ? [folder('vioscsi', 'disk (VirtIO SCSI)', true)] : []),
    ...(disk === 'virtio' ? [folder('viostor', 'disk (VirtIO Block)', true)] : []),
    folder('NetKVM', 'network', false),
    folder('Balloon', 'memory', false),
  ]
}
