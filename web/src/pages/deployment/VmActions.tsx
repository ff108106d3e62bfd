import { ArrowPathIcon, XMarkIcon } from '@heroicons/react/16/solid'
import type { VmView } from '@deployer/core/deployment.ts'
import { createContext, useContext } from 'react'
import { Button, IconButton } from '../../ui/Button.tsx'
import { isVmActive } from './model.ts'

/** What can be done with one VM of the deployment; null where nothing can, any more or yet. */
export type VmActions = {
  cancel: ((vm: VmView) => void) | null
  retry: ((vm: VmView) => void) | null
}

export const VmActionsContext = createContext<VmActions>({ cancel: null, retry: null })

const actionFor = (vm: VmView, { cancel, retry }: VmActions) => {
  if (cancel && isVmActive(vm) && !vm.cancelRequested)
    return { word: 'Cancel', icon: XMarkIcon, act: cancel, variant: 'danger' as const }
  if (retry && vm.status === 'failed')
    return { word: 'Retry', icon: ArrowPathIcon, act: retry, variant: 'secondary' as const }
  return null
}

/** In an opened VM. */
export function VmActionButton({ vm }: { vm: VmView }) {
  const action = actionFor(vm, useContext(VmActionsContext))
  return (
    action && (
      <Button
        size="sm"
        variant={action.variant}
        icon={action.icon}
        onClick={() => action.act(vm)}
        aria-label={`${action.word} ${vm.name}`}
      >
        {action.word}
      </Button>
    )
  )
}

/** In a row, for the pointer and the keyboard: seen when one is there. */
export function VmQuickAction({ vm }: { vm: VmView }) {
  const action = actionFor(vm, useContext(VmActionsContext))
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
