/**
 * autounattend.xml: the answers in the passes in which Windows setup reads them. Components, elements and values as in
 * Microsoft's unattend reference (learn.microsoft.com/windows-hardware/customize/desktop/unattend).
 */
import type { Answers, ShownUnattended } from './answers.ts'
import { driverFolders, type WindowsOsType } from './drivers.ts'
import { encodedPassword } from './passwords.ts'
import { type Element, element, toXml } from './xml.ts'

export type SetupAnswers = Omit<Answers, 'osType' | 'networks'> & { osType: WindowsOsType }

/** Letters that CD drives can have in Windows PE, whose own drive is X:, and in Windows. */
const CD_LETTERS = ['D', 'E', 'F', 'G', 'H', 'I', 'J'] as const

/** Throws where an answer has a character that XML cannot carry. */
export function unattendXml(answers: SetupAnswers): string {
  return toXml(
    element(
      'unattend',
      [
        pass('windowsPE', [setupLanguages(answers), setupDrivers(answers), setup(answers)]),
        pass('specialize', [computer(answers), ...remoteDesktop(answers)]),
        pass('oobeSystem', [languages(answers), shell(answers)]),
      ],
      { xmlns: 'urn:schemas-microsoft-com:unattend' },
    ),
  )
}

function pass(name: string, components: Element[]): Element {
  return element('settings', components, { pass: name })
}

function component(name: string, content: Element[]): Element {
  return element('component', content, {
    name,
    processorArchitecture: 'amd64',
    publicKeyToken: '31bf3856ad364e35',
    language: 'neutral',
    versionScope: 'nonSxS',
    'xmlns:wcm': 'http://schemas.microsoft.com/WMIConfig/2002/State',
  })
}

/** One entry of a list. */
function entry(name: string, content: Element[], key?: string): Element {
  const keyed: Record<string, string> = key === undefined ? {} : { 'wcm:keyValue': key }
  return element(name, content, { 'wcm:action': 'add', ...keyed })
}

function setupLanguages(answers: SetupAnswers): Element {
  const language = answers.unattended.language ?? DEFAULT_LANGUAGE
  return component('Microsoft-Windows-International-Core-WinPE', [
    element('SetupUILanguage', [element('UILanguage', language)]),
    ...locales(answers),
  ])
}

function languages(answers: SetupAnswers): Element {
  return component('Microsoft-Windows-International-Core', locales(answers))
}

const DEFAULT_LANGUAGE = 'en-US'

function locales({ unattended: { language = DEFAULT_LANGUAGE, keyboard } }: SetupAnswers) {
  return [
    element('InputLocale', keyboard ?? language),
    element('SystemLocale', language),
    element('UILanguage', language),
    element('UserLocale', language),
  ]
}

/** Setup takes the folders that are there: which letter the driver ISO gets is not known. It keeps the drivers in Windows. */
function setupDrivers({ osType, diskBus }: SetupAnswers): Element {
  const paths = CD_LETTERS.flatMap((letter) =>
    driverFolders(osType, diskBus).map(({ path }) => `${letter}:\\${path}`),
  )
  return component('Microsoft-Windows-PnpCustomizationsWinPE', [
    element(
      'DriverPaths',
      paths.map((path, index) =>
        entry('PathAndCredentials', [element('Path', path)], `${index + 1}`),
      ),
    ),
  ])
}

function setup(answers: SetupAnswers): Element {
  const { edition, productKey } = answers.unattended
  const [key, value] =
    'index' in edition ? ['/IMAGE/INDEX', `${edition.index}`] : ['/IMAGE/NAME', edition.name]
  const layout = answers.firmware === 'uefi' ? uefiLayout : biosLayout
  return component('Microsoft-Windows-Setup', [
    element('DiskConfiguration', [disk(layout), element('WillShowUI', 'OnError')]),
    element('ImageInstall', [
      element('OSImage', [
        element('InstallFrom', [
          entry('MetaData', [element('Key', key ?? ''), element('Value', value ?? '')]),
        ]),
        element('InstallTo', [
          element('DiskID', '0'),
          element('PartitionID', `${layout.windowsPartition}`),
        ]),
        element('WillShowUI', 'OnError'),
      ]),
    ]),
    element('UserData', [
      element('AcceptEula', 'true'),
      // A key that setup refuses is told on the screen. Without one there is nothing to tell.
      element(
        'ProductKey',
        productKey === undefined
          ? [element('WillShowUI', 'Never')]
          : [element('Key', productKey), element('WillShowUI', 'OnError')],
      ),
    ]),
  ])
}

type Partition = {
  type: 'EFI' | 'MSR' | 'Primary'
  /** Null: what is left of the disk. */
  sizeMiB: number | null
  format: { system: 'FAT32' | 'NTFS'; label: string; letter?: string; active?: boolean } | null
}

type Layout = { partitions: Partition[]; windowsPartition: number }

/**
 * Sizes as in Microsoft's samples; 260 MiB so that the partition also fits disks with sectors of 4 KiB. The recovery tools
 * stay on the Windows partition, which is the last one, so that it can grow with the disk.
 */
