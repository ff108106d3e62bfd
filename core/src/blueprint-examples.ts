/** Blueprints that come with the deployer. They know no cluster, so they leave template, ISO, image, storage and bridge open. */
import type { BlueprintFile } from './blueprint.ts'

type Example = Pick<BlueprintFile, 'name' | 'request'> & { id: string; description: string }

const source = { kind: 'template' } as const
const network = [{ ip: 'dhcp' }]
const ssh = { ports: [22] }

export const exampleBlueprints: readonly Example[] = [
  {
    id: 'example-kubernetes',
    name: 'Kubernetes cluster (3 + N)',
    description:
      'Three control plane VMs and as many workers as the quantity says, spread over the nodes. For a Linux template with cloud-init and the guest agent.',
    request: {
      name: 'kubernetes cluster',
      source,
      defaults: {
        cores: 4,
        memoryMiB: 8192,
        diskGiB: 60,
        networks: network,
        tags: ['kubernetes', 'worker'],
        onBoot: true,
        validate: ssh,
      },
      placement: { strategy: 'spread' },
      // Workers first: the quantity on the Deploy page counts the first pattern.
      vms: [
        { name: 'worker-{01..03}' },
        {
          name: 'cp-{1..3}',
          cores: 2,
          memoryMiB: 4096,
          diskGiB: 40,
          tags: ['kubernetes', 'control-plane'],
        },
      ],
    },
  },
  {
    id: 'example-web',
    name: 'Load-balanced web servers',
    description:
      'Web servers spread over the nodes, and two small VMs for the load balancer in front of them. For a Linux template with cloud-init and the guest agent.',
    request: {
      name: 'web servers',
      source,
      defaults: {
        cores: 2,
        memoryMiB: 4096,
        diskGiB: 20,
        networks: network,
        tags: ['web'],
        onBoot: true,
        validate: ssh,
      },
      placement: { strategy: 'spread' },
      vms: [
        { name: 'web-{01..04}' },
        { name: 'lb-{1..2}', cores: 1, memoryMiB: 2048, tags: ['load-balancer'] },
      ],
    },
  },
  {
    id: 'example-development',
    name: 'Development machine',
    description:
      'One VM to work on, with room to build. It starts when it is wanted, not with its node.',
    request: {
      source,
      defaults: {
        cores: 4,
        memoryMiB: 8192,
        diskGiB: 80,
        networks: network,
        tags: ['development'],
        onBoot: false,
        validate: ssh,
      },
      placement: { strategy: 'pack' },
      vms: [{ name: 'dev-{n:02}', count: 1 }],
    },
  },
  {
    id: 'example-windows-sessions',
    name: 'Windows session hosts',
    description:
      'Session hosts for remote desktops, spread over the nodes. For a Windows Server template with the guest agent and remote desktop on.',
    request: {
      name: 'session hosts',
      source,
      defaults: {
        cores: 4,
        memoryMiB: 16_384,
        diskGiB: 120,
        tags: ['session-host'],
        onBoot: true,
        // The first start of Windows takes its time.
        validate: { ports: [3389], agentTimeoutSeconds: 900 },
      },
      placement: { strategy: 'spread' },
      vms: [{ name: 'rds-{01..04}' }],
    },
  },
  {
    id: 'example-cloud-image',
    name: 'Debian from a cloud image',
    description:
      'VMs from an image as its publisher offers it, without a template: the first boot makes the user and installs the guest agent. Choose an image such as debian-13-generic-amd64.qcow2.',
    request: {
      name: 'from a cloud image',
      source: { kind: 'image' },
      defaults: {
        cores: 2,
        memoryMiB: 2048,
        diskGiB: 20,
        networks: network,
        cloudInit: { users: [{ name: 'ops', sudo: true, askPassword: true }] },
        validate: ssh,
      },
      vms: [{ name: 'debian-{n:02}', count: 1 }],
    },
  },
  {
    id: 'example-windows-unattended',
    name: 'Windows Server, installed unattended',
    description:
      'Installs Windows Server 2025 from its ISO without a hand on the console, with drivers, guest agent and remote desktop. Choose the installer and the VirtIO driver ISO; its second edition is mostly Standard with a desktop.',
    request: {
      name: 'windows servers',
      source: {
        kind: 'iso',
        osType: 'windows-server-2025',
        unattended: { edition: { index: 2 }, language: 'en-US' },
      },
      defaults: {
        cores: 4,
        memoryMiB: 8192,
        diskGiB: 80,
        networks: network,
        tags: ['windows'],
        onBoot: true,
      },
      placement: { strategy: 'spread' },
      vms: [{ name: 'winsrv-{01..02}' }],
    },
  },
]
