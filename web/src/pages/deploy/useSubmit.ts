import { type Plan, planSchema } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { z } from 'zod'
import { client, unwrap } from '../../api/client.ts'
import { type ApiError, toApiError } from '../../api/problem.ts'
import { deploymentQuery, deploymentsQuery } from '../../api/queries.ts'
import { asSent } from './request.ts'
import { planChanges } from './plan-changes.ts'

export type Submission = {
  submit: (request: DeploymentRequest, plan: Plan) => void
  running: boolean
  /** Why the last attempt was refused; the form stays as it is. */
  error: ApiError | null
  /** The cluster changed since the plan was read: what is different, in sentences. */
  changes: string[] | null
  /** Forgets the outcome of the last attempt. */
  dismiss: () => void
}

const changedSchema = z.object({ plan: planSchema })

/** Deploys the plan that was read. `onChanged` gets the plan that holds now, where that is another one. */
export function useSubmit(
  onChanged: (plan: Plan) => void,
  onDeployed: (id: string) => void,
): Submission {
  const queryClient = useQueryClient()
  const keyFor = useIdempotencyKey()
  const [changes, setChanges] = useState<string[] | null>(null)
  const mutation = useMutation({
    mutationFn: ({ request, plan }: { request: DeploymentRequest; plan: Plan }) => {
      const body = { request: asSent(request), planHash: plan.hash }
      const header = { 'idempotency-key': keyFor(JSON.stringify(body)) }
      return unwrap(client.POST('/api/v1/deployments', { params: { header }, body }))
    },
    onMutate: () => setChanges(null),
    onSuccess: (deployment) => {
      queryClient.setQueryData(deploymentQuery(deployment.id).queryKey, deployment)
      void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
      onDeployed(deployment.id)
    },
    onError: (caught, { plan }) => {
      const changed = changedSchema.safeParse(toApiError(caught).body)
      if (!changed.success) return
      setChanges(planChanges(plan, changed.data.plan))
      onChanged(changed.data.plan)
    },
  })
  const { mutate, reset } = mutation
  return {
    submit: (request, plan) => mutate({ request, plan }),
    running: mutation.isPending,
    error: mutation.error === null || changes !== null ? null : toApiError(mutation.error),
    changes,
    dismiss: () => {
      setChanges(null)
      reset()
    },
  }
}

/** One key for each thing asked: asking the same again after a lost answer finds the deployment that it made. */
function useIdempotencyKey(): (asked: string) => string {
  const attempt = useRef<{ asked: string; key: string } | null>(null)
  return (asked) => {
    if (attempt.current?.asked !== asked) attempt.current = { asked, key: randomKey() }
    return attempt.current.key
  }
}

/** 128 random bits. `crypto.randomUUID` is missing on pages that are not served over https. */
function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
