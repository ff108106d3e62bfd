/** A plan's totals and room, in the words and numbers of its bars. */
import type { Plan } from '@deployer/core/plan.ts'
import { formatCount, formatGiB, plural } from '../../ui/format.ts'

export type Total = { value: string; unit: string; label: string }

/** The four figures at the head of the plan. */
export function totalsOf({ totals }: Plan): Total[] {
  const [memory, memoryUnit] = cut(formatGiB(totals.memoryMiB / 1024))
  const [disk, diskUnit] = cut(formatGiB(totals.diskGiB))
  return [
    { value: formatCount(totals.vms), unit: '', label: totals.vms === 1 ? 'VM' : 'VMs' },
    { value: formatCount(totals.cores), unit: '', label: totals.cores === 1 ? 'core' : 'cores' },
    { value: memory, unit: memoryUnit, label: 'memory' },
    { value: disk, unit: diskUnit, label: 'disk' },
  ]
}

function cut(size: string): [value: string, unit: string] {
  const [value = '', unit = ''] = size.split(' ')
  return [value, unit]
}

export type Bar = {
  name: string
  used: number
  /** For VMs that other deployments are still making; Proxmox does not show it yet. */
  pending: number
  planned: number
  total: number
  caption: string
  gain: string
}

/** Memory of each node whose figures the caller may see. */
export function nodeBars(plan: Plan): Bar[] {
  return plan.capacity.nodes.flatMap((node) => {
    if (node.memoryMiB === null || node.memoryUsedMiB === null) return []
    const total = node.memoryMiB / 1024
    const used = node.memoryUsedMiB / 1024
    const pending = node.memoryPendingMiB / 1024
    const planned = node.memoryPlannedMiB / 1024
    return {
      name: node.node,
      used,
      pending,
      planned,
      total,
      caption: fromTo(used, used + pending + planned, total, 'of') + beingMade(pending),
      gain: node.vms === 0 ? 'none' : `+${plural(node.vms, 'VM')}`,
    }
  })
}

/** Room of each storage that the plan puts disks on; only linked clones take nothing of it when they are made. */
export function storageBars(plan: Plan): Bar[] {
  return plan.capacity.storages.flatMap((storage) => {
    const { totalGiB, availableGiB, pendingGiB, plannedGiB } = storage
    if (totalGiB === null || availableGiB === null) return []
    const left = availableGiB - pendingGiB - plannedGiB
    return {
      name: storage.node ?? 'shared',
      used: totalGiB - availableGiB,
      pending: pendingGiB,
      planned: plannedGiB,
      total: totalGiB,
      caption: `${storage.storage}: ${fromTo(availableGiB, left, totalGiB, 'free of')}${beingMade(pendingGiB)}${plannedGiB === 0 ? '. Linked clones take room as they are written to' : ''}`,
      gain: plannedGiB === 0 ? 'none yet' : `+${formatGiB(plannedGiB)}`,
    }
  })
}

/** `, 4 GiB of it for VMs that are being made`. */
const beingMade = (gibibytes: number): string =>
  gibibytes > 0 ? `, ${formatGiB(gibibytes)} of it for VMs being made` : ''

/** `52 to 68 of 128 GiB`, in the unit of the total; one figure where both read the same. */
function fromTo(before: number, after: number, totalGiB: number, of: string): string {
  const inTiB = totalGiB >= 1024
  const figure = (gibibytes: number) =>
    inTiB ? (gibibytes / 1024).toFixed(2) : String(Math.round(gibibytes))
  const [from, to] = [figure(before), figure(after)]
  const change = from === to ? from : `${from} to ${to}`
  return `${change} ${of} ${figure(totalGiB)} ${inTiB ? 'TiB' : 'GiB'}`
}
