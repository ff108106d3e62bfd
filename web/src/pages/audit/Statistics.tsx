import { operationTitle } from '@deployer/core/audit.ts'
import { cx } from '../../ui/cx.ts'
import { StatusGlyph, type GlyphKind } from '../../ui/StatusGlyph.tsx'
import type { AuditStatistics } from './queries.ts'
import type { AuditFilters } from './search.ts'

type Tally = AuditStatistics['operations'][number]

const glyphs: Record<string, GlyphKind> = {
  success: 'done',
  partial: 'warning',
  failed: 'failed',
  pending: 'running',
}
const fills: Record<string, string> = {
  success: 'bg-ok',
  partial: 'bg-warn',
  failed: 'bg-bad',
  pending: 'bg-accent-text',
}
const words: Record<string, string> = {
  success: 'success',
  partial: 'partial',
  failed: 'failed or refused',
  pending: 'under way',
}
const order = ['success', 'partial', 'failed', 'pending']
const MOST = 4

/** How many of each kind; a press on a bar filters by it. */
export function Statistics({
  statistics,
  onFilter,
}: {
  statistics: AuditStatistics
  onFilter: (filters: AuditFilters) => void
}) {
  const { osTypes, validations } = statistics
  return (
    <section
      aria-label="Statistics"
      className="card mb-4 grid sm:grid-cols-2 xl:grid-cols-4 xl:divide-x xl:divide-line"
    >
      <Results statistics={statistics} onFilter={onFilter} />
      <Bars
        title="Action"
        tallies={statistics.operations}
        nameOf={operationTitle}
        onPress={(action) => onFilter({ action })}
      />
      <Bars title="Actor" tallies={statistics.actors} onPress={(actor) => onFilter({ actor })} />
      {osTypes.length > 0 ? (
        <Bars title="Operating system" tallies={osTypes} onPress={(os) => onFilter({ os })} />
      ) : (
        <Bars
          title="Validation"
          tallies={validations}
          nameOf={sentenceCase}
          onPress={() => onFilter({ action: 'validation' })}
        />
      )}
    </section>
  )
}

const sentenceCase = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)

function Results({
  statistics: { total, statuses },
  onFilter,
}: {
  statistics: AuditStatistics
  onFilter: (filters: AuditFilters) => void
}) {
  const countOf = (name: string) => statuses.find((one) => one.name === name)?.count ?? 0
  const known = order.filter((name) => countOf(name) > 0)
  const ended = total - countOf('pending')
  const share = ended === 0 ? null : (100 * countOf('success')) / ended
  return (
    <div className="px-5 py-3.5">
      <h2 className="text-xs font-normal text-muted">Result</h2>
      <p className="mt-1.5 text-sm text-muted">
        <span className="text-lg font-semibold text-ink">
          {share === null ? '–' : `${Math.floor(share * 10) / 10} %`}
        </span>{' '}
        succeeded
      </p>
      <div aria-hidden className="mt-1.5 flex h-1.5 gap-px overflow-hidden rounded-full bg-edge">
        {known.map((name) => (
          <span
            key={name}
            className={cx('min-w-0.5', fills[name])}
            style={{ flexGrow: countOf(name) }}
          />
        ))}
      </div>
      <ul className="mt-1 flex flex-wrap gap-x-3">
        {known.map((name) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => {
                const result = (['success', 'partial', 'failed', 'pending'] as const).find(
                  (one) => one === name,
                )
                onFilter({ result })
              }}
              className="inline-flex h-11 items-center gap-1.5 rounded-sm text-xs text-body hover:text-ink sm:h-6"
            >
              <StatusGlyph kind={glyphs[name] ?? 'none'} size={14} />
              {countOf(name).toLocaleString('en')}
              <span className="sr-only">{words[name]}, show only these</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Bars({
  title,
  tallies,
  nameOf = (name) => name,
  onPress,
}: {
  title: string
  tallies: readonly Tally[]
  nameOf?: (name: string) => string
  onPress: (name: string) => void
}) {
  const most = tallies[0]?.count ?? 1
  return (
    <div className="hidden min-w-0 px-5 py-3.5 sm:block">
      <h2 className="text-xs font-normal text-muted">{title}</h2>
      {tallies.length === 0 && <p className="mt-1.5 text-xs text-muted">None yet</p>}
      <ul className="mt-1">
        {tallies.slice(0, MOST).map(({ name, count }) => (
          <li key={name}>
            <button
              type="button"
              onClick={() => onPress(name)}
              className="group grid h-11 w-full grid-cols-[minmax(0,1fr)_minmax(40px,40%)_auto] items-center gap-3 rounded-sm text-left text-2xs text-body hover:text-ink sm:h-6"
            >
              <span className="truncate" title={nameOf(name)}>
                {nameOf(name)}
              </span>
              <span aria-hidden className="h-1 rounded-full bg-edge">
                <span
                  className="block h-full rounded-full bg-muted group-hover:bg-accent-text"
                  style={{ width: `${Math.max(2, (100 * count) / most)}%` }}
                />
              </span>
              <span className="min-w-8 text-right text-muted">
                {count.toLocaleString('en')}
                <span className="sr-only">, show only these</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
