export type Series = {
  name: string
  /** Null where there is no figure; the line has a gap there. */
  values: readonly (number | null)[]
}

const WIDTH = 400
const HEIGHT = 96

/** Points of one stretch without gaps. */
type Stretch = readonly (readonly [x: number, y: number])[]

const stretches = (values: Series['values'], most: number): Stretch[] => {
  const found: (readonly [number, number])[][] = []
  let open: (readonly [number, number])[] | null = null
  for (const [index, value] of values.entries()) {
    if (value === null) open = null
    else {
      if (open === null) found.push((open = []))
      const x = values.length < 2 ? 0 : (index / (values.length - 1)) * WIDTH
      open.push([x, HEIGHT - (Math.min(value, most) / most) * (HEIGHT - 2) - 1])
    }
  }
  return found
}

/** A single point is drawn as a short stroke. */
const line = (points: Stretch): string =>
  (points.length === 1
    ? [...points, [(points[0]?.[0] ?? 0) - 2, points[0]?.[1] ?? 0] as const]
    : points
  )

    .map(([x, y], index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`)
    .join('')

const area = (points: Stretch): string =>
  `${line(points)}L${(points.at(-1)?.[0] ?? 0).toFixed(1)} ${HEIGHT}L${(points[0]?.[0] ?? 0).toFixed(1)} ${HEIGHT}Z`

const MARKS = 4
const TABLE_ROWS = 8

/** So many places of a list, from its first to its last. */
const evenly = (length: number, count: number): number[] =>
  Array.from({ length: Math.min(count, length) }, (_, index) =>
    Math.round((index * (length - 1)) / Math.max(1, Math.min(count, length) - 1)),
  )

/**
 * A figure over time: an area, and a second series dashed. `most` is the top of the scale. Who cannot see it gets some of
 * the figures as a table.
 */
export function Chart({
  title,
  sub,
  now,
  times,
  series,
  most,
  mostText,
  format,
  formatTime,
}: {
  title: string
  sub: string
  /** The newest figure in words. */
  now: string
  times: readonly Date[]
  series: readonly [Series] | readonly [Series, Series]
  most: number
  mostText: string
  format: (value: number) => string
  formatTime: (time: Date) => string
}) {
  const empty = series[0].values.every((value) => value === null)
  return (
    <section aria-label={title} className="card px-4 pt-3 pb-2">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-sm font-medium">{title}</h2>
        <p className="text-md font-semibold text-ink">{now}</p>
      </div>
      <div className="flex justify-between gap-3 text-2xs text-muted">
        <p className="min-w-0 truncate">{sub}</p>
        <p className="flex-none">{empty ? '' : mostText}</p>
      </div>
      {empty ? (
        <p className="flex h-[116px] items-center justify-center text-xs text-muted">
          It was off all the time.
        </p>
      ) : (
        <>
          <svg
            viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
            preserveAspectRatio="none"
            aria-hidden
            className="mt-1 h-24 w-full overflow-visible"
          >
            {[0, 1, 2, 3, 4].map((step) => (
              <line
                key={step}
                x1="0"
                x2={WIDTH}
                y1={(step * HEIGHT) / 4}
                y2={(step * HEIGHT) / 4}
                stroke="var(--c-line)"
                vectorEffect="non-scaling-stroke"
              />
            ))}
            {series.map(({ name, values }, index) =>
              stretches(values, most).map((points) => (
                <g key={`${name} ${points[0]?.[0]}`}>
                  {index === 0 && (
                    <path d={area(points)} fill="var(--c-accent-text)" opacity="0.15" />
                  )}
                  <path
                    d={line(points)}
                    fill="none"
                    stroke={index === 0 ? 'var(--c-accent-text)' : 'var(--c-muted)'}
                    strokeWidth="1.5"
                    strokeDasharray={index === 0 ? undefined : '3 3'}
                    vectorEffect="non-scaling-stroke"
                  />
                </g>
              )),
            )}
          </svg>
          <div aria-hidden className="mt-1 flex justify-between text-2xs text-muted">
            {evenly(times.length, MARKS).map((index) => (
              <span key={index}>{times[index] && formatTime(times[index])}</span>
            ))}
          </div>
          <ChartTable
            title={title}
            times={times}
            series={series}
            format={format}
            formatTime={formatTime}
          />
        </>
      )}
    </section>
  )
}

function ChartTable({
  title,
  times,
  series,
  format,
  formatTime,
}: {
  title: string
  times: readonly Date[]
  series: readonly Series[]
  format: (value: number) => string
  formatTime: (time: Date) => string
}) {
  return (
    <table className="sr-only">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">Time</th>
          {series.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {evenly(times.length, TABLE_ROWS).map((index) => (
          <tr key={index}>
            <th scope="row">{times[index] && formatTime(times[index])}</th>
            {series.map(({ name, values }) => {
              const value = values[index] ?? null
              return <td key={name}>{value === null ? 'off' : format(value)}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
