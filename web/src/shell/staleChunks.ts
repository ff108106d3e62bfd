/** After an upgrade of the server a page that is still open asks for chunks that are gone: it is loaded anew. */

const KEY = 'reloaded-at'
/** A second failure so soon is no upgrade: it is shown instead of loading the page again and again. */
const AGAIN_MS = 60_000

/** When the page was last loaded anew for this reason; null where the browser forbids to remember it. */
const lastReload = (): number | null => {
  try {
    return Number(sessionStorage.getItem(KEY) ?? 0)
  } catch {
    return null
  }
}

/** Loads the page anew when a part of it cannot be had, once. */
export const reloadOnStaleChunks = (): void => {
  window.addEventListener('vite:preloadError', (event) => {
    const last = lastReload()
    if (last === null || Date.now() - last < AGAIN_MS) return
    sessionStorage.setItem(KEY, String(Date.now()))
    event.preventDefault()
    window.location.reload()
  })
}
