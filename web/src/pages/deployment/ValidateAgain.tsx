import { ShieldCheckIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import type { ValidationOrder } from '@deployer/core/vm-validation/order.ts'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
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

/** Looks at a VM of the deployment as it is now. Its result at the end of the deployment stays as it was. */
export function ValidateAgain({ vm }: { vm: VmView }) {
  const [id, setId] = useState<string | null>(null)
  const validate = useValidate(vm.vmid)
  const { data } = useQuery({ ...validationsQuery(vm.vmid), enabled: id !== null })
  const found = data?.find((validation) => validation.id === id)
  if (isVmActive(vm) || vm.status === 'cancelled') return null
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
          aria-label={`Validate ${vm.name} again`}
          working={(validate.isPending || found?.status === 'running') && 'Checking'}
          onClick={() => validate.mutate(orderOf(vm), { onSuccess: (begun) => setId(begun.id) })}
        >
          Validate again
        </Button>
      </div>
      {validate.error && <ProblemMessage error={validate.error} className="mx-3 mb-3" />}
      {found && <CheckList validation={found} />}
    </div>
  )
}
