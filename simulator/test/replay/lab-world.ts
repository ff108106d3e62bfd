import { worldSchema, type Config, type World, type WorldInput } from '../../src/world.ts'
import { loadWorld, type RecordedVersion } from './transcripts.ts'

const mebibyte = 2 ** 20
const gibibyte = 2 ** 30

export const labNode: Record<RecordedVersion, string> = { '8.4': 'pve', '9.2': 'pve9' }

/** Passwords of the recorded users. */
const labPasswords: Record<string, string> = {
  'root@pam': 'pvelab-root',
  'admin@pve': 'pvelab-admin',
  'low@pve': 'pvelab-low',
  'none@pve': 'pvelab-none',
}

const filled = (text: string) =>
  text
    .replace('<qemuver>', '7.2.22')
    .replace('<time>', '1763800000')
    .replaceAll(/<mac:\d+>/g, '01:02:03')
    .replaceAll(
      /<uuid:(\d+)>/g,
      (_, index: string) => `11111111-2222-4333-8444-${index.padStart(12, '0')}`,
    )

const parseConfig = (text: string): Config =>
  Object.fromEntries(
    filled(text)
      .split('\n')
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  )

const storage = (name: string, path: string, content: string): WorldInput['storages'][number] => ({
  storage: name,
  type: 'dir',
  content: content.split(','),
  shared: false,
  sizeBytes: 200 * gibibyte,
  otherUsedBytes: 20 * gibibyte,
  options: { path },
})

const token = (id: string, secret: string, privsep: boolean) => ({ id, secret, privsep, expire: 0 })

const users: WorldInput['users'] = [
  {
    userid: 'root@pam',
    password: labPasswords['root@pam'],
    tokens: [token('lab', '11111111-1111-4111-8111-111111111111', false)],
  },
  {
    userid: 'admin@pve',
    password: labPasswords['admin@pve'],
    email: 'admin@lab.invalid',
    tokens: [
      token('lab', '22222222-2222-4222-8222-222222222222', false),
      token('sep', '33333333-3333-4333-8333-333333333333', true),
    ],
  },
  {
    userid: 'low@pve',
    password: labPasswords['low@pve'],
    tokens: [token('lab', '44444444-4444-4444-8444-444444444444', false)],
  },
  { userid: 'none@pve', password: labPasswords['none@pve'] },
]

const grant = (ugid: string, roleid: string) => ({
  path: '/',
  type: 'user' as const,
  ugid,
  roleid,
  propagate: true,
})

/** Is in the recorded state, but only the recording of locks/storage-flock made it. */
const leftBehind = 'local:1406/vm-1406-disk-0.raw'

/** The state of a recorded lab before any case. */
export const labWorld = (version: RecordedVersion): World => {
  const recorded = loadWorld().versions[version]
  const node = labNode[version]
  const volumes = Object.values(recorded.volumes)
    .flat()
    .filter(({ volid }) => volid !== leftBehind)
    .map((volume) => ({
      storage: volume.volid.split(':')[0] ?? '',
      name: volume.volid.slice(volume.volid.indexOf(':') + 1),
      node,
      content: volume.content,
      format: volume.format,
      sizeBytes: volume.size,
      usedBytes: Math.min(volume.size, 2 * gibibyte),
      ...(volume.vmid === undefined ? {} : { vmid: volume.vmid }),
      ...(volume.volid.includes('base-9000') ? { image: 'debian-12' } : {}),
      createdAt: Date.now(),
    }))
  return worldSchema.parse({
    name: 'lab',
    entryNode: node,
    lookupError: 'Temporary failure in name resolution',
    qemuVersion: '7.2.22',
    dns: { search: 'lab' },
    nodes: [
      {
        name: node,
        nodeid: 0,
        ip: '192.0.2.10',
        cpus: 2,
        memoryBytes: 8 * gibibyte,
        rootDiskBytes: 200 * gibibyte,
        rootUsedBytes: 20 * gibibyte,
        idleLoad: 0.2,
        idleMemoryBytes: 900 * mebibyte,
        bootedAt: Date.now() - 3_600_000,
        ports: ['eno1'],
        bridges: [{ iface: 'vmbr0', cidr: '192.0.2.10/24', ports: '' }],
      },
    ],
    datacenter: { description: '', mac_prefix: 'BC:24:11' },
    storages: [
      storage('local', '/var/lib/vz', 'images,rootdir,backup,snippets,import,iso,vztmpl'),
      storage('store2', '/mnt/store2', 'images,iso,rootdir,snippets'),
    ],
    volumes,
    guests: [
      {
        vmid: 9000,
        type: 'qemu',
        node,
        config: parseConfig(recorded.files['/etc/pve/qemu-server/9000.conf'] ?? ''),
      },
    ],
    pools: [],
    realms: [
      { realm: 'pam', type: 'pam', comment: 'Linux PAM standard authentication' },
      { realm: 'pve', type: 'pve', comment: 'Proxmox VE authentication server' },
    ],
    users,
    groups: [],
    roles: [],
    acl: [grant('admin@pve', 'Administrator'), grant('low@pve', 'PVEAuditor')],
    tasks: [],
  } satisfies WorldInput)
}
