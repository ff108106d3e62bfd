/** What the audit page asks the server. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { client, unwrap } from '../../api/client.ts'
import type { paths } from '../../api/generated/schema.ts'
import { apiFilters, type AuditFilters } from './search.ts'

type Answer<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } }
}
  ? Body
  : never

export type AuditPage = Answer<'/api/v1/audit'>
export type AuditHead = AuditPage['entries'][number]
export type AuditStatistics = Answer<'/api/v1/audit/statistics'>
export type AuditDetail = Answer<'/api/v1/audit/{id}'>
export type Verified = Answer<'/api/v1/audit/verify'>

/** In place of a number of an entry: from the newest on. */
const NEWEST = 0
const LIMIT = 100
const REFRESH_MS = 15_000

/** `now`: since when the page is open, so that a filter by time does not ask anew with each passing second. */
export const auditQuery = (filters: AuditFilters, now: number) =>
  infiniteQueryOptions({
    queryKey: ['audit', 'list', filters, now],
    queryFn: ({ signal, pageParam }): Promise<AuditPage> =>
      unwrap(
        client.GET('/api/v1/audit', {
          params: {
            query: {
              ...apiFilters(filters, now),
              limit: LIMIT,
              ...(pageParam !== NEWEST && { before: pageParam }),
            },
          },
          signal,
        }),
      ),
    initialPageParam: NEWEST,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    // Who reads further back is not to be disturbed.
    refetchInterval: ({ state }) =>
      state.data && state.data.pages.length > 1 ? false : REFRESH_MS,
  })

export const auditStatisticsQuery = (filters: AuditFilters, now: number) =>
  queryOptions({
    queryKey: ['audit', 'statistics', filters, now],
    queryFn: ({ signal }): Promise<AuditStatistics> =>
      unwrap(
        client.GET('/api/v1/audit/statistics', {
          params: { query: apiFilters(filters, now) },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: REFRESH_MS,
  })

export const auditEntryQuery = (id: number) =>
  queryOptions({
    queryKey: ['audit', 'entry', id],
    queryFn: ({ signal }): Promise<AuditDetail> =>
      unwrap(client.GET('/api/v1/audit/{id}', { params: { path: { id } }, signal })),
  })

export const verifyAudit = (): Promise<Verified> => unwrap(client.GET('/api/v1/audit/verify'))
