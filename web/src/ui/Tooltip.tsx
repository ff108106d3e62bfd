import {
  cloneElement,
  type ReactElement,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { place, type Side } from './place.ts'

const DELAY_MS = 400
const LEAVE_MS = 120

/**
 * A few words about a control, on hover and focus. Nothing that is needed to go on stands only here. The child takes the
 * words as `data-tip`; TooltipLayer, once around the app, shows them.
 */
export function Tooltip({
  text,
  side = 'top',
  children,
}: {
  text: string
  side?: Side
  children: ReactElement<Record<string, unknown>>
}) {
  return cloneElement(children, { 'data-tip': text, 'data-tip-side': side })
}

const sideOf = (anchor: Element): Side => {
  const side = anchor.getAttribute('data-tip-side')
  return side === 'right' || side === 'left' || side === 'bottom' ? side : 'top'
}

/** Shows the tooltip of whatever is hovered or has the keyboard's focus. */
export function TooltipLayer() {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const text = anchor?.getAttribute('data-tip') ?? null

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const change = (next: Element | null, delay: number) => {
      clearTimeout(timer)
      timer = setTimeout(() => setAnchor(next), delay)
    }
    const anchorOf = (target: EventTarget | null) =>
      target instanceof Element ? target.closest('[data-tip]') : null
    const over = (event: PointerEvent) => {
      if (event.pointerType !== 'mouse') return
      // The words themselves may be pointed at, to read them at one's ease.
      if (event.target instanceof Node && box.current?.contains(event.target)) clearTimeout(timer)
      else change(anchorOf(event.target), anchorOf(event.target) ? DELAY_MS : LEAVE_MS)
    }
    const focus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible'))
        change(anchorOf(event.target), 0)
    }
    const hide = () => change(null, 0)
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') hide()
    }
    document.addEventListener('pointerover', over)
    document.addEventListener('focusin', focus)
    document.addEventListener('focusout', hide)
    document.addEventListener('pointerdown', hide)
    document.addEventListener('keydown', key)
    document.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      clearTimeout(timer)
      document.removeEventListener('pointerover', over)
      document.removeEventListener('focusin', focus)
      document.removeEventListener('focusout', hide)
      document.removeEventListener('pointerdown', hide)
      document.removeEventListener('keydown', key)
      document.removeEventListener('scroll', hide, { capture: true })
    }
  }, [])

  useLayoutEffect(() => {
    const element = box.current
    if (!element) return
    // Shown anew each time: so it lies above a dialog that opened meanwhile.
    if (element.matches(':popover-open')) element.hidePopover()
    if (anchor?.isConnected && text !== null) {
      element.showPopover()
      place(element, anchor, sideOf(anchor))
    }
  }, [anchor, text])

  return (
    <div
      ref={box}
      popover="manual"
      role="tooltip"
      className="inset-auto m-0 max-w-72 rounded-md border border-edge bg-raised px-2 py-1 text-xs text-ink shadow-pop"
    >
      {text}
    </div>
  )
}
