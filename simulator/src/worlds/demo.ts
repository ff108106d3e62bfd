import { demoGuests, demoVolumes } from './demo-guests.ts'
import { worldOfVersion } from './of-version.ts'
import type { Version } from '../version.ts'
import { worldSchema, type World, type WorldInput } from '../world.ts'

/** Of every user of the demo. */
export const demoPassword = 'demo'
/** The token `root@pam!demo`, without privilege separation, for examples with curl. */
export const demoTokenSecret = 'de300000-0000-4000-8000-000000000000'
/** Second factor of totp@pve, Base32: `oathtool --totp -b JBSWY3DPEHPK3PXP`. */
export const totpSecret = 'JBSWY3DPEHPK3PXP'

const gibibyte = 2 ** 30
const tebibyte = 2 ** 40
const day = 24 * 60 * 60 * 1000

const bridges = (number: number) => [
  { iface: 'vmbr0', cidr: `10.10.0.${10 + number}/24`, ports: 'eno1', comments: 'servers' },
  { iface: 'vmbr1', ports: 'eno2', comments: 'lab' },
]

type Host = { number: number; memoryGiB: number; idleLoad: number; idleGiB: number; upDays: number }

const hosts: Host[] = [
  { number: 1, memoryGiB: 128, idleLoad: 0.18, idleGiB: 22, upDays: 41 },
  { number: 2, memoryGiB: 96, idleLoad: 0.06, idleGiB: 9, upDays: 41 },
  { number: 3, memoryGiB: 64, idleLoad: 0.31, idleGiB: 17, upDays: 12 },
]

const nodes = (now: number): WorldInput['nodes'] =>
  hosts.map(({ number, memoryGiB, idleLoad, idleGiB, upDays }) => ({
    name: `pve${number}`,
    nodeid: number,
    ip: `10.10.0.${10 + number}`,
    cpus: 16,
    memoryBytes: memoryGiB * gibibyte,
    rootDiskBytes: 94 * gibibyte,
    rootUsedBytes: (5 + number) * gibibyte,
    idleLoad,
    idleMemoryBytes: idleGiB * gibibyte,
    bootedAt: now - upDays * day,
    ports: ['eno1', 'eno2'],
    bridges: bridges(number),
  }))

const storages: WorldInput['storages'] = [
  {
    storage: 'local',
    type: 'dir',
    content: ['iso', 'vztmpl', 'backup', 'snippets', 'import'],
    shared: false,
    sizeBytes: 94 * gibibyte,
    otherUsedBytes: 6 * gibibyte,
    options: { path: '/var/lib/vz', onRootDisk: '1' },
  },
  {
    storage: 'local-lvm',
    type: 'lvmthin',
    content: ['images', 'rootdir'],
    shared: false,
    sizeBytes: 794 * gibibyte,
    otherUsedBytes: 12 * gibibyte,
    options: { thinpool: 'data', vgname: 'pve' },
  },
  {
    storage: 'ceph-vm',
    type: 'rbd',
    content: ['images'],
    shared: true,
    sizeBytes: 6 * tebibyte,
    otherUsedBytes: 1430 * gibibyte,
    options: { pool: 'vm', krbd: '0' },
  },
  {
    storage: 'iso-nfs',
    type: 'nfs',
    content: ['iso', 'import'],
    shared: true,
    sizeBytes: 2 * tebibyte,
    otherUsedBytes: 610 * gibibyte,
    options: { path: '/mnt/pve/iso-nfs', server: '10.10.0.5', export: '/export/iso' },
  },
  {
    storage: 'san-lvm',
    type: 'lvm',
    content: ['images'],
    shared: true,
    sizeBytes: 1 * tebibyte,
    otherUsedBytes: 300 * gibibyte,
    options: { vgname: 'san', base: 'san-iscsi:0.0.1' },
  },
]

