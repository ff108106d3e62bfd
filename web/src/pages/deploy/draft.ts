/** The form as it was last typed, kept on this device so that a reload or a detour loses nothing. It holds no secrets. */
import { z } from 'zod'
import { withoutSecrets } from './cloud-init/state.ts'
import { formSchema, type DeployForm } from './form.ts'
import { answersWithoutSecrets } from './scratch/state.ts'
import { tableWithoutSecrets } from './table/first-boot.ts'

const DRAFT_KEY = 'deploy-draft'
/** A form that was replaced (start over, deploy again) and can be had back. */
const PREVIOUS_KEY = 'deploy-draft-previous'

const storedSchema = z.object({
  version: z.literal(1),
  savedAt: z.number(),
  form: formSchema,
})

export type Draft = { savedAt: Date; form: DeployForm }

/** What of the browser's storage a draft needs. */
export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const items = new Map<string, string>()

/** Stands in where the browser forbids storage: lasts as long as the page does. */
export const pageMemory: DraftStorage = {
  getItem: (key) => items.get(key) ?? null,
  setItem: (key, value) => void items.set(key, value),
  removeItem: (key) => void items.delete(key),
}

/** The browser's storage, or the page's memory where that is forbidden. */
export function browserStorage(): DraftStorage {
  return attempt(() => localStorage) ?? pageMemory
}

/** The saved draft; null where there is none, or one that this version of the page cannot read. */
export function loadDraft(storage: DraftStorage): Draft | null {
  return read(storage, DRAFT_KEY)
}

/** Saves the form; false where the browser keeps nothing (private window, storage full). */
export function saveDraft(storage: DraftStorage, form: DeployForm, now: Date): boolean {
  return write(storage, DRAFT_KEY, form, now)
}

export function clearDraft(storage: DraftStorage): void {
  attempt(() => storage.removeItem(DRAFT_KEY))
}

/** Puts a form aside that is about to be replaced. */
export function keepPrevious(storage: DraftStorage, form: DeployForm, now: Date): void {
  write(storage, PREVIOUS_KEY, form, now)
}

/** The form that was put aside last. */
export function loadPrevious(storage: DraftStorage): DeployForm | null {
  return read(storage, PREVIOUS_KEY)?.form ?? null
}

export function clearPrevious(storage: DraftStorage): void {
  attempt(() => storage.removeItem(PREVIOUS_KEY))
}

function read(storage: DraftStorage, key: string): Draft | null {
  const text = attempt(() => storage.getItem(key))
  if (text === null || text === undefined) return null
  const stored = storedSchema.safeParse(attempt((): unknown => JSON.parse(text)))
  return stored.success ? { savedAt: new Date(stored.data.savedAt), form: stored.data.form } : null
}

function write(storage: DraftStorage, key: string, form: DeployForm, now: Date): boolean {
  const kept = {
    ...form,
    cloudInit: withoutSecrets(form.cloudInit),
    answers: answersWithoutSecrets(form.answers),
    table: tableWithoutSecrets(form.table),
  }
  const stored = { version: 1, savedAt: now.getTime(), form: kept } satisfies z.infer<
    typeof storedSchema
  >
  return (
    attempt(() => {
      storage.setItem(key, JSON.stringify(stored))
      return true
    }) ?? false
  )
}

/** Browsers throw where storage is forbidden or full; a draft is a convenience, so that is the same as having none. */
function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
