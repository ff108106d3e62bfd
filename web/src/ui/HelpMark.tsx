import { QuestionMarkCircleIcon } from '@heroicons/react/16/solid'
import { type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { place } from './place.ts'

/** `hovered` closes when the pointer leaves; `kept`, by tap, click or keyboard, stays until Esc or a tap elsewhere. */
type Open = 'no' | 'hovered' | 'kept'

/** The question mark beside a label: opens on hover, on focus and on tap. */
export function HelpMark({ about, children }: { about: string; children: ReactNode }) {
  const [open, setOpen] = useState<Open>('no')
  const id = useId()
  const root = useRef<HTMLSpanElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const box = useRef<HTMLSpanElement>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const shown = open !== 'no'

  useLayoutEffect(() => {
    if (!shown || !box.current || !button.current) return
    box.current.showPopover()
    place(box.current, button.current, 'top')
    const element = box.current
    return () => element.hidePopover()
  }, [shown])

  useEffect(() => {
    if (!shown) return
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') setOpen('no')
    }
    const press = (event: PointerEvent) => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) setOpen('no')
    }
    const hide = () => setOpen('no')
    document.addEventListener('keydown', key)
    document.addEventListener('pointerdown', press)
    window.addEventListener('scroll', hide, { passive: true })
    return () => {
      document.removeEventListener('keydown', key)
      document.removeEventListener('pointerdown', press)
      window.removeEventListener('scroll', hide)
    }
  }, [shown])

  const later = (next: Open, from: Open, delay: number) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setOpen((now) => (now === from ? next : now)), delay)
  }
  useEffect(() => () => clearTimeout(timer.current), [])

  return (
    <span
      ref={root}
      className="inline-flex"
      onPointerEnter={(event) => {
        if (event.pointerType === 'mouse') later('hovered', 'no', 150)
      }}
      onPointerLeave={(event) => {
        if (event.pointerType === 'mouse') later('no', 'hovered', 200)
      }}
    >
      <button
        ref={button}
        type="button"
        aria-label={`Help: ${about}`}
        aria-expanded={shown}
        aria-controls={id}
        onClick={() => setOpen(open === 'kept' ? 'no' : 'kept')}
        onFocus={(event) => {
          if (event.currentTarget.matches(':focus-visible')) setOpen('kept')
        }}
        onBlur={() => setOpen('no')}
        className="-m-1 inline-flex size-6 flex-none items-center justify-center rounded-full text-muted transition-colors hover:text-ink"
      >
        <QuestionMarkCircleIcon className="size-4" aria-hidden />
      </button>
      <span
        ref={box}
        id={id}
        popover="manual"
        className="inset-auto m-0 max-w-[min(20rem,calc(100vw-16px))] rounded-md border border-edge bg-raised px-3 py-2 text-xs font-normal text-body shadow-pop"
      >
        {children}
      </span>
    </span>
  )
}
