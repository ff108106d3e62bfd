import { cx } from '../../../ui/cx.ts'
import { formatDuration, formatPercent, plural } from '../../../ui/format.ts'
import { phaseLooks } from './phaseLooks.ts'
import { phaseNames } from './segments.ts'
import { phaseTotals, type VmSegments, waitTotals } from './totals.ts'

/** As many reasons as are worth reading. */
const REASONS = 5

/** Of all VMs together: how long each kind of work took, what was waited for. Also the legend of the bars. */
export function WhereTimeWent({ vms }: { vms: readonly VmSegments[] }) {
  const totals = phaseTotals(vms)
  const waits = waitTotals(vms)
  const all = totals.reduce((sum, { ms }) => sum + ms, 0)
  return (
    <section
      aria-labelledby="where"
      className="card -mx-3 mb-3 rounded-none border-x-0 px-4 py-4 sm:mx-0 sm:rounded-lg sm:border-x sm:px-5"
    >
      <div className="mb-2.5 flex flex-wrap items-baseline gap-x-3">
        <h2 id="where" className="text-md">
          Where the time went
        </h2>
        <p className="text-xs text-muted">
          {formatDuration(all)} of {plural(vms.length, 'VM')} together
        </p>
      </div>
      <div aria-hidden className="mb-3 flex h-3.5 items-center gap-px">
        {totals.map(({ phase, ms }) => (
          <span
            key={phase}
            className={cx('min-w-[2px] first:rounded-l-xs last:rounded-r-xs', phaseLooks[phase])}
            style={{ flexGrow: ms, flexBasis: 0 }}
          />
        ))}
      </div>
      <div className="grid gap-x-10 gap-y-4 text-xs lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <table className="w-full text-left">
          <thead className="text-muted">
            <tr>
              <th scope="col" className="py-0.5 font-medium">
                Doing
              </th>
              <th scope="col" className="py-0.5 text-right font-medium">
                Time
              </th>
              <th scope="col" className="py-0.5 text-right font-medium">
                Share
              </th>
              <th scope="col" className="hidden py-0.5 pl-5 font-medium sm:table-cell">
                Longest
              </th>
            </tr>
          </thead>
          <tbody>
            {totals.map(({ phase, ms, share, longest }) => (
              <tr key={phase}>
                <th scope="row" className="py-0.5 font-normal text-ink">
                  <span className="flex items-center gap-2">
                    <span aria-hidden className={cx('w-3.5 rounded-[2px]', phaseLooks[phase])} />
                    {phaseNames[phase]}
                  </span>
                </th>
                <td className="py-0.5 text-right whitespace-nowrap text-ink">
                  {formatDuration(ms)}
                </td>
                <td className="py-0.5 text-right whitespace-nowrap text-muted">
                  {share < 0.01 ? 'under 1 %' : formatPercent(share)}
                </td>
                <td className="hidden max-w-0 truncate py-0.5 pl-5 text-muted sm:table-cell">
                  {longest.name}, {formatDuration(longest.ms)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <div>
          <h3 className="py-0.5 text-xs font-medium text-muted">Waited for</h3>
          {waits.length === 0 ? (
            <p className="py-0.5">Nothing: no step stood in line, none was tried again.</p>
          ) : (
            <ul>
              {waits.slice(0, REASONS).map(({ why, ms, vms: count }) => (
                <li key={why} className="flex justify-between gap-4 py-0.5">
                  <span className="min-w-0 text-ink">{why}</span>
                  <span className="flex-none text-muted">
                    {formatDuration(ms)} in {plural(count, 'VM')}
                  </span>
                </li>
              ))}
              {waits.length > REASONS && (
                <li className="py-0.5 text-muted">and {waits.length - REASONS} other reasons</li>
              )}
            </ul>
          )}
        </div>
      </div>
    </section>
  )
}
