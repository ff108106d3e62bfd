import { Dialog as Base } from '@base-ui/react/dialog'
import { XMarkIcon } from '@heroicons/react/16/solid'
import type { ReactNode } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'

const backdrop =
  'fixed inset-0 bg-backdrop transition-opacity duration-[180ms] data-ending-style:opacity-0 data-starting-style:opacity-0'

/** A question in the middle of the page. `footer` holds the buttons, the last one does it. */
export function Dialog({
  open,
  onOpenChange,
  title,
  footer,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  footer: ReactNode
  children: ReactNode
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={cx(backdrop, 'z-40')} />
        <Base.Popup className="fixed top-1/2 left-1/2 z-40 max-h-[calc(100dvh-32px)] w-[480px] max-w-[calc(100vw-32px)] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-xl border border-edge bg-surface shadow-pop outline-none transition-[opacity,scale] duration-[180ms] ease-out data-ending-style:scale-98 data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0">
          <div className="flex items-center gap-3 border-b border-line py-3 pr-3 pl-5">
            <Base.Title className="flex-1 text-lg font-semibold">{title}</Base.Title>
            <Base.Close render={<IconButton icon={XMarkIcon} label="Close" />} />
          </div>
          <div className="space-y-4 px-5 py-4">{children}</div>
          <div className="flex flex-col-reverse justify-end gap-2 border-t border-line px-5 py-3 sm:flex-row">
            {footer}
          </div>
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}

/** A panel from the right edge: the plan, a log, help. Keeps the focus inside; Esc closes it. */
export function Drawer({
  open,
  onOpenChange,
  title,
  description,
  footer,
  side = 'right',
  className,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: ReactNode
  description?: ReactNode | undefined
  footer?: ReactNode | undefined
  side?: 'left' | 'right' | undefined
  className?: string | undefined
  children: ReactNode
}) {
  return (
    <Base.Root open={open} onOpenChange={onOpenChange}>
      <Base.Portal>
        <Base.Backdrop className={cx(backdrop, 'z-30')} />
        <Base.Popup
          className={cx(
            'fixed inset-y-0 z-30 flex w-full flex-col border-edge bg-surface shadow-pop outline-none transition-transform duration-[180ms] ease-out',
            side === 'right'
              ? 'right-0 border-l data-ending-style:translate-x-full data-starting-style:translate-x-full min-[900px]:w-[748px]'
              : 'left-0 border-r data-ending-style:-translate-x-full data-starting-style:-translate-x-full',
            className,
          )}
        >
          <div className="flex items-start gap-3 px-4 pt-4 pb-2 sm:px-6">
            <div className="min-w-0 flex-1">
              <Base.Title className="text-lg font-semibold">{title}</Base.Title>
              {description !== undefined && (
                <Base.Description className="text-sm text-muted">{description}</Base.Description>
              )}
            </div>
            <Base.Close render={<IconButton icon={XMarkIcon} label="Close" className="-mr-2" />} />
          </div>
          <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 sm:px-6">{children}</div>
          {footer !== undefined && (
            <div className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-3 sm:px-6">
              {footer}
            </div>
          )}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
