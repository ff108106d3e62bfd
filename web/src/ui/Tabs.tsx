import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

export type Tab<V extends string> = {
  value: V
  label: string
  count?: number | undefined
  content: ReactNode
}

/** Tabs with a line under the chosen one; the arrow keys move between them. */
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
  return (
    <Base.Root value={value} onValueChange={(next: V) => onChange(next)}>
      <Base.List
        aria-label={label}
        activateOnFocus
        className="flex gap-5 overflow-x-auto border-b border-line"
      >
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="-mb-px inline-flex h-11 flex-none items-center gap-1.5 border-b-2 border-transparent px-0.5 text-sm text-muted transition-colors hover:text-ink focus-visible:-outline-offset-2 data-active:border-accent-text data-active:font-medium data-active:text-ink sm:h-9"
          >
            {tab.label}
            {tab.count !== undefined && <span className="text-xs text-muted">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) => (
        <Base.Panel key={tab.value} value={tab.value} className="pt-4 outline-offset-4">
          {tab.content}
        </Base.Panel>
      ))}
    </Base.Root>
  )
}
