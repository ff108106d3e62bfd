import type { VmView } from '@deployer/core/deployment.ts'
import { Link } from '@tanstack/react-router'
import { createContext, type ReactNode, useContext } from 'react'
import { buttonClass } from '../../ui/Button.tsx'

/** Whether the VMs of this deployment are there afterwards: those of an undo are not. */
export const MakesVmsContext = createContext(true)

type Made = Pick<VmView, 'vmid' | 'status' | 'name'>

const useIsThere = ({ status }: Made): boolean =>
  useContext(MakesVmsContext) && status === 'succeeded'

/** To the page of a VM that is there; of any other only what is in it. */
export function VmLink({ vm, children }: { vm: Made; children: ReactNode }) {
  if (!useIsThere(vm)) return children
  return (
    <Link
      to="/vms/$vmid"
      params={{ vmid: String(vm.vmid) }}
      aria-label={`${vm.vmid}, page of ${vm.name}`}
      className="rounded-xs text-accent-text hover:underline"
    >
      {children}
    </Link>
  )
}

/** The same as a button, where the VM is there. */
export function OpenVm({ vm }: { vm: Made }) {
  if (!useIsThere(vm)) return null
  return (
    <Link
      to="/vms/$vmid"
      params={{ vmid: String(vm.vmid) }}
      aria-label={`Open VM ${vm.name}`}
      className={buttonClass('secondary', 'sm')}
    >
      Open VM
    </Link>
  )
}
