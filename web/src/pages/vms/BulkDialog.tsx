import { type BulkItem, powerApplies, type PowerAction, type VmRow } from '@deployer/core/vm.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { plural } from '../../ui/format.ts'
import { type GlyphKind } from '../../ui/StatusGlyph.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { bulkQuery, usePowerOfMany, vmsQuery } from './queries.ts'
import { nameOf, powerWords } from './words.ts'

/** The most that one call of the API takes. */
const MOST = 500

const consequences: Record<PowerAction, string> = {
  start: 'A few at a time on each node.',
  shutdown: 'Their systems are asked to shut down, a few at a time on each node.',
  stop: 'Their power is cut at once: what they had not saved is lost.',
  reboot: 'Their systems are asked to restart, a few at a time on each node.',
  reset: 'They are reset at once: what they had not saved is lost.',
  suspend: 'They stand still until they are resumed.',
  resume: 'They go on where they stood still.',
}

/** Shows which VMs it is about, asks, and then tells what comes of each. */
export function BulkDialog({
  action,
  vms,
  onClose,
}: {
  action: PowerAction
  vms: readonly VmRow[]
  onClose: () => void
}) {
  const words = powerWords[action]
  const order = usePowerOfMany()
  const [chosen] = useState(() => vms.filter(({ state }) => powerApplies(action, state)))
  const id = order.data?.id ?? null
  const bulk = useQuery(bulkQuery(id)).data
  const queryClient = useQueryClient()
  const finished = bulk !== undefined && bulk.finishedAt !== null
  useEffect(() => {
    if (finished) void queryClient.invalidateQueries({ queryKey: vmsQuery.queryKey })
  }, [finished, queryClient])
  const count = chosen.length
  const tooMany = count > MOST
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={
        bulk === undefined
          ? `${words.verb} ${plural(count, 'VM')}?`
          : `${finished ? words.verb : words.doing} ${plural(count, 'VM')}`
      }
      footer={
        bulk === undefined ? (
          <>
            <Button onClick={onClose}>Keep as they are</Button>
            <Button
              variant={action === 'stop' || action === 'reset' ? 'danger-solid' : 'primary'}
              working={order.isPending && words.doing}
              blocked={tooMany && `At most ${MOST} at once`}
              onClick={() => order.mutate({ vmids: chosen.map(({ vmid }) => vmid), action })}
            >
              {words.verb} {plural(count, 'VM')}
            </Button>
          </>
        ) : (
          <Button onClick={onClose}>{finished ? 'Close' : 'Close, it goes on'}</Button>
        )
      }
    >
      {bulk === undefined ? (
        <>
          <p>{consequences[action]}</p>
          {count < vms.length && (
            <p className="text-xs text-muted">
              {plural(vms.length - count, 'other VM')} of your choice{' '}
              {vms.length - count === 1 ? 'is' : 'are'} not in a state for it.
            </p>
          )}
          <Rows items={chosen.map((vm) => ({ vmid: vm.vmid, name: nameOf(vm), status: null }))} />
        </>
      ) : (
        <>
          <p role="status">{sentence(bulk.items, words.done)}</p>
          <Rows items={bulk.items.toSorted((a, b) => rank[a.status] - rank[b.status])} />
        </>
      )}
      {order.error && <ProblemMessage error={order.error} />}
    </Dialog>
  )
}

const rank: Record<BulkItem['status'], number> = {
  failed: 0,
  running: 1,
  queued: 2,
  skipped: 3,
  ok: 4,
}

/** `7 started, 2 could not, 3 under way` */
const sentence = (items: readonly BulkItem[], done: string): string => {
  const of = (...wanted: BulkItem['status'][]) =>
    items.filter(({ status }) => wanted.includes(status)).length
  const parts = [
    [of('ok'), done],
    [of('failed'), 'could not'],
    [of('skipped'), 'left as they are'],
    [of('queued', 'running'), 'under way'],
  ] as const
  return parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')
}

const glyphs: Record<BulkItem['status'], { glyph: GlyphKind; word: string }> = {
  queued: { glyph: 'queued', word: 'Queued' },
  running: { glyph: 'running', word: 'Under way' },
  ok: { glyph: 'done', word: 'Done' },
  failed: { glyph: 'failed', word: 'Failed' },
  skipped: { glyph: 'none', word: 'Left as it is' },
}

type Row = {
  vmid: number
  name: string | null
  status: BulkItem['status'] | null
  message?: string | null
}

function Rows({ items }: { items: readonly Row[] }) {
  return (
    <ul
      tabIndex={0}
      aria-label="VMs"
      className="max-h-64 divide-y divide-line overflow-y-auto rounded-md border border-line bg-well text-xs"
    >
      {items.map(({ vmid, name, status, message }) => (
        <li key={vmid} className="px-3 py-1.5">
          <div className="flex items-center gap-3">
            <span className="min-w-0 flex-1 truncate font-medium text-ink">{name ?? vmid}</span>
            <span className="font-mono text-muted">{vmid}</span>
            {status && (
              <StatusWord kind={glyphs[status].glyph} className="w-28">
                {glyphs[status].word}
              </StatusWord>
            )}
          </div>
          {message && <p className="mt-0.5 wrap-anywhere text-muted">{message}</p>}
        </li>
      ))}
    </ul>
  )
}
