/** Windows setup: what it asks, what it refuses, and what it makes of an answer file. */
import type { Installed } from '../world.ts'
import type { NicPlan } from '../first-boot/network.ts'
import { stopped, type Course, type Stage } from './course.ts'
import { effectsOf, type Effects } from './first-logon.ts'
import type { Disk, Machine } from './machine.ts'
import type { WindowsInstaller } from './media.ts'
import {
  boxed,
  loadedDrivers,
  machineStop,
  processorStop,
  visibleDisks,
  type Setup,
  type Stop,
} from './windows-machine.ts'
import { readUnattend, type Refusal, type Unattend } from './unattend.ts'

const gibibyte = 2 ** 30
const mebibyte = 2 ** 20

type Answered = Setup & { answers: Unattend; file: string }

const stage = (seconds: number, ...lines: string[]): Stage => ({ seconds, lines })

const starting = (title: string): Stage[] => [
  stage(6, 'Loading files...'),
  stage(6, title, '', 'Setup is starting'),
]

const refusalLines = ({ pass, component }: Refusal, file: string): string[] =>
  pass === undefined
    ? boxed(
        'Install Windows',
        'Windows Setup encountered an internal error while loading or searching for an unattended answer file.',
      )
    : boxed(
        'Install Windows',
        `Windows could not parse or process unattend answer file [${file}] for pass [${pass}].`,
        component === undefined
          ? 'The answer file is invalid.'
          : `A component or setting specified in the answer file does not exist. The error was detected while processing settings for component [${component}].`,
      )

const cannotApply = (pass: string, component: string, file: string) =>
  boxed(
    'Install Windows',
    `Windows could not parse or process unattend answer file [${file}] for pass [${pass}].`,
    `The settings specified in the answer file cannot be applied. The error was detected while processing settings for component [${component}].`,
  )

const languageQuestion = (title: string) =>
  boxed(
    title,
    'Language to install:       English (United States)',
    'Time and currency format:  English (United States)',
    'Keyboard or input method:  US',
    '',
    '[ Next ]',
  )
const eulaQuestion = boxed('Applicable notices and license terms', '[ ] I accept', '', '[ Next ]')
const editionQuestion = ({ editions }: WindowsInstaller) =>
  boxed('Select the operating system you want to install', ...editions, '', '[ Next ]')
const diskQuestion = (disks: Disk[]) =>
  boxed(
    'Select location to install Windows',
    ...(disks.length === 0
      ? ["We couldn't find any drives. To get a storage driver, click Load driver."]
      : disks.map(
          ({ bytes }, index) =>
            `Disk ${index} Unallocated Space   ${Math.floor(bytes / gibibyte)} GB`,
        )),
    '',
    disks.length === 0 ? '[ Load driver ]' : '[ Next ]',
  )

const imageStop = ({ answers, installer }: Answered): Stop => {
  const { image } = answers
  if (image === undefined) return editionQuestion(installer)
  const { editions } = installer
  const isThere =
    'index' in image
      ? editions[image.index - 1] !== undefined
      : editions.some((name) => name.toLowerCase() === image.name.toLowerCase())
  return isThere
    ? undefined
    : boxed(
        'Install Windows',
        'No images are available.',
        '',
        'What <ImageInstall> names is not on this medium.',
      )
}

const partitionTypes = ({ answers }: Answered) =>
  answers.partitions.map(({ type }) => type.toUpperCase())

/** UEFI starts from an EFI partition, a BIOS from an active one. */
const layoutFits = (answered: Answered): boolean => {
  const { answers, machine } = answered
  const types = partitionTypes(answered)
  const target = answers.partitions[(answers.installTo?.partition ?? 0) - 1]
  if (target?.type.toUpperCase() !== 'PRIMARY') return false
  return machine.firmware === 'uefi'
    ? types.includes('EFI')
    : answers.activePartition && !types.includes('EFI') && !types.includes('MSR')
}

const windowsBytes = ({ answers }: Answered, disk: Disk): number => {
  const target = answers.partitions[(answers.installTo?.partition ?? 0) - 1]
  const others = answers.partitions.reduce((sum, { sizeMiB = 0 }) => sum + sizeMiB * mebibyte, 0)
  return target?.extend === true ? disk.bytes - others : (target?.sizeMiB ?? 0) * mebibyte
}

