import { ArrowPathIcon, XMarkIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import { createContext, useContext } from 'react'
import { Button, IconButton } from '../../ui/Button.tsx'
import { isVmActive } from './model.ts'

/** What can be done with one VM of the deployment; null where nothing can, any more or yet. */
export type VmActions = {
  cancel: ((vm: VmView) => void) | null
  retry: ((vm: VmView) => void) | null
  /** Opens the dialog that changes what it becomes. */
  change: ((vm: VmView) => void) | null
}

export const VmActionsContext = createContext<VmActions>({
  cancel: null,
  retry: null,
  change: null,
})

const canCancel = (vm: VmView) => isVmActive(vm) && !vm.cancelRequested

const quickAction = (vm: VmView, { cancel, retry }: VmActions) => {
  if (cancel && canCancel(vm)) return { word: 'Cancel', icon: XMarkIcon, act: cancel }
  if (retry && vm.status === 'failed') return { word: 'Retry', icon: ArrowPathIcon, act: retry }
  return null
}

/** In an opened VM that is being made. */
export function VmCancelButton({ vm }: { vm: VmView }) {
  const { cancel } = useContext(VmActionsContext)
  return (
    cancel &&
    canCancel(vm) && (
      <Button
        size="sm"
        variant="danger"
        icon={XMarkIcon}
        onClick={() => cancel(vm)}
        aria-label={`Cancel ${vm.name}`}
      >
        Cancel
      </Button>
    )
  )
}

/** Beside the failure of a VM. */
export function VmRetryButtons({ vm }: { vm: VmView }) {
  const { retry, change } = useContext(VmActionsContext)
  if (vm.status !== 'failed' || retry === null) return null
  return (
    <div className="flex flex-wrap gap-2 sm:flex-col">
      <Button
        size="sm"
        icon={ArrowPathIcon}
        onClick={() => retry(vm)}
        aria-label={`Retry ${vm.name}`}
      >
        Retry
      </Button>
      {change && (
        <Button
          size="sm"
          variant="ghost"
          onClick={() => change(vm)}
          aria-label={`Retry with changes: ${vm.name}`}
        >
          Retry with changes
        </Button>
      )}
    </div>
  )
}

/** In a row, for the pointer and the keyboard: seen when one is there. */
export function VmQuickAction({ vm }: { vm: VmView }) {
  const action = quickAction(vm, useContext(VmActionsContext))
  return (
    action && (
      <IconButton
        size="xs"
        icon={action.icon}
        label={`${action.word} ${vm.name}`}
        onClick={() => action.act(vm)}
        className="ml-auto opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 focus-visible:opacity-100"
      />
    )
  )
}
