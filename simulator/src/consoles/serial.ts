/** A serial port served as termproxy does it (pve-xtermjs termproxy/src/main.rs). */
import type { Duplex } from 'node:stream'
import { readBytes, writeBytes } from './bytes.ts'
import type { Tty } from './tty.ts'

export type SerialOptions = {
  /** Whether this is the first line: `<user>:<ticket>`. */
  verify: (line: string) => boolean
  /** What `qm terminal` finds when it starts: the port, or why there is none. */
  open: () => { tty: Tty; greeting: string } | string
  /** Whether the same guest still runs. */
  isRunning: () => boolean
}

const maxLineBytes = 1024
const lookEveryMilliseconds = 250

const readUntil = async (stream: Duplex, end: string): Promise<string> => {
  let text = ''
  while (text.length < maxLineBytes) {
    const byte = (await readBytes(stream, 1)).toString('latin1')
    if (byte === end) return text
    text += byte
  }
  throw new Error('the line is too long')
}

/** `0:<bytes>:<data>`, `1:<columns>:<rows>:`, or `2`. Answers what was typed. */
const receive = async (stream: Duplex): Promise<string> => {
  const kind = (await readBytes(stream, 1)).toString('latin1')
  switch (kind) {
    case '0': {
      await readBytes(stream, 1)
      const length = Number(await readUntil(stream, ':'))
      return (await readBytes(stream, length)).toString('utf8')
    }
    case '1':
      await readBytes(stream, 1)
      await readUntil(stream, ':')
      await readUntil(stream, ':')
      return ''
    case '2':
      return ''
    default:
      throw new Error('unknown message')
  }
}

/** Resolves when the connection has ended, whoever ended it. */
export const serveSerial = async (stream: Duplex, options: SerialOptions): Promise<void> => {
  const stops: (() => void)[] = []
  try {
    if (!options.verify(await readUntil(stream, '\n'))) throw new Error('permission denied')
    await writeBytes(stream, Buffer.from('OK'))
    const opened = options.open()
    if (typeof opened === 'string') {
      await writeBytes(stream, Buffer.from(`${opened}\r\n`))
      return
    }
    await writeBytes(stream, Buffer.from(`${opened.greeting}\r\n`))
    stops.push(opened.tty.onOutput((text) => stream.write(text)))
    const look = setInterval(() => {
      if (!options.isRunning()) stream.end()
    }, lookEveryMilliseconds)
    stops.push(() => clearInterval(look))
    for (;;) opened.tty.input(await receive(stream))
  } catch {
    // The connection is over, or what came was no termproxy message.
  } finally {
    for (const stop of stops) stop()
    stream.end()
  }
}
