/** What the page asks of validations. */
import type { Schedule, ValidationOrder, VmValidation } from '@deployer/core/vm-validation/order.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from '../../../api/client.ts'
import { problemOf } from '../../../api/problem.ts'

const RUNNING_MS = 1000
const QUIET_MS = 30_000

/** Newest first; asked for often while one runs. */
export const validationsQuery = (vmid: number) =>
  queryOptions({
    queryKey: ['vm', vmid, 'validations'],
    queryFn: async ({ signal }): Promise<VmValidation[]> =>
      (
        await unwrap(
          client.GET('/api/v1/vms/{vmid}/validations', { params: { path: { vmid } }, signal }),
        )
      ).validations,
    staleTime: 1000,
    retry: 1,
    refetchInterval: ({ state }) =>
      state.data?.some(({ status }) => status === 'running') === true ? RUNNING_MS : QUIET_MS,
  })

/** Begins one; the history shows it while it runs. */
export const useValidate = (vmid: number) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (order: ValidationOrder): Promise<VmValidation> =>
      unwrap(
        client.POST('/api/v1/vms/{vmid}/validate', {
          params: { path: { vmid } },
          body: { ...order, waitSeconds: 0 },
        }),
      ),
    onSuccess: (begun) => {
      queryClient.setQueryData(validationsQuery(vmid).queryKey, (known: VmValidation[] = []) => [
        begun,
        ...known,
      ])
    },
  })
}

export const schedulesQuery = queryOptions({
  queryKey: ['validation-schedules'],
  queryFn: async ({ signal }): Promise<Schedule[]> =>
    (await unwrap(client.GET('/api/v1/validations/schedules', { signal }))).schedules,
  staleTime: 10_000,
  refetchInterval: QUIET_MS,
})

export type NewSchedule = { vmids: number[]; intervalMinutes: number; order: ValidationOrder }

export const useSchedule = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ vmids, intervalMinutes, order }: NewSchedule): Promise<Schedule> =>
      unwrap(
        client.POST('/api/v1/validations/schedules', {
          body: { target: { vmids }, intervalMinutes, order },
        }),
      ),
    onSettled: () => queryClient.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  })
}

export const useEndSchedule = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (id: string) => {
      const { error, response } = await client.DELETE('/api/v1/validations/schedules/{id}', {
        params: { path: { id } },
      })
      if (!response.ok) throw problemOf(response, error)
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: schedulesQuery.queryKey }),
  })
}
