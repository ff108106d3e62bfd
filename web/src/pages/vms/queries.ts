/** What the pages of VMs ask the server. */
import type { Bulk, PowerAction, Started, VmDetail, VmList } from '@deployer/core/vm.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from '../../api/client.ts'
import { ApiError } from '../../api/problem.ts'

const LIST_EVERY_MS = 5000
const DETAIL_EVERY_MS = 8000
const FAST_MS = 1500
const AGENT_EVERY_MS = 60_000

let last: { etag: string; list: VmList } | null = null

/** All VMs. The server says in a few bytes that nothing has changed; then the list stays the same object. */
const readVms = async ({ signal }: { signal: AbortSignal }): Promise<VmList> => {
  const before = last
  const call = await client.GET('/api/v1/vms', {
    signal,
    headers: before ? { 'if-none-match': before.etag } : {},
  })
  if (call.response.status === 304 && before) return before.list
  const list = await unwrap(Promise.resolve(call))
  const etag = call.response.headers.get('etag')
  last = etag === null ? null : { etag, list }
  return list
}

export const vmsQuery = queryOptions({
  queryKey: ['vms'],
  queryFn: readVms,
  staleTime: 2000,
  refetchInterval: LIST_EVERY_MS,
  // Comparing ten thousand rows with the last ones costs more than drawing the forty that are seen.
  structuralSharing: false,
})

const gone = (error: unknown) => error instanceof ApiError && error.status === 404

/** One VM whole; asked for again and again while its page is open, and often while something is done to it. */
export const vmQuery = (vmid: number, busy = false) =>
  queryOptions({
    queryKey: ['vm', vmid],
    queryFn: ({ signal }): Promise<VmDetail> =>
      unwrap(client.GET('/api/v1/vms/{vmid}', { params: { path: { vmid } }, signal })),
    staleTime: 1000,
    retry: (count, error) => !gone(error) && count < 2,
    refetchInterval: ({ state }) =>
      gone(state.error) ? false : busy || state.data?.lock ? FAST_MS : DETAIL_EVERY_MS,
  })

export const agentQuery = (vmid: number) =>
  queryOptions({
    queryKey: ['vm', vmid, 'agent'],
    queryFn: ({ signal }) =>
      unwrap(client.GET('/api/v1/vms/{vmid}/agent', { params: { path: { vmid } }, signal })),
    staleTime: 10_000,
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.silent === null ? AGENT_EVERY_MS : LIST_EVERY_MS * 2,
  })

export const metricsQuery = (vmid: number, range: 'hour' | 'day' | 'week') =>
  queryOptions({
    queryKey: ['vm', vmid, 'metrics', range],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/vms/{vmid}/metrics', {
          params: { path: { vmid }, query: { range } },
          signal,
        }),
      ),
    staleTime: 30_000,
    retry: false,
    refetchInterval: 60_000,
  })

export const documentQuery = (vmid: number, document: 'user' | 'network' | 'meta') =>
  queryOptions({
    queryKey: ['vm', vmid, 'document', document],
    queryFn: async ({ signal }) =>
      (
        await unwrap(
          client.GET('/api/v1/vms/{vmid}/cloud-init/{document}', {
            params: { path: { vmid, document } },
            signal,
          }),
        )
      ).text,
    staleTime: 0,
    retry: false,
  })

/** A task, until it has ended. */
export const taskQuery = (upid: string | null) =>
  queryOptions({
    queryKey: ['task', upid],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/tasks/{upid}', { params: { path: { upid: upid ?? '' } }, signal }),
      ),
    enabled: upid !== null,
    staleTime: Infinity,
    refetchInterval: ({ state }) =>
      state.data === undefined || state.data.status === 'running' ? 1000 : false,
  })

export const bulkQuery = (id: string | null) =>
  queryOptions({
    queryKey: ['bulk', id],
    queryFn: ({ signal }): Promise<Bulk> =>
      unwrap(client.GET('/api/v1/vms/bulk/{id}', { params: { path: { id: id ?? '' } }, signal })),
    enabled: id !== null,
    staleTime: Infinity,
    refetchInterval: ({ state }) => (state.data?.finishedAt == null ? 700 : false),
  })

