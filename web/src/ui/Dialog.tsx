import { XMarkIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { IconButton } from './Button.tsx'
import { cx } from './cx.ts'

/** The browser's own modal: it keeps the focus inside, closes by Esc, and gives the focus back. */
function Modal({
  open,
  onOpenChange,
  labelledBy,
  className,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  labelledBy: string
  className: string
  children: ReactNode
}) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (!element) return
    if (open && !element.open) {
      element.showModal()
      // What is asked for comes before the cross that closes.
      element.querySelector<HTMLElement>('[data-fields] :is(input, textarea, select)')?.focus()
    }
    if (!open && element.open) element.close()
    const backdrop = (event: MouseEvent) => {
      if (event.target === element) element.close()
    }
    element.addEventListener('click', backdrop)
    return () => element.removeEventListener('click', backdrop)
  }, [open])
  return (
    <dialog
      ref={dialog}
      aria-labelledby={labelledBy}
      onClose={() => onOpenChange(false)}
      className={cx(
        'fixed max-w-none border-edge bg-surface p-0 text-body shadow-pop outline-none backdrop:bg-backdrop',
        className,
      )}
    >
      {open && children}
    </dialog>
  )
}

/** A question in the middle of the page. `footer` holds the buttons, the last one does it. `wide` has room for a table. */
export function Dialog({
  open,
  onOpenChange,
  title,
  footer,
  wide = false,
  children,
}: {
  open: boolean
  onOpenChange: (open: boolean) => void
  title: string
  footer: ReactNode
  wide?: boolean | undefined
  children: ReactNode
}) {
  const id = useId()
  return (
    <Modal
      open={open}
      onOpenChange={onOpenChange}
      labelledBy={id}
      className={cx(
        'inset-0 m-auto h-fit max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)]! overflow-y-auto rounded-xl border transition-[opacity,scale] duration-[180ms] ease-out starting:open:scale-98 starting:open:opacity-0',
        wide ? 'w-[860px]' : 'w-[480px]',
      )}
    >
      <div className="flex items-center gap-3 border-b border-line py-3 pr-3 pl-5">
        <h2 id={id} className="flex-1 text-lg">
          {title}
        </h2>
        <IconButton icon={XMarkIcon} label="Close" onClick={() => onOpenChange(false)} />
      </div>
      <div data-fields className="space-y-4 px-5 py-4">
        {children}
      </div>
      <div className="flex flex-col-reverse justify-end gap-2 border-t border-line px-5 py-3 sm:flex-row">
        {footer}
      </div>
    </Modal>
  )
}

/** A panel from the edge: the plan, a log, the menu on narrow screens. */
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
  const id = useId()
  return (
    <Modal
      open={open}
      onOpenChange={onOpenChange}
      labelledBy={id}
      className={cx(
        'inset-y-0 m-0 h-dvh max-h-none w-full transition-[translate] duration-[180ms] ease-out',
        side === 'right'
          ? 'right-0 left-auto border-l starting:open:translate-x-full min-[900px]:w-[748px]'
          : 'right-auto left-0 border-r starting:open:-translate-x-full',
        className,
      )}
    >
      <div className="flex h-full flex-col">
        <div className="flex items-start gap-3 px-4 pt-4 pb-2 sm:px-6">
          <div className="min-w-0 flex-1">
            <h2 id={id} className="text-lg">
              {title}
            </h2>
            {description !== undefined && <p className="text-sm text-muted">{description}</p>}
          </div>
          <IconButton
            icon={XMarkIcon}
            label="Close"
            className="-mr-2"
            onClick={() => onOpenChange(false)}
          />
        </div>
        <div className="min-h-0 flex-1 overflow-y-auto px-4 pb-6 sm:px-6">{children}</div>
        {footer !== undefined && (
          <div className="flex flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-3 sm:px-6">
            {footer}
          </div>
        )}
      </div>
    </Modal>
  )
}
