/** What a first boot leaves outside of its VM: images on storages, files on nodes. */
import type { StepSpec } from './plan.ts'
import type { SpecOf } from './steps.ts'

export type Leftover = SpecOf<'delete-seed'> | SpecOf<'delete-snippet'>

/** Of a VM whose steps these are: the steps that remove them. Names carry the deployment, so nobody else's are meant. */
export function leftoversOf(specs: StepSpec[], deployment: string): Leftover[] {
  const named = (text: string) => text.replaceAll('{deployment}', deployment)
  return specs.flatMap((spec): Leftover[] => {
    if (spec.kind === 'upload-seed') {
      const { node, storage, file } = spec
      return [{ kind: 'delete-seed', node, storage, volume: `${storage}:iso/${named(file)}` }]
    }
    if (spec.kind === 'write-snippet') {
      const files = Object.keys(spec.files).map(named)
      return [{ kind: 'delete-snippet', places: spec.places, files }]
    }
    return []
  })
}
