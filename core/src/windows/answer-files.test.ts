import { DOMParser, type Element } from '@xmldom/xmldom'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ANSWER_LABEL, answerFiles } from './answer-files.ts'
import type { Answers } from './answers.ts'
import { driverFolders } from './drivers.ts'
import { FIRST_LOGON_SCRIPT } from './first-logon.ts'
import { known } from './fixtures.ts'
import { isXmlText } from './xml.ts'

const answers: Answers = {
  osType: 'windows-11',
  computerName: 'win11-01',
  firmware: 'uefi',
  diskBus: 'scsi',
  unattended: { edition: { name: 'Windows 11 Pro' }, administratorPassword: 'Ein-Passwort-7' },
  networks: [],
}

const unattended = (more: Partial<Answers['unattended']>): Answers => ({
  ...answers,
  unattended: { ...answers.unattended, ...more },
})

const everything: Answers = {
  ...unattended({
    productKey: 'AAAAA-BBBBB-CCCCC-DDDDD-EEEEE',
    language: 'de-DE',
    keyboard: '0407:00000407',
    timeZone: 'W. Europe Standard Time',
    user: { name: 'Jörg', password: 'Noch-eins-8', administrator: true },
    commands: ['echo %PATH% > "C:\\a & b.txt"', 'powershell -Command "Get-Date"'],
  }),
  networks: [
    {
      mac: 'bc:24:11:0a:0b:0c',
      ip: '10.0.0.21/24',
      gateway: '10.0.0.1',
      ip6: 'fd00::21/64',
      gateway6: null,
      nameservers: ['10.0.0.2', 'fd00::2'],
      searchDomains: ['lab.example'],
    },
    {
      mac: 'BC:24:11:0A:0B:0D',
      ip: null,
      gateway: null,
      ip6: null,
      gateway6: null,
      nameservers: [],
      searchDomains: ['lab.example', 'example'],
    },
  ],
}

const complain = (level: string, message: string) => {
  throw new Error(`${level}: ${message}`)
}

const parse = (from: Answers) => {
  const text = answerFiles(from)['autounattend.xml'] ?? ''
  const document = new DOMParser({ onError: complain }).parseFromString(text, 'text/xml')
  const { documentElement: root } = document
  if (root === null) throw new Error('no root element')
  return root
}

const childrenOf = (element: Element): Element[] => [...element.children]

/** Every text of the document with the way to it: `oobeSystem/Microsoft-Windows-Shell-Setup/OOBE/HideEULAPage`. */
const leavesOf = (root: Element): { path: string; text: string }[] => {
  const walk = (element: Element, path: string): { path: string; text: string }[] => {
    const children = childrenOf(element)
    if (children.length === 0) return [{ path, text: element.textContent ?? '' }]
    return children.flatMap((child) => {
      const name = child.getAttribute('pass') ?? child.getAttribute('name') ?? child.tagName
      return walk(child, path === '' ? name : `${path}/${name}`)
    })
  }
  return walk(root, '')
}

const textsAt = (from: Answers, path: string): string[] =>
  leavesOf(parse(from)).flatMap((leaf) => (leaf.path === path ? [leaf.text] : []))

const SHELL = 'oobeSystem/Microsoft-Windows-Shell-Setup'
const SETUP = 'windowsPE/Microsoft-Windows-Setup'

test.each([
  ['the shortest answers', answers],
  ['all answers', everything],
  ['BIOS', { ...everything, firmware: 'bios' as const }],
])('%s: only passes, components and elements that Windows setup knows', (_name, from) => {
  const unknown = leavesOf(parse(from)).filter(({ path }) => !known.has(path))
  expect(unknown).toEqual([])
})

test('components say for which processor they are, and lists that entries are added', () => {
  const root = parse(everything)
  expect(root.namespaceURI).toBe('urn:schemas-microsoft-com:unattend')
  for (const settings of childrenOf(root))
    for (const component of childrenOf(settings)) {
      expect(component.getAttribute('processorArchitecture')).toBe('amd64')
      expect(component.getAttribute('publicKeyToken')).toBe('31bf3856ad364e35')
    }
  const state = 'http://schemas.microsoft.com/WMIConfig/2002/State'
  for (const name of ['PathAndCredentials', 'Disk', 'SynchronousCommand', 'LocalAccount']) {
    const entries = [...root.getElementsByTagName(name)]
    expect(entries.length).toBeGreaterThan(0)
    for (const entry of entries) expect(entry.getAttributeNS(state, 'action')).toBe('add')
  }
})

