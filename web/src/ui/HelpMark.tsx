import { Popover } from '@base-ui/react/popover'
import { QuestionMarkCircleIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useState } from 'react'

/** The question mark beside a label: opens on hover, on focus and on tap. Esc closes it. */
export function HelpMark({ about, children }: { about: string; children: ReactNode }) {
  const [open, setOpen] = useState(false)
  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger
        openOnHover
        delay={150}
        closeDelay={150}
        aria-label={`Help: ${about}`}
        // Focus by keyboard opens it; a tap focuses first and must not toggle it shut again.
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) setOpen(true)
        }}
        onBlur={() => setOpen(false)}
        className="-m-1 inline-flex size-6 flex-none items-center justify-center rounded-full text-muted transition-colors hover:text-ink"
      >
        <QuestionMarkCircleIcon className="size-4" aria-hidden />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner side="top" sideOffset={6} collisionPadding={12} className="z-50">
          <Popover.Popup
            initialFocus={false}
            finalFocus={false}
            className="max-w-80 rounded-md border border-edge bg-raised px-3 py-2 text-xs text-body shadow-pop outline-none transition-opacity duration-100 data-ending-style:opacity-0 data-starting-style:opacity-0"
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
