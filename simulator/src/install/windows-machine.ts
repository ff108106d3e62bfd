/** Whether Windows setup runs on a machine, and which of its disks it sees. */
import { hasNewInstructions, type Disk, type Machine } from './machine.ts'
import { driverFolders, type WindowsInstaller } from './media.ts'

const gibibyte = 2 ** 30

export type Setup = { machine: Machine; installer: WindowsInstaller }

/** What a step finds: a screen to stop at, or nothing. */
export type Stop = string[] | undefined

export const boxed = (title: string, ...lines: string[]): string[] => [title, '', ...lines]

/** Windows 11 asks before it asks anything else that matters; `BypassTPMCheck` and its like are heard (winsetup.dll, LabConfig). */
export const machineStop = ({ machine, installer }: Setup, setupCommands: string[]): Stop => {
  if (!installer.checksMachine) return undefined
  const bypasses = (name: string) =>
    setupCommands.some((command) => command.includes('LabConfig') && command.includes(name))
  const largest = Math.max(0, ...machine.disks.map(({ bytes }) => bytes))
  const lacks = [
    !machine.tpm2 && !bypasses('BypassTPMCheck') ? 'TPM 2.0' : '',
    machine.firmware !== 'uefi' && !bypasses('BypassSecureBootCheck') ? 'Secure Boot' : '',
    machine.memoryBytes < 4 * gibibyte && !bypasses('BypassRAMCheck') ? '4 GB of memory' : '',
    machine.cores < 2 && !bypasses('BypassCPUCheck') ? 'two processor cores' : '',
    machine.disks.length > 0 && largest < 52 * gibibyte && !bypasses('BypassStorageCheck')
      ? '64 GB of storage'
      : '',
  ].filter((what) => what !== '')
  return lacks.length === 0
    ? undefined
    : boxed(
        "This PC can't run Windows 11",
        "This PC doesn't meet the minimum system requirements to install this version of Windows.",
        'For more information, visit https://aka.ms/WindowsSysReq',
        '',
        ...lacks.map((what) => `  The PC must have ${what}.`),
      )
}

export const processorStop = ({ machine, installer }: Setup): Stop =>
  installer.needsNewCpu && !hasNewInstructions(machine)
    ? ['Windows Boot Manager', '', 'Loading files...', '', `(${machine.cpuType}: restarting)`]
    : undefined

const fits = (path: string, folder: string) => {
  const clean = path.replaceAll('/', '\\').replace(/\\+$/, '').toLowerCase()
  return (
    clean === '' || folder.toLowerCase() === clean || folder.toLowerCase().startsWith(`${clean}\\`)
  )
}

/** Drivers that setup loads: the paths' folders that are on a CD, with all that is below them. */
export const loadedDrivers = ({ machine, installer }: Setup, paths: string[]): Set<string> => {
  const letters = machine.cds
    .filter(({ media }) => media?.kind === 'drivers')
    .map(({ letter }) => letter)
  const asked = paths.flatMap((path) => {
    const [, letter = '', rest = ''] = /^([A-Z]):\\?(.*)$/i.exec(path) ?? []
    return letters.includes(letter.toUpperCase()) ? [rest] : []
  })
  return new Set(
    driverFolders
      .filter(({ version }) => version === installer.driverFolder)
      .filter(({ path }) => asked.some((each) => fits(each, path)))
      .map(({ driver }) => driver),
  )
}

export const visibleDisks = ({ disks }: Machine, drivers: Set<string>): Disk[] =>
  disks.filter(({ driver }) => driver === undefined || drivers.has(driver))
