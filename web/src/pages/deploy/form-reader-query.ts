import { queryOptions } from '@tanstack/react-query'

/** What reads forms. It is as large as all the rest of the page, and comes when there is something to read. */
export const formReaderQuery = queryOptions({
  queryKey: ['form-reader'],
  queryFn: async () => (await import('./form-reader.ts')).formReader,
  staleTime: Infinity,
  gcTime: Infinity,
  structuralSharing: false,
})
