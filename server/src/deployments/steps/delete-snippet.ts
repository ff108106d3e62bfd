import { snippetFailure } from '../../snippets/problems.ts'
import { SshError } from '../../snippets/ssh.ts'
import { StepFailed } from '../failures.ts'
import { storeOf } from './snippet-store.ts'
import type { StepRunner } from './step.ts'

/** The names carry the deployment's id, so nobody else's are removed; files that are gone are what was wanted. */
export const runDeleteSnippet: StepRunner<'delete-snippet'> = async (spec, context) => {
  const store = storeOf(context)
  const remove = async (place: (typeof spec.places)[number]) => {
    try {
      await context.act(() => store.remove(place, spec.files, context.signal))
    } catch (error) {
      if (error instanceof SshError) throw new StepFailed(snippetFailure(error, place))
      throw error
    }
  }
  await Promise.all(spec.places.map(remove))
  return { detail: `Gone from ${spec.places.map(({ node }) => node).join(', ')}` }
}
