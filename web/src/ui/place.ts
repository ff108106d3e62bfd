export type Side = 'top' | 'bottom' | 'left' | 'right'
export type Align = 'center' | 'start' | 'end'

const GAP = 6
const MARGIN = 8

const clamp = (value: number, low: number, high: number) => Math.max(low, Math.min(high, value))

/**
 * Puts a box of the top layer (`position: fixed`) beside its anchor: on the wished side, on the opposite one where there
 * is more room, always inside the window.
 */
export const place = (
  box: HTMLElement,
  anchor: Element,
  side: Side = 'top',
  align: Align = 'center',
): void => {
  const at = anchor.getBoundingClientRect()
  const { offsetWidth: width, offsetHeight: height } = box
  const { clientWidth, clientHeight } = document.documentElement
  const along = (start: number, length: number, own: number) =>
    align === 'start' ? start : align === 'end' ? start + length - own : start + (length - own) / 2
  const horizontal = side === 'left' || side === 'right'
  const before = (horizontal ? at.left - width : at.top - height) - GAP
  const after = (horizontal ? at.right : at.bottom) + GAP
  const room = horizontal ? clientWidth - width : clientHeight - height
  const first = side === 'top' || side === 'left'
  const fits = first ? before >= MARGIN : after <= room - MARGIN
  const main = fits === first ? before : after
  const cross = horizontal ? along(at.top, at.height, height) : along(at.left, at.width, width)
  const left = horizontal ? main : cross
  const top = horizontal ? cross : main
  box.style.left = `${clamp(left, MARGIN, Math.max(MARGIN, clientWidth - width - MARGIN))}px`
  box.style.top = `${clamp(top, MARGIN, Math.max(MARGIN, clientHeight - height - MARGIN))}px`
}
