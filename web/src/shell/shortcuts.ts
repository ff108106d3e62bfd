import { useNavigate } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'

/** What each key does, for the dialog and for the listener. */
export const shortcuts = [
  { key: 'n', does: 'New deployment' },
  { key: '/', does: 'To the search box of the page' },
  { key: 'j', does: 'Next row' },
  { key: 'k', does: 'Row before' },
  { key: '↵', does: 'Open the row' },
  { key: '?', does: 'These shortcuts' },
] as const

/** Letters belong to what is being typed into, and to an open dialog or list. */
const takesKeys = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest(
    // A ticked box takes no letters.
    'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable], [role=dialog], [role=listbox], [role=menu]',
  ) !== null

/** Rows that `j` and `k` walk carry `data-row` on what takes the focus. */
const moveRow = (by: 1 | -1) => {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row]')]
  const at = rows.findIndex((row) => row === document.activeElement)
  const next = at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}

/** Keys that work everywhere while nothing is being typed. */
export const useShortcuts = (onHelp: () => void): void => {
  const navigate = useNavigate()
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    // Of a press inside of a shadow root, the event itself names only its host.
    if (takesKeys(event.composedPath()[0] ?? null)) return
    switch (event.key) {
      case 'n':
        void navigate({ to: '/deploy' })
        break
      case '/':
        document.querySelector<HTMLInputElement>('main input[type=search]')?.focus()
        break
      case 'j':
        moveRow(1)
        break
      case 'k':
        moveRow(-1)
        break
      case '?':
        onHelp()
        break
      default:
        return
    }
    event.preventDefault()
  })
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event)
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [])
}
