/** Plans VMs that are made from an ISO or an image. */
import { checkAddresses } from '../address-checks.ts'
import { checkFirstBoot } from '../cloud-init-checks.ts'
import { storageOfVolume } from '../context.ts'
import { deliveryOf } from '../delivery.ts'
import { createMacs } from '../nics.ts'
import { placeAll } from '../placement.ts'
import {
  bridgeNeeds,
  type Need,
  onVm,
  type PlannedVmSteps,
  privilegesForKey,
} from '../privileges.ts'
import type { VmSpec } from '../specs.ts'
import { checkScratch } from './checks.ts'
import { mediaOf, type ScratchContext } from './context.ts'
import { scratchDraftOf } from './drafts.ts'
import { scratchGround } from './hosts.ts'
import { scratchSteps } from './steps.ts'

export function scratchVms(
  context: ScratchContext,
  specs: VmSpec[],
  vmids: (number | null)[],
): PlannedVmSteps[] {
  const drafts = specs.flatMap((spec, index) => {
    const vmid = vmids[index] ?? null
    return vmid === null ? [] : [scratchDraftOf(context, spec, vmid)]
  })
  checkAddresses(context, drafts)
  checkFirstBoot(context, drafts)
  checkScratch(context, drafts)
  const places = placeAll(context, drafts, scratchGround(context))
  const macs = createMacs(context.inventory.macPrefix, context.macSalt)
  return drafts.flatMap((draft, index) => {
    const place = places[index]
    if (place === undefined) return []
    const delivered = context.source.kind === 'iso' ? null : deliveryOf(context, draft, place)
    const steps = scratchSteps(context, { draft, place, delivered }, macs)
    return [{ draft, place, delivered, steps }]
  })
}

/** What Proxmox asks for when a VM is created (qemu-server src/PVE/API2/Qemu.pm, create_vm). */
export function createNeeds(context: ScratchContext, vm: PlannedVmSteps): Need[] {
  const settings = vm.steps.flatMap(({ spec }) =>
    spec.kind === 'create' ? Object.keys(spec.settings) : [],
  )
  const storages = new Set(vm.place.disks.map(({ target }) => target))
  return [
    onVm('VM.Allocate'),
    onVm('VM.Audit'),
    // Drives are judged by what is on them.
    ...['name', ...settings]
      .filter((key) => !/^(ide|sata|scsi|virtio|efidisk|tpmstate)\d+$/.test(key))
      .map((key) => onVm(...privilegesForKey(key))),
    ...[...storages].map((name): Need => ({
      path: `/storage/${name}`,
      privileges: ['Datastore.AllocateSpace'],
      field: 'defaults.storage',
    })),
    ...mediaOf(context).map(({ volid, field }): Need => ({
      path: `/storage/${storageOfVolume(volid) ?? ''}`,
      privileges: ['Datastore.Audit', 'Datastore.AllocateSpace'],
      field,
    })),
    ...bridgeNeeds(context, vm, []),
  ]
}
