/**
 * What is known to go wrong with a call of Proxmox VE. Texts: pve-common src/PVE/RESTEnvironment.pm and Tools.pm, pve-cluster
 * src/PVE/Cluster.pm, qemu-server src/PVE/QemuServer.pm; 595 to 599: pve-http-server src/PVE/APIServer/AnyEvent.pm.
 */
import type { ApiRequest } from './dispatch.ts'
import { findStorage, splitVolumeId } from './storage/storages.ts'
import type { Cluster } from './cluster.ts'
import { parseDrive } from './guests/drive.ts'
import { guestById, lockFile } from './guests/guest.ts'
import type { Random } from './random.ts'

export type Trouble =
  | { kind: 'answer'; status: number; message: string; acting: boolean }
  | { kind: 'drop'; acting: 'before' | 'after' }
  | { kind: 'slow'; seconds: number }
  /** The task that the call starts fails with this text: before its work, or when all of it is done. */
  | { kind: 'task-fails'; message: string; acting: 'before' | 'after' }
  /** Somebody else makes a VM with the id that the call asks for, a moment before it. */
  | { kind: 'id-taken' }

type Place = {
  cluster: Pick<Cluster, 'world'>
  vmid: string
  random: Random
  params: ApiRequest['params']
}

const refused = (message: string): Trouble => ({
  kind: 'answer',
  status: 500,
  message,
  acting: false,
})
const failing = (message: string): Trouble => ({ kind: 'task-fails', message, acting: 'before' })

/** Of any call. pveproxy gives up after 30 s, and the work goes on. */
const network = ({ random }: Place): Trouble[] => [
  { kind: 'answer', status: 595, message: 'No route to host', acting: false },
  { kind: 'answer', status: 596, message: 'Connection timed out', acting: true },
  { kind: 'answer', status: 596, message: 'Connection timed out', acting: false },
  { kind: 'answer', status: 599, message: 'Too many redirections', acting: true },
  { kind: 'drop', acting: 'before' },
  { kind: 'drop', acting: 'after' },
  { kind: 'slow', seconds: random.between(2, 10) },
  { kind: 'slow', seconds: random.between(31, 45) },
]

/** The lock is taken when the worker runs already, so that its work is done all the same (fork_worker). */
const taskListLocked: Trouble = {
  kind: 'answer',
  status: 500,
  message: "can't lock file '/var/log/pve/tasks/.active.lock' - got timeout",
  acting: true,
}

const noQuorum = refused('cluster not ready - no quorum?')
const configLocked = (vmid: string) => `can't lock file '${lockFile(Number(vmid))}' - got timeout`

/** A worker that was killed in its last moment. */
const endUnknown: Trouble = { kind: 'task-fails', message: 'unexpected status', acting: 'after' }

/** What the lock of the storage with the first disk says when it is busy. */
const storageBusy = (
  { cluster }: Place,
  config: Record<string, unknown>,
  head: string,
): Trouble[] => {
  const [key, value] =
    Object.entries(config).find(([name]) => /^(scsi|virtio|sata)\d+$/.test(name)) ?? []
  if (key === undefined || typeof value !== 'string') return []
  const name = splitVolumeId(parseDrive(key, value).file).storage
  return findStorage(cluster, name)?.shared === true
    ? [
        failing(`${head}cfs-lock 'storage-${name}' error: got lock request timeout`),
        failing(`${head}cfs-lock 'storage-${name}' error: no quorum!`),
        failing(`${head}'storage-${name}'-locked command timed out - aborting`),
      ]
    : [failing(`${head}can't lock file '/var/lock/pve-manager/pve-storage-${name}' - got timeout`)]
}

const byCall: Record<string, (place: Place) => Trouble[]> = {
  'POST /nodes/{node}/qemu/{vmid}/clone': (place) => [
    taskListLocked,
    noQuorum,
    refused('VM is locked (backup)'),
    { kind: 'id-taken' },
    failing(configLocked(place.vmid)),
    endUnknown,
    ...storageBusy(
      place,
      guestById(place.cluster, Number(place.vmid))?.config ?? {},
      'clone failed: ',
    ),
  ],
  'POST /nodes/{node}/qemu': (place) => [
    taskListLocked,
    noQuorum,
    { kind: 'id-taken' },
    endUnknown,
    ...storageBusy(place, place.params, `unable to create VM ${place.vmid} - `),
  ],
  'POST /nodes/{node}/qemu/{vmid}/template': ({ vmid }) => [
    taskListLocked,
    noQuorum,
    failing(configLocked(vmid)),
    endUnknown,
  ],
  'PUT /nodes/{node}/qemu/{vmid}/sendkey': ({ vmid }) => [
    refused(configLocked(vmid)),
    refused(`VM ${vmid} qmp command 'human-monitor-command' failed - got timeout`),
  ],
  'POST /nodes/{node}/storage/{storage}/download-url': () => [
    taskListLocked,
    failing('download failed: exit code 4'),
    endUnknown,
  ],
  'POST /nodes/{node}/storage/{storage}/upload': () => [taskListLocked, endUnknown],
  'PUT /nodes/{node}/qemu/{vmid}/config': ({ vmid }) => [refused(configLocked(vmid)), noQuorum],
  'PUT /nodes/{node}/qemu/{vmid}/resize': ({ vmid }) => [
    taskListLocked,
    noQuorum,
    failing(configLocked(vmid)),
    endUnknown,
  ],
  'POST /nodes/{node}/qemu/{vmid}/status/start': ({ vmid }) => [
    taskListLocked,
    noQuorum,
    failing(configLocked(vmid)),
    failing(`start failed: command '/usr/bin/kvm -id ${vmid}' failed: got timeout`),
    endUnknown,
  ],
  'POST /nodes/{node}/qemu/{vmid}/status/stop': ({ vmid }) => [
    taskListLocked,
    failing(configLocked(vmid)),
    endUnknown,
  ],
  'DELETE /nodes/{node}/qemu/{vmid}': ({ vmid }) => [
    taskListLocked,
    failing(configLocked(vmid)),
    endUnknown,
  ],
  'POST /nodes/{node}/qemu/{vmid}/agent/ping': ({ vmid }) => [
    refused('QEMU guest agent is not running'),
    refused(`VM ${vmid} qga command 'guest-ping' failed - got timeout`),
  ],
  'GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces': ({ vmid }) => [
    refused('QEMU guest agent is not running'),
    refused(`VM ${vmid} qga command 'guest-network-get-interfaces' failed - got timeout`),
  ],
}

/** One of the troubles of the call. `name`: `POST /nodes/{node}/qemu/{vmid}/clone`. */
export const knownFailure = (
  cluster: Pick<Cluster, 'world'>,
  name: string,
  { path, params }: Pick<ApiRequest, 'path' | 'params'>,
  random: Random,
): Trouble | undefined => {
  const asked = params['vmid']
  const vmid = /\/qemu\/(\d+)/.exec(path)?.[1] ?? (typeof asked === 'string' ? asked : '')
  const place = { cluster, vmid, random, params }
  const own = byCall[name]?.(place) ?? []
  // As often by the call itself as by what is on the way.
  return random.pick(own.length > 0 && random.next() < 0.5 ? own : network(place))
}
