/** What is installed on a disk: how its guest behaves once it runs. A key is the `image` of a volume. */
export type Image = {
  /** From the start of QEMU until the agent answers, in simulated seconds. Absent: no agent installed. */
  agentSeconds?: readonly [number, number]
  /** Until the network is up. */
  networkSeconds: readonly [number, number]
  /** Until the ports are open. */
  portsSeconds: readonly [number, number]
  ports: readonly number[]
  /** Reads the cloud-init drive. */
  cloudInit: boolean
  /** What its cloud-init always ends in, as it would tell it itself. */
  cloudInitError?: string
  /** How many guests in a hundred run Docker, whose bridge is up before the real network. */
  dockerPercent: number
  /** Names of the network interfaces, by number. */
  interfaceName: (index: number) => string
  banner: string
  osInfo: Record<string, string>
}

const linux = (name: string, version: string, kernel: string, banner: string): Image => ({
  agentSeconds: [12, 20],
  networkSeconds: [14, 22],
  portsSeconds: [16, 25],
  ports: [22],
  cloudInit: true,
  dockerPercent: 20,
  interfaceName: (index) => `eth${index}`,
  banner,
  osInfo: {
    id: name.toLowerCase().split(' ')[0] ?? name,
    name,
    'pretty-name': `${name} ${version}`,
    version,
    'version-id': /[\d.]+/.exec(version)?.[0] ?? version,
    'kernel-release': kernel,
    'kernel-version': '#1 SMP PREEMPT_DYNAMIC',
    machine: 'x86_64',
  },
})

const withoutAgent = (image: Image): Image => {
  const { agentSeconds: _, ...rest } = image
  return rest
}

/** As the publisher has it: nobody has installed Docker yet. */
const fresh = (image: Image): Image => ({ ...image, dockerPercent: 0 })

const windows = (name: string, versionId: string, build: string): Image => ({
  agentSeconds: [20, 25],
  networkSeconds: [22, 28],
  portsSeconds: [26, 34],
  ports: [3389],
  cloudInit: true,
  dockerPercent: 0,
  interfaceName: (index) => (index === 0 ? 'Ethernet' : `Ethernet ${index + 1}`),
  banner: '',
  osInfo: {
    id: 'mswindows',
    name: 'Microsoft Windows',
    'pretty-name': name,
    version: `Microsoft ${name.replace(/ (Standard|Pro)$/, '')}`,
    'version-id': versionId,
    'kernel-release': build,
    'kernel-version': '10.0',
    machine: 'x86_64',
    variant: name.includes('Server') ? 'server' : 'client',
    'variant-id': name.includes('Server') ? 'server' : 'client',
  },
})

const ubuntu24 = linux(
  'Ubuntu',
  '24.04.3 LTS',
  '6.8.0-71-generic',
  'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.13',
)
const ubuntu22 = linux(
  'Ubuntu',
  '22.04.5 LTS',
  '5.15.0-151-generic',
  'SSH-2.0-OpenSSH_8.9p1 Ubuntu-3ubuntu0.13',
)
const ubuntu26 = linux('Ubuntu', '26.04 LTS', '7.0.0-14-generic', 'SSH-2.0-OpenSSH_10.2p1 Ubuntu-2')
const debian13 = linux(
  'Debian GNU/Linux',
  '13 (trixie)',
  '6.12.41+deb13-amd64',
  'SSH-2.0-OpenSSH_10.0p2 Debian-7',
)
const debian12 = linux(
  'Debian GNU/Linux',
  '12 (bookworm)',
  '6.1.0-37-cloud-amd64',
  'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u6',
)
const rocky10 = linux('Rocky Linux', '10.0 (Red Quartz)', '6.12.0-55.el10', 'SSH-2.0-OpenSSH_9.9')
const rocky9 = linux('Rocky Linux', '9.6 (Blue Onyx)', '5.14.0-570.el9', 'SSH-2.0-OpenSSH_8.7')
const alma = (version: string, kernel: string) =>
  linux('AlmaLinux', version, kernel, 'SSH-2.0-OpenSSH_9.9')

