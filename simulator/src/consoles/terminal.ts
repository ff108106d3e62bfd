/** What a text console shows: 80 by 25 characters, and where the next one goes. */
export type Screen = { lines: string[]; cursor: { row: number; column: number } | undefined }

export type Terminal = {
  /** Understands carriage return, line feed, backspace, and the sequences that clear the screen. */
  write: (text: string) => void
  screen: () => Screen
}

export const columns = 80
export const rows = 25

const clear = '\u001B[H\u001B[2J'

/** The screen that clears itself: what a shell writes for `clear`. */
export const clearScreen = clear

/** Lines as a screen shows them: cut to its width, the last ones where there are too many. */
export const screenOfLines = (lines: readonly string[], cursorAtEnd: boolean): Screen => {
  const shown = lines.map((line) => line.slice(0, columns)).slice(-rows)
  const last = shown.at(-1) ?? ''
  return {
    lines: shown,
    cursor: cursorAtEnd
      ? { row: Math.max(0, shown.length - 1), column: Math.min(last.length, columns - 1) }
      : undefined,
  }
}

export const createTerminal = (): Terminal => {
  let lines = ['']
  let column = 0

  const put = (character: string) => {
    if (column === columns) newLine()
    const line = lines.at(-1) ?? ''
    lines[lines.length - 1] =
      line.padEnd(column).slice(0, column) + character + line.slice(column + 1)
    column += 1
  }
  const newLine = () => {
    lines.push('')
    lines = lines.slice(-rows)
    column = 0
  }
  const writeCharacter = (character: string) => {
    switch (character) {
      case '\r':
        column = 0
        return
      case '\n':
        newLine()
        return
      case '\b':
        column = Math.max(0, column - 1)
        return
      default:
        if (character >= ' ') put(character)
    }
  }

  return {
    write: (text) => {
      const [first = '', ...rest] = text.split(clear)
      for (const character of first) writeCharacter(character)
      for (const part of rest) {
        lines = ['']
        column = 0
        for (const character of part) writeCharacter(character)
      }
    },
    screen: () => ({
      lines: [...lines],
      cursor: { row: lines.length - 1, column: Math.min(column, columns - 1) },
    }),
  }
}
