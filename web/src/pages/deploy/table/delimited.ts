/** Tables as text: what a spreadsheet puts on the clipboard (tabs), and CSV with commas or semicolons. */

export type Delimiter = '\t' | ',' | ';'

/** Lines of cells. Quotes work as in RFC 4180; lines with nothing in them are left out. */
export function parseDelimited(text: string): string[][] {
  const delimiter = delimiterOf(text)
  const lines: string[][] = []
  let line: string[] = []
  let at = 0
  while (at <= text.length) {
    const { cell, end } = cellAt(text, at, delimiter)
    line.push(cell)
    at = end + 1
    if (text[end] === delimiter) continue
    if (text[end] === '\r' && text[end + 1] === '\n') at += 1
    if (line.some((each) => each.trim() !== '')) lines.push(line)
    line = []
  }
  return lines
}

/** Tabs win; else what the first line has more of. Not counted between quotes. */
export function delimiterOf(text: string): Delimiter {
  const [head = ''] = text.replaceAll(/"(?:[^"]|"")*"/g, '').split(/\r\n|[\r\n]/, 1)
  if (head.includes('\t')) return '\t'
  return head.split(';').length > head.split(',').length ? ';' : ','
}

/** The cell that begins at a place, and where it ends: at a delimiter, a line break, or the end of the text. */
function cellAt(text: string, start: number, delimiter: Delimiter): { cell: string; end: number } {
  if (text[start] !== '"') {
    let end = start
    while (end < text.length && text[end] !== delimiter && !isBreak(text[end])) end += 1
    return { cell: text.slice(start, end), end }
  }
  let cell = ''
  let at = start + 1
  while (at < text.length) {
    if (text[at] === '"' && text[at + 1] !== '"') break
    if (text[at] === '"') at += 1
    cell += text[at] ?? ''
    at += 1
  }
  let end = Math.min(at + 1, text.length)
  // Whatever stands behind the closing quote belongs to the cell, as spreadsheets read it.
  while (end < text.length && text[end] !== delimiter && !isBreak(text[end])) {
    cell += text[end] ?? ''
    end += 1
  }
  return { cell, end }
}

function isBreak(character: string | undefined): boolean {
  return character === '\n' || character === '\r'
}

/** Lines of cells as text, quoted where it takes that. */
export function formatDelimited(
  lines: readonly (readonly string[])[],
  delimiter: Delimiter,
): string {
  const quoted = (cell: string) =>
    /["\r\n]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell
  return lines.map((line) => line.map(quoted).join(delimiter)).join('\r\n')
}
