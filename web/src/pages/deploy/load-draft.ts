/** Reads the forms that are kept on this device. */
import { z } from 'zod'
import type { Draft } from './draft.ts'
import { formSchema } from './form-schema.ts'
import type { DeployForm } from './form.ts'
import { attempt, DRAFT_KEY, type DraftStorage, keptText, PREVIOUS_KEY } from './kept-text.ts'

const storedSchema = z.object({
  version: z.literal(1),
  savedAt: z.number(),
  form: formSchema,
})

/** The saved draft; null where there is none, or one that this version of the page cannot read. */
export function loadDraft(storage: DraftStorage): Draft | null {
  return read(storage, DRAFT_KEY)
}

/** The form that was put aside last. */
export function loadPrevious(storage: DraftStorage): DeployForm | null {
  return read(storage, PREVIOUS_KEY)?.form ?? null
}

function read(storage: DraftStorage, key: string): Draft | null {
  const text = keptText(storage, key)
  if (text === null) return null
  const stored = storedSchema.safeParse(attempt((): unknown => JSON.parse(text)))
  return stored.success ? { savedAt: new Date(stored.data.savedAt), form: stored.data.form } : null
}
