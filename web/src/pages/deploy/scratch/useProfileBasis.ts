import { useQuery } from '@tanstack/react-query'
import { statusQuery } from '../../../api/queries.ts'
import type { DeployForm } from '../form.ts'
import type { Basis } from './basis.ts'

/**
 * What the profile of the chosen system gives VMs that are made from an ISO or an image; null for templates, and until it
 * is there. The profiles come when somebody first needs them: until then the page is lighter by them.
 */
export function useProfileBasis(form: DeployForm, nodeCount: number): Basis | null {
  const wanted = form.source !== 'template'
  const { data: status } = useQuery({ ...statusQuery, enabled: wanted })
  const { data: profiles } = useQuery({
    queryKey: ['profiles'],
    queryFn: () => import('./profile.ts'),
    enabled: wanted,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  })
  if (!wanted || profiles === undefined) return null
  const [major = 9, minor = 0] = (status?.version ?? '').split('.').filter(Boolean).map(Number)
  return profiles.basisOf(form, { version: { major, minor }, nodes: nodeCount })
}
