import { useSyncExternalStore } from 'react'

/** What the person chose; `system` follows the device. public/theme.js reads the same key before the first paint. */
export type ThemeChoice = 'system' | 'dark' | 'light'

const KEY = 'theme'
const systemIsLight = matchMedia('(prefers-color-scheme: light)')
const listeners = new Set<() => void>()

const read = (): ThemeChoice => {
  try {
    const kept = localStorage.getItem(KEY)
    return kept === 'dark' || kept === 'light' ? kept : 'system'
  } catch {
    return 'system'
  }
}

let choice = read()

const apply = () => {
  const light = choice === 'light' || (choice === 'system' && systemIsLight.matches)
  document.documentElement.dataset['theme'] = light ? 'light' : 'dark'
}
systemIsLight.addEventListener('change', apply)

/** Changes the theme and keeps the choice in this browser. */
export const chooseTheme = (next: ThemeChoice): void => {
  choice = next
  try {
    if (next === 'system') localStorage.removeItem(KEY)
    else localStorage.setItem(KEY, next)
  } catch {
    // Storage may be forbidden; the choice then holds until the page is left.
  }
  apply()
  for (const listener of listeners) listener()
}

export const useThemeChoice = (): ThemeChoice =>
  useSyncExternalStore(
    (changed) => {
      listeners.add(changed)
      return () => listeners.delete(changed)
    },
    () => choice,
  )
