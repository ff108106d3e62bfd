/** VMs in the making, for the planner: other plans must not count on the same room, and not take the same names. */
import type { PendingVm } from '@deployer/core/inventory.ts'
import { sql, type Kysely } from 'kysely'
import type { Tables } from '../database/tables.ts'

/** Proxmox counts every 10 s (pve-manager PVE/Service/pvestatd.pm), and its answers are remembered for a few seconds more. */
const COUNTED_AFTER_SECONDS = 15

/** VMs of all running deployments, and those that ended too short ago to be in Proxmox's figures. */
export const pendingVms = async (db: Kysely<Tables>): Promise<PendingVm[]> => {
  const { rows } = await sql<PendingVm>`
    with clock as (select now() - make_interval(secs => ${COUNTED_AFTER_SECONDS}) as counted),
    known as (
      select vm.vmid, vm.name, vm.node, vm.memory_mib, vm.allocations,
             start.vm_id is null or start.finished_at < clock.counted as memory_counted,
             case when resize.vm_id is null then making.finished_at else resize.finished_at end < clock.counted
               as disks_counted
        from clock, vm
        join deployment on deployment.id = vm.deployment_id and deployment.undo_of is null
        left join step start on start.vm_id = vm.id and start.id = 'start'
        left join step making on making.vm_id = vm.id and making.id in ('clone', 'create')
        left join step resize on resize.vm_id = vm.id and resize.id = 'resize-disk'
       where vm.finished_at is null or (vm.finished_at > clock.counted and vm.status = 'succeeded'))
    select vmid, name, node,
           case when memory_counted then 0 else memory_mib end as "memoryMiB",
           case when disks_counted then '[]'::jsonb else allocations end as allocations
      from known
     order by vmid`.execute(db)
  return rows
}
