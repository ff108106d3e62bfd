/** Operating systems as people call them. */
import type { OsType } from '@deployer/core/hardware/request.ts'

export const systemTitles: Record<OsType, string> = {
  linux: 'Linux',
  'windows-10': 'Windows 10',
  'windows-11': 'Windows 11',
  'windows-server-2016': 'Windows Server 2016',
  'windows-server-2019': 'Windows Server 2019',
  'windows-server-2022': 'Windows Server 2022',
  'windows-server-2025': 'Windows Server 2025',
  other: 'Another system',
}
