import { useSyncExternalStore } from 'react'

/** Whether a media query holds, kept current. */
export const useMediaQuery = (query: string): boolean =>
  useSyncExternalStore(
    (changed) => {
      const list = matchMedia(query)
      list.addEventListener('change', changed)
      return () => list.removeEventListener('change', changed)
    },
    () => matchMedia(query).matches,
  )

/** Below 640 px: cards instead of tables, large hit areas. */
export const usePhone = (): boolean => useMediaQuery('(width < 640px)')
