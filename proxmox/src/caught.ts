/** What can be said of whatever was caught. */

/** What Node, PostgreSQL or a library calls an error in its `code`: `ENOENT`, `23505`. Empty where it has no name. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Whether somebody's patience was over: a call was given up by the signal that counts its time. */
export const isTimeout = (error: unknown): boolean =>
  error instanceof Error && error.name === 'TimeoutError'

/** Its own words. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
