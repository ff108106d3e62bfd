/** What there is to know of VMs after their deployment: the list, and one VM whole. */
import type { VmAgent, VmDetail, VmMetrics, VmTask } from '@deployer/core/vm.ts'
import type { Caller } from '../identity/caller.ts'
import { createAskAgent } from './agent.ts'
import { readDetail, readMetrics } from './detail.ts'
import { noteAddress, readFacts } from './facts.ts'
import type { ReadyList } from './list.ts'
import { readTask } from './tasks.ts'
import type { VmTools } from './tools.ts'

export type VmReading = {
  list: (caller: Caller) => Promise<ReadyList>
  detail: (caller: Caller, vmid: number) => Promise<VmDetail>
  agent: (caller: Caller, vmid: number) => Promise<VmAgent>
  metrics: (caller: Caller, vmid: number, range: VmMetrics['range']) => Promise<VmMetrics>
  cloudInitDocument: (
    caller: Caller,
    vmid: number,
    type: 'user' | 'network' | 'meta',
  ) => Promise<string>
  task: (caller: Caller, upid: string) => Promise<VmTask & { log: string[] }>
}

export const createVmReading = (tools: VmTools): VmReading => {
  const { db, inventory, visible, deletion, apiOf, find, lists } = tools
  const askAgent = createAskAgent(tools.askAgent)

  /** Who may see a VM need not see the deployment that it comes from. */
  const withoutHidden = async (caller: Caller, detail: VmDetail): Promise<VmDetail> => {
    const { origin } = detail
    const id = origin?.deployment?.id
    if (!origin || id === undefined || (await visible(caller, [id])).has(id)) return detail
    return { ...detail, origin: { ...origin, deployment: null, createdBy: null } }
  }

  const factOf = async (vmid: number) => (await readFacts(db)).get(vmid) ?? null

  return {
    list: lists.read,
    detail: async (caller, vmid) => {
      const privileges = await inventory.privileges(caller, `/vms/${vmid}`)
      const detail = await find.at(caller, vmid, async (place) =>
        readDetail({ db, api: apiOf(caller), privileges, deletion }, place, await factOf(vmid)),
      )
      if (detail.state !== 'unknown') lists.noteState(vmid, detail.state)
      return withoutHidden(caller, detail)
    },
    agent: (caller, vmid) =>
      find.at(caller, vmid, async (place) => {
        const told = await askAgent(apiOf(caller), place)
        const { address } = told
        if (address !== null) await noteAddress(db, { vmid, name: place.name, address })
        return told
      }),
    metrics: (caller, vmid, range) =>
      find.at(caller, vmid, async ({ node }) =>
        readMetrics(
          range,
          await apiOf(caller).call('GET /nodes/{node}/qemu/{vmid}/rrddata', {
            node,
            vmid,
            timeframe: range,
            cf: 'AVERAGE',
          }),
        ),
      ),
    cloudInitDocument: (caller, vmid, type) =>
      find.at(caller, vmid, ({ node }) =>
        apiOf(caller).call('GET /nodes/{node}/qemu/{vmid}/cloudinit/dump', { node, vmid, type }),
      ),
    task: (caller, upid) => readTask(apiOf(caller), upid),
  }
}
