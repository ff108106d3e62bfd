import {
  ArrowPathIcon,
  CameraIcon,
  ClipboardDocumentIcon,
  PlayIcon,
  PowerIcon,
  ShieldCheckIcon,
  StopIcon,
  TagIcon,
  TrashIcon,
} from '@heroicons/react/16/solid'
import type { PowerAction, VmRow } from '@deployer/core/vm.ts'
import { Button, type Icon } from '../../../ui/Button.tsx'
import { copyText } from '../../../ui/CodeBlock.tsx'
import { plural } from '../../../ui/format.ts'
import { MenuButton } from '../../../ui/MenuButton.tsx'
import { toast } from '../../../ui/Toast.tsx'
import { useMediaQuery } from '../../../ui/useMediaQuery.ts'
import { hostsOf } from '../words.ts'
import { applies, type BulkWish, wordsOf } from './words.ts'

type Action = {
  label: string
  icon: Icon
  /** With how many of them it would do something. */
  able: number
  /** Where there is room, it stands in the bar. */
  inBar: boolean
  danger?: boolean
  onSelect: () => void
}

const power = (action: PowerAction): BulkWish => ({ kind: 'power', action })

const wishes: readonly { wish: BulkWish; label?: string; icon: Icon; inBar: boolean }[] = [
  { wish: power('start'), icon: PlayIcon, inBar: true },
  { wish: power('shutdown'), icon: PowerIcon, inBar: true },
  { wish: { kind: 'validate' }, icon: ShieldCheckIcon, inBar: true },
  { wish: { kind: 'snapshot' }, label: 'Snapshot', icon: CameraIcon, inBar: true },
  { wish: { kind: 'tag' }, icon: TagIcon, inBar: true },
  { wish: power('reboot'), icon: ArrowPathIcon, inBar: false },
  { wish: power('resume'), icon: PlayIcon, inBar: false },
  { wish: power('stop'), icon: StopIcon, inBar: false },
]

/** So many stand in the bar where there is little room; the others are in its menu. */
const FEW = 1

/** What can be done with the chosen VMs; floats over the table. */
export function BulkBar({
  vms,
  onClear,
  onWish,
  deletion,
}: {
  vms: readonly VmRow[]
  onClear: () => void
  onWish: (wish: BulkWish) => void
  /** Whether VMs may be deleted on this server. */
  deletion: boolean
}) {
  const hasRoom = useMediaQuery('(width >= 1024px)')
  const actions = actionsFor(vms, onWish, deletion)
  const inBar = hasRoom ? actions.filter((action) => action.inBar) : actions.slice(0, FEW)
  const others = actions.filter((action) => !inBar.includes(action))
  const [last] = inBar.filter(({ danger }) => danger)
  return (
    <>
      <div className="h-16" />
      <div className="pointer-events-none fixed inset-x-2 bottom-3 z-20 lg:left-16 xl:left-[220px]">
        <div
          role="region"
          aria-label="Actions for the chosen VMs"
          className="pointer-events-auto mx-auto flex w-fit max-w-full items-center gap-1 rounded-lg border border-edge bg-raised px-2 py-1.5 shadow-pop"
        >
          <span role="status" className="px-2 text-sm font-medium whitespace-nowrap text-ink">
            {vms.length.toLocaleString('en')} selected
          </span>
          <button
            type="button"
            className="link mr-2 flex min-h-11 items-center text-sm sm:min-h-6"
            onClick={onClear}
          >
            Clear
          </button>
          {inBar.map(
            (action) =>
              action !== last && <BarButton key={action.label} {...action} of={vms.length} />,
          )}
          {others.length > 0 && (
            <MenuButton
              size="sm"
              label="More actions for the chosen VMs"
              items={others.map(({ label, able, ...rest }) => ({
                ...rest,
                label: `${label}${shareOf(able, vms.length)}`,
              }))}
            />
          )}
          {last && <BarButton {...last} of={vms.length} />}
        </div>
      </div>
    </>
  )
}

/** ` 3 of 4`, where it is not all of them. */
const shareOf = (able: number, all: number): string =>
  able < all ? ` ${able.toLocaleString('en')} of ${all.toLocaleString('en')}` : ''

function BarButton({ label, icon, able, of, danger, onSelect }: Action & { of: number }) {
  return (
    <Button variant={danger ? 'danger' : 'ghost'} size="sm" icon={icon} onClick={onSelect}>
      {label}
      {able < of && <span className="text-muted">{shareOf(able, of).trim()}</span>}
    </Button>
  )
}

/** Those that would do something. */
const actionsFor = (
  vms: readonly VmRow[],
  onWish: (wish: BulkWish) => void,
  deletion: boolean,
): Action[] => {
  const all = vms.length
  const actions = wishes.map(({ wish, label = wordsOf(wish).verb, icon, inBar }): Action => {
    const able = vms.filter(({ state }) => applies(wish, state)).length
    return { label, icon, able, inBar, onSelect: () => onWish(wish) }
  })
  return [
    ...actions.filter(({ able }) => able > 0),
    {
      label: 'Copy hosts',
      icon: ClipboardDocumentIcon,
      able: all,
      inBar: true,
      onSelect: () => void copyHosts(vms),
    },
    ...(deletion
      ? [
          {
            label: `Delete ${all.toLocaleString('en')}`,
            icon: TrashIcon,
            able: all,
            inBar: true,
            danger: true,
            onSelect: () => onWish({ kind: 'delete' }),
          },
        ]
      : []),
  ]
}

const copyHosts = async (vms: readonly VmRow[]) => {
  const lines = hostsOf(vms)
  const count = lines === '' ? 0 : lines.split('\n').length
  if (count === 0) toast('bad', 'None of them has a known address')
  else if (await copyText(lines)) toast('ok', `${plural(count, 'line')} for /etc/hosts copied`)
  else toast('bad', 'The browser does not allow copying')
}
