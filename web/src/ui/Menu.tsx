import { Menu as Base } from '@base-ui/react/menu'
import type { ReactElement, ReactNode } from 'react'
import type { Icon } from './Button.tsx'

/** A list of actions that opens from a button. */
export function Menu({
  trigger,
  side = 'bottom',
  children,
}: {
  trigger: ReactElement
  side?: 'top' | 'bottom' | undefined
  children: ReactNode
}) {
  return (
    <Base.Root modal={false}>
      <Base.Trigger render={trigger} />
      <Base.Portal>
        <Base.Positioner
          side={side}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          className="z-50 outline-none"
        >
          <Base.Popup className="min-w-48 rounded-lg border border-edge bg-raised p-1 shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0">
            {children}
          </Base.Popup>
        </Base.Positioner>
      </Base.Portal>
    </Base.Root>
  )
}

const item =
  'flex min-h-11 w-full cursor-pointer items-center gap-2 rounded-sm px-2 text-sm text-body outline-none select-none data-highlighted:bg-accent-soft data-highlighted:text-ink sm:min-h-8'

export function MenuItem({
  icon: IconShape,
  onSelect,
  children,
}: {
  icon?: Icon | undefined
  onSelect: () => void
  children: ReactNode
}) {
  return (
    <Base.Item className={item} onClick={onSelect}>
      {IconShape && <IconShape className="size-4 text-muted" aria-hidden />}
      {children}
    </Base.Item>
  )
}

/** One of several that exclude each other; the chosen one has a dot. */
export function MenuChoice<V extends string>({
  label,
  value,
  onChange,
  options,
}: {
  label: string
  value: V
  onChange: (value: V) => void
  options: readonly { value: V; label: string; icon?: Icon }[]
}) {
  return (
    <Base.Group>
      <Base.GroupLabel className="px-2 py-1 text-2xs font-medium text-muted">
        {label}
      </Base.GroupLabel>
      <Base.RadioGroup value={value} onValueChange={(next: V) => onChange(next)}>
        {options.map(({ value: own, label: text, icon: IconShape }) => (
          <Base.RadioItem key={own} value={own} className={item} closeOnClick>
            {IconShape && <IconShape className="size-4 text-muted" aria-hidden />}
            <span className="flex-1">{text}</span>
            <Base.RadioItemIndicator className="size-1.5 rounded-full bg-accent-text" />
          </Base.RadioItem>
        ))}
      </Base.RadioGroup>
    </Base.Group>
  )
}

export function MenuSeparator() {
  return <Base.Separator className="my-1 h-px bg-line" />
}
