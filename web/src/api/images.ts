/** ISOs and disk images: what the page asks for and does. */
import type { CatalogueEntry } from '@deployer/core/catalogue.ts'
import type { Checksum, ChecksumAlgorithm } from '@deployer/core/checksums.ts'
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { client, unwrap } from './client.ts'
import type { components, paths } from './generated/schema.ts'
import { problemOf } from './problem.ts'

export type Image = components['schemas']['Image']
export type Transfer = components['schemas']['Transfer']
export type ImageContent = Image['content']
export type ImageTarget =
  paths['/api/v1/images/targets']['get']['responses']['200']['content']['application/json']['targets'][number]

const WHILE_RUNNING_MS = 1500
const OTHERWISE_MS = 15_000

export const imageListQuery = queryOptions({
  queryKey: ['image-list'],
  // Read now: it is asked for when something has just come or gone.
  queryFn: ({ signal }) =>
    unwrap(client.GET('/api/v1/images', { params: { query: { fresh: 'true' } }, signal })),
  staleTime: 10_000,
  refetchInterval: 60_000,
})

/** Storages that take files, and what the person may do there. */
export const targetsQuery = queryOptions({
  queryKey: ['image-targets'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/images/targets', { signal }))).targets,
  staleTime: 30_000,
})

/** Downloads by Proxmox; asked for often while one runs. */
export const transfersQuery = queryOptions({
  queryKey: ['image-transfers'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/images/transfers', { signal }))).transfers,
  staleTime: 1000,
  refetchInterval: ({ state }) =>
    state.data?.some(({ status }) => status === 'running') ? WHILE_RUNNING_MS : OTHERWISE_MS,
})

export const catalogueQuery = queryOptions({
  queryKey: ['image-catalogue'],
  queryFn: async ({ signal }): Promise<{ entries: CatalogueEntry[]; problem: string | null }> =>
    unwrap(client.GET('/api/v1/images/catalogue', { signal })),
  staleTime: 60_000,
})

/** What the publisher of an entry states. */
export const checksumQuery = (id: string) =>
  queryOptions({
    queryKey: ['catalogue-checksum', id],
    queryFn: ({ signal }): Promise<Checksum> =>
      unwrap(
        client.GET('/api/v1/images/catalogue/{id}/checksum', { params: { path: { id } }, signal }),
      ),
    staleTime: 10 * 60_000,
    retry: false,
  })

/** Who would miss a file. */
export const usesQuery = (volid: string, node: string) =>
  queryOptions({
    queryKey: ['image-uses', volid, node],
    queryFn: ({ signal }) =>
      unwrap(
        client.GET('/api/v1/images/{volid}/uses', {
          params: { path: { volid }, query: { node } },
          signal,
        }),
      ),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })

/** Brings everything up to date that shows files. */
export const useImagesChanged = () => {
  const queryClient = useQueryClient()
  return () => {
    for (const key of ['image-list', 'images', 'image-transfers', 'image-targets'])
      void queryClient.invalidateQueries({ queryKey: [key] })
  }
}

export type DownloadOrder = {
  node: string
  storage: string
  content: ImageContent
  url: string
  fileName: string
  checksum?: string
  algorithm?: ChecksumAlgorithm
}

export const useDownload = () => {
  const changed = useImagesChanged()
  return useMutation({
    mutationFn: (body: DownloadOrder) => unwrap(client.POST('/api/v1/images/download', { body })),
    onSettled: changed,
  })
}

export const useLookUp = () =>
  useMutation({
    mutationFn: (body: { node: string; url: string }) =>
      unwrap(client.POST('/api/v1/images/look-up', { body })),
  })

export const useDeleteImage = () => {
  const changed = useImagesChanged()
  return useMutation({
    mutationFn: async ({ volid, node, force }: { volid: string; node: string; force: boolean }) => {
      const { error, response } = await client.DELETE('/api/v1/images/{volid}', {
        params: { path: { volid }, query: { node, ...(force && { force: 'true' }) } },
      })
      if (!response.ok) throw problemOf(response, error)
    },
    onSettled: changed,
  })
}

export const useCancelTransfer = () => {
  const changed = useImagesChanged()
  return useMutation({
    mutationFn: async (upid: string) => {
      const { error, response } = await client.DELETE('/api/v1/images/transfers/{upid}', {
        params: { path: { upid } },
      })
      if (!response.ok) throw problemOf(response, error)
    },
    onSettled: changed,
  })
}
