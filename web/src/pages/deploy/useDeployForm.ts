import { useState } from 'react'
import { type Draft, saveDraft } from './draft.ts'
import { type DeployForm, emptyForm, type FormField } from './form.ts'
import { browserStorage, pageMemory } from './kept-text.ts'

export type DraftState =
  | { state: 'empty' }
  | { state: 'saved'; at: Date }
  /** The browser keeps nothing beyond this page. */
  | { state: 'not-kept' }

export type FormState = {
  form: DeployForm
  draft: DraftState
  change: (patch: Partial<DeployForm>) => void
  /** A field was left: from now on it shows what is wrong with it. */
  touch: (field: FormField) => void
  /** Shows what is wrong with every field, also with those that nobody has been in. */
  reveal: () => void
  /** Another form in place of this one. */
  replace: (form: DeployForm) => void
  /** How often that was done: what belongs to the form before must not outlive it. */
  generation: number
  shows: (field: FormField) => boolean
}

/** The form's values, kept on this device with every change, and which fields have been left once. */
export function useDeployForm(
  initial: () => Draft | { savedAt: null; form: DeployForm },
): FormState {
  const [start] = useState(initial)
  const [form, setForm] = useState(start.form)
  const [draft, setDraft] = useState<DraftState>(
    start.savedAt === null ? { state: 'empty' } : { state: 'saved', at: start.savedAt },
  )
  const [touched, setTouched] = useState<ReadonlySet<FormField>>(new Set())
  const [revealed, setRevealed] = useState(false)
  const [generation, setGeneration] = useState(0)

  const put = (next: DeployForm) => {
    const now = new Date()
    const storage = browserStorage()
    const kept = saveDraft(storage, next, now) && storage !== pageMemory
    setForm(next)
    if (isEmpty(next)) setDraft({ state: 'empty' })
    else setDraft(kept ? { state: 'saved', at: now } : { state: 'not-kept' })
  }
  return {
    form,
    draft,
    change: (patch) => put({ ...form, ...patch }),
    touch: (field) => {
      if (!touched.has(field)) setTouched(new Set(touched).add(field))
    },
    reveal: () => setRevealed(true),
    replace: (next) => {
      put(next)
      setTouched(new Set())
      setRevealed(false)
      setGeneration(generation + 1)
    },
    generation,
    shows: (field) => revealed || touched.has(field),
  }
}

export function isEmpty(form: DeployForm): boolean {
  return sameForm(form, emptyForm)
}

/** Both are made with their fields in the same order. */
export function sameForm(one: DeployForm, other: DeployForm): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
