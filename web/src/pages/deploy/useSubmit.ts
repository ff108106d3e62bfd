import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { client, unwrap } from '../../api/client.ts'
import { type ApiError, toApiError } from '../../api/problem.ts'
import { deploymentQuery, deploymentsQuery } from '../../api/queries.ts'
import { asSent } from './as-sent.ts'
import type { FormReader } from './form-reader.ts'
import { planChanges } from './plan-changes.ts'

export type Submission = {
  /** Deploys what the form asks for now, as this plan says. */
  submit: (plan: Plan) => void
  running: boolean
  /** Why what the form asks for was refused; the form stays as it is. */
  error: ApiError | null
  /** The cluster changed since the plan was read: what is different, in sentences. */
  changes: string[] | null
  /** Forgets the outcome of the last attempt. */
  dismiss: () => void
}

type Attempt = { request: DeploymentRequest; plan: Plan }

/** Deploys the plan that was read. `onChanged` gets the plan that holds now, where that is another one. */
export function useSubmit(
  reader: FormReader | null,
  request: DeploymentRequest | null,
  onChanged: (plan: Plan) => void,
  onDeployed: (id: string) => void,
): Submission {
  const queryClient = useQueryClient()
  const keyFor = useIdempotencyKey()
  const mutation = useMutation({
    mutationFn: (attempt: Attempt) => {
      const body = { request: asSent(attempt.request), planHash: attempt.plan.hash }
      const header = { 'idempotency-key': keyFor(JSON.stringify(body)) }
      return unwrap(client.POST('/api/v1/deployments', { params: { header }, body }))
    },
    onSuccess: (deployment) => {
      queryClient.setQueryData(deploymentQuery(deployment.id).queryKey, deployment)
      void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
      onDeployed(deployment.id)
    },
    onError: (caught) => {
      const changed = reader?.changedPlan(toApiError(caught).body) ?? null
      if (changed !== null) onChanged(changed)
    },
  })
  const { mutate, reset, variables } = mutation
  // What came of another form says nothing about this one.
  const same = JSON.stringify(variables?.request) === JSON.stringify(request ?? undefined)
  const error = same && mutation.error !== null ? toApiError(mutation.error) : null
  const changed = reader?.changedPlan(error?.body) ?? null
  return {
    submit: (plan) => {
      if (request !== null) mutate({ request, plan })
    },
    running: mutation.isPending,
    error: changed === null ? error : null,
    changes:
      changed !== null && variables !== undefined ? planChanges(variables.plan, changed) : null,
    dismiss: reset,
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
