import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { useDeploy } from './deploy-context.ts'

/** NICs after the first, from an earlier request. */
export function KeptNetworks() {
  const { form, change } = useDeploy()
  const { networks } = form.kept
  if (networks.length === 0) return null
  return (
    <div className="rounded-md border border-line">
      <KeptLine
        title={plural(networks.length, 'further NIC')}
        note={networks.map((nic) => nic.bridge ?? 'bridge not set').join(', ')}
        action="Remove them"
        onAction={() => change({ kept: { ...form.kept, networks: [] } })}
      />
    </div>
  )
}

function KeptLine({
  title,
  note,
  action,
  onAction,
}: {
  title: ReactNode
  note: string
  action: string
  onAction: () => void
}) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 text-xs">
      <span className="font-mono text-ink">{title}</span>
      <span className="min-w-0 flex-1 text-muted">{note}, from the earlier request</span>
      <Button size="sm" onClick={onAction}>
        {action}
      </Button>
    </div>
  )
}
