/** Words and shapes of VMs. */
import type { PowerAction, VmRow, VmState } from '@deployer/core/vm.ts'
import type { GlyphKind } from '../../ui/StatusGlyph.tsx'

type Shown = { glyph: GlyphKind; text: string }

const states: Record<VmState, Shown> = {
  running: { glyph: 'done', text: 'Running' },
  paused: { glyph: 'paused', text: 'Paused' },
  stopped: { glyph: 'stopped', text: 'Stopped' },
  unknown: { glyph: 'queued', text: 'Not known yet' },
}

/** A running VM whose last validation was not good says that instead. */
export const stateShown = ({ state, health }: Pick<VmRow, 'state' | 'health'>): Shown => {
  if (state === 'running' && health === 'degraded') return { glyph: 'warning', text: 'Degraded' }
  if (state === 'running' && health === 'unhealthy') return { glyph: 'failed', text: 'Unhealthy' }
  return states[state]
}

export const powerWords: Record<PowerAction, { verb: string; doing: string; done: string }> = {
  start: { verb: 'Start', doing: 'Starting', done: 'started' },
  shutdown: { verb: 'Shut down', doing: 'Shutting down', done: 'shut down' },
  stop: { verb: 'Stop', doing: 'Stopping', done: 'stopped' },
  reboot: { verb: 'Reboot', doing: 'Rebooting', done: 'rebooted' },
  reset: { verb: 'Reset', doing: 'Resetting', done: 'reset' },
  suspend: { verb: 'Pause', doing: 'Pausing', done: 'paused' },
  resume: { verb: 'Resume', doing: 'Resuming', done: 'resumed' },
}

const MINUTE = 60
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** `5 min`, `2 h`, `13 d`. */
export const formatAge = (seconds: number): string => {
  if (seconds < HOUR) return `${Math.max(1, Math.floor(seconds / MINUTE))} min`
  return seconds < DAY ? `${Math.floor(seconds / HOUR)} h` : `${Math.floor(seconds / DAY)} d`
}

/** `web-01`, or `VM 211` where it has no name. */
export const nameOf = ({ name, vmid }: Pick<VmRow, 'name' | 'vmid'>): string => name ?? `VM ${vmid}`

/** qemu-server src/PVE/QemuServer.pm, `ostype`. */
const systems: Record<string, string> = {
  l26: 'Linux',
  l24: 'Linux 2.4',
  win11: 'Windows 11, Server 2022 or 2025',
  win10: 'Windows 10, Server 2016 or 2019',
  win8: 'Windows 8 or Server 2012',
  win7: 'Windows 7 or Server 2008 R2',
  solaris: 'Solaris',
  other: 'Other',
}

/** `Linux (l26)`: what Proxmox was told that runs in a VM. */
export const systemText = (osType: string | null): string => {
  if (osType === null) return 'not told'
  const name = systems[osType]
  return name === undefined ? osType : `${name} (${osType})`
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

/** `before-1123-1402`: a name for a snapshot that needs no thought. */
export const proposedSnapshot = (now: Date): string =>
  `before-${twoDigits(now.getMonth() + 1)}${twoDigits(now.getDate())}-${twoDigits(now.getHours())}${twoDigits(now.getMinutes())}`

/** Lines for `/etc/hosts`; VMs without a known address are left out. */
export const hostsOf = (vms: readonly Pick<VmRow, 'name' | 'address'>[]): string =>
  vms
    .flatMap(({ name, address }) =>
      name === null || address === null ? [] : [`${address.padEnd(15)} ${name}`],
    )
    .join('\n')

const taskWords: Record<string, string> = {
  qmstart: 'Start',
  qmshutdown: 'Shut down',
  qmstop: 'Stop',
  qmreboot: 'Reboot',
  qmreset: 'Reset',
  qmpause: 'Pause',
  qmresume: 'Resume',
  qmclone: 'Clone',
  qmcreate: 'Create',
  qmconfig: 'Change settings',
  qmdestroy: 'Delete',
  qmtemplate: 'Turn into a template',
  qmsnapshot: 'Make a snapshot',
  qmdelsnapshot: 'Delete a snapshot',
  qmrollback: 'Roll back to a snapshot',
  qmigrate: 'Migrate',
  qmmove: 'Move a disk',
  resize: 'Grow a disk',
  vncproxy: 'Console',
  vncshell: 'Console',
  termproxy: 'Serial console',
  vzdump: 'Backup',
  imgcopy: 'Upload',
  download: 'Download',
}

/** What a task of Proxmox does; its own word where we have none. */
export const taskTitle = (type: string): string => taskWords[type] ?? type
