/** Lists as people type them into one field. */
import { parseList } from '../reading.ts'
import type { CloudInitForm } from './state.ts'

type Commands = NonNullable<CloudInitForm['commands']>

export const words = {
  write: (list: readonly string[]) => list.join(' '),
  read: parseList,
}

/**
 * One command a line. A line that begins with blanks goes on with the command above it; a list in JSON is a program with
 * its arguments, which no shell reads.
 */
export const commandLines = {
  write: (commands: Commands): string =>
    commands
      .map((command) =>
        typeof command === 'string'
          ? command.trimStart().replaceAll('\n', '\n  ')
          : JSON.stringify(command),
      )
      .join('\n'),
  read: (text: string): Commands => {
    const commands: string[] = []
    for (const line of text.split(/\r?\n/)) {
      const last = commands.length - 1
      if (/^ {2}|^\t/.test(line) && last >= 0) {
        commands[last] += `\n${line.replace(/^ {2}|^\t/, '')}`
      } else if (line.trim() !== '') commands.push(line.trimStart())
    }
    return commands.map((command) => asProgram(command) ?? command)
  },
}

function asProgram(command: string): string[] | null {
  if (!command.startsWith('["')) return null
  try {
    const list: unknown = JSON.parse(command)
    return Array.isArray(list) && list.every((each) => typeof each === 'string') ? list : null
  } catch {
    return null
  }
}
