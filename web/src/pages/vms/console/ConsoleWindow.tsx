import type { ConsoleKind } from '@deployer/core/console.ts'
import { useQuery } from '@tanstack/react-query'
import { useParams, useSearch } from '@tanstack/react-router'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { useTitle } from '../../../components/useTitle.ts'
import { Spinner } from '../../../ui/Spinner.tsx'
import { vmQuery } from '../queries.ts'
import { ConsoleTab } from './ConsoleTab.tsx'

/** A console that has a window of its own. */
export function ConsoleWindow() {
  const { vmid } = useParams({ from: '/vms/$vmid/console' })
  const { type } = useSearch({ from: '/vms/$vmid/console' })
  return <Found key={vmid} vmid={Number(vmid)} kind={type} />
}

function Found({ vmid, kind }: { vmid: number; kind: ConsoleKind | undefined }) {
  const { data: vm, error } = useQuery(vmQuery(vmid, false))
  useTitle(vm ? `Console of ${vm.name}` : 'Console')
  return (
    <main className="flex h-dvh flex-col bg-canvas text-body">
      <h1 className="bg-surface px-3 pt-3 text-md text-ink">{vm?.name ?? `VM ${vmid}`}</h1>
      {error && !vm && <ProblemMessage error={error} className="m-4" />}
      {!error && !vm && (
        <div className="p-4">
          <Spinner>The VM is on its way</Spinner>
        </div>
      )}
      {vm && (
        <div className="min-h-0 flex-1">
          <ConsoleTab
            vm={{
              vmid,
              name: vm.name,
              isRunning: vm.state === 'running' || vm.state === 'paused',
              hasSerialPort: vm.hardware.serialPorts.length > 0,
            }}
            kind={kind}
            isWindow
          />
        </div>
      )}
    </main>
  )
}
