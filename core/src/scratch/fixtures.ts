/** ISOs and images on the cluster of the tests. */
import { cluster, clusterWith } from '../fixtures.ts'
import { osTypeTitles } from '../hardware/profiles.ts'
import { osTypeSchema, type OsType } from '../hardware/request.ts'
import type { Inventory, Volume } from '../inventory.ts'
import type { Issue } from '../plan.ts'
import type { DeploymentRequest } from '../request.ts'

const volume = (
  volid: string,
  content: Volume['content'],
  node: string,
  diskGiB: number | null = null,
): Volume => ({ volid, storage: 'local', node, content, diskGiB })

export const osTypes = Object.keys(osTypeTitles).map((name) => osTypeSchema.parse(name))

export const installer = 'local:iso/setup.iso'
export const drivers = 'local:iso/virtio-win.iso'
export const image = 'local:import/debian-13.qcow2'

/** All nodes have the installer, the drivers and the image on their local storage. */
export const scratchCluster: Inventory = clusterWith({
  storages: cluster.storages.map((storage) =>
    storage.name === 'local' ? { ...storage, type: 'dir', content: ['import', 'iso'] } : storage,
  ),
  volumes: cluster.nodes.flatMap(({ name }) => [
    volume(installer, 'iso', name),
    volume(drivers, 'iso', name),
    volume(image, 'import', name, 3),
  ]),
  cpuTypes: cluster.nodes.map(({ name }) => ({
    node: name,
    names: ['host', 'kvm64', 'x86-64-v2-AES', 'x86-64-v3'],
  })),
})

export const scratchClusterWith = (changes: Partial<Inventory>): Inventory => ({
  ...scratchCluster,
  ...changes,
})

export const versions = {
  '7.4': { major: 7, minor: 4 },
  '8.4': { major: 8, minor: 4 },
  '9.2': { major: 9, minor: 2 },
} as const

export const fromIso = (
  osType: OsType,
  changes: Partial<DeploymentRequest> = {},
): DeploymentRequest => ({
  source: {
    kind: 'iso',
    volid: installer,
    osType,
    ...(osType.startsWith('windows-') && { driversVolid: drivers }),
  },
  vms: [{ name: 'vm-01' }],
  ...changes,
})

export const fromImage = (changes: Partial<DeploymentRequest> = {}): DeploymentRequest => ({
  source: { kind: 'image', volid: image },
  vms: [{ name: 'vm-01' }],
  ...changes,
})

export const answers = { edition: { index: 1 }, administratorPassword: 'Sehr-geheim1' }

export const unattendedWindows = (changes: Partial<DeploymentRequest> = {}): DeploymentRequest => ({
  source: {
    kind: 'iso',
    volid: installer,
    osType: 'windows-11',
    driversVolid: drivers,
    unattended: answers,
  },
  vms: [{ name: 'vm-01' }],
  ...changes,
})

/** Somebody who has all rights but these. */
export const without =
  (...lost: string[]): Inventory['holds'] =>
  (_path, privilege) =>
    !lost.includes(privilege)

/** A request that the planner says something of, and what. */
export type Case = [
  what: string,
  request: DeploymentRequest,
  inventory: Inventory,
  issue: Partial<Issue> & { code: string; message: string },
]

export const hardware = (
  asked: NonNullable<DeploymentRequest['defaults']>['hardware'],
  more: DeploymentRequest['defaults'] = {},
): DeploymentRequest => fromIso('linux', { defaults: { ...more, hardware: asked } })

export const windows = (
  source: object,
  rest: Partial<DeploymentRequest> = {},
): DeploymentRequest => ({
  vms: [{ name: 'vm-01' }],
  ...rest,
  source: {
    kind: 'iso',
    volid: installer,
    osType: 'windows-11',
    driversVolid: drivers,
    ...source,
  },
})
