/** What of the form is kept on this device, unread: reading it takes the schemas, which a page without a draft opens without. */

export const DRAFT_KEY = 'deploy-draft'
/** A form that was replaced (start over, deploy again) and can be had back. */
export const PREVIOUS_KEY = 'deploy-draft-previous'

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

/** Whether there is anything to read. */
export function isKept(storage: DraftStorage): boolean {
  return [DRAFT_KEY, PREVIOUS_KEY].some((key) => keptText(storage, key) !== null)
}

/** What stands in the storage; null where nothing does. */
export function keptText(storage: DraftStorage, key: string): string | null {
  return attempt(() => storage.getItem(key)) ?? null
}

/** Browsers throw where storage is forbidden or full; a draft is a convenience, so that is the same as having none. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch {
    return undefined
  }
}
