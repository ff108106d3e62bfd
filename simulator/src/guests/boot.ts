/** What a machine does from the moment it is switched on: which device it starts from, and what is on it. */
import type { Cluster } from '../cluster.ts'
import { firstBootOf } from '../first-boot/first-boot.ts'
import type { Course } from '../install/course.ts'
import { machineOf, type Cd } from '../install/machine.ts'
import { mediaOf, type WindowsInstaller } from '../install/media.ts'
import { windowsSetup } from '../install/windows-setup.ts'
import { findVolume } from '../storage/storages.ts'
import type { Config, Guest, Running, Volume } from '../world.ts'
import { diskKeys, drivesOf, isCdrom, parseDrive } from './drive.ts'
import { images, type Image } from './images.ts'

/** What a running guest has beside its process. */
type State = Omit<Running, 'pid' | 'startedAt' | 'state' | 'config' | 'silent'>
type Screens = NonNullable<Running['screens']>

/** Simulated seconds. */
const seconds = { bios: 2, uefi: 4, network: 8, menu: 3, prompt: 5 }
/** However fast the time runs, a person or a program has so long to press a key. */
const realPromptMilliseconds = 2000

const isUefi = (config: Config) => config['bios'] === 'ovmf'

/** In the order of `boot`; without one, the disk and then the CDs. */
const devicesOf = (config: Config): string[] => {
  const order = /order=([^,]*)/.exec(config['boot'] ?? '')?.[1]
  if (order !== undefined) return order.split(';')
  const disk = config['bootdisk'] ?? diskKeys(config)[0]
  const cds = drivesOf(config)
    .filter(isCdrom)
    .map(({ key }) => key)
  return [...(disk === undefined ? [] : [disk]), ...cds]
}

const volumeAt = (cluster: Cluster, { node, config }: Guest, key: string): Volume | undefined => {
  const text = config[key]
  return text === undefined ? undefined : findVolume(cluster, parseDrive(key, text).file, node)
}

const lasting = ({ clock }: Cluster, simulated: number) => clock.after(simulated) - clock.now()

/** When the services of an installed system answer. */
const systemState = (
  cluster: Cluster,
  guest: Guest,
  { image: name = '', installed }: Volume,
  image: Image,
  from: number,
): State => {
  const later = ([low, high]: readonly [number, number]) =>
    from + lasting(cluster, cluster.random.between(low, high))
  const ownAgent = image.agentSeconds && later(image.agentSeconds)
  const networkAt = later(image.networkSeconds)
  const portsAt = later(image.portsSeconds)
  if (installed)
    return {
      image: name,
      installed,
      networkAt,
      portsAt,
      ...(installed.hasAgent && ownAgent !== undefined ? { agentAt: ownAgent } : {}),
    }
  const firstBoot = firstBootOf(cluster, guest, image, portsAt)
  const agentAt = ownAgent ?? (firstBoot?.hasAgent ? firstBoot.doneAt : undefined)
  return {
    image: name,
    networkAt,
    portsAt,
    ...(agentAt === undefined ? {} : { agentAt }),
    ...(firstBoot === undefined ? {} : { firstBoot }),
  }
}

/** From the CD on. */
const courseState = (
  cluster: Cluster,
  cd: string,
  course: Course,
  from: number,
  shown: Screens = [],
): State => {
  const screens: Screens = [...shown]
  let at = from
  let writesAt = from
  for (const [index, stage] of course.stages.entries()) {
    if (index === course.install?.writesInStage) writesAt = at
    screens.push({ at, lines: stage.lines })
    at += lasting(cluster, stage.seconds)
  }
  const { install, questions } = course
  const state: State = {
    screens,
    ...(questions ? { questions: { cd, from: at, lines: questions, asked: 0 } } : {}),
  }
  if (!install) return state
  const { volid, image, installed, finishes } = install
  const setup = { volid, writesAt, image, installed }
  if (!finishes) return { ...state, setup }
  return {
    ...state,
    setup: { ...setup, doneAt: at },
    image,
    installed,
    networkAt: at,
    portsAt: at,
    ...(installed.hasAgent ? { agentAt: at } : {}),
  }
}

