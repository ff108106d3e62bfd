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

export const images: Record<string, Image> = {
  'ubuntu-24.04': linux(
    'Ubuntu',
    '24.04.3 LTS',
    '6.8.0-71-generic',
    'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.13',
  ),
  'debian-13': linux(
    'Debian GNU/Linux',
    '13 (trixie)',
    '6.12.41+deb13-amd64',
    'SSH-2.0-OpenSSH_10.0p2 Debian-7',
  ),
  'debian-12': linux(
    'Debian GNU/Linux',
    '12 (bookworm)',
    '6.1.0-37-cloud-amd64',
    'SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u6',
  ),
  'broken-cloud-init': {
    ...linux(
      'Ubuntu',
      '24.04.3 LTS',
      '6.8.0-71-generic',
      'SSH-2.0-OpenSSH_9.6p1 Ubuntu-3ubuntu13.13',
    ),
    cloudInitError:
      "('ntp', RuntimeError('No installed client for the configured servers, and the package mirror does not answer'))",
  },
  'rocky-10': withoutAgent(
    linux('Rocky Linux', '10.0 (Red Quartz)', '6.12.0-55.el10', 'SSH-2.0-OpenSSH_9.9'),
  ),
  'windows-server-2025': {
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
      'pretty-name': 'Windows Server 2025 Standard',
      version: 'Microsoft Windows Server 2025',
      'version-id': '2025',
      'kernel-release': '26100',
      'kernel-version': '10.0',
      machine: 'x86_64',
      variant: 'server',
      'variant-id': 'server',
    },
  },
}
