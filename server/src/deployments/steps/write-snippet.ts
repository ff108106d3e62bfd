import type { SpecOf } from '@deployer/core/steps.ts'
import { StepFailed } from '../failures.ts'
import { snippetFailure } from '../../snippets/problems.ts'
import { SshError } from '../../snippets/ssh.ts'
import type { StepRunner } from './step.ts'
import { storeOf } from './snippet-store.ts'

type Place = SpecOf<'write-snippet'>['places'][number]

/** Writing the same files twice leaves the same files. Only the VM's own node must have them now. */
export const runWriteSnippet: StepRunner<'write-snippet'> = async (spec, context) => {
  const store = storeOf(context)
  const files = Object.entries(spec.files).map(([name, text]) => ({
    name: name.replaceAll('{deployment}', context.deploymentId),
    text,
  }))
  const missing: string[] = []
  const write = async (place: Place) => {
    try {
      await context.act(() => store.write(place, files, context.signal))
    } catch (error) {
      if (!(error instanceof SshError)) throw error
      if (place === own) throw new StepFailed(snippetFailure(error, place))
      missing.push(place.node)
    }
  }
  const [own, ...others] = spec.places
  if (own) await write(own)
  await Promise.all(others.map(write))
  const written = spec.places.map(({ node }) => node).filter((node) => !missing.includes(node))
  const left = missing.length === 0 ? '' : `; not on ${missing.join(', ')}, where it cannot start`
  return { detail: `On ${written.join(', ')}${left}` }
}
