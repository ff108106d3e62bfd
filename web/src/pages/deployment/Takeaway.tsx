import { ArrowDownTrayIcon, CheckIcon, Square2StackIcon } from '@heroicons/react/16/solid'
import type { DeploymentView } from '@deployer/core/deployment.ts'
import { useState } from 'react'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/CodeBlock.tsx'
import { plural } from '../../ui/format.ts'
import { SegmentedControl } from '../../ui/SegmentedControl.tsx'
import { toast } from '../../ui/Toast.tsx'
import { takeaway, takeawayFile, type TakeawayKind } from './takeaway.ts'

const labels: readonly { value: TakeawayKind; label: string }[] = [
  { value: 'hosts', label: 'hosts' },
  { value: 'csv', label: 'CSV' },
  { value: 'ssh', label: 'SSH' },
  { value: 'json', label: 'JSON' },
]

const download = (name: string, type: string, text: string) => {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}

/** The finished VMs as a hosts file, CSV, SSH config or JSON, to copy or to download. */
export function Takeaway({ view }: { view: DeploymentView }) {
  const [kind, setKind] = useState<TakeawayKind>('hosts')
  const [copied, setCopied] = useState<string | null>(null)
  // One that failed its checks is there too, and somebody may want to look into it.
  const made = view.vms.filter(({ status, ip }) => status === 'succeeded' || ip !== null)
  if (made.length === 0) return null
  const text = takeaway(kind, made)
  const lines = text.split('\n').length - 1
  const file = takeawayFile[kind]
  const copy = async () => {
    if (await copyText(text)) setCopied(text)
    else toast('bad', 'The browser does not allow copying')
  }
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
          <>
            <pre
              tabIndex={0}
              role="region"
              aria-label={`The VMs as ${kind}`}
              className="max-h-60 overflow-auto rounded-md border border-line bg-well px-3 py-2.5 font-mono text-2xs leading-[19px] text-body"
            >
              {text}
            </pre>
            <div className="flex gap-2">
              <Button
                className="grow"
                icon={copied === text ? CheckIcon : Square2StackIcon}
                onClick={() => void copy()}
              >
                {copied === text ? 'Copied' : `Copy ${plural(lines, 'line')}`}
              </Button>
              <Button
                icon={ArrowDownTrayIcon}
                onClick={() => download(`${view.id}-${file.name}`, file.type, text)}
              >
                Download
              </Button>
            </div>
          </>
        )}
      </div>
    </section>
  )
}