const labOperator =
  'VM.Allocate VM.Audit VM.Clone VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType ' +
  'VM.Config.Memory VM.Config.Network VM.Config.Options VM.Console VM.PowerMgmt VM.Snapshot VM.Snapshot.Rollback VM.GuestAgent.Audit VM.GuestAgent.FileRead VM.Monitor Pool.Audit'

const operatorRoles: WorldInput['roles'] = [
  { roleid: 'LabOperator', privs: labOperator.split(' ') },
  { roleid: 'LabStorage', privs: ['Datastore.AllocateSpace', 'Datastore.Audit'] },
  // May upload, and not remove what it uploaded: that takes Datastore.Allocate.
  { roleid: 'LabUpload', privs: ['Datastore.AllocateTemplate', 'Datastore.Audit'] },
  // Downloads go out through the nodes' network (8.2 and later).
  { roleid: 'LabCluster', privs: ['Sys.Audit', 'Sys.AccessNetwork'] },
  { roleid: 'LabNetwork', privs: ['SDN.Audit', 'SDN.Use'] },
]

const templateIds = [9000, 9001, 9002, 9003, 9010, 9020, 9040]

const grant = (path: string, ugid: string, roleid: string) => ({
  path,
  ugid,
  roleid,
  propagate: true,
  type: 'user' as const,
})

/** operator@pve deploys into the pool `lab`; viewer@pve sees everything. */
const acl: WorldInput['acl'] = [
  grant('/', 'viewer@pve', 'PVEAuditor'),
  grant('/', 'totp@pve', 'PVEAdmin'),
  grant('/', 'operator@pve', 'LabCluster'),
  grant('/pool/lab', 'operator@pve', 'LabOperator'),
  ...templateIds.map((vmid) => grant(`/vms/${vmid}`, 'operator@pve', 'PVETemplateUser')),
  grant('/storage/iso-nfs', 'operator@pve', 'LabUpload'),
  ...['local-lvm', 'ceph-vm', 'san-lvm'].map((storage) =>
    grant(`/storage/${storage}`, 'operator@pve', 'LabStorage'),
  ),
  grant('/sdn/zones/localnetwork', 'operator@pve', 'LabNetwork'),
]

const users: WorldInput['users'] = [
  {
    userid: 'root@pam',
    password: demoPassword,
    email: 'root@demo.example',
    tokens: [
      { id: 'demo', secret: demoTokenSecret, privsep: false, expire: 0, comment: 'for curl' },
    ],
  },
  { userid: 'operator@pve', password: demoPassword, comment: 'deploys into the pool lab' },
  { userid: 'viewer@pve', password: demoPassword, comment: 'sees everything, changes nothing' },
  {
    userid: 'totp@pve',
    password: demoPassword,
    comment: 'signs in with a second factor',
    totpSecret,
  },
]

/** The cluster `demo`: three nodes, local and shared storages, templates and some guests at work. */
export const demoWorld = (now = Date.now(), version: Version = '9.2'): World =>
  worldOfVersion(newestWorld(now), version)

const newestWorld = (now: number): World =>
  worldSchema.parse({
    name: 'demo',
    clusterName: 'demo',
    entryNode: 'pve1',
    dns: { search: 'demo.example', servers: ['10.10.0.1'] },
    nodes: nodes(now),
    datacenter: { description: '', keyboard: 'en-us', mac_prefix: 'BC:24:11' },
    storages,
    volumes: demoVolumes(now),
    guests: demoGuests(now),
    pools: [
      { poolid: 'lab', comment: 'experiments', vms: [210], storages: [] },
      { poolid: 'prod', comment: 'what people rely on', vms: [101, 102, 103], storages: [] },
    ],
    realms: [
      { realm: 'pam', type: 'pam', comment: 'Linux PAM standard authentication' },
      { realm: 'pve', type: 'pve', comment: 'Proxmox VE authentication server' },
    ],
    users,
    groups: [],
    roles: operatorRoles,
    acl,
    tasks: [],
  } satisfies WorldInput)