describe('setup', () => {
  test.each([
    [{ index: 4 }, '/IMAGE/INDEX', '4'],
    [{ name: 'Windows 11 Pro' }, '/IMAGE/NAME', 'Windows 11 Pro'],
  ])('installs the edition %j', (edition, key, value) => {
    const path = `${SETUP}/ImageInstall/OSImage/InstallFrom/MetaData`
    expect(textsAt(unattended({ edition }), `${path}/Key`)).toEqual([key])
    expect(textsAt(unattended({ edition }), `${path}/Value`)).toEqual([value])
  })

  test('without a key shows nothing; a key that it refuses is shown', () => {
    const path = `${SETUP}/UserData/ProductKey`
    expect(textsAt(answers, `${path}/WillShowUI`)).toEqual(['Never'])
    expect(textsAt(answers, `${path}/Key`)).toEqual([])
    expect(textsAt(everything, `${path}/WillShowUI`)).toEqual(['OnError'])
    expect(textsAt(everything, `${path}/Key`)).toEqual(['AAAAA-BBBBB-CCCCC-DDDDD-EEEEE'])
  })

  test.each([
    ['uefi' as const, ['EFI', 'MSR', 'Primary'], '3'],
    ['bios' as const, ['Primary', 'Primary'], '2'],
  ])('lays out the disk for %s and installs on its last partition', (firmware, types, last) => {
    const from = { ...answers, firmware }
    const path = `${SETUP}/DiskConfiguration/Disk/CreatePartitions/CreatePartition`
    expect(textsAt(from, `${path}/Type`)).toEqual(types)
    expect(textsAt(from, `${path}/Order`)).toEqual(types.map((_, index) => `${index + 1}`))
    expect(textsAt(from, `${path}/Extend`)).toEqual(['true'])
    expect(textsAt(from, `${SETUP}/ImageInstall/OSImage/InstallTo/PartitionID`)).toEqual([last])
  })

  test.each([
    ['windows-10' as const, 'w10'],
    ['windows-11' as const, 'w11'],
    ['windows-server-2016' as const, '2k16'],
    ['windows-server-2019' as const, '2k19'],
    ['windows-server-2022' as const, '2k22'],
    ['windows-server-2025' as const, '2k25'],
  ])('finds the drivers of %s on whatever CD they are', (osType, version) => {
    const path = 'windowsPE/Microsoft-Windows-PnpCustomizationsWinPE/DriverPaths'
    const paths = textsAt({ ...answers, osType }, `${path}/PathAndCredentials/Path`)
    for (const letter of ['D', 'E', 'F', 'G'])
      for (const driver of ['vioscsi', 'NetKVM', 'Balloon'])
        expect(paths).toContain(`${letter}:\\${driver}\\${version}\\amd64`)
    expect(new Set(paths).size).toBe(paths.length)
  })

  test.each([
    ['scsi' as const, ['vioscsi', 'NetKVM', 'Balloon']],
    ['virtio' as const, ['viostor', 'NetKVM', 'Balloon']],
    ['sata' as const, ['NetKVM', 'Balloon']],
    ['ide' as const, ['NetKVM', 'Balloon']],
  ])('takes the disk driver for the bus %s', (bus, names) => {
    const folders = driverFolders('windows-11', bus)
    expect(folders.map(({ path }) => path.split('\\')[0])).toEqual(names)
    expect(folders.filter(({ neededBySetup }) => neededBySetup).length).toBe(names.length - 2)
  })
})

/** As Windows reads it: without the name of the element at its end. */
const decoded = (value: string | undefined, suffix: string) => {
  const text = Buffer.from(value ?? '', 'base64').toString('utf16le')
  expect(text.endsWith(suffix)).toBe(true)
  return text.slice(0, -suffix.length)
}

describe('passwords', () => {
  test('have the form of the example in the reference', () => {
    // pw as in Microsoft-Windows-Shell-Setup, UserAccounts: cAB3AEEAZABtAGkA…
    const from = unattended({ administratorPassword: 'pw' })
    expect(textsAt(from, `${SHELL}/UserAccounts/AdministratorPassword/Value`)).toEqual([
      'cAB3AEEAZABtAGkAbgBpAHMAdAByAGEAdABvAHIAUABhAHMAcwB3AG8AcgBkAA==',
    ])
  })

  test('any text comes out as it went in', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (password) => {
        const user = { name: 'ops', password: `${password}2` }
        const from = unattended({ administratorPassword: password, user })
        const [own] = textsAt(from, `${SHELL}/UserAccounts/AdministratorPassword/Value`)
        const [auto] = textsAt(from, `${SHELL}/AutoLogon/Password/Value`)
        const account = `${SHELL}/UserAccounts/LocalAccounts/LocalAccount`
        const [others] = textsAt(from, `${account}/Password/Value`)
        expect(decoded(own, 'AdministratorPassword')).toBe(password)
        expect(decoded(auto, 'Password')).toBe(password)
        expect(decoded(others, 'Password')).toBe(`${password}2`)
      }),
      { numRuns: 30 },
    )
  })

  test('are in autounattend.xml alone, and there encoded', () => {
    for (const text of Object.values(answerFiles(everything))) {
      expect(text).not.toContain('Ein-Passwort-7')
      expect(text).not.toContain('Noch-eins-8')
    }
  })
})

