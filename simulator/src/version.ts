export const versions = ['7.4', '8.4', '9.2'] as const
export type Version = (typeof versions)[number]

/** What `GET /version` answers. */
export const versionInfo: Record<Version, { version: string; release: string; repoid: string }> = {
  '7.4': { version: '7.4-18', release: '7.4', repoid: 'b1f94095' },
  '8.4': { version: '8.4.1', release: '8.4', repoid: '2a5fa54a8503f96d' },
  '9.2': { version: '9.2.11', release: '9.2', repoid: '14a22df39b7cf09a' },
}

/** Whether a host of this version has what came with Proxmox VE `since`. */
export const atLeast = (version: Version, since: number): boolean => Number(version) >= since
