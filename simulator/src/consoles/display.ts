/** What a running guest shows on its screen and its serial port, and where what is typed there goes. */
import type { Cluster } from '../cluster.ts'
import { ApiError } from '../errors.ts'
import { bootedState, pressKey } from '../guests/boot.ts'
import { addressesOf, runningImage } from '../guests/running.ts'
import { bootScreen } from '../guests/screen.ts'
import { readGuestFile, runInGuest } from '../guests/shell.ts'
import type { Guest, Running } from '../world.ts'
import { columns, screenOfLines, type Screen } from './terminal.ts'
import { createTty, type Tty } from './tty.ts'

type Ttys = { screen: Tty; serial: Tty }

/** Of each boot its own: a guest that starts again has forgotten who was signed in. */
const ttysOf = new WeakMap<Running, Ttys>()

const hostName = ({ vmid, running }: Guest) =>
  running?.installed?.hostname ??
  running?.firstBoot?.hostname ??
  running?.config['name'] ??
  `vm-${vmid}`

const osName = ({ running }: Guest) => {
  const info = (running && runningImage(running)?.osInfo) ?? {}
  return `${info['name'] ?? 'Linux'} ${info['version-id'] ?? ''}`.trimEnd()
}

const addressLines = (cluster: Cluster, guest: Guest) => [
  'lo               UNKNOWN        127.0.0.1/8 ::1/128',
  ...addressesOf(cluster, guest).map(({ interface: name, address, prefix }) =>
    `${name.padEnd(16)} UP             ${address === undefined ? '' : `${address}/${prefix}`}`.trimEnd(),
  ),
]

const runCommand = (cluster: Cluster, guest: Guest, user: string, words: string[]) => {
  const [name = '', ...args] = words
  switch (name) {
    case 'whoami':
      return user
    case 'uname':
      return `Linux ${hostName(guest)} ${(guest.running && runningImage(guest.running)?.osInfo['kernel-release']) ?? ''} x86_64 GNU/Linux`
    case 'ip':
      return addressLines(cluster, guest).join('\n')
    case 'cat': {
      const [file = ''] = args
      const text = readGuestFile(cluster, guest, file)
      return text?.trimEnd() ?? `cat: ${file}: No such file or directory`
    }
    default:
      try {
        return runInGuest(cluster, guest, words, '').out.trimEnd()
      } catch (error) {
        if (error instanceof ApiError) return undefined
        throw error
      }
  }
}

const ttys = (cluster: Cluster, guest: Guest, running: Running): Ttys => {
  const known = ttysOf.get(running)
  if (known) return known
  const make = (line: string) =>
    createTty({
      hostname: hostName(guest),
      greeting: `${osName(guest)} ${hostName(guest)} ${line}`,
      run: (user, words) => runCommand(cluster, guest, user, words),
    })
  const made = { screen: make('tty1'), serial: make('ttyS0') }
  ttysOf.set(running, made)
  return made
}

const firmware = ['SeaBIOS (version rel-1.16.3-0-ga6ed6b701f0a-prebuilt.qemu.org)', '']

const nothingToBoot = [
  ...firmware,
  'Booting from Hard Disk...',
  'Boot failed: not a bootable disk',
  '',
  'No bootable device.',
]

const booting = (guest: Guest) => [
  ...firmware,
  'Booting from Hard Disk...',
  'Loading initial ramdisk ...',
  `[    0.000000] Linux version ${(guest.running && runningImage(guest.running)?.osInfo['kernel-release']) ?? ''}`,
  '[  OK  ] Mounted /boot/efi.',
  '[  OK  ] Reached target Local File Systems.',
  '         Starting Cloud-init: Network Stage...',
]

const windows = (guest: Guest) => [
  '',
  `   ${(guest.running && runningImage(guest.running)?.osInfo['pretty-name']) ?? 'Windows'}`,
  '',
  '   Press Ctrl+Alt+Delete to unlock.',
]

const isWindows = (running: Running) => runningImage(running)?.osInfo['id'] === 'mswindows'

/** Whether the guest's login is on its terminals. */
const isUp = (cluster: Cluster, running: Running) =>
  running.portsAt !== undefined && running.portsAt <= cluster.clock.now()

const onSerial = (running: Running) =>
  /^serial\d$/.test((running.config['vga'] ?? '').split(',')[0] ?? '')

/** The screen of a guest; undefined where it is off. With `vga: serial0` it is that of its serial port. */
export const screenOf = (cluster: Cluster, guest: Guest): Screen | undefined => {
  const { running } = guest
  if (!running) return undefined
  const shown = bootScreen(cluster, guest)
  if (shown) return screenOfLines(shown.flatMap(wrapped), false)
  if (!runningImage(running)) return screenOfLines(nothingToBoot, false)
  if (!isUp(cluster, running)) return screenOfLines(booting(guest), false)
  if (isWindows(running)) return screenOfLines(windows(guest), false)
  const { screen, serial } = ttys(cluster, guest, running)
  return (onSerial(running) ? serial : screen).terminal.screen()
}

/** Between words. */
const wrapped = (line: string): string[] => {
  if (line.length <= columns) return [line]
  const at = line.lastIndexOf(' ', columns)
  const end = at <= 0 ? columns : at
  return [line.slice(0, end), ...wrapped(line.slice(end).trimStart())]
}

const keyNames: Record<string, string> = { '\r': 'ret', '\n': 'ret', ' ': 'spc' }

/** What is typed on the keyboard. A guest that still boots, or is paused, does not hear it; a loader or an installer does. */
export const typeOnScreen = (cluster: Cluster, guest: Guest, text: string): void => {
  if (bootScreen(cluster, guest)) {
    for (const letter of text) pressKey(cluster, guest, keyNames[letter] ?? letter)
    return
  }
  const { running } = guest
  if (running?.state !== 'running' || !isUp(cluster, running) || isWindows(running)) return
  const { screen, serial } = ttys(cluster, guest, running)
  const tty = onSerial(running) ? serial : screen
  tty.input(text)
}

/** Linux, loaders and its installers restart on Ctrl-Alt-Del; Windows asks for a password and is left at that. */
export const pressCtrlAltDel = (cluster: Cluster, guest: Guest): void => {
  const { running } = guest
  if (running?.state !== 'running' || running.setup) return
  const hears = bootScreen(cluster, guest) !== undefined || runningImage(running) !== undefined
  if (!hears || isWindows(running)) return
  const { pid, startedAt, config } = running
  guest.running = { ...bootedState(cluster, guest, false), pid, startedAt, config }
  cluster.changed()
}

/** The terminal at a guest's serial port; undefined where it is off, or has none. */
export const serialOf = (cluster: Cluster, guest: Guest, port: string): Tty | undefined => {
  const { running } = guest
  if (!running || running.config[port] === undefined) return undefined
  return ttys(cluster, guest, running).serial
}
