import type { DeploymentView, VmView } from '@deployer/core/deployment.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useRetryDeployment } from '../../../api/actions.ts'
import { retryPlanQuery } from '../../../api/queries.ts'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { useSettledText } from '../../../components/useSettledText.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { type Fields, networksOfVm, noFields, readFields } from './changes.ts'
import { ChangeFields } from './ChangeFields.tsx'
import { RetryPlan } from './RetryPlan.tsx'

/** Changes what failed VMs become, shows the plan that comes of it, and begins it. Mounted while it is open. */
export function RetryDialog({
  view,
  vms,
  onClose,
}: {
  view: DeploymentView
  /** The failed VMs that it is about. */
  vms: readonly VmView[]
  onClose: () => void
}) {
  const [fields, setFields] = useState<Fields>(noFields)
  const [only] = vms
  const single = vms.length === 1 && only !== undefined ? only : null
  const { changes, wrong } = readFields(fields, single ? networksOfVm(view.request, single) : [])
  const text = JSON.stringify(changes)
  const rested = useSettledText(text)
  const readable = Object.keys(wrong).length === 0
  const ids = vms.map(({ id }) => id)
  const settled = text === rested
  const query = useQuery({
    ...retryPlanQuery(view.id, { vms: ids, changes }),
    enabled: readable && settled,
    placeholderData: keepPreviousData,
  })
  const retry = useRetryDeployment(view.id)
  // The plan before stays while a newer one is on its way.
  const plan = query.data
  const current = plan !== undefined && settled && !query.isFetching
  const blocked = !readable
    ? 'Correct what cannot be read'
    : !current
      ? 'The plan is on its way'
      : plan.blockers.length > 0 && `Resolve ${plural(plan.blockers.length, 'blocker')} first`
  return (
    <Dialog
      open
      wide
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      title={single ? `Retry ${single.name} with changes` : `Retry ${vms.length} VMs with changes`}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="primary"
            blocked={blocked}
            hideReason
            working={retry.isPending && 'Retrying'}
            onClick={() => {
              if (plan)
                retry.mutate(
                  { vms: ids, changes, planHash: plan.hash },
                  { onSuccess: onClose, onError: () => void query.refetch() },
                )
            }}
          >
            Retry {plural(vms.length, 'VM')}
          </Button>
        </>
      }
    >
      <p>
        What is left empty stays as it was; “none” takes ports, packages or commands away. Names,
        template and VMIDs stay. Other checks alone let a VM go on; with any other change it is made
        anew.
      </p>
      <ChangeFields
        fields={fields}
        wrong={wrong}
        networks={single !== null}
        firstBoot={view.request.source.kind !== 'iso'}
        onChange={(patch) => setFields((before) => ({ ...before, ...patch }))}
      />
      {query.error && !query.isFetching ? (
        <ProblemMessage error={query.error} />
      ) : (
        <RetryPlan plan={plan ?? null} current={current} />
      )}
      {retry.error && <ProblemMessage error={retry.error} />}
    </Dialog>
  )
}
