import { ChevronUpIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useState } from 'react'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Drawer } from '../../ui/Dialog.tsx'
import { formatGiB, formatMiB, plural } from '../../ui/format.ts'
import { Spinner } from '../../ui/Spinner.tsx'
import type { DeployAction } from './deploy-action.ts'
import { type Deploy, DeployContext, useDeploy } from './deploy-context.ts'
import { PlanBody } from './PlanBody.tsx'
import { DeployButton, PlanAge } from './PlanPanel.tsx'

/** The plan panel where there is no room for it: a bar at the foot of the page that opens. */
export function PlanBar({
  action,
  onPress,
  outcome,
  onShowCalls,
}: {
  action: DeployAction
  onPress: () => void
  outcome: ReactNode
  onShowCalls: () => void
}) {
  const deploy = useDeploy()
  const [open, setOpen] = useState(false)
  // What leads back into the form closes the plan first.
  const closing: Deploy = {
    ...deploy,
    goTo: (field) => {
      setOpen(false)
      deploy.goTo(field)
    },
    goToIssue: (issue) => {
      setOpen(false)
      deploy.goToIssue(issue)
    },
  }
  return (
    <div className="fixed inset-x-0 bottom-0 z-20 border-t border-edge bg-raised px-3 pt-2 pb-3 shadow-pop sm:px-7 lg:hidden">
      <div className="flex min-h-8 items-center justify-between gap-3 text-xs">
        <BarSummary />
        <Button
          size="sm"
          variant="ghost"
          className="h-8! text-accent-text!"
          aria-expanded={open}
          onClick={() => setOpen(true)}
        >
          Plan
          <ChevronUpIcon className="size-4" aria-hidden />
        </Button>
      </div>
      {outcome}
      <DeployButton action={action} onPress={onPress} />
      <DeployContext value={closing}>
        <Drawer
          open={open}
          onOpenChange={setOpen}
          title="Plan"
          description={<PlanAge />}
          footer={
            <div className="flex-1">
              <DeployButton
                action={action}
                onPress={() => {
                  setOpen(false)
                  onPress()
                }}
              />
            </div>
          }
        >
          <div className="-mx-4 sm:-mx-5">
            <PlanBody
              onShowCalls={() => {
                setOpen(false)
                onShowCalls()
              }}
            />
          </div>
        </Drawer>
      </DeployContext>
    </div>
  )
}

function BarSummary() {
  const { plan } = useDeploy()
  if (plan.checking) return <Spinner>Checking the plan</Spinner>
  if (plan.plan === null) return <span className="text-muted">No plan yet</span>
  const { blockers, warnings, totals } = plan.plan
  return (
    <span className="flex min-w-0 flex-wrap items-center gap-x-3">
      <span className="truncate text-ink">
        {totals.cores} cores, {formatMiB(totals.memoryMiB)}, {formatGiB(totals.diskGiB)} disk
      </span>
      {blockers.length > 0 && (
        <StatusWord kind="failed">{plural(blockers.length, 'blocker')}</StatusWord>
      )}
      {warnings.length > 0 && (
        <StatusWord kind="warning">{plural(warnings.length, 'warning')}</StatusWord>
      )}
    </span>
  )
}
