import type { Failure, VmView } from '@deployer/core/deployment.ts'
import { plural } from '../../ui/format.ts'
import { Message } from '../../ui/Message.tsx'

/** As many names as are worth reading; the rest is counted. */
const NAMES = 6

type Cause = { failure: Failure; names: string[] }

const causes = (vms: readonly VmView[]): Cause[] => {
  const byTitle = new Map<string, Cause>()
  for (const vm of vms) {
    if (vm.status !== 'failed' || vm.error === null) continue
    // The VM's own name is no difference between two failures.
    const key = `${vm.error.code} ${vm.error.title.replaceAll(vm.name, '')}`
    const known = byTitle.get(key)
    if (known) known.names.push(vm.name)
    else byTitle.set(key, { failure: vm.error, names: [vm.name] })
  }
  return [...byTitle.values()].toSorted((one, other) => other.names.length - one.names.length)
}

/** Many failures told once for each cause; the single ones stand in their rows. */
export function FailureSummary({ vms }: { vms: readonly VmView[] }) {
  return (
    <div className="mb-3 space-y-2">
      {causes(vms).map(({ failure, names }) => (
        <Message
          key={`${failure.code} ${failure.title}`}
          tone="bad"
          title={`${plural(names.length, 'VM')}: ${failure.title}`}
        >
          {names.length === 1 && failure.cause !== null && <p>{failure.cause}</p>}
          {failure.remedy !== null && <p>{failure.remedy}</p>}
          <p className="text-muted">
            {names.slice(0, NAMES).join(', ')}
            {names.length > NAMES && ` and ${names.length - NAMES} more`}
          </p>
        </Message>
      ))}
    </div>
  )
}
