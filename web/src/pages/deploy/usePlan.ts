import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useEffectEvent, useState } from 'react'
import { client, unwrap } from '../../api/client.ts'
import { type ApiError, toApiError } from '../../api/problem.ts'
import { statusQuery } from '../../api/queries.ts'
import { asSent } from './as-sent.ts'
import type { SourceKind } from './scratch/state.ts'

/** How long typing must rest before the plan is asked for. */
const DEBOUNCE_MS = 350
/** The cluster changes without us: the plan is asked again after this. */
const REFRESH_MS = 30_000
/** While there is no answer, sooner. */
const RETRY_MS = 6000

export type PlanState = {
  /** The newest plan that is known. It may belong to an earlier form: old numbers stay until new ones come. */
  plan: Plan | null
  /** Whether `plan` is what the form asks for now. */
  current: boolean
  /** A newer plan is on its way. */
  checking: boolean
  /** When `plan` came, in milliseconds. */
  checkedAt: number | null
  /** Whether Proxmox answers at all, as far as is known. */
  answers: boolean
  /** Why the newest question was not answered with a plan. */
  error: ApiError | null
  retry: () => void
  /** Takes a plan that came another way: with the refusal of an older one. */
  adopt: (plan: Plan) => void
}

type Asked = { text: string; request: DeploymentRequest }

const planKey = (asked: Asked | null) => ['plan', asked?.text] as const

/**
 * The plan for a request, asked as one types. Null while the form cannot be read: then the last plan stays, unless it was
 * for another kind of source, whose numbers say nothing about this one.
 */
export function usePlan(request: DeploymentRequest | null, source: SourceKind): PlanState {
  const queryClient = useQueryClient()
  const { data: status } = useQuery(statusQuery)
  const answers = status?.connected !== false
  const wanted = request === null ? null : JSON.stringify(request)
  const asked = useRested(request, wanted)
  const query = useQuery({
    queryKey: planKey(asked),
    queryFn:
      asked === null
        ? skipToken
        : ({ signal }) =>
            unwrap(client.POST('/api/v1/plans', { body: asSent(asked.request), signal })),
    // A plan of 500 VMs is large; comparing it with the one before costs more than drawing it.
    structuralSharing: false,
    staleTime: REFRESH_MS,
    gcTime: 2 * REFRESH_MS,
    retry: false,
    refetchOnWindowFocus: true,
    refetchInterval: ({ state }) => (state.status === 'error' ? RETRY_MS : REFRESH_MS),
  })
  const last = useLastKnown(query.data, asked, query.dataUpdatedAt)
  const known = last?.for?.request.source.kind === source ? last : null

  const { refetch } = query
  const retry = useCallback(() => void refetch(), [refetch])
  const adopt = useCallback(
    (plan: Plan) => queryClient.setQueryData(planKey(asked), plan),
    [queryClient, asked],
  )
  const settled = wanted !== null && wanted === asked?.text
  const current = settled && known?.for?.text === wanted
  return {
    plan: known?.plan ?? null,
    current,
    checking: answers && wanted !== null && !current && (!settled || query.isFetching),
    checkedAt: known?.at ?? null,
    answers,
    error: settled && query.error !== null ? toApiError(query.error) : null,
    retry,
    adopt,
  }
}

type Known = { plan: Plan; for: Asked | null; at: number }

/** The last plan that came, kept while a newer one is on its way or does not come. */
function useLastKnown(plan: Plan | undefined, asked: Asked | null, at: number): Known | null {
  const [known, setKnown] = useState<Known | null>(null)
  if (plan !== undefined && (known?.plan !== plan || known.for !== asked || known.at !== at)) {
    setKnown({ plan, for: asked, at })
  }
  return known
}

/** The request once typing has rested. */
function useRested(request: DeploymentRequest | null, text: string | null): Asked | null {
  const [rested, setRested] = useState(request === null || text === null ? null : { text, request })
  const rest = useEffectEvent((restedText: string | null) =>
    setRested(request === null || restedText === null ? null : { text: restedText, request }),
  )
  useEffect(() => {
    const timer = setTimeout(() => rest(text), DEBOUNCE_MS)
    return () => clearTimeout(timer)
  }, [text])
  return rested
}
