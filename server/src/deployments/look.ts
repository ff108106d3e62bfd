/** What there is at a VMID, and whether it is ours. Asked before anything that an earlier call may have done already. */
import type { StepSpec } from '@deployer/core/plan.ts'
import { readStamp } from '@deployer/core/stamp.ts'
import type { SpecOf } from '@deployer/core/steps.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { answeredWith, isVmMissing } from '@deployer/proxmox/errors.ts'

/** The steps that make a VM. */
export type Making = SpecOf<'clone'> | SpecOf<'create'>

export const isMaking = (spec: StepSpec): spec is Making =>
  spec.kind === 'clone' || spec.kind === 'create'

export type Found =
  | { kind: 'absent' }
  /** Carries the stamp of this deployment and VM; `lock` as its config says, see `isBeingMade`. */
  | { kind: 'ours'; node: string; config: Record<string, unknown>; lock: string | null }
  /** A VM is being made there and does not say yet by whom. */
  | { kind: 'unfinished' }
  /** We may not see it: somebody else's, or ours until its pool is set at the end of the clone. */
  | { kind: 'hidden' }
  | { kind: 'foreign'; name: string | null }

export type Mine = { deploymentId: string; name: string; vmid: number }

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export const configOf = (answer: unknown): Record<string, unknown> =>
  typeof answer === 'object' && answer !== null ? Object.fromEntries(Object.entries(answer)) : {}

/** Not complete: a task works on it, or was killed. */
export const isBeingMade = ({ lock }: { lock: string | null }): boolean =>
  lock === 'clone' || lock === 'create'

export const isOurs = (config: Record<string, unknown>, mine: Mine): boolean => {
  const stamp = readStamp(text(config['description']))
  return stamp?.deployment === mine.deploymentId && stamp.vm === mine.name
}

const lookOn = async (api: Api, node: string, mine: Mine): Promise<Found> => {
  try {
    const config = configOf(
      await api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid: mine.vmid }),
    )
    const lock = text(config['lock'])
    if (isOurs(config, mine)) return { kind: 'ours', node, config, lock }
    // At its very beginning a clone's config holds nothing but the lock, that of a new VM to its end (qemu-server
    // src/PVE/API2/Qemu.pm, clone_vm and create_vm).
    if (isBeingMade({ lock }) && config['name'] === undefined) return { kind: 'unfinished' }
    return { kind: 'foreign', name: text(config['name']) }
  } catch (error) {
    if (isVmMissing(error)) return { kind: 'absent' }
    if (answeredWith(error, 403)) return { kind: 'hidden' }
    throw error
  }
}

/** Looks on each of the nodes where the VM can be: a clone for another node is on its template's until it is done. */
export const lookFor = async (api: Api, nodes: string[], mine: Mine): Promise<Found> => {
  let found: Found = { kind: 'absent' }
  for (const node of new Set(nodes)) {
    found = await lookOn(api, node, mine)
    if (found.kind !== 'absent') return found
  }
  return found
}

/** The node on which there is a guest with this id, as far as the caller may see; null where there is none. */
export const nodeOf = async (api: Api, vmid: number): Promise<string | null> => {
  const guests = await api.call('GET /cluster/resources', { type: 'vm' })
  return guests.find((guest) => guest.vmid === vmid)?.node ?? null
}

/**
 * Running clones of this template, or creations under this id, that we may see and that belong to no step of ours: while
 * there are any, a VM whose answer was lost may be made by one of them, and does not carry its stamp yet.
 */
export const unclaimedMakers = async (
  api: Api,
  spec: Making,
  vmid: number,
  unclaimed: (upids: string[]) => Promise<string[]>,
): Promise<string[]> => {
  const tasks =
    spec.kind === 'clone'
      ? { node: spec.sourceNode, typefilter: 'qmclone', vmid: spec.sourceVmid }
      : { node: spec.node, typefilter: 'qmcreate', vmid }
  return unclaimedTasks(api, tasks, unclaimed)
}

/** Running tasks of this type and VM that we may see and that belong to no step of ours. */
export const unclaimedTasks = async (
  api: Api,
  tasks: { node: string; typefilter: string; vmid: number },
  unclaimed: (upids: string[]) => Promise<string[]>,
): Promise<string[]> => {
  const rows = await api.call('GET /nodes/{node}/tasks', { ...tasks, source: 'active' })
  return unclaimed(rows.filter((row) => row.endtime === undefined).map((row) => row.upid))
}
