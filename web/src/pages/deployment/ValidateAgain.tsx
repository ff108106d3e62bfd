import { ShieldCheckIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import type { ValidationOrder } from '@deployer/core/vm-validation/order.ts'
import { useQuery } from '@tanstack/react-query'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { CheckList, outcomeShown } from '../vm/validation/CheckList.tsx'
import { useValidate, validationsQuery } from '../vm/validation/queries.ts'
import { isVmActive } from './model.ts'

/** The ports that its deployment checked; where it checked none, the usual one. */
const orderOf = ({ validation }: VmView): ValidationOrder => {
  const ports = (validation?.checks ?? []).flatMap(({ port }) => port ?? [])
  return ports.length === 0 ? {} : { ports }
}

/**
 * Looks at a VM of the deployment as it is now. Its result at the end of the deployment stays as it was. Nothing where
 * the VM is not there any more, or may not be seen.
 */
export function ValidateAgain({ vm }: { vm: VmView }) {
  const over = !isVmActive(vm) && vm.status !== 'cancelled'
  const { data, isError } = useQuery({ ...validationsQuery(vm.vmid), enabled: over })
  const validate = useValidate(vm.vmid)
  const found = data?.find(
    ({ deploymentId, startedAt }) => deploymentId === null && startedAt > (vm.finishedAt ?? ''),
  )
  if (!over || isError) return null
  return (
    <div className="border-t border-line lg:col-span-2">
      <div className="flex min-h-11 flex-wrap items-center gap-3 px-4 py-1.5">
        <p className="font-medium text-ink">As it is now</p>
        {found && (
          <StatusWord kind={outcomeShown(found).glyph}>{outcomeShown(found).word}</StatusWord>
        )}
        <span className="flex-1" />
        <Button
          size="sm"
          icon={ShieldCheckIcon}
          aria-label={`Validate again: ${vm.name}`}
          working={(validate.isPending || found?.status === 'running') && 'Checking'}
          onClick={() => validate.mutate(orderOf(vm))}
        >
          Validate again
        </Button>
      </div>
      {validate.error && <ProblemMessage error={validate.error} className="mx-3 mb-3" />}
      {found && <CheckList validation={found} />}
    </div>
  )
}
