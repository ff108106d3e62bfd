import type { VmDetail, VmMetrics } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Chart } from '../../ui/Chart.tsx'
import { formatMiB, plural } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { metricsQuery } from '../vms/queries.ts'

const ranges = [
  { value: 'hour', label: 'Hour' },
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
] as const

const newest = (values: readonly (number | null)[]): number | null => values.at(-1) ?? null

const largest = (...lists: (readonly (number | null)[])[]): number =>
  Math.max(0, ...lists.flat().map((value) => value ?? 0))

/** The next round figure: 1, 2, 5, 10, 20 … */
export const roundUp = (value: number): number => {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const step = [1, 2, 5, 10].find((each) => each * power >= value) ?? 10
  return step * power
}

const percent = (share: number): string =>
  share < 0.0995 && share > 0 ? `${(share * 100).toFixed(1)} %` : `${Math.round(share * 100)} %`

const KIB = 1024

/** `0.8 MiB/s` */
export const formatRate = (bytes: number): string => {
  if (bytes < KIB) return `${Math.round(bytes)} B/s`
  if (bytes < KIB * KIB) return `${Math.round(bytes / KIB)} KiB/s`
  const mebibytes = bytes / (KIB * KIB)
  return `${Number(mebibytes.toFixed(mebibytes < 10 ? 1 : 0))} MiB/s`
}

/** The top of a scale of rates: a round figure in its own unit. */
const rateTop = (bytes: number): number => {
  const unit = bytes <= KIB / 2 ? 1 : bytes <= (KIB * KIB) / 2 ? KIB : KIB * KIB
  return roundUp(bytes / unit) * unit
}

const twoDigits = (value: number) => String(value).padStart(2, '0')
const days = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']

const timeFormat =
  (range: VmMetrics['range']) =>
  (time: Date): string => {
    const clock = `${twoDigits(time.getHours())}:${twoDigits(time.getMinutes())}`
    return range === 'week' ? `${days[time.getDay()]} ${clock}` : clock
  }

const shown = (value: number | null, format: (value: number) => string): string =>
  value === null ? 'off' : format(value)

/** CPU, memory, network and disk over the last hour, day or week. */
export function Charts({ vm }: { vm: VmDetail }) {
  const { range = 'hour' } = useSearch({ from: '/shell/vms/$vmid' })
  const navigate = useNavigate({ from: '/vms/$vmid' })
  const query = useQuery(metricsQuery(vm.vmid, range))
  return (
    <section aria-label="Load over time" className="space-y-3">
      <div className="flex items-center justify-between gap-3">
        <h2 className="text-md">Load</h2>
        <SegmentedControl
          label="Time"
          value={range}
          options={ranges}
          onChange={(value) =>
            void navigate({
              search: (before) => ({ ...before, range: value === 'hour' ? undefined : value }),
              replace: true,
              resetScroll: false,
            })
          }
        />
      </div>
      {query.data ? (
        <Four vm={vm} metrics={query.data} />
      ) : query.error ? (
        <ProblemMessage error={query.error} />
      ) : (
        <SkeletonRows label="The figures are on their way" rows={4} rowClass="h-20" />
      )}
    </section>
  )
}

function Four({ vm, metrics }: { vm: VmDetail; metrics: VmMetrics }) {
  const times = metrics.times.map((time) => new Date(time * 1000))
  const { cores, sockets, cpuType, memoryMiB, balloonMiB } = vm.hardware
  const memoryTop = Math.max(memoryMiB, largest(metrics.memoryTotalMiB))
  const networkTop = rateTop(largest(metrics.networkIn, metrics.networkOut))
  const diskTop = rateTop(largest(metrics.diskRead, metrics.diskWrite))
  const common = { times, formatTime: timeFormat(metrics.range) }
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <Chart
        {...common}
        title="CPU"
        sub={`of ${plural(cores * sockets, 'core')}${cpuType === null ? '' : `, ${cpuType}`}`}
        now={shown(vm.cpuFraction ?? newest(metrics.cpuFraction), percent)}
        series={[{ name: 'CPU', values: metrics.cpuFraction }]}
        most={1}
        mostText="100 %"
        format={percent}
      />
      <Chart
        {...common}
        title="Memory"
        sub={`of ${formatMiB(memoryMiB)}, ballooning ${balloonMiB === 0 ? 'off' : 'on'}`}
        now={shown(vm.memoryUsedMiB ?? newest(metrics.memoryMiB), formatMiB)}
        series={[{ name: 'Memory', values: metrics.memoryMiB }]}
        most={memoryTop}
        mostText={formatMiB(memoryTop)}
        format={formatMiB}
      />
      <Chart
        {...common}
        title="Network"
        sub="received, dashed is sent"
        now={shown(newest(metrics.networkIn), formatRate)}
        series={[
          { name: 'Received', values: metrics.networkIn },
          { name: 'Sent', values: metrics.networkOut },
        ]}
        most={networkTop}
        mostText={formatRate(networkTop)}
        format={formatRate}
      />
      <Chart
        {...common}
        title="Disk"
        sub="written, dashed is read"
        now={shown(newest(metrics.diskWrite), formatRate)}
        series={[
          { name: 'Written', values: metrics.diskWrite },
          { name: 'Read', values: metrics.diskRead },
        ]}
        most={diskTop}
        mostText={formatRate(diskTop)}
        format={formatRate}
      />
    </div>
  )
}