const uefiLayout: Layout = {
  partitions: [
    { type: 'EFI', sizeMiB: 260, format: { system: 'FAT32', label: 'System' } },
    { type: 'MSR', sizeMiB: 16, format: null },
    {
      type: 'Primary',
      sizeMiB: null,
      format: { system: 'NTFS', label: 'Windows', letter: 'C' },
    },
  ],
  windowsPartition: 3,
}

const biosLayout: Layout = {
  partitions: [
    { type: 'Primary', sizeMiB: 500, format: { system: 'NTFS', label: 'System', active: true } },
    {
      type: 'Primary',
      sizeMiB: null,
      format: { system: 'NTFS', label: 'Windows', letter: 'C' },
    },
  ],
  windowsPartition: 2,
}

function disk({ partitions }: Layout): Element {
  const created = partitions.map(({ type, sizeMiB }, index) =>
    entry('CreatePartition', [
      element('Order', `${index + 1}`),
      element('Type', type),
      sizeMiB === null ? element('Extend', 'true') : element('Size', `${sizeMiB}`),
    ]),
  )
  const modified = partitions.map(({ format }, index) =>
    entry('ModifyPartition', [
      element('Order', `${index + 1}`),
      element('PartitionID', `${index + 1}`),
      ...(format === null ? [] : [element('Format', format.system)]),
      ...(format === null ? [] : [element('Label', format.label)]),
      ...(format?.letter === undefined ? [] : [element('Letter', format.letter)]),
      ...(format?.active === true ? [element('Active', 'true')] : []),
    ]),
  )
  return entry('Disk', [
    element('DiskID', '0'),
    element('WillWipeDisk', 'true'),
    element('CreatePartitions', created),
    element('ModifyPartitions', modified),
  ])
}

function computer({ unattended, computerName }: SetupAnswers): Element {
  return component('Microsoft-Windows-Shell-Setup', [
    element('ComputerName', computerName),
    element('TimeZone', unattended.timeZone ?? 'UTC'),
  ])
}

/** With network level authentication, as Windows itself switches it on. */
function remoteDesktop({ unattended }: SetupAnswers): Element[] {
  if (unattended.remoteDesktop === false) return []
  return [
    component('Microsoft-Windows-TerminalServices-LocalSessionManager', [
      element('fDenyTSConnections', 'false'),
    ]),
    component('Microsoft-Windows-TerminalServices-RDP-WinStationExtensions', [
      element('UserAuthentication', '1'),
    ]),
    component('Networking-MPSSVC-Svc', [
      element('FirewallGroups', [
        entry(
          'FirewallGroup',
          [
            element('Active', 'true'),
            // The group's name in every language.
            element('Group', '@FirewallAPI.dll,-28752'),
            element('Profile', 'all'),
          ],
          'RemoteDesktop',
        ),
      ]),
    ]),
  ]
}

/**
 * Names of accounts and groups are English in every language: setup translates them (Shell-Setup, AutoLogon, Username).
 * Only a sign-in as Administrator makes Windows 10 and 11 switch that account on, and it alone runs commands without asking.
 */
function shell({ unattended: { administratorPassword, user } }: SetupAnswers): Element {
  return component('Microsoft-Windows-Shell-Setup', [
    element('AutoLogon', [
      element('Enabled', 'true'),
      element('LogonCount', '1'),
      element('Username', 'Administrator'),
      secret('Password', administratorPassword),
    ]),
    element('FirstLogonCommands', [
      entry('SynchronousCommand', [
        element('Order', '1'),
        element('Description', 'Network, drivers, guest agent, commands'),
        element('CommandLine', FIRST_LOGON),
      ]),
    ]),
    element('OOBE', [
      element('HideEULAPage', 'true'),
      element('HideLocalAccountScreen', 'true'),
      element('HideOEMRegistrationScreen', 'true'),
      element('HideOnlineAccountScreens', 'true'),
      element('HideWirelessSetupInOOBE', 'true'),
      // Express settings off.
      element('ProtectYourPC', '3'),
    ]),
    element('UserAccounts', [
      secret('AdministratorPassword', administratorPassword),
      ...(user === undefined ? [] : [element('LocalAccounts', [account(user)])]),
    ]),
  ])
}

function secret(name: 'Password' | 'AdministratorPassword', password: string): Element {
  return element(name, [
    element('Value', encodedPassword(password, name)),
    element('PlainText', 'false'),
  ])
}

function account({ name, password, administrator }: NonNullable<ShownUnattended['user']>): Element {
  return entry('LocalAccount', [
    element('Name', name),
    element('DisplayName', name),
    element('Group', administrator === true ? 'Administrators' : 'Users;RemoteDesktopUsers'),
    secret('Password', password),
  ])
}

const FIRST_LOGON = `cmd.exe /c for %d in (${CD_LETTERS.join(' ')}) do if exist %d:\\first-logon.ps1 powershell.exe -NoProfile -ExecutionPolicy Bypass -File %d:\\first-logon.ps1`
