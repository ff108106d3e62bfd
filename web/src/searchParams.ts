/** Readers of what stands in an address: anything unexpected is as if it were not there. */

/** A text of at most `longest` characters. A number counts as its digits: the router reads `?q=10` as one. */
export const text = (value: unknown, longest: number): string | undefined => {
  const read = typeof value === 'number' ? String(value) : value
  return typeof read === 'string' && read !== '' && read.length <= longest ? read : undefined
}

/** One of these words. */
export const oneOf = <const V extends string>(value: unknown, words: readonly V[]): V | undefined =>
  words.find((word) => word === value)

/**
 * An address of this page to go to after sign-in. Another site's could lead a person away, and that of the sign-in page
 * itself nowhere.
 */
export const ownPath = (value: unknown): string | undefined =>
  typeof value === 'string' && /^\/(?![/\\]|sign-in\b)/.test(value) ? value : undefined
