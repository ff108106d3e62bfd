/** Deleting one VM: only the one whose name was typed, never a protected one, never disks that its config does not name. */
import type { Started } from '@deployer/core/vm.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { configText, readSettings } from './config.ts'
import type { Place } from './find.ts'
import { couldNotStop, isProtected, nameDiffers, stillRuns } from './problems.ts'
import { failureOf, type Follow } from './tasks.ts'

export type DeleteOrder = {
  /** As it was typed. */
  name: string
  /** Cuts the power of a running VM first. */
  stop: boolean
}

/**
 * Config and state are read at the last moment: an id that was given to another VM meanwhile has another name. `purge`
 * takes it out of backup jobs, replication and high availability as well (qemu-server src/PVE/API2/Qemu.pm, destroy_vm).
 */
export const destroyVm = async (
  api: Api,
  place: Place,
  order: DeleteOrder,
  follow: Follow,
): Promise<Started> => {
  const at = { node: place.node, vmid: place.vmid }
  const [config, status] = await Promise.all([
    api.call('GET /nodes/{node}/qemu/{vmid}/config', at),
    api.call('GET /nodes/{node}/qemu/{vmid}/status/current', at),
  ])
  const text = configText(config)
  const name = text.get('name') ?? place.name
  if (order.name !== name) throw nameDiffers(name)
  if (readSettings(text).protection) throw isProtected(name)
  if (status.status !== 'stopped') {
    if (!order.stop) throw stillRuns(name)
    const failure = failureOf(
      await follow(await api.call('POST /nodes/{node}/qemu/{vmid}/status/stop', at)),
    )
    if (failure !== null) throw couldNotStop(name, failure)
  }
  const upid = await api.call('DELETE /nodes/{node}/qemu/{vmid}', {
    ...at,
    purge: true,
    'destroy-unreferenced-disks': false,
  })
  return { vmid: place.vmid, name, node: place.node, upid }
}
