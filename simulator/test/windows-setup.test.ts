import { describe, expect, test } from 'vitest'
import type { Machine } from '../src/install/machine.ts'
import { mediaOf } from '../src/install/media.ts'
import { windowsSetup } from '../src/install/windows-setup.ts'
import { readXml, textAt } from '../src/install/xml.ts'
import type { Volume } from '../src/world.ts'
import { windowsAnswers } from './windows-answers.ts'

const gibibyte = 2 ** 30

const volume = (name: string): Volume => ({
  storage: 'local',
  name,
  content: 'iso',
  format: 'iso',
  sizeBytes: gibibyte,
  usedBytes: gibibyte,
  createdAt: 0,
})

const installer = (fileName: string) => {
  const media = mediaOf(volume(`iso/${fileName}`))
  if (media?.kind !== 'windows') throw new Error(`${fileName} is no installer of Windows`)
  return media
}

const windows11 = installer('Win11_24H2_English_x64.iso')

const disk: Machine['disks'][number] = {
  key: 'scsi0',
  volid: 'local-lvm:vm-500-disk-0',
  volume: volume('vm-500-disk-0'),
  bytes: 64 * gibibyte,
  driver: 'vioscsi',
}
const driverCd: Machine['cds'][number] = {
  key: 'ide0',
  letter: 'D',
  media: { kind: 'drivers' },
  files: {},
}
const answerCd = (text: string): Machine['cds'][number] => ({
  key: 'sata0',
  letter: 'F',
  media: undefined,
  files: { 'autounattend.xml': text },
})

const machine = (text: string | undefined, more: Partial<Machine> = {}): Machine => ({
  firmware: 'uefi',
  tpm2: true,
  memoryBytes: 4 * gibibyte,
  cores: 2,
  cpuType: 'x86-64-v2-AES',
  disks: [disk],
  cds: [driverCd, ...(text === undefined ? [] : [answerCd(text)])],
  nics: [{ mac: 'bc:24:11:00:00:01', model: 'virtio' }],
  ...more,
})

const lastScreen = (text: string | undefined, more: Partial<Machine> = {}, medium = windows11) => {
  const { stages, install } = windowsSetup(machine(text, more), medium)
  return { screen: stages.at(-1)?.lines.join('\n') ?? '', finishes: install?.finishes === true }
}

test('an answer file that fits leads to a system as it says', () => {
  expect(windowsSetup(machine(windowsAnswers), windows11).install).toEqual({
    volid: 'local-lvm:vm-500-disk-0',
    writesInStage: 2,
    image: 'windows-11',
    finishes: true,
    installed: {
      hostname: 'DESK-01',
      users: ['Administrator'],
      ports: [3389],
      hasAgent: true,
      hasVirtioNet: true,
      network: {
        'bc:24:11:00:00:01': { dhcp4: false, auto6: true, addresses: ['10.10.0.50/24'] },
      },
    },
  })
})

type Row = {
  name: string
  /** In the answer file: the first becomes the second. */
  change?: [string | RegExp, string]
  machine?: Partial<Machine>
  screen: RegExp
}

