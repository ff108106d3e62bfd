/** What can be said of whatever was caught. */

/** What Node, PostgreSQL or a library calls an error in its `code`: `ENOENT`, `23505`. Empty where it has no name. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** Its own words. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error)
