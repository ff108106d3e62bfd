import { ArrowPathIcon, DocumentDuplicateIcon } from '@heroicons/react/16/solid'
import {
  countOf,
  type DoctorReport,
  doctorText,
  type Finding,
  type Level,
} from '@deployer/core/doctor/report.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { useTitle } from '../../components/useTitle.ts'
import { Button } from '../../ui/Button.tsx'
import { CodeBlock, copyText } from '../../ui/CodeBlock.tsx'
import { formatTime } from '../../ui/format.ts'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { StatusGlyph } from '../../ui/StatusGlyph.tsx'
import { useNow } from '../../ui/useNow.ts'
import { FindingItem, glyphs } from './FindingItem.tsx'
import { doctorQuery } from './queries.ts'

/** What stands between the signed-in person and a deployment, and what to do about it. */
export function DoctorPage() {
  useTitle('Doctor')
  const query = useQuery(doctorQuery)
  const { data: report } = query
  return (
    <>
      <PageHeader
        title="Doctor"
        sub={report ? <Summary report={report} /> : 'Only reads, changes nothing'}
        actions={
          <>
            {report && <CopyReport report={report} />}
            <Button
              variant="primary"
              icon={ArrowPathIcon}
              working={query.isFetching && 'Checking'}
              onClick={() => void query.refetch()}
            >
              Check again
            </Button>
          </>
        }
      />
      {query.isError && (
        <ProblemMessage
          error={query.error}
          className="mb-4"
          action={
            <Button size="sm" onClick={() => void query.refetch()}>
              Try again
            </Button>
          }
        />
      )}
      {query.isPending && <SkeletonRows rows={8} label="The checks are under way" />}
      {report && <Report report={report} />}
    </>
  )
}

function Summary({
  report: { findings, cluster, milliseconds, checkedAt },
}: {
  report: DoctorReport
}) {
  const today = new Date(useNow(30_000))
  return (
    <>
      {findings.length} checks against {cluster} in {(milliseconds / 1000).toFixed(1)} s, last run{' '}
      {formatTime(new Date(checkedAt), today)}. Only reads, changes nothing
    </>
  )
}

function CopyReport({ report }: { report: DoctorReport }) {
  const [copied, setCopied] = useState(false)
  return (
    <Button
      icon={DocumentDuplicateIcon}
      onClick={() => void copyText(doctorText(report)).then(setCopied)}
    >
      <span aria-live="polite">{copied ? 'Report copied' : 'Copy report'}</span>
    </Button>
  )
}

const tiles: { level: Level; words: string }[] = [
  { level: 'fail', words: 'stops deployments' },
  { level: 'warn', words: 'should be fixed' },
  { level: 'info', words: 'worth knowing' },
  { level: 'ok', words: 'fine' },
]

function Report({ report: { findings } }: { report: DoctorReport }) {
  const of = (...levels: Level[]) => findings.filter(({ level }) => levels.includes(level))
  const toFix = of('fail', 'warn')
  const known = of('info')
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_336px] lg:gap-5">
      <div className="min-w-0 space-y-4">
        <ul
          aria-label="Results"
          className="card grid grid-cols-2 sm:grid-cols-4 sm:divide-x sm:divide-line"
        >
          {tiles.map(({ level, words }) => (
            <li key={level} className="flex items-center gap-3.5 px-4 py-3 sm:px-5">
              <StatusGlyph
                kind={countOf(findings, level) === 0 ? 'none' : glyphs[level]}
                size={20}
              />
              <span>
                <span className="block text-xl font-semibold text-ink">
                  {countOf(findings, level)}
                </span>{' '}
                <span className="block text-xs text-muted">{words}</span>
              </span>
            </li>
          ))}
        </ul>
        <Findings
          title="To fix"
          findings={toFix}
          none="Nothing stands in the way of a deployment."
        />
        {known.length > 0 && <Findings title="Worth knowing" findings={known} none="" />}
      </div>
      <div className="min-w-0 space-y-4">
        {of('ok').length > 0 && <Fine findings={of('ok')} />}
        <section aria-labelledby="terminal" className="card p-4 sm:p-5">
          <h2 id="terminal" className="text-md">
            In a terminal
          </h2>
          <p className="mt-1 mb-2 text-xs">
            The same checks, also where the server does not start:
          </p>
          <CodeBlock text="npm run doctor" label="the command" wrap />
        </section>
      </div>
    </div>
  )
}

function Findings({ title, findings, none }: { title: string; findings: Finding[]; none: string }) {
  return (
    <section aria-label={title} className="card">
      <h2 className="flex h-11 items-center border-b border-line px-4 text-md sm:px-5">{title}</h2>
      {findings.length === 0 ? (
        <p className="flex items-center gap-2.5 px-4 py-4 text-xs sm:px-5">
          <StatusGlyph kind="done" size={16} />
          {none}{' '}
          <Link to="/deploy" className="text-accent-text underline underline-offset-2">
            Deploy
          </Link>
        </p>
      ) : (
        <ul className="divide-y divide-line">
          {findings.map((finding) => (
            <FindingItem key={finding.id} finding={finding} />
          ))}
        </ul>
      )}
    </section>
  )
}

const FIRST = 16

function Fine({ findings }: { findings: Finding[] }) {
  const [all, setAll] = useState(false)
  const shown = all ? findings : findings.slice(0, FIRST)
  return (
    <section aria-labelledby="fine" className="card p-4 sm:p-5">
      <h2 id="fine" className="text-md">
        Fine
      </h2>
      <ul className="mt-1 divide-y divide-line text-xs">
        {shown.map(({ id, title, found }) => (
          <li key={id} className="flex min-h-8 items-center gap-2.5 py-1.5">
            <StatusGlyph kind="done" className="flex-none" />
            <span className="min-w-0 flex-1 wrap-anywhere text-ink">{title}</span>
            <span className="max-w-[60%] text-right text-2xs wrap-anywhere text-muted">
              {found}
            </span>
          </li>
        ))}
      </ul>
      {findings.length > FIRST && (
        <button
          type="button"
          aria-expanded={all}
          onClick={() => setAll(!all)}
          className="mt-2 h-11 text-xs text-accent-text underline decoration-accent-line underline-offset-2 sm:h-6"
        >
          {all ? 'Fewer' : `${findings.length - FIRST} more`}
        </button>
      )}
    </section>
  )
}
