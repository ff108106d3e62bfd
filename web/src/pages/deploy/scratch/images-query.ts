import { queryOptions } from '@tanstack/react-query'
import { client, unwrap } from '../../../api/client.ts'

/** ISOs and images on the storages that the caller may see. */
export const imagesQuery = queryOptions({
  queryKey: ['images'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/images', { params: { query: {} }, signal }))).images,
  staleTime: 30_000,
})
