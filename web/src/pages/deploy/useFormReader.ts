import { useQuery } from '@tanstack/react-query'
import { formReaderQuery } from './form-reader-query.ts'
import type { FormReader } from './form-reader.ts'

/** What reads forms; null until it is there. `wanted`: whether there is something to read. */
export function useFormReader(wanted: boolean): FormReader | null {
  const { data } = useQuery({ ...formReaderQuery, enabled: wanted })
  return data ?? null
}
