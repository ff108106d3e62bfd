/** What the doctor found, asked for by the page, by who cannot sign in, and shown as a count in the menu. */
import type { DoctorReport } from '@deployer/core/doctor/report.ts'
import { queryOptions } from '@tanstack/react-query'
import { client, unwrap } from '../../api/client.ts'

export const doctorQuery = queryOptions({
  queryKey: ['doctor'],
  queryFn: ({ signal }): Promise<DoctorReport> => unwrap(client.GET('/api/v1/doctor', { signal })),
  staleTime: 30_000,
  refetchOnWindowFocus: false,
  retry: 1,
})

/** Public: only the connection. */
export const connectionDoctorQuery = queryOptions({
  queryKey: ['doctor-connection'],
  queryFn: ({ signal }): Promise<DoctorReport> =>
    unwrap(client.GET('/api/v1/doctor/connection', { signal })),
  staleTime: 5000,
  refetchInterval: 10_000,
  retry: 1,
})
