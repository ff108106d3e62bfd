import { ClockIcon } from '@heroicons/react/24/outline'
import type { VmDetail } from '@deployer/core/vm.ts'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { TaskRows } from './TaskRows.tsx'

/** Every task that Proxmox still knows, with its log. */
export function HistoryTab({ vm }: { vm: VmDetail }) {
  return (
    <div className="space-y-3">
      {vm.tasks.length === 0 ? (
        <EmptyState icon={ClockIcon} title="No tasks that you may see">
          Tasks of others take Sys.Audit on its node, and Proxmox forgets old ones.
        </EmptyState>
      ) : (
        <div className="card">
          <TaskRows tasks={vm.tasks} />
        </div>
      )}
      <p className="text-xs text-muted">
        What was done from here, by whom and with what result, is in the{' '}
        <Link to="/audit" search={{ vm: String(vm.vmid) }} className="link">
          audit log
        </Link>
        .
      </p>
    </div>
  )
}
