import type { SpecOf } from '@deployer/core/steps.ts'
import { makeVm } from './make-vm.ts'
import type { StepRunner } from './step.ts'

export const importsImage = ({ settings }: SpecOf<'create'>): boolean =>
  Object.values(settings).some((value) => /\bimport-from=/.test(String(value)))

/** Of a creation that fails Proxmox frees the disks and the id by itself (qemu-server src/PVE/API2/Qemu.pm, create_vm). */
export const runCreate: StepRunner<'create'> = async (spec, context) => {
  await makeVm(spec, context)
  return { detail: importsImage(spec) ? 'Created, with a copy of the image' : 'Created' }
}