const cdAt = (cluster: Cluster, guest: Guest, key: string): Cd | undefined =>
  machineOf(cluster, guest).cds.find((cd) => cd.key === key)

const windowsCourse = (cluster: Cluster, guest: Guest, installer: WindowsInstaller): Course =>
  windowsSetup(machineOf(cluster, guest), installer)

/** The loader of Windows asks first, with UEFI always, with a BIOS where a disk could start (bootfix.bin). */
const asksForKey = (cluster: Cluster, guest: Guest): boolean =>
  isUefi(guest.config) ||
  machineOf(cluster, guest).disks.some(({ volume }) => volume.image !== undefined)

const interrupted = [
  'Install Windows',
  '',
  'The computer restarted unexpectedly or encountered an unexpected error. Windows installation cannot proceed.',
  'To install Windows, click "OK" to restart the computer, and then restart the installation.',
]

const nothingFound = (config: Config) =>
  isUefi(config)
    ? [
        'BdsDxe: No bootable option or device was found.',
        'BdsDxe: Press any key to enter the Boot Manager Menu.',
      ]
    : ['Booting from Hard Disk...', 'Boot failed: not a bootable disk', '', 'No bootable device.']

const fromNetwork = (config: Config) =>
  isUefi(config)
    ? ['>>Start PXE over IPv4.', '  PXE-E18: Server response timeout.']
    : ['iPXE (PCI 00:12.0) starting execution...', 'No more network devices', '']

const promptLines = ['Press any key to boot from CD or DVD......']

/** Starts from the first of the devices that can be started from. */
const startFrom = (
  cluster: Cluster,
  guest: Guest,
  devices: string[],
  from: number,
  shown: Screens,
): State => {
  const [key, ...rest] = devices
  const { config } = guest
  if (key === undefined) return { screens: [...shown, { at: from, lines: nothingFound(config) }] }
  const goOn = (at: number, screens = shown) => startFrom(cluster, guest, rest, at, screens)
  if (key.startsWith('net') && config[key] !== undefined)
    return goOn(from + lasting(cluster, seconds.network), [
      ...shown,
      { at: from, lines: fromNetwork(config) },
    ])
  const volume = volumeAt(cluster, guest, key)
  if (!volume) return goOn(from)
  if (isCdrom(parseDrive(key, config[key] ?? '')))
    return startFromCd(cluster, guest, key, volume, from, shown) ?? goOn(from)
  if (volume.halfInstalled) return { screens: [...shown, { at: from, lines: interrupted }] }
  const image = volume.image === undefined ? undefined : images[volume.image]
  return image ? systemState(cluster, guest, volume, image, from) : goOn(from)
}

/** Firmware with Microsoft's keys starts nothing that is not signed. */
const hasSecureBoot = (config: Config) =>
  isUefi(config) && /(?:^|,)pre-enrolled-keys=(1|on|yes|true)(,|$)/i.test(config['efidisk0'] ?? '')

const startFromCd = (
  cluster: Cluster,
  guest: Guest,
  key: string,
  volume: Volume,
  from: number,
  shown: Screens,
): State | undefined => {
  const media = mediaOf(volume)
  switch (media?.kind) {
    case undefined:
    case 'drivers':
      return undefined
    case 'other':
      return { screens: [...shown, { at: from, lines: [media.title] }] }
    case 'linux': {
      if (!media.isSigned && hasSecureBoot(guest.config)) return undefined
      const stages = [{ seconds: seconds.menu, lines: ['Booting from DVD/CD...'] }]
      const course = { stages, questions: [media.menu, media.question] }
      return courseState(cluster, key, course, from, shown)
    }
    case 'windows': {
      if (!asksForKey(cluster, guest))
        return courseState(cluster, key, windowsCourse(cluster, guest, media), from, shown)
      const until = from + Math.max(lasting(cluster, seconds.prompt), realPromptMilliseconds)
      const devices = devicesOf(guest.config)
      const after = devices.slice(devices.indexOf(key) + 1)
      const screens = [...shown, { at: from, lines: promptLines }]
      return {
        ...startFrom(cluster, guest, after, until, screens),
        keyPrompt: { cd: key, from, until },
      }
    }
  }
}