const diskStop = (answered: Answered, disks: Disk[]): Stop => {
  const { answers } = answered
  if (answers.diskId === undefined || answers.installTo === undefined) return diskQuestion(disks)
  const disk = disks[answers.diskId]
  const failed = (code: string) =>
    boxed(
      'Install Windows',
      `Windows could not create a partition on disk ${answers.diskId}. The error occurred while applying the unattend answer file's <DiskConfiguration> setting. Error code: ${code}`,
    )
  if (!disk || answers.installTo.disk !== answers.diskId) return failed('0x80300001')
  const used = answers.partitions.reduce((sum, { sizeMiB = 0 }) => sum + sizeMiB * mebibyte, 0)
  if (used > disk.bytes) return failed('0x8030000B')
  if (!layoutFits(answered)) return failed('0x80300024')
  return windowsBytes(answered, disk) >= 20 * gibibyte
    ? undefined
    : boxed(
        'Install Windows',
        `Windows cannot be installed to Disk ${answers.diskId} Partition ${answers.installTo.partition}. The partition is too small.`,
      )
}

/** The first thing in Windows PE that keeps setup from going on by itself. */
const setupStop = (answered: Answered, disks: Disk[]): Stop => {
  const { answers, installer } = answered
  if (!answers.hasLanguages) return languageQuestion(`${installer.title} Setup`)
  const refused = machineStop(answered, answers.setupCommands)
  if (refused) return refused
  const unnamed = imageStop(answered)
  if (unnamed) return unnamed
  if (!answers.acceptsEula) return eulaQuestion
  return diskStop(answered, disks)
}

const validTimeZone = /^(UTC([+-]\d\d)?|.+ Time( \([\w ]+\))?)$/