export const images: Record<string, Image> = {
  'ubuntu-24.04': ubuntu24,
  'debian-13': debian13,
  'debian-12': debian12,
  'broken-cloud-init': {
    ...ubuntu24,
    cloudInitError:
      "('ntp', RuntimeError('No installed client for the configured servers, and the package mirror does not answer'))",
  },
  'rocky-10': withoutAgent(rocky10),

  // As published for clouds: Debian and Ubuntu leave the agent out, Red Hat's family has it.
  'ubuntu-26.04-cloud': fresh(withoutAgent(ubuntu26)),
  'ubuntu-24.04-cloud': fresh(withoutAgent(ubuntu24)),
  'ubuntu-22.04-cloud': fresh(withoutAgent(ubuntu22)),
  'debian-13-cloud': fresh(withoutAgent(debian13)),
  'debian-12-cloud': fresh(withoutAgent(debian12)),
  'rocky-10-cloud': fresh(rocky10),
  'rocky-9-cloud': fresh(rocky9),
  'alma-10-cloud': fresh(alma('10.0 (Purple Lion)', '6.12.0-55.el10')),
  'alma-9-cloud': fresh(alma('9.6 (Sage Margay)', '5.14.0-570.el9')),
  'fedora-cloud': fresh(
    linux('Fedora Linux', '42 (Cloud Edition)', '6.14.0-63.fc42', 'SSH-2.0-OpenSSH_9.9'),
  ),
  'centos-cloud': fresh(linux('CentOS Stream', '10', '6.12.0-89.el10', 'SSH-2.0-OpenSSH_9.9')),
  'opensuse-cloud': fresh(
    withoutAgent(linux('openSUSE Leap', '15.6', '6.4.0-150600', 'SSH-2.0-OpenSSH_9.6')),
  ),
  'alpine-cloud': fresh(
    withoutAgent(linux('Alpine Linux', '3.22', '6.12.31-0-virt', 'SSH-2.0-OpenSSH_10.0')),
  ),
  'linux-cloud': fresh(withoutAgent(linux('Linux', '1', '6.12.0', 'SSH-2.0-OpenSSH_9.9'))),

  'windows-10': windows('Windows 10 Pro', '10', '19045'),
  'windows-11': windows('Windows 11 Pro', '11', '26100'),
  'windows-server-2016': windows('Windows Server 2016 Standard', '2016', '14393'),
  'windows-server-2019': windows('Windows Server 2019 Standard', '2019', '17763'),
  'windows-server-2022': windows('Windows Server 2022 Standard', '2022', '20348'),
  'windows-server-2025': windows('Windows Server 2025 Standard', '2025', '26100'),
}

const byFileName: [RegExp, string][] = [
  [/resolute|ubuntu-26\.04/i, 'ubuntu-26.04-cloud'],
  [/noble|ubuntu-24\.04/i, 'ubuntu-24.04-cloud'],
  [/jammy|ubuntu-22\.04/i, 'ubuntu-22.04-cloud'],
  [/debian-?13|trixie/i, 'debian-13-cloud'],
  [/debian-?12|bookworm/i, 'debian-12-cloud'],
  [/rocky-?10/i, 'rocky-10-cloud'],
  [/rocky-?9/i, 'rocky-9-cloud'],
  [/alma(linux)?-?10/i, 'alma-10-cloud'],
  [/alma(linux)?-?9/i, 'alma-9-cloud'],
  [/fedora/i, 'fedora-cloud'],
  [/centos/i, 'centos-cloud'],
  [/suse|leap/i, 'opensuse-cloud'],
  [/alpine/i, 'alpine-cloud'],
]

/** What a cloud image is taken to hold: it is known by its name. Undefined: nothing that boots. */
export const imageByFileName = (fileName: string): string | undefined =>
  byFileName.find(([pattern]) => pattern.test(fileName))?.[1]
