/** The form as it was last typed, kept on this device so that a reload or a detour loses nothing. It holds no secrets. */
import { withoutSecrets } from './cloud-init/state.ts'
import type { DeployForm } from './form.ts'
import { answersWithoutSecrets } from './scratch/state.ts'
import { tableWithoutSecrets } from './table/secrets.ts'

export const DRAFT_KEY = 'deploy-draft'
/** A form that was replaced (start over, deploy again) and can be had back. */
export const PREVIOUS_KEY = 'deploy-draft-previous'

/** What stands in the storage, as JSON. */
type Stored = { version: 1; savedAt: number; form: DeployForm }

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

/** Whether there is anything to load; reading it takes the schemas, which a page without a draft opens without. */
export function isKept(storage: DraftStorage): boolean {
  return [DRAFT_KEY, PREVIOUS_KEY].some((key) => keptText(storage, key) !== null)
}

/** What stands in the storage; null where nothing does. */
export function keptText(storage: DraftStorage, key: string): string | null {
  return attempt(() => storage.getItem(key)) ?? null
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

export function clearPrevious(storage: DraftStorage): void {
  attempt(() => storage.removeItem(PREVIOUS_KEY))
}

function write(storage: DraftStorage, key: string, form: DeployForm, now: Date): boolean {
  const kept = {
    ...form,
    cloudInit: withoutSecrets(form.cloudInit),
    answers: answersWithoutSecrets(form.answers),
    table: tableWithoutSecrets(form.table),
  }
  const stored: Stored = { version: 1, savedAt: now.getTime(), form: kept }
  return (
    attempt(() => {
      storage.setItem(key, JSON.stringify(stored))
      return true
    }) ?? false
  )
}

/** Browsers throw where storage is forbidden or full; a draft is a convenience, so that is the same as having none. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
