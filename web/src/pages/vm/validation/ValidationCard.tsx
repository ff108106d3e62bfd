import { ShieldCheckIcon } from '@heroicons/react/16/solid'
import type { VmDetail } from '@deployer/core/vm.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { StatusWord } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { CheckList, outcomeShown, When } from './CheckList.tsx'
import { useValidate, validationsQuery } from './queries.ts'

/** The newest result, on the overview of a VM, with the button that asks again for the same. */
export function ValidationCard({ vm }: { vm: Pick<VmDetail, 'vmid'> }) {
  const { data } = useQuery(validationsQuery(vm.vmid))
  const validate = useValidate(vm.vmid)
  const [latest, ...earlier] = data ?? []
  return (
    <section aria-label="Validation" className="card">
      <div className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-2 sm:px-5">
        <h2 className="text-md">Validation</h2>
        {latest && (
          <span className="flex items-center gap-2 text-xs text-muted">
            <StatusWord kind={outcomeShown(latest).glyph}>{outcomeShown(latest).word}</StatusWord>
            {latest.status !== 'running' && <When at={latest.finishedAt ?? latest.startedAt} />}
          </span>
        )}
        <span className="ml-auto flex items-center gap-3">
          {earlier.length > 0 && (
            <Link
              from="/vms/$vmid"
              to="/vms/$vmid"
              search={{ tab: 'validation' }}
              className="text-xs text-accent-text underline decoration-accent-line underline-offset-2"
            >
              {plural(earlier.length, 'earlier result')}
            </Link>
          )}
          <Button
            size="sm"
            icon={ShieldCheckIcon}
            working={(validate.isPending || latest?.status === 'running') && 'Checking'}
            onClick={() => validate.mutate(latest?.order ?? {})}
          >
            {latest ? 'Check again' : 'Check'}
          </Button>
        </span>
      </div>
      {validate.error && <ProblemMessage error={validate.error} className="m-3" />}
      {latest ? (
        <CheckList validation={latest} />
      ) : (
        <p className="px-4 py-3 text-xs text-muted sm:px-5">
          Not validated yet: whether it runs, answers, has its address, and its ports are open.
        </p>
      )}
    </section>
  )
}
