/** After an upgrade of the server a page that is still open asks for chunks that are gone: it is loaded anew. */

const KEY = 'reloaded-at'
/** A second failure so soon is no upgrade: it is shown instead of loading the page again and again. */
const AGAIN_MS = 60_000
/** Between two questions whether the server is back. */
const PAUSE_MS = 2000

/** When the page was last loaded anew for this reason; null where the browser forbids to remember it. */
const lastReload = (): number | null => {
  try {
    return Number(sessionStorage.getItem(KEY) ?? 0)
  } catch {
    return null
  }
}

const answers = (): Promise<boolean> =>
  fetch('/api/v1/health').then(
    ({ ok }) => ok,
    () => false,
  )

/** Not while nobody answers: the browser's own error page would stand in the place of what is shown. */
const reloadOnceAnswered = async (): Promise<void> => {
  while (!(await answers())) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  sessionStorage.setItem(KEY, String(Date.now()))
  window.location.reload()
}

/** Loads the page anew when a part of it cannot be had, once. */
export const reloadOnStaleChunks = (): void => {
  let waiting = false
  window.addEventListener('vite:preloadError', (event) => {
    const last = lastReload()
    if (last === null || Date.now() - last < AGAIN_MS) return
    event.preventDefault()
    if (waiting) return
    waiting = true
    void reloadOnceAnswered()
  })
}