/** `*` lets Windows invent one. */
const computerNameFits = (name: string) =>
  name === '*' ||
  (/^[^\s{}|~[\]^':;<=>?@!"#$%`()+/.,*&\\]{1,15}$/.test(name) && !/^\d+$/.test(name))

const specializeStop = ({ answers, file }: Answered): Stop => {
  const { computerName, timeZone } = answers
  const nameFits = computerName === undefined || computerNameFits(computerName)
  const zoneFits = timeZone === undefined || validTimeZone.test(timeZone)
  return nameFits && zoneFits
    ? undefined
    : cannotApply('specialize', 'Microsoft-Windows-Shell-Setup', file)
}

/** The first start asks for whom Windows is, where the answers leave that open. */
const oobeStop = ({ answers, installer, file }: Answered): Stop => {
  const { administratorPassword, accounts } = answers
  if (accounts.some(({ password }) => password === undefined))
    return cannotApply('oobeSystem', 'Microsoft-Windows-Shell-Setup', file)
  if (installer.isServer && !administratorPassword)
    return boxed(
      'Customize settings',
      'Type a password for the built-in administrator account that you can use to sign in to this computer.',
    )
  if (!installer.isServer && !administratorPassword && accounts.length === 0)
    return boxed("Let's add your account", 'Is this the right country or region?')
  return answers.hidesEula
    ? undefined
    : boxed('Highly recommended for you', 'License agreement', '', '[ Accept ]')
}

/** Who signs in by itself has to exist, and with that password. */
const signsIn = ({ administratorPassword, accounts, autoLogon }: Unattend): boolean => {
  if (!autoLogon) return false
  const known = [{ name: 'Administrator', password: administratorPassword }, ...accounts].find(
    ({ name }) => name.toLowerCase() === autoLogon.name.toLowerCase(),
  )
  return known !== undefined && known.password === autoLogon.password
}

const none: Effects = {
  hasGuestTools: false,
  hasAgentPackage: false,
  hasDriverPackage: false,
  opensRemoteDesktop: false,
  network: {},
}

const planOf = ({ answers, machine }: Answered): Record<string, NicPlan> => {
  const find = (identifier: string) => {
    const asMac = identifier.replaceAll('-', ':').toLowerCase()
    const number = /^Ethernet(?: (\d+))?$/i.exec(identifier)
    const index = number ? Number(number[1] ?? 1) - 1 : -1
    return machine.nics.find(({ mac }, at) => mac === asMac || at === index)?.mac
  }
  return Object.fromEntries(
    answers.interfaces.flatMap(({ identifier, dhcp4, addresses }): [string, NicPlan][] => {
      const mac = find(identifier)
      return mac === undefined ? [] : [[mac, { dhcp4, auto6: true, addresses }]]
    }),
  )
}

const invented = (mac: string | undefined) =>
  `WIN-${(mac ?? '').replaceAll(':', '').toUpperCase().padStart(11, '0').slice(0, 11)}`

/** The system as the answers make it. */
const installedBy = (answered: Answered, drivers: Set<string>): Installed => {
  const { answers, machine } = answered
  const signed = signsIn(answers)
  const effects = signed ? effectsOf(answers.commands, machine.cds) : none
  const hasAllDrivers = effects.hasGuestTools || effects.hasDriverPackage
  const byAnswers = answers.remoteDesktop && answers.remoteDesktopInFirewall
  const { computerName = '*' } = answers
  return {
    hostname: computerName === '*' ? invented(machine.nics[0]?.mac) : computerName,
    users: ['Administrator', ...answers.accounts.map(({ name }) => name)],
    ports: byAnswers || effects.opensRemoteDesktop ? [3389] : [],
    hasAgent:
      effects.hasGuestTools ||
      (effects.hasAgentPackage && (hasAllDrivers || drivers.has('vioserial'))),
    hasVirtioNet: hasAllDrivers || drivers.has('NetKVM'),
    network: { ...planOf(answered), ...effects.network },
  }
}

const copying = (percent: number) =>
  stage(
    15,
    'Installing Windows',
    '',
    'Your computer will restart several times. This might take a while.',
    '',
    `Getting files ready for installation (${percent}%)`,
  )

const restart = stage(4, 'Windows needs to restart to continue')

const copyStages: Stage[] = [copying(0), copying(27), copying(58), copying(91), restart]
const deviceStage = stage(20, 'Getting devices ready 45%')
const readyStage = stage(12, 'Getting ready')
const oobeStage = stage(
  15,
  'Hi',
  '',
  "We're getting everything ready for you",
  "Don't turn off your PC",
)

const firstLogonStages = ({ answers }: Answered): Stage[] =>
  signsIn(answers)
    ? [
        stage(8, 'Administrator', '', 'Preparing Windows'),
        ...(answers.commands.length > 0
          ? [stage(20, String.raw`C:\Windows\system32\cmd.exe`, '', ...answers.commands)]
          : []),
      ]
    : []

/** From an answer file: to the end, or to where it leads nowhere. */
const answered = (setup: Answered): Course => {
  const { answers, installer } = setup
  const begun = starting(`${installer.title} Setup`)
  const drivers = loadedDrivers(setup, answers.driverPaths)
  const disks = visibleDisks(setup.machine, drivers)
  const stop = setupStop(setup, disks)
  if (stop) return stopped(begun, stop)
  const disk = disks[answers.diskId ?? 0]
  if (!disk) return stopped(begun, diskQuestion(disks))
  const install = {
    volid: disk.volid,
    writesInStage: begun.length,
    image: installer.image,
    installed: installedBy(setup, drivers),
    finishes: false,
  }
  const copied = [...begun, ...copyStages, deviceStage]
  const notSpecialized = specializeStop(setup)
  if (notSpecialized) return { ...stopped(copied, notSpecialized), install }
  const specialized = [...copied, readyStage, restart, oobeStage]
  const asks = oobeStop(setup)
  if (asks) return { ...stopped(specialized, asks), install }
  return {
    stages: [...specialized, ...firstLogonStages(setup)],
    install: { ...install, finishes: true },
  }
}

/** Nobody told it anything: the first start asks. */
const plainInstall = ({ installer, machine }: Setup, { volid }: Disk): Course => ({
  ...stopped(
    [...copyStages, deviceStage, readyStage, restart, oobeStage],
    installer.isServer
      ? boxed('Customize settings', 'Type a password for the built-in administrator account')
      : boxed("Let's add your account", 'Is this the right country or region?'),
  ),
  install: {
    volid,
    writesInStage: 0,
    image: installer.image,
    finishes: false,
    installed: {
      hostname: invented(machine.nics[0]?.mac),
      users: [],
      ports: [],
      hasAgent: false,
      hasVirtioNet: false,
      network: {},
    },
  },
})

/** Somebody sits at the console and says yes to everything: as far as that leads. */
const byHand = (setup: Setup): Course => {
  const { installer, machine } = setup
  const disks = visibleDisks(machine, new Set())
  const refused = machineStop(setup, [])
  const [disk] = disks
  return {
    stages: starting(`${installer.title} Setup`),
    questions: [
      languageQuestion(`${installer.title} Setup`),
      editionQuestion(installer),
      ...(refused ? [refused] : [eulaQuestion, diskQuestion(disks)]),
    ],
    ...(refused || !disk ? {} : { afterwards: plainInstall(setup, disk) }),
  }
}

const answerFile = /^autounattend\.xml$/i

/** What a machine goes through that starts from an installer of Windows. The first CD with answers counts. */
export const windowsSetup = (machine: Machine, installer: WindowsInstaller): Course => {
  const setup = { machine, installer }
  const broken = processorStop(setup)
  if (broken) return stopped([], broken)
  const found = machine.cds.flatMap(({ letter, files }) =>
    Object.entries(files)
      .filter(([name]) => answerFile.test(name))
      .map(([name, text]) => ({ file: `${letter}:\\${name}`, text })),
  )[0]
  if (!found) return byHand(setup)
  const read = readUnattend(found.text)
  return 'refusal' in read
    ? stopped(starting(`${installer.title} Setup`), refusalLines(read.refusal, found.file))
    : answered({ ...setup, answers: read.answers, file: found.file })
}
