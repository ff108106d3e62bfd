/** Our answers for Windows setup, on our image, lead the simulated setup to its end. */
import { describe, expect, test } from 'vitest'
import { buildIso } from '../core/src/iso/iso.ts'
import { answerFiles, ANSWER_LABEL } from '../core/src/windows/answer-files.ts'
import type { Answers } from '../core/src/windows/answers.ts'
import { readIso } from '../simulator/src/guests/iso.ts'
import type { Machine } from '../simulator/src/install/machine.ts'
import { mediaOf } from '../simulator/src/install/media.ts'
import { windowsSetup } from '../simulator/src/install/windows-setup.ts'
import type { Volume } from '../simulator/src/world.ts'

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

const answers: Answers = {
  osType: 'windows-11',
  computerName: 'DESK-01',
  firmware: 'uefi',
  diskBus: 'scsi',
  unattended: {
    edition: { name: 'Windows 11 Pro' },
    administratorPassword: 'Secret & <1>',
    user: { name: 'ada', password: 'käse' },
    commands: ['echo "done" > C:\\done.txt'],
  },
  networks: [
    {
      mac: 'BC:24:11:0A:0B:0C',
      ip: '10.10.0.50/24',
      gateway: '10.10.0.1',
      ip6: null,
      gateway6: null,
      nameservers: ['10.10.0.1'],
      searchDomains: [],
    },
  ],
}

const installers: Record<string, string> = {
  'windows-10': 'iso/Win10_22H2_English_x64.iso',
  'windows-11': 'iso/Win11_24H2_English_x64.iso',
  'windows-server-2016': 'iso/windows-server-2016.iso',
  'windows-server-2019': 'iso/windows-server-2019.iso',
  'windows-server-2022': 'iso/windows-server-2022.iso',
  'windows-server-2025': 'iso/windows-server-2025.iso',
}

const machineFor = (
  { osType, firmware, diskBus, networks }: Answers,
  files: Machine['cds'][number]['files'],
): Machine => ({
  firmware,
  tpm2: true,
  memoryBytes: 8 * gibibyte,
  cores: 4,
  cpuType: 'x86-64-v2-AES',
  disks: [
    {
      key: `${diskBus}0`,
      volid: 'local-lvm:vm-500-disk-0',
      volume: volume('vm-500-disk-0'),
      bytes: 64 * gibibyte,
      driver: diskBus === 'scsi' ? 'vioscsi' : diskBus === 'virtio' ? 'viostor' : undefined,
    },
  ],
  cds: [
    { key: 'ide0', letter: 'D', media: mediaOf(volume('iso/virtio-win-0.1.285.iso')), files: {} },
    { key: 'ide2', letter: 'E', media: mediaOf(volume(installers[osType] ?? '')), files: {} },
    { key: 'sata0', letter: 'F', media: undefined, files },
  ],
  nics: networks.map(({ mac }) => ({ mac: mac.toLowerCase(), model: 'virtio' })),
})

/** As they come from the image. */
const filesOf = (given: Answers): Record<string, string> => {
  const written = Object.entries(answerFiles(given)).map(([name, text]) => ({
    name,
    content: Buffer.from(text),
  }))
  const image = buildIso({ label: ANSWER_LABEL, files: written, createdAt: new Date(0) })
  const read = readIso(Buffer.from(image))?.windowsFiles ?? {}
  return Object.fromEntries(Object.entries(read).map(([name, bytes]) => [name, bytes.toString()]))
}

const setupWith = (given: Answers, change: (machine: Machine) => Machine = (same) => same) => {
  const media = mediaOf(volume(installers[given.osType] ?? ''))
  if (media?.kind !== 'windows') throw new Error(`${given.osType} has no installer`)
  return windowsSetup(change(machineFor(given, filesOf(given))), media)
}

const editionOf = (osType: string): Answers['unattended']['edition'] =>
  osType.includes('server') ? { index: 2 } : { name: `Windows ${osType.slice(-2)} Pro` }

const cases = (
  [
    'windows-10',
    'windows-11',
    'windows-server-2016',
    'windows-server-2019',
    'windows-server-2022',
    'windows-server-2025',
  ] as const
).flatMap((osType) =>
  (['scsi', 'virtio', 'sata'] as const).flatMap((diskBus) =>
    (osType === 'windows-11' ? (['uefi'] as const) : (['uefi', 'bios'] as const)).map(
      (firmware): Answers => ({
        ...answers,
        osType,
        diskBus,
        firmware,
        unattended: { ...answers.unattended, edition: editionOf(osType) },
      }),
    ),
  ),
)

describe('answers of ours', () => {
  test.for(cases)('install $osType on $diskBus with $firmware', (given) => {
    expect(setupWith(given).install).toMatchObject({
      finishes: true,
      volid: 'local-lvm:vm-500-disk-0',
      image: given.osType,
      installed: {
        hostname: 'DESK-01',
        users: ['Administrator', 'ada'],
        ports: [3389],
        hasAgent: true,
        hasVirtioNet: true,
        network: { 'bc:24:11:0a:0b:0c': { dhcp4: false, addresses: ['10.10.0.50/24'] } },
      },
    })
  })

  test('leave Remote Desktop closed where it is not wanted', () => {
    const unattended = { ...answers.unattended, remoteDesktop: false }
    expect(setupWith({ ...answers, unattended }).install?.installed.ports).toEqual([])
  })

  test('ask for the drivers in vain without their CD', () => {
    const { stages, install } = setupWith(answers, (machine) => ({
      ...machine,
      cds: machine.cds.filter(({ media }) => media?.kind !== 'drivers'),
    }))
    expect(install).toBeUndefined()
    expect(stages.at(-1)?.lines.join(' ')).toContain('0x80300001')
  })

  test('name an edition that the installer lacks', () => {
    const unattended = { ...answers.unattended, edition: { name: 'Windows 11 Enterprise' } }
    const { stages } = setupWith({ ...answers, unattended })
    expect(stages.at(-1)?.lines).toContain('No images are available.')
  })
})
