import { ChevronDownIcon, ChevronRightIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import { cx } from '../../../ui/cx.ts'
import { formatDuration, formatStopwatch } from '../../../ui/format.ts'
import { StatusGlyph } from '../../../ui/StatusGlyph.tsx'
import { Tooltip } from '../../../ui/Tooltip.tsx'
import { FailureMessage } from '../Messages.tsx'
import { vmNow } from '../model.ts'
import { VmRetryButtons } from '../VmActions.tsx'
import { VmDetail } from '../VmDetail.tsx'
import { phaseLooks } from './phaseLooks.ts'
import type { Scale } from './scale.ts'
import { phaseNames, type Segment } from './segments.ts'

const percent = (share: number) => `${(share * 100).toFixed(3)}%`
const lasted = ({ from, until }: Segment) => until - from

/** What the bar of a VM shows, in words: `Waiting for other clones on ceph 8.0 s, clone the template 20 s`. */
const inWords = (segments: readonly Segment[]): string =>
  segments
    .map(
      (segment) =>
        `${segment.what} ${formatDuration(lasted(segment))}${segment.bad === null ? '' : `, ${segment.bad}`}`,
    )
    .join('; ') || 'Nothing yet'

/** One VM: what it did when, as bars; opened, its steps. */
export function TimelineRow({
  vm,
  segments,
  scale,
  rowIndex,
  width,
  phone,
  open,
  message,
  now,
  onToggle,
}: {
  vm: VmView
  segments: readonly Segment[]
  scale: Scale
  rowIndex: number
  width: number
  phone: boolean
  open: boolean
  message: boolean
  now: number
  onToggle: (vm: VmView) => void
}) {
  const fails = vm.error !== null && (open || message)
  const waited = segments.filter(({ phase }) => phase === 'waiting' || phase === 'queued')
  const first = segments[0]
  const last = segments.at(-1)
  const Chevron = open ? ChevronDownIcon : ChevronRightIcon
  const detailId = `detail-${vm.id}`
  const state = vmNow(vm)
  return (
    <>
      <tr
        data-vm={vm.id}
        aria-rowindex={rowIndex}
        className="cursor-pointer text-xs hover:bg-raised/40"
      >
        <th scope="row" className="h-9 pr-2 pl-2 text-left font-normal sm:pl-3">
          <button
            type="button"
            data-row
            aria-expanded={open}
            aria-controls={open ? detailId : undefined}
            onClick={() => onToggle(vm)}
            title={vm.name}
            className="flex min-h-6 max-w-full items-center gap-1.5 rounded-sm pr-1 text-left"
          >
            <Chevron className="size-4 flex-none text-muted" aria-hidden />
            <StatusGlyph kind={state.glyph} size={12} />
            <span className="truncate text-sm font-medium text-ink">
              {vm.name}
              <span className="sr-only"> {state.text}</span>
            </span>
          </button>
        </th>
        <td className="px-2 sm:px-3">
          <Bars segments={segments} scale={scale} />
        </td>
        {!phone && (
          <td className="px-2 text-right text-muted">
            {waited.length > 0 &&
              formatStopwatch(waited.reduce((sum, one) => sum + lasted(one), 0))}
          </td>
        )}
        <td className="pr-3 pl-1 text-right text-muted sm:pr-5">
          {first && last && formatStopwatch(last.until - first.from)}
        </td>
      </tr>
      {(open || fails) && (
        <tr>
          <td colSpan={width} className="px-2 pb-3 sm:px-4">
            <div id={detailId} className="space-y-2">
              {fails && vm.error && (
                <FailureMessage failure={vm.error} action={<VmRetryButtons vm={vm} />} />
              )}
              {open && <VmDetail vm={vm} now={now} />}
            </div>
          </td>
        </tr>
      )}
    </>
  )
}

function Bars({ segments, scale }: { segments: readonly Segment[]; scale: Scale }) {
  return (
    <div
      role="img"
      aria-label={inWords(segments)}
      className="relative h-9 bg-[image:linear-gradient(to_right,var(--c-line)_1px,transparent_1px)]"
      style={{ backgroundSize: `${percent(scale.every)} 100%` }}
    >
      {scale.cuts.map(({ at }) => (
        <span
          key={at}
          className="absolute inset-y-0 border-l-2 border-dotted border-field"
          style={{ left: percent(at) }}
        />
      ))}
      {segments.map((segment) => {
        const left = scale.at(segment.from)
        const until = scale.at(segment.until)
        return (
          <Tooltip
            key={`${segment.phase} ${segment.from}`}
            text={`${phaseNames[segment.phase]}, ${formatDuration(lasted(segment))}: ${segment.what}`}
          >
            <span
              className={cx(
                'absolute top-1/2 min-w-[2px] -translate-y-1/2 rounded-[2px]',
                phaseLooks[segment.phase],
              )}
              style={{ left: percent(left), width: `max(2px, ${percent(until - left)} - 1px)` }}
            />
          </Tooltip>
        )
      })}
      {segments.map(
        ({ bad, until, from }) =>
          bad !== null && (
            <span
              key={`end ${from}`}
              className="absolute top-1/2 -translate-1/2 rounded-full bg-surface"
              style={{ left: percent(scale.at(until)) }}
            >
              <StatusGlyph kind={bad} size={14} />
            </span>
          ),
      )}
    </div>
  )
}
