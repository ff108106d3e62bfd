/** Editions that the installers of Microsoft hold, as an answer file names them: by the image's name, or its index. */
import type { WindowsOsType } from '@deployer/core/windows/drivers.ts'

export type Edition = { value: string; label: string }

const client = (system: string): Edition[] =>
  ['Pro', 'Home', 'Education', 'Pro Education', 'Pro for Workstations', 'Enterprise'].map(
    (edition) => ({ value: `${system} ${edition}`, label: edition }),
  )

/** The names differ between media and languages, the order does not. */
const server: Edition[] = [
  { value: '2', label: 'Standard, with desktop' },
  { value: '1', label: 'Standard, core' },
  { value: '4', label: 'Datacenter, with desktop' },
  { value: '3', label: 'Datacenter, core' },
]

/** The first is the default. */
export const editions: Record<WindowsOsType, Edition[]> = {
  'windows-10': client('Windows 10'),
  'windows-11': client('Windows 11'),
  'windows-server-2016': server,
  'windows-server-2019': server,
  'windows-server-2022': server,
  'windows-server-2025': server,
}

/** What is installed where nobody says; empty for other systems. */
export function defaultEdition(osType: string | null): string {
  const list = Object.entries(editions).find(([system]) => system === osType)?.[1]
  return list?.[0]?.value ?? ''
}
