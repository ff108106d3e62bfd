/** The form as it was last typed, kept on this device so that a reload or a detour loses nothing. It holds no secrets. */
import { withoutSecrets } from './cloud-init/state.ts'
import type { DeployForm } from './form.ts'
import { attempt, DRAFT_KEY, type DraftStorage, PREVIOUS_KEY } from './kept-text.ts'
import { answersWithoutSecrets } from './scratch/state.ts'
import { tableWithoutSecrets } from './table/secrets.ts'

/** What stands in the storage, as JSON. */
type Stored = { version: 1; savedAt: number; form: DeployForm }

export type Draft = { savedAt: Date; form: DeployForm }

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
