import type { ReactNode } from 'react'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { controlId, useDeploy } from './deploy-context.ts'
import { nothingKept } from './form.ts'

/** Rows that came with an earlier request, beyond the one that this page edits. */
export function KeptRows() {
  const { form, change, errorOf } = useDeploy()
  const { rows, firstRow } = form.kept
  const error = errorOf('kept')
  const own = settingsOf(firstRow)
  if (rows.length === 0 && own.length === 0) return null
  return (
    <div id={controlId('kept')} className="divide-y divide-line rounded-md border border-line">
      {own.length > 0 && (
        <KeptLine
          title={form.namePattern}
          note={`has its own ${own.join(', ')}`}
          action="Use the settings below"
          onAction={() => change({ kept: { ...form.kept, firstRow: nothingKept.firstRow } })}
        />
      )}
      {rows.map((row, index) => (
        <KeptLine
          key={`${index} ${row.name}`}
          title={row.name}
          note={
            settingsOf(row).length === 0
              ? 'with the settings below'
              : `has its own ${settingsOf(row).join(', ')}`
          }
          action={`Remove ${row.name}`}
          onAction={() =>
            change({ kept: { ...form.kept, rows: rows.filter((each) => each !== row) } })
          }
        />
      ))}
      {error !== null && <p className="px-3 py-2 text-xs text-bad">{error}</p>}
    </div>
  )
}

/** NICs after the first, from an earlier request. */
export function KeptNetworks() {
  const { form, change } = useDeploy()
  const { networks } = form.kept
  if (networks.length === 0) return null
  return (
    <div className="rounded-md border border-line">
      <KeptLine
        title={plural(networks.length, 'further NIC')}
        note={networks.map((nic) => nic.bridge ?? 'bridge as the template').join(', ')}
        action="Remove them"
        onAction={() => change({ kept: { ...form.kept, networks: [] } })}
      />
    </div>
  )
}

const settingNames: Record<string, string> = {
  cores: 'cores',
  memoryMiB: 'memory',
  diskGiB: 'disk',
  storage: 'storage',
  networks: 'network',
  description: 'description',
  tags: 'tags',
  onBoot: 'start at boot',
  start: 'start',
  validate: 'checks',
  node: 'node',
}

function settingsOf(row: object): string[] {
  return Object.keys(row).flatMap((key) => settingNames[key] ?? [])
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
