import { type KeyboardEvent, type ReactNode, useEffect, useId } from 'react'
import { cx } from './cx.ts'

export type Tab<V extends string> = {
  value: V
  label: string
  count?: number | undefined
  content: ReactNode
}

/** Tabs with a line under the chosen one; the arrow keys, Home and End move between them. */
export function Tabs<V extends string>({
  value,
  onChange,
  tabs,
  label,
}: {
  value: V
  onChange: (value: V) => void
  tabs: readonly Tab<V>[]
  label: string
}) {
  const id = useId()
  const at = tabs.findIndex((tab) => tab.value === value)
  const move = (event: KeyboardEvent<HTMLDivElement>) => {
    const targets: Record<string, number> = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at - 1 + tabs.length) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }
    const target = targets[event.key]
    const next = target === undefined ? undefined : tabs[target]
    if (!next || target === undefined) return
    event.preventDefault()
    onChange(next.value)
    const button = event.currentTarget.children[target]
    if (button instanceof HTMLElement) button.focus()
  }
  // Where the tabs are wider than the screen, the chosen one comes into view.
  useEffect(() => {
    const chosen = document.getElementById(`${id}-${value}`)
    chosen?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [id, value])
  return (
    <div>
      <div
        role="tablist"
        aria-label={label}
        tabIndex={-1}
        onKeyDown={move}
        className="flex gap-5 scroll-px-8 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            onClick={() => onChange(tab.value)}
            className={cx(
              '-mb-px inline-flex h-11 flex-none items-center gap-1.5 border-b-2 px-0.5 text-sm transition-colors focus-visible:-outline-offset-2 sm:h-9',
              tab.value === value
                ? 'border-accent-text font-medium text-ink'
                : 'border-transparent text-muted hover:text-ink',
            )}
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-xs text-muted">{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="pt-4">
        {tabs[at]?.content}
      </div>
    </div>
  )
}
