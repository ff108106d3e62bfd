/**
 * Parts of a VM's page that have rooms of their own. A tab is there once its part is: null leaves it out.
 */
import type { VmDetail } from '@deployer/core/vm.ts'
import { lazy, type ReactNode, Suspense } from 'react'
import { Button } from '../../ui/Button.tsx'
import { useWork } from './work.ts'
import { ValidationCard } from './validation/ValidationCard.tsx'
import { ValidationTab } from './validation/ValidationTab.tsx'

/** The screen and the serial console of a VM. */
export const consoleTab: ((vm: VmDetail) => ReactNode) | null = (vm) => <Console vm={vm} />

const ConsoleTab = lazy(async () => ({
  default: (await import('../vms/console/ConsoleTab.tsx')).ConsoleTab,
}))

function Console({ vm }: { vm: VmDetail }) {
  const { begin, busy } = useWork()
  return (
    <Suspense>
      <ConsoleTab
        vm={{
          vmid: vm.vmid,
          name: vm.name,
          isRunning: vm.state === 'running' || vm.state === 'paused',
          hasSerialPort: vm.hardware.serialPorts.length > 0,
        }}
        start={
          !busy && (
            <Button
              variant="primary"
              onClick={() => void begin({ kind: 'power', action: 'start' }).catch(() => {})}
            >
              Start
            </Button>
          )
        }
      />
    </Suspense>
  )
}

/** What validations found, on the tab of its own. */
export const validationTab: ((vm: VmDetail) => ReactNode) | null = (vm) => <ValidationTab vm={vm} />

/** The last result, on the overview. */
export const validationCard: ((vm: VmDetail) => ReactNode) | null = (vm) => (
  <ValidationCard vm={vm} />
)
