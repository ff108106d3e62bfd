/** What the page asks the server, with how long an answer may be used. */
import type { DeploymentHead, DeploymentView } from '@deployer/core/deployment.ts'
import type { Plan } from '@deployer/core/plan.ts'
import type { RetryChanges } from '@deployer/core/request.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, unwrap } from './client.ts'
import { ApiError } from './problem.ts'

const SECOND = 1000
const MINUTE = 60 * SECOND

/** How soon the connection is asked for again while there is none. */
export const STATUS_RETRY_MS = 6 * SECOND

/** Who is signed in; null where nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }) => {
    try {
      return await unwrap(client.GET('/api/v1/session', { signal }))
    } catch (caught) {
      if (caught instanceof ApiError && caught.status === 401) return null
      throw caught
    }
  },
  staleTime: 5 * MINUTE,
  refetchInterval: 5 * MINUTE,
})

/** What the sign-in page needs: realms, and how the connection to Proxmox stands. Asked for more often while there is none. */
export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: ({ signal }) => unwrap(client.GET('/api/v1/realms', { signal })),
  staleTime: 5 * SECOND,
  retry: 1,
  refetchInterval: ({ state }) =>
    state.status === 'success' && state.data?.connection.connected === true
      ? 5 * MINUTE
      : STATUS_RETRY_MS,
})

/** The connection to Proxmox and the cluster behind it; asked for more often while there is none. */
export const statusQuery = queryOptions({
  queryKey: ['proxmox-status'],
  queryFn: ({ signal }) => unwrap(client.GET('/api/v1/proxmox/status', { signal })),
  staleTime: 5 * SECOND,
  retry: 1,
  refetchInterval: ({ state }) =>
    state.status === 'success' && state.data?.connected === true ? 15 * SECOND : STATUS_RETRY_MS,
})

export const healthQuery = queryOptions({
  queryKey: ['health'],
  queryFn: ({ signal }) => unwrap(client.GET('/api/v1/health', { signal })),
  staleTime: Infinity,
})

export const deploymentsQuery = queryOptions({
  queryKey: ['deployments'],
  queryFn: async ({ signal }): Promise<DeploymentHead[]> =>
    (await unwrap(client.GET('/api/v1/deployments', { signal }))).deployments,
  staleTime: 10 * SECOND,
  // For the count beside the menu; the list itself follows the event stream.
  refetchInterval: 20 * SECOND,
})

/**
 * One deployment. Never stale by itself: what is in the cache is carried on by the event stream from its `lastEventId`.
 */
export const deploymentQuery = (id: string) =>
  queryOptions({
    queryKey: ['deployment', id],
    queryFn: ({ signal }): Promise<DeploymentView> =>
      unwrap(client.GET('/api/v1/deployments/{id}', { params: { path: { id } }, signal })),
    staleTime: Infinity,
    gcTime: 10 * MINUTE,
    retry: (count, error) => !(error instanceof ApiError && error.status === 404) && count < 2,
  })

/** What undoing it would destroy, as it is now: asked for again each time that somebody wants to know. */
export const undoPlanQuery = (id: string) =>
  queryOptions({
    queryKey: ['undo-plan', id],
    queryFn: ({ signal }): Promise<Plan> =>
      unwrap(client.GET('/api/v1/deployments/{id}/undo', { params: { path: { id } }, signal })),
    staleTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
  })

/** What a retry with these changes would do; the ids are those of failed VMs. */
export const retryPlanQuery = (id: string, asked: { vms: string[]; changes: RetryChanges }) =>
  queryOptions({
    queryKey: ['retry-plan', id, asked],
    queryFn: ({ signal }): Promise<Plan> =>
      unwrap(
        client.POST('/api/v1/deployments/{id}/retry/plan', {
          params: { path: { id } },
          body: retryBody(asked),
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** Without changes the VMs go on as they were planned. */
export const retryBody = ({ vms, changes }: { vms: string[] | null; changes: RetryChanges }) => ({
  ...(vms && { vms }),
  ...(Object.keys(changes).length > 0 && { changes }),
})

const inventory = { staleTime: 30 * SECOND, gcTime: 30 * MINUTE } as const

export const templatesQuery = queryOptions({
  queryKey: ['templates'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/templates', { signal }))).templates,
  ...inventory,
})

export const nodesQuery = queryOptions({
  queryKey: ['nodes'],
  queryFn: async ({ signal }) => (await unwrap(client.GET('/api/v1/nodes', { signal }))).nodes,
  ...inventory,
})

export const storagesQuery = queryOptions({
  queryKey: ['storages'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/storages', { signal }))).storages,
  ...inventory,
})

export const networksQuery = queryOptions({
  queryKey: ['networks'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/networks', { signal }))).networks,
  ...inventory,
})

export const poolsQuery = queryOptions({
  queryKey: ['pools'],
  queryFn: async ({ signal }) => (await unwrap(client.GET('/api/v1/pools', { signal }))).pools,
  ...inventory,
})
