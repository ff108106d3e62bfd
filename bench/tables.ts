/** What was measured, as Markdown. */
import type { Case, Client, Sample, ServerUse, Stage } from './measure.ts'

export type Row = Pick<Case, 'vms' | 'clone'> & {
  client: Client
  samples: Sample[]
  /** Set where fewer VMs were measured and time and calls are reckoned up from them. */
  measuredVms: number | null
}

const names: Record<Client, string> = {
  deployer: 'this deployer',
  sequential: 'one at a time',
  parallel: 'all at once',
}

/** The first `texts` columns are text, the others figures. */
export function table(head: string[], rows: string[][], texts = 1): string[] {
  const width = (column: number) =>
    Math.max(...[head, ...rows].map((cells) => cells[column]?.length ?? 0), 3)
  const line = (cells: string[]) =>
    `| ${cells.map((cell, column) => (column < texts ? cell.padEnd(width(column)) : cell.padStart(width(column)))).join(' | ')} |`
  const rule = head.map((_, column) =>
    column < texts ? '-'.repeat(width(column)) : `${'-'.repeat(width(column) - 1)}:`,
  )
  return [line(head), `| ${rule.join(' | ')} |`, ...rows.map(line)]
}

export function resultTable(rows: Row[]): string[] {
  const head = ['Client', 'Clone', 'VMs', 'Done', 'Wall s']
  const bounds = ['Bound s', 'Ratio', 'Polled s', 'Ratio', 'Calls/VM']
  const use = ['CPU s', 'DB CPU s', 'CPU ms/VM', 'Peak MiB', 'KiB/VM']
  return table([...head, ...bounds, ...use], rows.map(cellsOf), 2)
}

function cellsOf({ client, clone, vms, samples, measuredVms }: Row): string[] {
  const measured = measuredVms ?? vms
  const about = measuredVms === null ? '' : '≈ '
  const scale = vms / measured
  const range = (of: (sample: Sample) => number, digits: number, factor = 1) =>
    spread(samples.map(of), factor, digits)
  const calls = (sample: Sample) =>
    Object.values(sample.calls).reduce((sum, count) => sum + count, 0) / measured
  const done = samples.reduce((sum, { succeeded }) => sum + succeeded, 0) / samples.length
  const failed = done < measured
  const ratioTo = (bound: (sample: Sample) => number) =>
    failed || client !== 'deployer' ? '' : range((sample) => sample.wallSeconds / bound(sample), 2)
  const servers = samples.flatMap(({ server }) => server ?? [])
  const used = (of: (server: ServerUse) => number, digits: number) =>
    servers.length === 0 ? '–' : spread(servers.map(of), 1, digits)
  return [
    names[client],
    clone,
    String(vms),
    `${+(done * scale).toFixed(1)}`,
    `${about}${range((sample) => sample.wallSeconds, 1, scale)}`,
    client === 'deployer' ? range((sample) => sample.boundSeconds, 1) : '',
    ratioTo(({ boundSeconds }) => boundSeconds),
    client === 'deployer' ? range((sample) => sample.polledSeconds, 1) : '',
    ratioTo(({ polledSeconds }) => polledSeconds),
    range(calls, 1),
    used(({ cpuSeconds }) => cpuSeconds, 2),
    used(({ databaseCpuSeconds }) => databaseCpuSeconds, 2),
    used(({ cpuSeconds }) => (cpuSeconds * 1000) / vms, 0),
    used(({ peakMemoryMiB }) => peakMemoryMiB, 0),
    used(({ growthMiB }) => (growthMiB * 1024) / vms, 0),
  ]
}

/** Smallest / median / largest, or the one value. */
function spread(values: number[], factor: number, digits: number): string {
  const sorted = values.map((value) => value * factor).toSorted((a, b) => a - b)
  const at = (share: number) =>
    (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(digits)
  return sorted.length === 1 ? at(0) : `${at(0)} / ${at(0.5)} / ${at(1)}`
}

const seconds = (value: number) => value.toFixed(1)

export function stageTable(stages: Stage[]): string[] {
  const head = ['Done with', 'last VM', 'ideal', 'behind', 'mean', 'ideal', 'behind']
  return table(
    head,
    stages.map(({ kind, last, idealLast, mean, idealMean }) => [
      kind,
      seconds(last),
      seconds(idealLast),
      seconds(last - idealLast),
      seconds(mean),
      seconds(idealMean),
      seconds(mean - idealMean),
    ]),
  )
}

export function callTable(calls: Record<string, number>, vms: number): string[] {
  return table(
    ['Call', 'per VM'],
    Object.entries(calls)
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => [name, (count / vms).toFixed(2)]),
  )
}

/** Why VMs of a client failed, the most frequent first. */
export function failures(rows: Row[]): string[] {
  return rows.flatMap(({ client, clone, vms, samples }) =>
    samples.flatMap(({ reasons }) =>
      [...reasons]
        .toSorted(([, a], [, b]) => b - a)
        .slice(0, 3)
        .map(([reason, count]) => `- ${names[client]}, ${vms} ${clone}: ${count} × \`${reason}\``),
    ),
  )
}
