import { clearScreen, createTerminal, type Terminal } from './terminal.ts'

/** One terminal of a guest, with a login and a shell behind it. */
export type Tty = {
  /** What is typed: characters, carriage returns, control characters. */
  input: (text: string) => void
  /** Hears of everything that is written from now on. Answers how to stop. */
  onOutput: (listener: (text: string) => void) => () => void
  terminal: Terminal
}

export type TtyOptions = {
  hostname: string
  /** Above the login prompt. */
  greeting: string
  /** The output of a command, without a line feed at its end; undefined where there is no such command. */
  run: (user: string, words: string[]) => string | undefined
}

type Mode = { kind: 'login' } | { kind: 'password'; user: string } | { kind: 'shell'; user: string }

const escape = '\u001B'

/** Arrow and function keys: nothing here has a use for them. */
const escapeSequences = new RegExp(`${escape}(?:\\[[0-9;]*[A-Za-z~]|O[A-Za-z])`, 'g')

const maxLineCharacters = 1000

/** Echoes what is typed, asks for name and password, takes any, and runs a few commands. */
export const createTty = ({ hostname, greeting, run }: TtyOptions): Tty => {
  const terminal = createTerminal()
  const listeners = new Set<(text: string) => void>()
  let mode: Mode = { kind: 'login' }
  let line = ''

  const write = (text: string) => {
    terminal.write(text)
    for (const listener of listeners) listener(text)
  }
  const prompt = () => {
    switch (mode.kind) {
      case 'login':
        return write(`${hostname} login: `)
      case 'password':
        return write('Password: ')
      case 'shell':
        return write(mode.user === 'root' ? `root@${hostname}:~# ` : `${mode.user}@${hostname}:~$ `)
    }
  }
  const greet = () => {
    mode = { kind: 'login' }
    write(`${greeting}\r\n\r\n`)
    prompt()
  }
  const command = (user: string, text: string) => {
    const words = text.split(/\s+/).filter((word) => word !== '')
    const [name] = words
    if (name === undefined) return
    if (name === 'exit' || name === 'logout') {
      write(clearScreen)
      greet()
      return
    }
    if (name === 'clear') return write(clearScreen)
    const output = run(user, words) ?? `-bash: ${name}: command not found`
    if (output !== '') write(`${output.replaceAll('\n', '\r\n')}\r\n`)
  }
  const submit = () => {
    const text = line
    line = ''
    write('\r\n')
    switch (mode.kind) {
      case 'login':
        if (text.trim() !== '') mode = { kind: 'password', user: text.trim().slice(0, 32) }
        return prompt()
      case 'password':
        mode = { kind: 'shell', user: mode.user }
        return prompt()
      case 'shell': {
        const before = mode
        command(mode.user, text)
        if (mode === before) prompt()
        return undefined
      }
    }
  }
  const type = (character: string) => {
    switch (character) {
      case '\r':
      case '\n':
        return submit()
      case '\u007F':
      case '\b':
        if (line === '') return undefined
        line = line.slice(0, -1)
        return mode.kind === 'password' ? undefined : write('\b \b')
      case '\u0003':
        line = ''
        write('^C\r\n')
        return mode.kind === 'shell' ? prompt() : greet()
      case '\u0004':
        if (line === '' && mode.kind === 'shell') command(mode.user, 'exit')
        return undefined
      case '\f':
        write(clearScreen)
        prompt()
        return write(line)
      default:
        if (character < ' ' || line.length >= maxLineCharacters) return undefined
        line += character
        return mode.kind === 'password' ? undefined : write(character)
    }
  }

  greet()
  return {
    terminal,
    input: (text) => {
      for (const character of text.replaceAll(escapeSequences, '')) type(character)
    },
    onOutput: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
