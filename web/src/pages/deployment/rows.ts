/** Which rows a person opened, as it stands in the address: ids joined by commas. */

export const readRows = (text: string | undefined): ReadonlySet<string> =>
  new Set(text === undefined || text === '' ? [] : text.split(','))

/** The text after a row was opened or closed; undefined where none is open. */
export const toggleRow = (text: string | undefined, id: string): string | undefined => {
  const rows = new Set(readRows(text))
  if (!rows.delete(id)) rows.add(id)
  return rows.size === 0 ? undefined : [...rows].join(',')
}
