/** Templates: their health, and VMs that become one. */
import type { TemplateHealth } from '@deployer/core/template-health.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from './client.ts'
import { templatesQuery } from './queries.ts'

export const templateHealthQuery = queryOptions({
  queryKey: ['template-health'],
  queryFn: async ({ signal }): Promise<TemplateHealth[]> =>
    (await unwrap(client.GET('/api/v1/templates/health', { signal }))).templates,
  staleTime: 10_000,
})

export const useConvert = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (vmid: number) =>
      unwrap(client.POST('/api/v1/vms/{vmid}/convert-to-template', { params: { path: { vmid } } })),
    onSettled: () => {
      void queryClient.invalidateQueries({ queryKey: ['vms'] })
      void queryClient.invalidateQueries({ queryKey: templatesQuery.queryKey })
      void queryClient.invalidateQueries({ queryKey: templateHealthQuery.queryKey })
    },
  })
}
