/** Operating systems by the names of their ISOs and images, as their publishers write them. */
import type { OsType } from '../hardware/request.ts'

export type Recognised = {
  kind: 'iso' | 'drivers' | 'image' | 'seed'
  os: { name: string; osType: OsType | null } | null
}

type Rule = {
  pattern: RegExp
  /** From what the pattern's groups found. */
  name: (...groups: string[]) => string
  osType: OsType
}

const linux = (pattern: RegExp, name: (...groups: string[]) => string): Rule => ({
  pattern,
  name,
  osType: 'linux',
})

/** Windows Server before Windows: a name may hold both a year and a 10. */
const rules: Rule[] = [
  ...(['2025', '2022', '2019', '2016'] as const).map((year) => ({
    pattern: new RegExp(`(?:server|win|svr|^ws)[^a-z]*${year}|${year}[^a-z]*server`, 'i'),
    name: () => `Windows Server ${year}`,
    osType: `windows-server-${year}` as const,
  })),
  {
    // Microsoft's own names of evaluation media: the build number says it.
    pattern: /^26100.*server/i,
    name: () => 'Windows Server 2025',
    osType: 'windows-server-2025',
  },
  {
    pattern: /^20348|^SERVER_EVAL_x64FRE/i,
    name: () => 'Windows Server 2022',
    osType: 'windows-server-2022',
  },
  { pattern: /^17763.*server/i, name: () => 'Windows Server 2019', osType: 'windows-server-2019' },
  { pattern: /^14393.*server/i, name: () => 'Windows Server 2016', osType: 'windows-server-2016' },
  {
    pattern: /(?:^|[^a-z])win(?:dows)?[-_ ]?11|^2[26]\d{3}\.\d.*client/i,
    name: () => 'Windows 11',
    osType: 'windows-11',
  },
  {
    pattern: /(?:^|[^a-z])win(?:dows)?[-_ ]?10|^19\d{3}\.\d.*client/i,
    name: () => 'Windows 10',
    osType: 'windows-10',
  },
  linux(/ubuntu[-_](\d\d\.\d\d)/i, (version) => `Ubuntu ${version}`),
  linux(/(?:^|[-_])(focal|jammy|noble|resolute)(?=[-_.])/i, (word) => ubuntu(word)),
  linux(/debian[-_](?:live[-_])?(\d+)/i, (version) => `Debian ${version}`),
  linux(/rocky[-_](?:linux[-_])?(\d+)/i, (version) => `Rocky Linux ${version}`),
  linux(/almalinux[-_](\d+)/i, (version) => `AlmaLinux ${version}`),
  linux(/centos[-_]stream[-_].*?(\d+)/i, (version) => `CentOS Stream ${version}`),
  linux(/centos[-_](\d+)/i, (version) => `CentOS ${version}`),
  linux(/fedora[-_a-z]*?[-_](\d\d)(?=[-_.])/i, (version) => `Fedora ${version}`),
  linux(/(?:rhel|red[-_]?hat)[-_a-z]*(\d+)/i, (version) => `Red Hat Enterprise Linux ${version}`),
  linux(/oracle[-_]?linux[-_a-z]*(\d+)|^OL(\d+)U/i, (one, other) => `Oracle Linux ${one || other}`),
  linux(/opensuse[-_]leap[-_](\d+\.\d+)/i, (version) => `openSUSE Leap ${version}`),
  linux(/tumbleweed/i, () => 'openSUSE Tumbleweed'),
  linux(/^sle(?:s|d)?[-_](\d+)/i, (version) => `SUSE Linux Enterprise ${version}`),
  linux(/(?:^|[-_])alpine[-_a-z]*[-_](\d+\.\d+)/i, (version) => `Alpine Linux ${version}`),
  linux(/arch(?:linux|[-_]linux)/i, () => 'Arch Linux'),
  linux(/flatcar|fedora[-_]coreos/i, () => 'Container Linux'),
  linux(/nixos[-_a-z]*[-_](\d\d\.\d\d)/i, (version) => `NixOS ${version}`),
  linux(/proxmox[-_](ve|backup[-_]server|mail[-_]gateway)/i, (which) => proxmox(which)),
  ...(
    [
      [/freebsd[-_](\d+\.\d+)/i, 'FreeBSD'],
      [/openbsd|^install(\d\d)\.(?:iso|img)/i, 'OpenBSD'],
      [/opnsense[-_](\d\d\.\d+)/i, 'OPNsense'],
      [/pfsense.*?(\d+\.\d+)/i, 'pfSense'],
      [/truenas[-_a-z]*(\d+\.\d+)/i, 'TrueNAS'],
    ] as const
  ).map(([pattern, name]): Rule => ({
    pattern,
    name: (version) => `${name} ${version}`.trim(),
    osType: 'other',
  })),
]

const ubuntuWords: Record<string, string> = {
  focal: 'Ubuntu 20.04',
  jammy: 'Ubuntu 22.04',
  noble: 'Ubuntu 24.04',
  resolute: 'Ubuntu 26.04',
}
const ubuntu = (word: string): string => ubuntuWords[word.toLowerCase()] ?? 'Ubuntu'

const proxmox = (which: string): string =>
  which.toLowerCase() === 've' ? 'Proxmox VE' : `Proxmox ${which.replaceAll(/[-_]/g, ' ')}`

/** `{deployment}-{vm}.iso`: what deployments make for single VMs. */
const SEED = /^d-[0-9a-f]{4,}-.+\.iso$/

const DRIVERS = /virtio[-_]?win(?:dows)?(?:[-_](?:guest[-_]tools[-_])?(\d+(?:\.\d+)+))?/i

/** What a file is, by its name. */
export function recogniseOs(fileName: string, content: 'iso' | 'import'): Recognised {
  if (content === 'iso' && SEED.test(fileName)) return { kind: 'seed', os: null }
  const drivers = DRIVERS.exec(fileName)
  if (content === 'iso' && drivers !== null) {
    const name = ['VirtIO drivers', drivers[1]].filter((part) => part !== undefined).join(' ')
    return { kind: 'drivers', os: { name, osType: null } }
  }
  const kind = content === 'iso' ? 'iso' : 'image'
  for (const { pattern, name, osType } of rules) {
    const found = pattern.exec(fileName)
    if (found === null) continue
    const groups = found.slice(1).map((group) => group ?? '')
    return { kind, os: { name: name(...groups, ''), osType } }
  }
  return { kind, os: null }
}
