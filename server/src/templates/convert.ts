/** A VM becomes a template, for good: its disks become read only, and it never starts again. */
import { readStamp, withoutStamps } from '@deployer/core/stamp.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { parseFlag, parseTags } from '@deployer/proxmox/property-string.ts'
import type { Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import { deploymentAtWork } from '../vms/facts.ts'
import type { Find, Place } from '../vms/find.ts'
import { beingDeployed, isTemplate } from '../vms/problems.ts'

export type Conversion = { vmid: number; name: string; node: string; upid: string }

export function createConvert(deps: {
  db: Kysely<Tables>
  connection: Pick<Connection, 'api'>
  find: Find
}) {
  const { db, connection, find } = deps

  const convert = async (caller: Caller, place: Place): Promise<Conversion> => {
    const { vmid, node } = place
    const working = await deploymentAtWork(db, vmid)
    if (working !== null) throw beingDeployed(place.name, working)
    const api = connection.api(caller.credentials)
    const [status, config, snapshots] = await Promise.all([
      api.call('GET /nodes/{node}/qemu/{vmid}/status/current', { node, vmid }),
      api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid }),
      api.call('GET /nodes/{node}/qemu/{vmid}/snapshot', { node, vmid }),
    ])
    const name = config.name ?? place.name
    // The list of guests learns it some seconds later.
    if (parseFlag(config.template) === true) throw isTemplate(vmid)
    if (status.status !== 'stopped') throw stillRuns(name)
    if (config.lock !== undefined) throw locked(name, config.lock)
    const kept = snapshots.filter((snapshot) => snapshot.name !== 'current')
    if (kept.length > 0)
      throw hasSnapshots(
        name,
        kept.map((snapshot) => snapshot.name),
      )
    const description = config.description ?? ''
    const stamp = readStamp(description)
    if (stamp !== null) {
      // Else the undo of the deployment that made the VM would destroy the template, and clones would carry its stamp.
      const tags = parseTags(config.tags)
      await api.call('PUT /nodes/{node}/qemu/{vmid}/config', {
        node,
        vmid,
        ...(config.digest !== undefined && { digest: config.digest }),
        description: withoutStamps(description),
        ...(tags.includes(stamp.deployment.toLowerCase()) && {
          tags: tags.filter((tag) => tag !== stamp.deployment.toLowerCase()).join(';'),
        }),
      })
    }
    const upid = await api.call('POST /nodes/{node}/qemu/{vmid}/template', { node, vmid })
    return { vmid, name, node, upid }
  }

  return {
    /** Answers when Proxmox has taken it on. */
    convert: (caller: Caller, vmid: number): Promise<Conversion> =>
      find.at(caller, vmid, (place) => convert(caller, place)),
  }
}

export type Convert = ReturnType<typeof createConvert>

const conflict = (kind: string, title: string, detail: string, hint: string) =>
  new ProblemError({ kind, status: 409, title, detail, hint })

const stillRuns = (name: string) =>
  conflict(
    'still-runs',
    'It still runs',
    `${name} runs, and a template never does.`,
    'Shut it down first; for Linux clean it before (cloud-init clean, machine-id), for Windows run sysprep.',
  )

const locked = (name: string, lock: string) =>
  conflict(
    'locked',
    'It is locked',
    `${name} has the lock "${lock}": a task works on it, or was cut off.`,
    'Wait for its end, or have an administrator look at it.',
  )

const hasSnapshots = (name: string, snapshots: string[]) =>
  conflict(
    'has-snapshots',
    'It has snapshots',
    `${name} has ${snapshots.length === 1 ? 'the snapshot' : 'the snapshots'} ${snapshots.slice(0, 5).join(', ')}, which a template cannot keep.`,
    'Delete them first, or convert a full clone of it.',
  )
