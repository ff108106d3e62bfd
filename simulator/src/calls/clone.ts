import type { Call, Handlers } from '../call.ts'
import { die, parameterError } from '../errors.ts'
import { planClone, runClone, type CloneRequest } from '../guests/clone.ts'
import { isTemplate, withConfigLock } from '../guests/guest.ts'
import type { Json } from '../json.ts'
import { getEnabledStorage } from '../storage/storages.ts'
import { atLeast } from '../version.ts'
import type { Guest } from '../world.ts'

const findSource = ({ cluster, node, vmid }: Call): Guest =>
  cluster.world.guests.find(
    (guest) => guest.vmid === vmid && guest.node === node && guest.type === 'qemu',
  ) ?? die(`unable to find configuration file for VM ${vmid} on node '${node}'`)

const otherNode = ({ cluster, params, node }: Call): string | undefined => {
  const target = params.optional('target')
  if (target === undefined || target === node || target === 'localhost') return undefined
  if (!cluster.world.nodes.some(({ name }) => name === target))
    die(`no such cluster node '${target}'`)
  return target
}

const checkTargetStorage = (call: Call, name: string, target: string | undefined) => {
  const { cluster, node } = call
  const storage = getEnabledStorage(cluster, name, node)
  if (atLeast(cluster.version, 8.4) && !storage.content.includes('images'))
    throw parameterError({ storage: `storage '${name}' does not support vm images` })
  if (target === undefined) return
  getEnabledStorage(cluster, name, target)
  if (!storage.shared) die(`can't clone to non-shared storage '${name}'`)
}

const readRequest = (call: Call, source: Guest): CloneRequest => {
  const { params } = call
  const target = otherNode(call)
  const storage = params.optional('storage')
  if (storage !== undefined) checkTargetStorage(call, storage, target)
  return {
    newid: params.integer('newid') ?? 0,
    full: params.flag('full') ?? !isTemplate(source),
    name: params.optional('name'),
    description: params.optional('description'),
    storage,
    format: params.optional('format'),
    target,
    pool: params.optional('pool'),
    snapname: params.optional('snapname'),
    bwlimit: params.integer('bwlimit') ?? 0,
  }
}

/**
 * qemu-server src/PVE/API2/Qemu.pm, clone_vm. The source's flock is shared while it is stopped, so that clones of one
 * template run side by side; it and the new id's flock are held until the end.
 */
const clone = (call: Call): Json => {
  const { cluster, node, vmid, caller } = call
  const source = findSource(call)
  const request = readRequest(call, source)
  planClone(call, source, request)
  const exclusive = source.running !== undefined
  return cluster.tasks.start({
    node,
    type: 'qmclone',
    id: String(vmid),
    caller,
    run: (task) =>
      withConfigLock(
        cluster,
        node,
        vmid,
        () =>
          withConfigLock(
            cluster,
            node,
            request.newid,
            () => runClone(call, source, request, task),
            {
              timeoutSeconds: 1,
              log: task.log,
            },
          ),
        { exclusive, timeoutSeconds: 1, log: task.log },
      ),
  })
}

export const cloneCalls: Handlers = { 'POST /nodes/{node}/qemu/{vmid}/clone': clone }
