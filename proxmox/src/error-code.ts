/** What Node, PostgreSQL or a library calls an error in its `code`: `ENOENT`, `23505`. Empty where it has no name. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''
