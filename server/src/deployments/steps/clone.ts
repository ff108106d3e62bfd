import { makeVm } from './make-vm.ts'
import type { StepRunner } from './step.ts'

export const runClone: StepRunner<'clone'> = async (spec, context) => {
  await makeVm(spec, context)
  return { detail: spec.full ? 'Full clone' : 'Linked clone' }
}
