import { type BulkItem, powerApplies, type PowerAction, type VmRow } from '@deployer/core/vm.ts'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { StatusWord } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Checkbox } from '../../ui/Checkbox.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { plural } from '../../ui/format.ts'
import { type GlyphKind } from '../../ui/StatusGlyph.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { bulkQuery, type BulkOrder, useBulk, vmsQuery } from './queries.ts'
import { nameOf, powerWords, proposedSnapshot } from './words.ts'

/** The most that one call of the API takes. */
const MOST = 500

/** What was asked for with the chosen VMs. */
export type BulkWish = { kind: 'power'; action: PowerAction } | { kind: 'snapshot' | 'delete' }

const consequences: Record<PowerAction | 'snapshot' | 'delete', string> = {
  start: 'A few at a time on each node.',
  shutdown: 'Their systems are asked to shut down, a few at a time on each node.',
  stop: 'Their power is cut at once: what they had not saved is lost.',
  reboot: 'Their systems are asked to restart, a few at a time on each node.',
  reset: 'They are reset at once: what they had not saved is lost.',
  suspend: 'They stand still until they are resumed.',
  resume: 'They go on where they stood still.',
  snapshot: 'Each keeps its disks and settings as they are now, to come back to.',
  delete:
    'They are destroyed with their disks, snapshots and entries in backup jobs. There is no way back but a backup. Protected ones stay.',
}

const wordsOf = (wish: BulkWish) => {
  switch (wish.kind) {
    case 'power':
      return powerWords[wish.action]
    case 'snapshot':
      return { verb: 'Make a snapshot of', doing: 'Making snapshots of', done: 'done' }
    case 'delete':
      return { verb: 'Delete', doing: 'Deleting', done: 'deleted' }
  }
}

const isHard = (wish: BulkWish): boolean =>
  wish.kind === 'delete' ||
  (wish.kind === 'power' && (wish.action === 'stop' || wish.action === 'reset'))

/** Shows which VMs it is about, asks, and then tells what comes of each. */
export function BulkDialog({
  wish,
  vms,
  onClose,
}: {
  wish: BulkWish
  vms: readonly VmRow[]
  onClose: () => void
}) {
  const words = wordsOf(wish)
  const order = useBulk()
  const [chosen] = useState(() =>
    vms.filter(({ state }) => wish.kind !== 'power' || powerApplies(wish.action, state)),
  )
  const bulk = useQuery(bulkQuery(order.data?.id ?? null)).data
  const queryClient = useQueryClient()
  const finished = bulk !== undefined && bulk.finishedAt !== null
  useEffect(() => {
    if (finished) void queryClient.invalidateQueries({ queryKey: vmsQuery.queryKey })
  }, [finished, queryClient])
  const count = plural(chosen.length, 'VM')
  if (bulk === undefined)
    return (
      <Question
        wish={wish}
        title={`${words.verb} ${count}?`}
        verb={`${words.verb} ${count}`}
        working={order.isPending && words.doing}
        chosen={chosen}
        others={vms.length - chosen.length}
        error={order.error}
        onOrder={order.mutate}
        onClose={onClose}
      />
    )
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={`${finished ? words.verb : words.doing} ${count}`}
      footer={<Button onClick={onClose}>{finished ? 'Close' : 'Close, it goes on'}</Button>}
    >
      <p role="status">{sentence(bulk.items, words.done)}</p>
      <Rows items={bulk.items.toSorted((a, b) => rank[a.status] - rank[b.status])} />
    </Dialog>
  )
}

function Question({
  wish,
  title,
  verb,
  working,
  chosen,
  others,
  error,
  onOrder,
  onClose,
}: {
  wish: BulkWish
  title: string
  verb: string
  working: string | false
  chosen: readonly VmRow[]
  others: number
  error: unknown
  onOrder: (order: BulkOrder) => void
  onClose: () => void
}) {
  const [name, setName] = useState(() => proposedSnapshot(new Date()))
  const [typed, setTyped] = useState('')
  const [ticked, setTicked] = useState(false)
  const running = chosen.filter(({ state }) => state !== 'stopped').length
  const word = `delete ${chosen.length}`
  const blocked =
    chosen.length > MOST
      ? `At most ${MOST} at once`
      : wish.kind === 'delete' && typed.trim() !== word
        ? `Type ${word} first`
        : wish.kind === 'snapshot' && !/^[a-zA-Z][\w-]{1,39}$/.test(name)
          ? 'Choose another name first'
          : null
  const send = () => {
    const vmids = chosen.map(({ vmid }) => vmid)
    if (wish.kind === 'power') onOrder({ kind: 'power', action: wish.action, vmids })
    if (wish.kind === 'snapshot') onOrder({ kind: 'snapshot', name, withMemory: ticked, vmids })
    if (wish.kind === 'delete')
      onOrder({
        kind: 'delete',
        vms: chosen.map((vm) => ({ vmid: vm.vmid, name: nameOf(vm) })),
        stop: ticked,
      })
  }
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title={title}
      footer={
        <>
          <Button onClick={onClose}>Keep as they are</Button>
          <Button
            variant={isHard(wish) ? 'danger-solid' : 'primary'}
            working={working}
            blocked={blocked}
            hideReason={chosen.length <= MOST}
            onClick={send}
          >
            {verb}
          </Button>
        </>
      }
    >
      <p>{consequences[wish.kind === 'power' ? wish.action : wish.kind]}</p>
      {others > 0 && (
        <p className="text-xs text-muted">
          {plural(others, 'other VM')} of your choice {others === 1 ? 'is' : 'are'} not in a state
          for it.
        </p>
      )}
      <Rows items={chosen.map((vm) => ({ vmid: vm.vmid, name: nameOf(vm), status: null }))} />
      {wish.kind === 'snapshot' && (
        <Field label="Name" help="Letters, digits, _ and -, a letter first.">
          <TextInput value={name} onChange={setName} mono />
        </Field>
      )}
      {wish.kind === 'snapshot' && running > 0 && (
        <Checkbox
          checked={ticked}
          onChange={setTicked}
          label="Keep the memory of running ones too"
        />
      )}
      {wish.kind === 'delete' && running > 0 && (
        <Checkbox
          checked={ticked}
          onChange={setTicked}
          label={`Cut the power of ${running === 1 ? 'the one that runs' : `the ${running} that run`}`}
          help="Without it they are left as they are."
        />
      )}
      {wish.kind === 'delete' && (
        <Field label={`Type ${word} to go on`}>
          <TextInput value={typed} onChange={setTyped} mono />
        </Field>
      )}
      {error !== null && <ProblemMessage error={error} />}
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
