/** What an account may do and what it sees of the cluster, from few calls. */
import type { ClusterFacts } from '@deployer/core/doctor/cluster.ts'
import type { Account, Permissions } from '@deployer/core/doctor/features.ts'
import { smallestRole } from '@deployer/core/doctor/features.ts'
import type { OwnFacts } from '@deployer/core/doctor/own.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import { parseFlag } from '@deployer/proxmox/property-string.ts'
import type { Caller } from '../identity/caller.ts'
import { isRefused } from '../identity/service-account.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import { readGuests, readVersion } from '../inventory/read.ts'

const MOST_TEMPLATES = 40

/** Of a token. Null for people, and where Proxmox does not tell the token of itself. */
const readSeparation = async (api: Api, username: string): Promise<boolean | null> => {
  const [userid, tokenid] = username.split('!')
  if (userid === undefined || tokenid === undefined) return null
  try {
    const token = await api.call('GET /access/users/{userid}/token/{tokenid}', { userid, tokenid })
    return parseFlag(token.privsep) ?? true
  } catch (error) {
    if (error instanceof ProxmoxError) return null
    throw error
  }
}

export const readAccount = async (api: Api, username: string): Promise<Account> => {
  const permissions: Permissions = await api.call('GET /access/permissions', {})
  return { username, permissions, separated: await readSeparation(api, username) }
}

/** As the caller sees it. The inventory asks each node once, and remembers for some seconds. */
export const readCluster = async (
  inventory: InventoryReader,
  caller: Caller,
  vmids: { min: number; max: number },
): Promise<ClusterFacts> => {
  const resources = await inventory.resources(caller, true)
  const guests = readGuests(resources)
  const templateCount = guests.filter(({ kind, template }) => kind === 'qemu' && template).length
  const [state, storages, bridges, templates, forPlan] = await Promise.all([
    inventory.state(caller),
    inventory.storages(caller),
    inventory.networks(caller),
    templateCount > MOST_TEMPLATES ? null : inventory.templates(caller),
    inventory.forPlan(caller, null, true),
  ])
  const { min, max } = forPlan.vmids
  const used = guests.filter(({ vmid }) => vmid >= min && vmid <= max).length
  return {
    version: state.version,
    quorate: state.quorate,
    nodes: forPlan.nodes,
    storages,
    bridges,
    templates,
    templateCount,
    snippets: forPlan.snippets,
    vmids: { min: Math.max(min, vmids.min), max, used },
  }
}

/** Whether the service account is let in, and what it lacks everywhere. */
export const readService = async (
  api: Api,
  username: string,
): Promise<NonNullable<OwnFacts['service']>> => {
  try {
    const { version } = await api.call('GET /version', {})
    const held = await api.call('GET /access/permissions', {})
    const lacking = smallestRole(readVersion(version)).filter((privilege) =>
      Object.values(held).every((privileges) => !(privilege in privileges)),
    )
    return { username, state: 'ok', lacking }
  } catch (error) {
    if (isRefused(error)) return { username, state: 'refused', lacking: [] }
    if (!(error instanceof ProxmoxError)) throw error
    return { username, state: 'unknown', lacking: [] }
  }
}
