import { createContext, type ReactNode, useContext, useId, useRef } from 'react'
import { type Align, place, type Side } from './place.ts'

const PopoverContext = createContext<string | undefined>(undefined)

/** Id of the panel around: for `popoverTarget` of a button that closes it. */
export const usePopoverId = (): string | undefined => useContext(PopoverContext)

/**
 * A button that opens a panel beside it; a click elsewhere or Esc closes it, and so does a button in it that has
 * `popoverTarget={usePopoverId()}`.
 */
export function PopoverButton({
  label,
  className,
  button,
  side = 'bottom',
  align = 'end',
  children,
}: {
  label: string
  className?: string | undefined
  button: ReactNode
  side?: Side | undefined
  align?: Align | undefined
  children: ReactNode
}) {
  const id = useId()
  const trigger = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  return (
    <>
      <button
        ref={trigger}
        type="button"
        aria-label={label}
        popoverTarget={id}
        className={className}
      >
        {button}
      </button>
      <div
        ref={panel}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        onBeforeToggle={(event) => {
          if (event.newState !== 'open') return
          // It has its size only once it is shown; a frame's callback comes after that and before the paint.
          requestAnimationFrame(() => {
            if (panel.current && trigger.current) place(panel.current, trigger.current, side, align)
          })
        }}
        className="inset-auto m-0 min-w-52 rounded-lg border border-edge bg-raised p-1 text-body shadow-pop"
      >
        <PopoverContext value={id}>{children}</PopoverContext>
      </div>
    </>
  )
}
