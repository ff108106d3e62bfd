import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { useDeferredValue, useMemo, useRef } from 'react'
import { isActive } from '../../../components/deploymentWords.ts'
import { useServerNow } from '../../../components/useServerNow.ts'
import { useWidth } from '../../../components/useWidth.ts'
import { formatDuration, formatStopwatch } from '../../../ui/format.ts'
import { usePhone } from '../../../ui/useMediaQuery.ts'
import { headCell, RowTable, type TableItem } from '../RowTable.tsx'
import { createScale, type Scale } from './scale.ts'
import { segmentsOf } from './segments.ts'
import { TimelineRow } from './TimelineRow.tsx'
import { WhereTimeWent } from './WhereTimeWent.tsx'

/** Room that a mark of the axis wants, in pixels, and what stands beside the axis. */
const MARK_WIDTH = 88
const BESIDE_WIDTH = 320

/** When each VM did what, and where the time of all went. */
export function Timeline({
  view: newest,
  items,
  opened,
  messages,
  onToggle,
}: {
  view: DeploymentView
  items: readonly TableItem[]
  opened: ReadonlySet<string>
  /** Failures show under their row without opening it. */
  messages: boolean
  onToggle: (vm: VmView) => void
}) {
  const phone = usePhone()
  const box = useRef<HTMLDivElement>(null)
  const room = useWidth(box)
  const marks = Math.max(
    3,
    Math.floor(((room ?? 1000) - (phone ? 170 : BESIDE_WIDTH)) / MARK_WIDTH),
  )
  // Keys and clicks come before redrawing hundreds of bars.
  const view = useDeferredValue(newest)
  const now = useServerNow(isActive(view) ? 1000 : null)
  const segments = useMemo(
    () => new Map(view.vms.map((vm) => [vm.id, segmentsOf(vm, view, now)])),
    [view, now],
  )
  const scale = useMemo(() => createScale([...segments.values()].flat(), marks), [segments, marks])
  const shown = useMemo(
    () =>
      items.flatMap((item) =>
        item.kind === 'vm'
          ? [{ name: item.vm.name, segments: segments.get(item.vm.id) ?? [] }]
          : [],
      ),
    [items, segments],
  )
  const width = phone ? 3 : 4
  return (
    <>
      <WhereTimeWent vms={shown} />
      <div ref={box} className="-mx-3 sm:mx-0">
        <RowTable
          items={items}
          width={width}
          onToggle={onToggle}
          head={<Head scale={scale} phone={phone} />}
          renderRow={(vm, rowIndex) => (
            <TimelineRow
              vm={vm}
              segments={segments.get(vm.id) ?? []}
              scale={scale}
              rowIndex={rowIndex}
              width={width}
              phone={phone}
              open={opened.has(vm.id)}
              message={messages}
              now={now}
              onToggle={onToggle}
            />
          )}
        />
      </div>
      {scale.cuts.map(({ at, ms }) => (
        <p key={at} className="mt-2 text-xs text-muted">
          Left out at the dotted line: {formatDuration(ms)} in which nothing was at work.
        </p>
      ))}
    </>
  )
}

function Head({ scale, phone }: { scale: Scale; phone: boolean }) {
  return (
    <>
      <colgroup>
        <col className={phone ? 'w-[124px]' : 'w-[176px]'} />
        <col />
        {!phone && <col className="w-[72px]" />}
        <col className={phone ? 'w-[52px]' : 'w-[72px]'} />
      </colgroup>
      <thead>
        <tr>
          <th scope="col" className={`${headCell} rounded-tl-lg pr-2 pl-9 text-left`}>
            VM
          </th>
          <th scope="col" className={`${headCell} px-2 sm:px-3`}>
            <span className="sr-only">Timeline</span>
            <span aria-hidden className="relative block h-4 text-2xs font-normal">
              {scale.ticks.map(({ ms, at }) => (
                <span
                  key={ms}
                  className={`absolute ${at === 0 ? '' : at === 1 ? '-translate-x-full' : '-translate-x-1/2'}`}
                  style={{ left: `${at * 100}%` }}
                >
                  {formatStopwatch(ms)}
                </span>
              ))}
            </span>
          </th>
          {!phone && (
            <th scope="col" className={`${headCell} px-2 text-right`}>
              Waited
            </th>
          )}
          <th scope="col" className={`${headCell} rounded-tr-lg pr-3 pl-1 text-right sm:pr-5`}>
            Time
          </th>
        </tr>
      </thead>
    </>
  )
}