/** One action on several VMs. */
export type BulkOrder =
  | { kind: 'power'; action: PowerAction; vmids: number[] }
  | { kind: 'snapshot'; name: string; withMemory: boolean; vmids: number[] }
  | { kind: 'tag'; add: string[]; remove: string[]; vmids: number[] }
  | { kind: 'validate'; vmids: number[] }
  | { kind: 'delete'; vms: { vmid: number; name: string }[]; stop: boolean }

const sendBulk = (order: BulkOrder): Promise<Bulk> => {
  switch (order.kind) {
    case 'power': {
      const { vmids, action } = order
      return unwrap(client.POST('/api/v1/vms/power', { body: { vmids, action } }))
    }
    case 'snapshot': {
      const { vmids, name, withMemory } = order
      return unwrap(client.POST('/api/v1/vms/snapshots', { body: { vmids, name, withMemory } }))
    }
    case 'tag': {
      const { vmids, add, remove } = order
      return unwrap(client.POST('/api/v1/vms/tags', { body: { vmids, add, remove } }))
    }
    case 'validate':
      return unwrap(client.POST('/api/v1/vms/validate', { body: { vmids: order.vmids } }))
    case 'delete': {
      const { vms, stop } = order
      return unwrap(client.POST('/api/v1/vms/delete', { body: { vms, stop } }))
    }
  }
}

export const useBulk = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: sendBulk,
    onSuccess: (bulk) => queryClient.setQueryData(bulkQuery(bulk.id).queryKey, bulk),
  })
}

export type VmChange =
  | { kind: 'power'; action: PowerAction }
  | { kind: 'snapshot'; name: string; description: string; withMemory: boolean }
  | { kind: 'rollback'; name: string; start: boolean }
  | { kind: 'delete-snapshot'; name: string }
  | { kind: 'resize'; disk: string; sizeGiB: number }
  | { kind: 'cloud-init' }
  | { kind: 'delete'; name: string; stop: boolean }

const send = (vmid: number, change: VmChange): Promise<Started> => {
  const path = { vmid }
  switch (change.kind) {
    case 'power':
      return unwrap(
        client.POST('/api/v1/vms/{vmid}/power', {
          params: { path },
          body: { action: change.action },
        }),
      )
    case 'snapshot': {
      const { kind: _, ...body } = change
      return unwrap(client.POST('/api/v1/vms/{vmid}/snapshots', { params: { path }, body }))
    }
    case 'rollback': {
      const { name, start } = change
      return unwrap(
        client.POST('/api/v1/vms/{vmid}/snapshots/{name}/rollback', {
          params: { path: { vmid, name } },
          body: { start },
        }),
      )
    }
    case 'delete-snapshot':
      return unwrap(
        client.DELETE('/api/v1/vms/{vmid}/snapshots/{name}', {
          params: { path: { vmid, name: change.name } },
        }),
      )
    case 'resize': {
      const { disk, sizeGiB } = change
      return unwrap(
        client.POST('/api/v1/vms/{vmid}/disks/{disk}/resize', {
          params: { path: { vmid, disk } },
          body: { sizeGiB },
        }),
      )
    }
    case 'cloud-init':
      return unwrap(client.POST('/api/v1/vms/{vmid}/cloud-init', { params: { path } }))
    case 'delete': {
      const { name, stop } = change
      return unwrap(client.DELETE('/api/v1/vms/{vmid}', { params: { path }, body: { name, stop } }))
    }
  }
}

/** Begins something that a task of Proxmox carries out; what it was goes along with the answer. */
export const useVmChange = (vmid: number) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (change: VmChange) => send(vmid, change),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['vm', vmid], exact: true }),
  })
}

export type VmSettings = {
  cores?: number
  sockets?: number
  memoryMiB?: number
  protection?: boolean
  startsWithNode?: boolean
  tags?: string[]
  digest?: string
}

export const useVmSettings = (vmid: number) => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (body: VmSettings) =>
      unwrap(client.PATCH('/api/v1/vms/{vmid}', { params: { path: { vmid } }, body })),
    onSettled: () => void queryClient.invalidateQueries({ queryKey: ['vm', vmid], exact: true }),
  })
}
