import type { DeploymentView } from '@deployer/core/deployment.ts'
import { useState } from 'react'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { takeaway, takeawayFile, type TakeawayKind } from './takeaway.ts'
import { TakeText } from './TakeText.tsx'

const labels: readonly { value: TakeawayKind; label: string }[] = [
  { value: 'hosts', label: 'hosts' },
  { value: 'csv', label: 'CSV' },
  { value: 'ssh', label: 'SSH' },
  { value: 'json', label: 'JSON' },
]

/** The finished VMs as a hosts file, CSV, SSH config or JSON, to copy or to download. */
export function Takeaway({ view }: { view: DeploymentView }) {
  const [kind, setKind] = useState<TakeawayKind>('hosts')
  // One that failed its checks is there too, and somebody may want to look into it.
  const made = view.vms.filter(({ status, ip }) => status === 'succeeded' || ip !== null)
  if (made.length === 0) return null
  const text = takeaway(kind, made)
  const { name, type } = takeawayFile[kind]
  return (
    <section aria-labelledby="takeaway" className="card">
      <h2 id="takeaway" className="flex h-11 items-center border-b border-line px-4 text-md">
        Take it with you
      </h2>
      <div className="space-y-3 p-4">
        <SegmentedControl label="Format" stretch value={kind} onChange={setKind} options={labels} />
        {text === '' ? (
          <p className="text-xs text-muted">No VM has a known address.</p>
        ) : (
          <TakeText
            text={text}
            label={`The VMs as ${kind}`}
            file={{ name: `${view.id}-${name}`, type }}
          />
        )}
      </div>
    </section>
  )
}
