import { Toast as Base } from '@base-ui/react/toast'
import { XMarkIcon } from '@heroicons/react/16/solid'
import type { ReactNode } from 'react'
import { StatusGlyph } from './StatusGlyph.tsx'

const manager = Base.createToastManager<{ action?: ReactNode }>()

/** Tells what came of an action. A failure stays until it is closed. */
export const toast = (kind: 'ok' | 'bad', title: string, action?: ReactNode): void => {
  manager.add({
    title,
    type: kind,
    priority: kind === 'bad' ? 'high' : 'low',
    timeout: kind === 'bad' ? 0 : 5000,
    data: { action },
  })
}

function List() {
  const { toasts } = Base.useToastManager<{ action?: ReactNode }>()
  return toasts.map((item) => (
    <Base.Root
      key={item.id}
      toast={item}
      className="rounded-md border border-edge bg-raised shadow-pop transition-[opacity,translate] duration-[180ms] data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0"
    >
      <Base.Content className="flex items-center gap-3 py-1.5 pr-1.5 pl-3">
        <StatusGlyph kind={item.type === 'bad' ? 'failed' : 'done'} size={16} />
        <Base.Title className="min-w-0 flex-1 text-xs font-medium text-ink" />
        {item.data?.action}
        <Base.Close
          aria-label="Close"
          className="inline-flex size-7 flex-none items-center justify-center rounded-md text-muted hover:text-ink"
        >
          <XMarkIcon className="size-4" aria-hidden />
        </Base.Close>
      </Base.Content>
    </Base.Root>
  ))
}

/** Where toasts appear; once, around the app. */
export function Toasts() {
  return (
    <Base.Provider toastManager={manager} limit={4}>
      <Base.Portal>
        <Base.Viewport className="fixed right-4 bottom-4 z-60 flex w-[330px] max-w-[calc(100vw-32px)] flex-col gap-2 outline-none">
          <List />
        </Base.Viewport>
      </Base.Portal>
    </Base.Provider>
  )
}
