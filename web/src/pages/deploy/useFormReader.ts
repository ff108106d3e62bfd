import { useQuery } from '@tanstack/react-query'
import type { FormReader } from './form-reader.ts'

/** What reads forms. It is as large as all the rest of the page, and comes when there is something to read. */
export const loadFormReader = async (): Promise<FormReader> =>
  (await import('./form-reader.ts')).formReader

/** Null until it is there. `wanted`: whether there is something to read. */
export function useFormReader(wanted: boolean): FormReader | null {
  const { data } = useQuery({
    queryKey: ['form-reader'],
    queryFn: loadFormReader,
    enabled: wanted,
    staleTime: Infinity,
    gcTime: Infinity,
    structuralSharing: false,
  })
  return data ?? null
}