const stops: Row[] = [
  { name: 'no TPM', machine: { tpm2: false }, screen: /can't run Windows 11[^]*TPM 2\.0/ },
  { name: 'a BIOS', machine: { firmware: 'bios' }, screen: /can't run Windows 11[^]*Secure Boot/ },
  { name: 'one core', machine: { cores: 1 }, screen: /two processor cores/ },
  { name: '2 GB', machine: { memoryBytes: 2 * gibibyte }, screen: /4 GB of memory/ },
  {
    name: 'a small disk',
    machine: { disks: [{ ...disk, bytes: 32 * gibibyte }] },
    screen: /64 GB of storage/,
  },
  { name: 'an old CPU', machine: { cpuType: 'kvm64' }, screen: /Loading files[^]*kvm64/ },
  { name: 'not well-formed', change: ['</unattend>', ''], screen: /internal error while loading/ },
  { name: 'a bare &', change: ['<UILanguage>en-US', '<UILanguage>a&b'], screen: /internal error/ },
  {
    name: 'another root namespace',
    change: ['urn:schemas-microsoft-com:unattend', 'urn:x'],
    screen: /internal error/,
  },
  {
    name: 'an unknown component',
    change: ['Microsoft-Windows-TCPIP', 'Microsoft-Windows-Nonsense'],
    screen: /pass \[specialize\][^]*does not exist[^]*Microsoft-Windows-Nonsense/,
  },
  {
    name: 'a component in a pass that does not have it',
    change: ['pass="specialize"', 'pass="offlineServicing"'],
    screen: /pass \[offlineServicing\][^]*Microsoft-Windows-Shell-Setup/,
  },
  {
    name: 'an unknown setting',
    change: [/<UserData>[^]*?<\/UserData>/, '<UserDatum />'],
    screen: /pass \[windowsPE\][^]*Microsoft-Windows-Setup\]/,
  },
  { name: 'no language', change: ['<UILanguage>en-US</UILanguage>', ''], screen: /Language to/ },
  { name: 'no edition', change: [/<MetaData>.*<\/MetaData>/, ''], screen: /Select the operating/ },
  { name: 'another edition', change: ['11 Pro<', '12 Pro<'], screen: /No images are available/ },
  {
    name: 'an index too high',
    change: ['/IMAGE/NAME</Key><Value>Windows 11 Pro', '/IMAGE/INDEX</Key><Value>12'],
    screen: /No images are available/,
  },
  {
    name: 'no licence',
    change: ['<AcceptEula>true', '<AcceptEula>false'],
    screen: /license terms/,
  },
  { name: 'no drivers', machine: { cds: [answerCd(windowsAnswers)] }, screen: /0x80300001/ },
  {
    name: 'drivers at another letter',
    change: ['D:\\vioscsi', 'E:\\vioscsi'],
    screen: /<DiskConfiguration> setting\. Error code: 0x80300001/,
  },
  {
    name: 'drivers of another Windows',
    change: ['vioscsi\\w11', 'vioscsi\\2k16'],
    screen: /0x80300001/,
  },
  {
    name: 'no layout',
    change: [/<DiskConfiguration>[^]*?<\/DiskConfiguration>/, ''],
    screen: /Disk 0 Unallocated Space {3}64 GB/,
  },
  { name: 'no EFI partition', change: ['>EFI<', '>Primary<'], screen: /0x80300024/ },
  {
    name: 'too small a partition',
    change: ['<Extend>true</Extend>', '<Size>9000</Size>'],
    screen: /too small/,
  },
  {
    name: 'partitions beyond the end',
    change: ['<Size>16</Size>', '<Size>99999</Size>'],
    screen: /0x8030000B/,
  },
  {
    name: 'a name of 16 letters',
    change: ['DESK-01', 'DESK-01234567890'],
    screen: /pass \[specialize\][^]*cannot be applied[^]*Shell-Setup/,
  },
  { name: 'a name with a dot', change: ['DESK-01', 'desk.example'], screen: /specialize/ },
  { name: 'a name of digits', change: ['DESK-01', '12345'], screen: /specialize/ },
  {
    name: 'a time zone of another kind',
    change: ['>UTC<', '>Europe/Berlin<'],
    screen: /specialize/,
  },
  {
    name: 'no accounts',
    change: [/<UserAccounts>[^]*?<\/UserAccounts>/, ''],
    screen: /add your account/,
  },
  {
    name: 'a licence at the first start',
    change: ['<HideEULAPage>true', '<HideEULAPage>false'],
    screen: /License agreement/,
  },
]

describe('setup stops', () => {
  test.for(stops)('with $name', ({ change, machine: more, screen }) => {
    const spoilt = change ? windowsAnswers.replace(...change) : windowsAnswers
    expect(spoilt === windowsAnswers).toBe(change === undefined)
    const shown = lastScreen(spoilt, more)
    expect(shown.screen).toMatch(screen)
    expect(shown.finishes).toBe(false)
  })
})

const bypass = (name: string) =>
  `<RunSynchronous><RunSynchronousCommand><Order>1</Order><Path>reg add HKLM\\SYSTEM\\Setup\\LabConfig /v ${name} /t REG_DWORD /d 1</Path></RunSynchronousCommand></RunSynchronous><UserData>`

test('what a machine lacks for Windows 11 can be passed over one by one', () => {
  const noTpm = windowsAnswers.replace('<UserData>', bypass('BypassTPMCheck'))
  expect(lastScreen(noTpm, { tpm2: false }).finishes).toBe(true)
  expect(lastScreen(noTpm, { tpm2: false, cores: 1 }).screen).toContain('two processor cores')
})

test('a server asks for no TPM, and a BIOS wants an active partition', () => {
  const server = installer('windows-server-2025.iso')
  const text = windowsAnswers
    .replace('/IMAGE/NAME</Key><Value>Windows 11 Pro', '/IMAGE/INDEX</Key><Value>2')
    .replaceAll('\\w11\\', '\\2k25\\')
  expect(lastScreen(text, { tpm2: false }, server).finishes).toBe(true)
  expect(lastScreen(text, { firmware: 'bios' }, server).screen).toContain('0x80300024')
  const active = text
    .replace(
      /<CreatePartition><Order>1<.*?<\/CreatePartition>\s*<CreatePartition><Order>2<.*?<\/CreatePartition>/s,
      '',
    )
    .replace('<PartitionID>3<', '<PartitionID>1<')
    .replace(
      '</CreatePartitions>',
      '</CreatePartitions><ModifyPartitions><ModifyPartition><PartitionID>1</PartitionID><Active>true</Active></ModifyPartition></ModifyPartitions>',
    )
  expect(lastScreen(active, { firmware: 'bios' }, server).finishes).toBe(true)
})

const agents: { name: string; change: [string, string]; hasAgent: boolean; hasNet: boolean }[] = [
  {
    name: 'a tool that is on no CD',
    change: ['D:\\virtio-win-guest', 'E:\\virtio-win-guest'],
    hasAgent: false,
    hasNet: true,
  },
  {
    name: 'an agent without its serial driver',
    change: ['D:\\virtio-win-guest-tools.exe', 'msiexec /i D:\\guest-agent\\qemu-ga-x86_64.msi'],
    hasAgent: false,
    hasNet: true,
  },
  {
    name: 'a sign-in with another password',
    change: ['<Password><Value>secret', '<Password><Value>other'],
    hasAgent: false,
    hasNet: true,
  },
  {
    name: 'no network driver, and the tools',
    change: ['NetKVM', 'Balloon'],
    hasAgent: true,
    hasNet: true,
  },
  {
    name: 'nobody who signs in by himself',
    change: ['<Enabled>true', '<Enabled>false'],
    hasAgent: false,
    hasNet: true,
  },
  {
    name: 'a loop over all letters',
    change: [
      'D:\\virtio-win-guest-tools.exe',
      'for %i in (C D E) do if exist %i:\\virtio-win-guest-tools.exe %i:\\virtio-win-guest-tools.exe',
    ],
    hasAgent: true,
    hasNet: true,
  },
  {
    name: 'a loop over other letters',
    change: [
      'D:\\virtio-win-guest-tools.exe',
      'for %i in (E F) do if exist %i:\\virtio-win-guest-tools.exe %i:\\virtio-win-guest-tools.exe',
    ],
    hasAgent: false,
    hasNet: true,
  },
]

test.for(agents)('$name: agent $hasAgent', ({ change, hasAgent, hasNet }) => {
  const { install } = windowsSetup(machine(windowsAnswers.replace(...change)), windows11)
  expect(install?.finishes).toBe(true)
  expect(install?.installed).toMatchObject({ hasAgent, hasVirtioNet: hasNet })
})

test('a VirtIO NIC is not there without a driver', () => {
  const text = windowsAnswers
    .replace('NetKVM', 'Balloon')
    .replace('<Enabled>true', '<Enabled>false')
  expect(windowsSetup(machine(text), windows11).install?.installed.hasVirtioNet).toBe(false)
})

test('without answers somebody is asked, up to where it cannot go on', () => {
  const asked = (more: Partial<Machine>) =>
    windowsSetup(machine(undefined, more), windows11).questions?.map(([title]) => title)
  expect(asked({})).toEqual([
    'Windows 11 Setup',
    'Select the operating system you want to install',
    'Applicable notices and license terms',
    'Select location to install Windows',
  ])
  expect(asked({ tpm2: false })?.at(-1)).toBe("This PC can't run Windows 11")
  const blind = windowsSetup(machine(undefined), windows11)
  expect(blind.questions?.at(-1)?.join(' ')).toContain("couldn't find any drives")
  expect(blind.afterwards).toBeUndefined()
  const seen = windowsSetup(
    machine(undefined, { disks: [{ ...disk, driver: undefined }] }),
    windows11,
  )
  expect(seen.afterwards?.stages.at(-1)?.lines[0]).toBe("Let's add your account")
})

describe('XML', () => {
  test('is read with its references, sections and comments', () => {
    const root = readXml(
      '<?xml version="1.0"?>\n<a b="1 &lt; 2"><!-- & --><c>x &amp; &#228;<![CDATA[<y>]]></c><d/></a>\n',
    )
    expect(root?.attributes).toEqual({ b: '1 < 2' })
    expect(textAt(root, 'c')).toBe('x & ä<y>')
    expect(textAt(root, 'd')).toBe('')
    expect(textAt(root, 'e')).toBeUndefined()
  })

  test.for([
    '',
    '<a>',
    '<a></b>',
    '<a b=1/>',
    '<a b="1" b="2"/>',
    '<a>&nbsp;</a>',
    '<a/><b/>',
    'x<a/>',
    '<a b="<"/>',
  ])('%s is none', (text) => {
    expect(readXml(text)).toBeUndefined()
  })
})
