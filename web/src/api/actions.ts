/** What the page asks the server to do. */
import { planSchema } from '@deployer/core/plan.ts'
import type { RetryChanges } from '@deployer/core/request.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { client, unwrap } from './client.ts'
import { toApiError } from './problem.ts'
import { deploymentQuery, deploymentsQuery, retryBody, undoPlanQuery } from './queries.ts'

/** Stops what runs of a deployment, or of these VMs of it (ids), and removes half VMs; finished ones stay. */
export const useCancelDeployment = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (vms: string[] | null) =>
      unwrap(
        client.POST('/api/v1/deployments/{id}/cancel', {
          params: { path: { id } },
          body: vms === null ? {} : { vms },
        }),
      ),
    onSuccess: (view) => {
      queryClient.setQueryData(deploymentQuery(id).queryKey, view)
      void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
    },
  })
}

export type RetryOrder = {
  /** Ids; null for all that failed. */
  vms: string[] | null
  changes?: RetryChanges
  /** Only if the plan is still this one. */
  planHash?: string
}

/** Failed VMs of a deployment go on from the step that failed, or are made anew with changes. */
export const useRetryDeployment = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ vms, changes = {}, planHash }: RetryOrder) =>
      unwrap(
        client.POST('/api/v1/deployments/{id}/retry', {
          params: { path: { id } },
          body: { ...retryBody({ vms, changes }), ...(planHash !== undefined && { planHash }) },
        }),
      ),
    onSuccess: (view) => {
      queryClient.setQueryData(deploymentQuery(id).queryKey, view)
      void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
    },
  })
}

const changedSchema = z.object({ plan: planSchema })

/** Begins the undo whose plan has this hash. Where the cluster has changed since, the plan that holds now is shown. */
export const useUndoDeployment = (id: string) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (planHash: string) =>
      unwrap(
        client.POST('/api/v1/deployments/{id}/undo', {
          params: { path: { id } },
          body: { planHash },
        }),
      ),
    onSuccess: (undo) => {
      queryClient.setQueryData(deploymentQuery(undo.id).queryKey, undo)
      void queryClient.invalidateQueries({ queryKey: deploymentQuery(id).queryKey })
      void queryClient.invalidateQueries({ queryKey: deploymentsQuery.queryKey })
    },
    onError: (caught) => {
      const changed = changedSchema.safeParse(toApiError(caught).body)
      if (changed.success) queryClient.setQueryData(undoPlanQuery(id).queryKey, changed.data.plan)
    },
  })
}
