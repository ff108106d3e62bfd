import { XMarkIcon } from '@heroicons/react/16/solid'
import {
  type ReactNode,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { IconButton } from './Button.tsx'
import { StatusGlyph } from './StatusGlyph.tsx'

type Item = { id: number; kind: 'ok' | 'bad'; title: string; action: ReactNode }

const STAY_MS = 5000
const MOST = 4

let items: readonly Item[] = []
let nextId = 1
const listeners = new Set<() => void>()

const change = (next: readonly Item[]) => {
  items = next
  for (const listener of listeners) listener()
}

/** Tells what came of an action. A failure stays until it is closed. */
export const toast = (kind: 'ok' | 'bad', title: string, action?: ReactNode): void => {
  change([...items, { id: nextId, kind, title, action }].slice(-MOST))
  nextId += 1
}

const close = (id: number) => change(items.filter((item) => item.id !== id))

function Toast({ item }: { item: Item }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held || item.kind === 'bad') return
    const timer = setTimeout(() => close(item.id), STAY_MS)
    return () => clearTimeout(timer)
  }, [held, item])
  return (
    <div
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
      className="flex items-center gap-3 rounded-md border border-edge bg-raised py-1 pr-1 pl-3 shadow-pop transition-[opacity,translate] duration-[180ms] starting:translate-y-2 starting:opacity-0"
    >
      <StatusGlyph kind={item.kind === 'bad' ? 'failed' : 'done'} size={16} />
      <p className="min-w-0 flex-1 text-xs font-medium text-ink">{item.title}</p>
      {item.action}
      <IconButton icon={XMarkIcon} label="Close" size="sm" onClick={() => close(item.id)} />
    </div>
  )
}

/** Where toasts appear; once, around the app. */
export function Toasts() {
  const shown = useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => items,
  )
  const box = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    // Shown anew each time: so it lies above a dialog that opened meanwhile.
    if (element.matches(':popover-open')) element.hidePopover()
    if (shown.length > 0) element.showPopover()
  }, [shown])
  return (
    <div
      ref={box}
      popover="manual"
      role="status"
      aria-live="polite"
      className="inset-auto right-4 bottom-4 m-0 w-[330px] max-w-[calc(100vw-32px)] flex-col gap-2 overflow-visible border-0 bg-transparent p-0 open:flex"
    >
      {shown.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </div>
  )
}
