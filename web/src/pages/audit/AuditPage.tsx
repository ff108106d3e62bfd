import { ArrowDownTrayIcon } from '@heroicons/react/16/solid'
import { DocumentMagnifyingGlassIcon } from '@heroicons/react/24/outline'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { serverTime } from '../../api/clock.ts'
import { PageHeader } from '../../components/PageHeader.tsx'
import { QueryProblem } from '../../components/QueryProblem.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button, buttonClass } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PopoverButton } from '../../ui/PopoverButton.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { usePhone } from '../../ui/useMediaQuery.ts'
import { AuditCards, AuditTable } from './AuditTable.tsx'
import { EntryDetail } from './EntryDetail.tsx'
import { Filters } from './Filters.tsx'
import { auditQuery, auditStatisticsQuery } from './queries.ts'
import { type AuditFilters, type AuditSearch, exportAddress } from './search.ts'
import { Statistics } from './Statistics.tsx'
import {
  useVerification,
  VerificationTrouble,
  VerifiedMark,
  VerifyButton,
} from './Verification.tsx'

/** Everything that was asked for and what came of it, newest first. */
export function AuditPage() {
  useTitle('Audit')
  const { entry, ...filters } = useSearch({ from: '/shell/audit' })
  const navigate = useNavigate({ from: '/audit' })
  const phone = usePhone()
  const [now] = useState(() => serverTime(Date.now()))
  const list = useInfiniteQuery(auditQuery(filters, now))
  const { data: statistics } = useQuery(auditStatisticsQuery(filters, now))
  const first = list.data?.pages[0]
  const verification = useVerification(first?.verified ?? null)
  const heads = list.data?.pages.flatMap(({ entries }) => entries) ?? []
  const filtered = Object.values(filters).some((value) => value !== undefined)

  const set = (changed: AuditSearch) =>
    void navigate({
      search: (before) => ({ ...before, ...changed }),
      replace: true,
      resetScroll: false,
    })
  const clear = () => void navigate({ search: {}, replace: true })
  const rows = { heads, open: entry, onOpen: (id: number | undefined) => set({ entry: id }) }
  const all = first?.all === true

  return (
    <>
      <PageHeader
        title="Audit"
        sub={
          first && !all
            ? 'What you asked for and what came of it'
            : 'Everything that was asked for and what came of it'
        }
        actions={
          <>
            {all && (
              <span className="max-sm:basis-full">
                <VerifiedMark verified={verification.verified} />
              </span>
            )}
            {all && <VerifyButton verify={verification.verify} running={verification.running} />}
            <Export filters={filters} now={now} />
          </>
        }
      />
      <VerificationTrouble verified={verification.verified} error={verification.error} />
      <Filters
        filters={filters}
        statistics={statistics}
        onChange={set}
        onClear={filtered ? clear : undefined}
      />
      {statistics && <Statistics statistics={statistics} onFilter={set} />}
      <QueryProblem query={list} />
      {list.isPending && <SkeletonRows label="The entries are on their way" />}
      {list.data && heads.length === 0 && (
        <EmptyState
          icon={DocumentMagnifyingGlassIcon}
          title={filtered ? 'No entry fits' : 'Nothing has been asked for yet'}
          action={filtered ? <Button onClick={clear}>Show all</Button> : undefined}
        />
      )}
      {entry !== undefined && list.data && !heads.some(({ id }) => id === entry) && (
        <section aria-label={`Entry ${entry}`} className="card mb-4 p-4">
          <div className="mb-3 flex items-center gap-3">
            <h2 className="flex-1 text-sm font-semibold">Entry {entry.toLocaleString('en')}</h2>
            <Button size="sm" onClick={() => set({ entry: undefined })}>
              Close
            </Button>
          </div>
          <EntryDetail key={entry} id={entry} />
        </section>
      )}
      {heads.length > 0 && (phone ? <AuditCards {...rows} /> : <AuditTable {...rows} />)}
      {list.hasNextPage && (
        <div className="mt-4 flex justify-center">
          <Button
            working={list.isFetchingNextPage && 'Reading older entries'}
            onClick={() => void list.fetchNextPage()}
          >
            Show older
          </Button>
        </div>
      )}
    </>
  )
}

/** What is shown, as a file. */
function Export({ filters, now }: { filters: AuditFilters; now: number }) {
  return (
    <PopoverButton
      label="Export"
      className={buttonClass()}
      button={
        <>
          <ArrowDownTrayIcon className="size-4" aria-hidden />
          Export
        </>
      }
    >
      {(['csv', 'jsonl'] as const).map((format) => (
        <a
          key={format}
          href={exportAddress(filters, format, now)}
          download={`audit.${format}`}
          className="flex h-11 flex-col justify-center rounded-md px-3 text-sm text-ink hover:bg-surface sm:h-12"
        >
          {format === 'csv' ? 'CSV' : 'JSON Lines'}
          <span className="text-2xs text-muted">
            {format === 'csv'
              ? 'A table, one row for each entry'
              : 'Everything, as in the log file'}
          </span>
        </a>
      ))}
    </PopoverButton>
  )
}
