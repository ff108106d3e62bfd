/** What is on a CD, known by the name of its file. */
import type { Volume } from '../world.ts'

export type WindowsInstaller = {
  kind: 'windows'
  /** What a disk holds afterwards: a key of `images`. */
  image: string
  title: string
  isServer: boolean
  /** Names of the images in `install.wim`, in the order of their index. */
  editions: string[]
  /** In virtio-win. */
  driverFolder: string
  /** Refuses machines as Windows 11 does. */
  checksMachine: boolean
  /** Does not run on CPUs without SSE4.2 and POPCNT. */
  needsNewCpu: boolean
}

export type Media =
  | WindowsInstaller
  | {
      kind: 'linux'
      title: string
      menu: string[]
      question: string[]
      /** For Secure Boot. */
      isSigned: boolean
    }
  | { kind: 'drivers' }
  | { kind: 'other'; title: string }

const clientEditions = (system: string) =>
  [
    'Home',
    'Home N',
    'Home Single Language',
    'Education',
    'Education N',
    'Pro',
    'Pro N',
    'Pro Education',
    'Pro Education N',
    'Pro for Workstations',
    'Pro N for Workstations',
  ].map((name) => `${system} ${name}`)

const serverEditions = (year: string) =>
  ['SERVERSTANDARDCORE', 'SERVERSTANDARD', 'SERVERDATACENTERCORE', 'SERVERDATACENTER'].map(
    (name) => `Windows Server ${year} ${name}`,
  )

const client = (version: '10' | '11'): WindowsInstaller => ({
  kind: 'windows',
  image: `windows-${version}`,
  title: `Windows ${version}`,
  isServer: false,
  editions: clientEditions(`Windows ${version}`),
  driverFolder: `w${version}`,
  checksMachine: version === '11',
  needsNewCpu: version === '11',
})

const server = (year: string): WindowsInstaller => ({
  kind: 'windows',
  image: `windows-server-${year}`,
  title: `Windows Server ${year}`,
  isServer: true,
  editions: serverEditions(year),
  driverFolder: `2k${year.slice(2)}`,
  checksMachine: false,
  needsNewCpu: year === '2025',
})

const linux = (title: string, menu: string[], question: string[], isSigned = true): Media => ({
  kind: 'linux',
  title,
  menu,
  question,
  isSigned,
})

const debian = linux(
  'Debian GNU/Linux',
  [
    'Debian GNU/Linux installer menu',
    '',
    '  > Graphical install',
    '    Install',
    '    Advanced options                   >',
    '    Accessible dark contrast installer menu   >',
    '    Help',
    '    Install with speech synthesis',
  ],
  [
    '[!!] Select a language',
    '',
    'Choose the language to be used for the installation process.',
    '',
    '  > English',
    '    French',
    '    German',
  ],
)

const ubuntu = linux(
  'Ubuntu Server',
  [
    'GNU GRUB  version 2.12',
    '',
    '  *Try or Install Ubuntu Server',
    '   Test memory',
    '',
    'Use the up and down keys to select which entry is highlighted.',
  ],
  [
    'Willkommen! Bienvenue! Welcome! Добро пожаловать! Welkom!',
    '',
    'Use UP, DOWN and ENTER keys to select your language.',
    '',
    '  [ English                             > ]',
    '  [ Deutsch                             > ]',
  ],
)

const anyLinux = (title: string, isSigned = true) =>
  linux(
    title,
    [`Install ${title}`, '', `  > Install ${title}`, '    Troubleshooting'],
    [
      `Welcome to ${title}.`,
      '',
      'What language would you like to use during the installation process?',
    ],
    isSigned,
  )

/** Windows Server before Windows: a name may hold both a year and a 10. */
const byName: [RegExp, Media][] = [
  [/virtio-win/i, { kind: 'drivers' }],
  [/2025|^26100.*server/i, server('2025')],
  [/2022|^20348|^SERVER_EVAL_x64FRE/i, server('2022')],
  [/2019|^17763.*server/i, server('2019')],
  [/2016|^14393.*server/i, server('2016')],
  [/(^|[^a-z])win(dows)?[-_ ]?11|^2[26]\d{3}\.\d.*client/i, client('11')],
  [/(^|[^a-z])win(dows)?[-_ ]?10|^19\d{3}\.\d.*client/i, client('10')],
  [/debian/i, debian],
  [/ubuntu|noble|jammy/i, ubuntu],
  [/rocky/i, anyLinux('Rocky Linux')],
  [/alma/i, anyLinux('AlmaLinux')],
  [/fedora/i, anyLinux('Fedora')],
  [/centos/i, anyLinux('CentOS Stream')],
  [/suse/i, anyLinux('openSUSE')],
  [/alpine/i, anyLinux('Alpine Linux', false)],
  [/arch/i, anyLinux('Arch Linux', false)],
  [/linux/i, anyLinux('Linux')],
]

/** Undefined: nothing that a machine could start from, like a seed. */
export const mediaOf = ({ name, seed }: Volume): Media | undefined => {
  if (seed) return undefined
  const fileName = name.split('/').at(-1) ?? ''
  const known = byName.find(([pattern]) => pattern.test(fileName))?.[1]
  return known ?? { kind: 'other', title: fileName.replace(/\.(iso|img)$/i, '') }
}

export const GUEST_TOOLS = 'virtio-win-guest-tools.exe'
export const AGENT_INSTALLER = 'guest-agent\\qemu-ga-x86_64.msi'
export const DRIVER_INSTALLER = 'virtio-win-gt-x64.msi'

const driverVersions = ['w10', 'w11', '2k16', '2k19', '2k22', '2k25']
const drivers = [
  'vioscsi',
  'viostor',
  'NetKVM',
  'Balloon',
  'vioserial',
  'viorng',
  'qxldod',
  'pvpanic',
]

/** Folders of virtio-win with `.inf` files, by the driver that is in each. */
export const driverFolders: { path: string; driver: string; version: string }[] = [
  ...drivers.flatMap((driver) =>
    driverVersions.map((version) => ({ path: `${driver}\\${version}\\amd64`, driver, version })),
  ),
  // The drivers of the disks once more, for setup.
  ...['vioscsi', 'viostor'].flatMap((driver) =>
    driverVersions.map((version) => ({ path: `amd64\\${version}`, driver, version })),
  ),
]