const firmwareLines = (config: Config) =>
  isUefi(config)
    ? ['Proxmox', '', 'Press ESC for boot menu']
    : ['SeaBIOS (version rel-1.16.3-0-ga6ed6b701f0a-prebuilt.qemu.org)']

/** What setup wrote so far stays on its disk when the machine goes off or starts again. */
export const settleSetup = (cluster: Cluster, guest: Guest): void => {
  const setup = guest.running?.setup
  const now = cluster.clock.now()
  if (!setup || setup.writesAt > now) return
  const volume = findVolume(cluster, setup.volid, guest.node)
  if (!volume) return
  Reflect.deleteProperty(volume, 'halfInstalled')
  if (setup.doneAt !== undefined && setup.doneAt <= now) {
    volume.image = setup.image
    volume.installed = setup.installed
    volume.usedBytes = Math.max(volume.usedBytes, Math.min(volume.sizeBytes, 14 * 2 ** 30))
  } else {
    Reflect.deleteProperty(volume, 'image')
    Reflect.deleteProperty(volume, 'installed')
    volume.halfInstalled = true
  }
  cluster.changed()
}

const silenced = (state: State): State => {
  const { agentAt: _, ...rest } = state
  return rest
}

/** The state of a guest whose QEMU starts now: when its services will answer is decided here. */
export const bootedState = (cluster: Cluster, guest: Guest, neverAnswers: boolean): Running => {
  settleSetup(cluster, guest)
  const { clock, random } = cluster
  const { config } = guest
  const now = clock.now()
  const pid = Math.floor(random.between(2000, 4_000_000))
  const devices = devicesOf(config)
  const first = volumeAt(cluster, guest, devices[0] ?? '')
  const atOnce = first?.image !== undefined
  const from = atOnce ? now : now + lasting(cluster, isUefi(config) ? seconds.uefi : seconds.bios)
  const state = startFrom(cluster, guest, devices, from, [
    { at: now, lines: firmwareLines(config) },
  ])
  return {
    pid,
    startedAt: now,
    state: 'running',
    config: { ...config },
    ...(neverAnswers ? { ...silenced(state), silent: true } : state),
  }
}

const yes = /^(ret|kp_enter|spc|y|alt-n|alt-y)$/

const answerQuestion = (cluster: Cluster, guest: Guest, running: Running): State | undefined => {
  const { questions } = running
  if (!questions) return undefined
  if (questions.asked + 1 < questions.lines.length)
    return { ...running, questions: { ...questions, asked: questions.asked + 1 } }
  const media = cdAt(cluster, guest, questions.cd)?.media
  const next =
    media?.kind === 'windows' ? windowsCourse(cluster, guest, media).afterwards : undefined
  return next && courseState(cluster, questions.cd, next, cluster.clock.now())
}

const reactionTo = (cluster: Cluster, guest: Guest, running: Running, key: string) => {
  const now = cluster.clock.now()
  const { keyPrompt, questions } = running
  if (keyPrompt && keyPrompt.from <= now && now < keyPrompt.until) {
    const media = cdAt(cluster, guest, keyPrompt.cd)?.media
    return media?.kind === 'windows'
      ? courseState(cluster, keyPrompt.cd, windowsCourse(cluster, guest, media), now)
      : undefined
  }
  return questions && questions.from <= now && yes.test(key)
    ? answerQuestion(cluster, guest, running)
    : undefined
}

/** A key reaches a loader that waits for it, or an installer that asks. Others change nothing. */
export const pressKey = (cluster: Cluster, guest: Guest, key: string): void => {
  const { running } = guest
  if (running?.state !== 'running') return
  const { pid, startedAt, state, config, silent = false } = running
  const next = reactionTo(cluster, guest, running, key)
  if (!next) return
  guest.running = { ...(silent ? silenced(next) : next), pid, startedAt, state, config, silent }
  cluster.changed()
}