test('every text that goes in comes out as it was, and changes nothing else', () => {
  const before = leavesOf(parse(everything))
  // Such characters the checks refuse.
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(isXmlText)
  const nasty = fc.oneof(
    text,
    fc.constantFrom('</Name>', ']]>', '<!--', '&amp;', '"\'<>', 'a\r\n\tb'),
  )
  fc.assert(
    fc.property(nasty, nasty, nasty, nasty, (edition, timeZone, name, command) => {
      const from = {
        ...everything,
        unattended: {
          ...everything.unattended,
          edition: { name: edition },
          timeZone,
          user: { name, password: 'Noch-eins-8', administrator: true },
          commands: [command],
        },
      }
      const expected = before.map(({ path, text: old }) => {
        if (path.endsWith('/MetaData/Value')) return { path, text: edition }
        if (path.endsWith('/TimeZone')) return { path, text: timeZone }
        if (path.endsWith('/LocalAccount/Name') || path.endsWith('/DisplayName'))
          return { path, text: name }
        return { path, text: old }
      })
      expect(leavesOf(parse(from))).toEqual(expected)
      const told = JSON.parse(answerFiles(from)['first-logon.json'] ?? '')
      expect(told.commands).toEqual([command])
    }),
  )
})

test('a character that XML cannot carry is an error, not another character', () => {
  expect(() => answerFiles(unattended({ timeZone: 'a\u0000b' }))).toThrow('control character')
})

test('what has no Windows setup has no answers', () => {
  expect(() => answerFiles({ ...answers, osType: 'linux' })).toThrow('has no Windows setup')
})

describe('Remote Desktop', () => {
  const rule = 'specialize/Networking-MPSSVC-Svc/FirewallGroups/FirewallGroup/Active'
  const denied =
    'specialize/Microsoft-Windows-TerminalServices-LocalSessionManager/fDenyTSConnections'

  test.each([[undefined], [true]])('%s: on, with its rule in the firewall', (remoteDesktop) => {
    expect(textsAt(unattended({ remoteDesktop }), rule)).toEqual(['true'])
    expect(textsAt(unattended({ remoteDesktop }), denied)).toEqual(['false'])
  })

  test('false: as Windows has it', () => {
    expect(textsAt(unattended({ remoteDesktop: false }), rule)).toEqual([])
    expect(textsAt(unattended({ remoteDesktop: false }), denied)).toEqual([])
  })
})

describe('the first sign-in', () => {
  test('happens by itself once', () => {
    expect(textsAt(answers, `${SHELL}/AutoLogon/LogonCount`)).toEqual(['1'])
    expect(FIRST_LOGON_SCRIPT).toContain("-Name AutoAdminLogon -Value '0'")
  })

  test('starts the script from whatever CD it is on, by one command that fits', () => {
    const [line = ''] = textsAt(
      answers,
      `${SHELL}/FirstLogonCommands/SynchronousCommand/CommandLine`,
    )
    expect(line).toContain('for %d in (D E F')
    expect(line).toContain('-File %d:\\first-logon.ps1')
    expect(line.length).toBeLessThan(1024)
  })

  test('the script is ASCII, as Windows PowerShell reads a file without a mark', () => {
    expect(FIRST_LOGON_SCRIPT).toMatch(/^[\n\x20-\x7e]+$/)
  })

  test('the script knows addresses by MAC, drivers and commands', () => {
    const told: unknown = JSON.parse(answerFiles(everything)['first-logon.json'] ?? '')
    expect(told).toEqual({
      drivers: ['vioscsi\\w11\\amd64', 'NetKVM\\w11\\amd64', 'Balloon\\w11\\amd64'],
      networks: [
        {
          mac: 'BC-24-11-0A-0B-0C',
          addresses: [
            { address: '10.0.0.21', prefixLength: 24, gateway: '10.0.0.1' },
            { address: 'fd00::21', prefixLength: 64, gateway: null },
          ],
          dns: ['10.0.0.2', 'fd00::2'],
        },
      ],
      searchDomains: ['lab.example', 'example'],
      commands: ['echo %PATH% > "C:\\a & b.txt"', 'powershell -Command "Get-Date"'],
    })
  })
})

test('the label is none that a cloud-init looks for', () => {
  expect(['cidata', 'config-2']).not.toContain(ANSWER_LABEL.toLowerCase())
})
