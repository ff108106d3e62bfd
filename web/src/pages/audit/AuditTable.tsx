import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import { operationTitle } from '@deployer/core/audit.ts'
import { Fragment } from 'react'
import { useServerNow } from '../../components/useServerNow.ts'
import { StatusWord } from '../../ui/Badge.tsx'
import { cx } from '../../ui/cx.ts'
import { formatAgo, formatExactTime, formatTime } from '../../ui/format.ts'
import { EntryDetail } from './EntryDetail.tsx'
import type { AuditHead } from './queries.ts'
import { aboutOf, idOf, resultOf } from './words.ts'

type RowsProps = {
  heads: readonly AuditHead[]
  open: number | undefined
  onOpen: (id: number | undefined) => void
}

const MINUTE_MS = 60_000

export function AuditTable({ heads, open, onOpen }: RowsProps) {
  const now = useServerNow(MINUTE_MS)
  return (
    <div className="card overflow-x-auto">
      <table className="w-full">
        <thead className="border-b border-line bg-raised">
          <tr>
            {['Time', 'Actor', 'Action', 'What', 'Id', 'Result'].map((title) => (
              <th
                key={title}
                scope="col"
                className={cx(
                  'th text-left',
                  title === 'Time' && 'w-48 pl-11',
                  title === 'What' && 'w-2/5',
                  title === 'Id' && 'hidden xl:table-cell',
                )}
              >
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {heads.map((head) => (
            <Fragment key={head.id}>
              <Row head={head} now={now} open={open === head.id} onOpen={onOpen} />
              {open === head.id && (
                <tr>
                  <td colSpan={6} className="px-4 pb-4">
                    <EntryDetail key={head.id} id={head.id} />
                  </td>
                </tr>
              )}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({
  head,
  now,
  open,
  onOpen,
}: Pick<RowsProps, 'onOpen'> & { head: AuditHead; now: number; open: boolean }) {
  const at = new Date(head.at)
  const result = resultOf(head)
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon
  return (
    <tr className={cx('relative text-xs transition-colors', !open && 'hover:bg-raised/50')}>
      <td className="td h-9 pl-4 whitespace-nowrap" title={formatExactTime(at)}>
        <button
          type="button"
          data-row
          aria-expanded={open}
          aria-label={`${operationTitle(head.operation)} by ${head.username}, ${formatTime(at, new Date(now))}`}
          onClick={() => onOpen(open ? undefined : head.id)}
          // The whole row opens it.
          className="inline-flex items-center gap-3 rounded-xs align-middle text-ink after:absolute after:inset-0 after:content-['']"
        >
          <Chevron className="size-4 text-muted" aria-hidden />
          {formatTime(at, new Date(now))}
        </button>{' '}
        <span className="ml-1 align-middle text-2xs text-muted">
          {formatAgo(now - at.getTime())}
        </span>
      </td>
      <td className="td h-9 max-w-52 truncate">{head.username}</td>
      <td className="td h-9 font-medium whitespace-nowrap text-ink">
        {operationTitle(head.operation)}
      </td>
      <td className="td h-9 max-w-0 truncate" title={aboutOf(head)}>
        {aboutOf(head)}
      </td>
      <td className="td hidden h-9 font-mono text-2xs whitespace-nowrap text-muted xl:table-cell">
        {idOf(head)}
      </td>
      <td className="td h-9 whitespace-nowrap">
        <StatusWord kind={result.glyph}>{result.text}</StatusWord>
      </td>
    </tr>
  )
}

/** The same for narrow screens. */
export function AuditCards({ heads, open, onOpen }: RowsProps) {
  const now = useServerNow(MINUTE_MS)
  return (
    <ul className="card -mx-3 divide-y divide-line rounded-none border-x-0">
      {heads.map((head) => {
        const result = resultOf(head)
        const at = new Date(head.at)
        return (
          <li key={head.id} className="text-xs">
            <button
              type="button"
              data-row
              aria-expanded={open === head.id}
              onClick={() => onOpen(open === head.id ? undefined : head.id)}
              className="block w-full space-y-1 px-4 py-3 text-left"
            >
              <span className="flex items-center justify-between gap-3">
                <span className="min-w-0 truncate text-sm font-medium text-ink">
                  {operationTitle(head.operation)}
                  <span className="font-normal text-body"> {aboutOf(head)}</span>
                </span>
                <StatusWord kind={result.glyph} className="flex-none">
                  {result.text}
                </StatusWord>
              </span>
              <span className="flex justify-between gap-3 text-muted">
                <span className="min-w-0 truncate">{head.username}</span>
                <span className="flex-none">{formatTime(at, new Date(now))}</span>
              </span>
            </button>
            {open === head.id && (
              <div className="px-4 pb-4">
                <EntryDetail key={head.id} id={head.id} />
              </div>
            )}
          </li>
        )
      })}
    </ul>
  )
}
