import { useState } from 'react'
import { flushSync } from 'react-dom'
import { controlId } from './deploy-context.ts'
import { type Section, sectionOf } from './fields.ts'
import type { FormField } from './form.ts'

const atFirst: Record<'wide' | 'phone', readonly Section[]> = {
  wide: ['what', 'profile', 'drives', 'names', 'size', 'network'],
  phone: ['what', 'names'],
}

/** Which sections are unfolded. One that gets a blocker unfolds by itself, once; it can be folded again. */
export function useSections(phone: boolean, blocked: readonly Section[]) {
  const [open, setOpen] = useState<ReadonlySet<Section>>(
    () => new Set(atFirst[phone ? 'phone' : 'wide']),
  )
  const [unfolded, setUnfolded] = useState<readonly Section[]>([])
  const fresh = blocked.filter((section) => !unfolded.includes(section))
  if (fresh.length > 0 || unfolded.length > blocked.length) {
    setUnfolded(blocked)
    setOpen(new Set([...open, ...fresh]))
  }
  return {
    open,
    toggle: (section: Section, next: boolean) => {
      const changed = new Set(open)
      if (next) changed.add(section)
      else changed.delete(section)
      setOpen(changed)
    },
    /** Unfolds the section of a field and moves the focus to it; `path`: a part of it (`users.0.name`). */
    goTo: (field: FormField, path?: string) => {
      flushSync(() => setOpen(new Set(open).add(sectionOf(field))))
      focusField(field, path)
    },
  }
}

export function sectionId(section: Section): string {
  return `section-${section}`
}

/**
 * A field that is not shown just now (the node while VMs are spread) is stood for by its section. One whose section is
 * still on its way gets the focus when it is there.
 */
function focusField(field: FormField, path?: string): void {
  const find = () => partOf(field, path) ?? document.getElementById(controlId(field))
  const section = document.getElementById(sectionId(sectionOf(field)))
  const place = find() ?? section
  if (place === null) return
  focusIn(place)
  if (place === section) whenThere(find, section)
}

function focusIn(place: HTMLElement): void {
  const target = place.matches(controls)
    ? place
    : (place.querySelector<HTMLElement>('[aria-invalid]') ??
      place.querySelector<HTMLElement>('input:checked') ??
      place.querySelector<HTMLElement>(controls))
  target?.focus({ preventScroll: true })
  place.scrollIntoView({ block: 'center' })
}

const PATIENCE_MS = 3000

/** Unless the focus has gone elsewhere in the meantime. */
function whenThere(find: () => HTMLElement | null, section: HTMLElement): void {
  const focused = document.activeElement
  const observer = new MutationObserver(() => {
    const place = find()
    if (place === null) return
    observer.disconnect()
    if (document.activeElement === focused) focusIn(place)
  })
  observer.observe(section, { childList: true, subtree: true })
  setTimeout(() => observer.disconnect(), PATIENCE_MS)
}

/** The control of a part, else of what it is a part of. */
function partOf(field: FormField, path: string | undefined): HTMLElement | null {
  const parts = path?.split('.') ?? []
  for (let length = parts.length; length > 0; length -= 1) {
    const part = document.getElementById(`${controlId(field)}.${parts.slice(0, length).join('.')}`)
    if (part !== null) return part
  }
  return null
}

const controls = 'input, select, textarea, button'
