/** A screen served over RFB 3.8 (RFC 6143) as QEMU does it: VNC authentication, raw pixels, keys. */
import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import { readBytes, writeBytes } from './bytes.ts'
import {
  cellHeight,
  drawRow,
  height,
  ownFormat,
  rowText,
  width,
  type PixelFormat,
} from './framebuffer.ts'
import { createKeyboard } from './keys.ts'
import { rows, type Screen } from './terminal.ts'
import { vncResponse } from './vnc-auth.ts'

export type RfbOptions = {
  password: string
  name: string
  /** Undefined when the guest is off: the connection ends. */
  screen: () => Screen | undefined
  type: (text: string) => void
  ctrlAltDel: () => void
}

const vncAuthentication = 2
const lookEveryMilliseconds = 150

const uint16 = (...values: number[]) => {
  const bytes = Buffer.alloc(values.length * 2)
  for (const [index, value] of values.entries()) bytes.writeUInt16BE(value, index * 2)
  return bytes
}
const uint32 = (value: number) => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
const withLength = (text: string) =>
  Buffer.concat([uint32(Buffer.byteLength(text)), Buffer.from(text)])

/** Rejects where the password is wrong. */
const authenticate = async (stream: Duplex, password: string) => {
  await writeBytes(stream, Buffer.from('RFB 003.008\n'))
  await readBytes(stream, 12)
  await writeBytes(stream, Buffer.from([1, vncAuthentication]))
  const [chosen] = await readBytes(stream, 1)
  if (chosen !== vncAuthentication) throw new Error('another security type')
  const challenge = randomBytes(16)
  await writeBytes(stream, challenge)
  const response = await readBytes(stream, 16)
  if (response.equals(vncResponse(password, challenge))) return writeBytes(stream, uint32(0))
  await writeBytes(stream, Buffer.concat([uint32(1), withLength('Authentication failed')]))
  throw new Error('Authentication failed')
}

const formatBytes = ({ bytes, bigEndian, max, shift }: PixelFormat) =>
  Buffer.concat([
    Buffer.from([bytes * 8, 24, bigEndian ? 1 : 0, 1]),
    uint16(...max),
    Buffer.from([...shift, 0, 0, 0]),
  ])

const readFormat = (bytes: Buffer): PixelFormat => {
  const size = (bytes[0] ?? 0) / 8
  return {
    bytes: size === 1 || size === 2 ? size : 4,
    bigEndian: bytes[2] === 1,
    max: [bytes.readUInt16BE(4), bytes.readUInt16BE(6), bytes.readUInt16BE(8)],
    shift: [bytes[10] ?? 0, bytes[11] ?? 0, bytes[12] ?? 0],
  }
}

/** Resolves when the connection has ended, whoever ended it. */
export const serveRfb = async (stream: Duplex, options: RfbOptions): Promise<void> => {
  const keyboard = createKeyboard()
  let format = ownFormat
  let sent: string[] = []
  let isWanted = false
  let isSending = false

  /** Sends the rows that look different now, if the client waits for an update. */
  const update = async () => {
    const screen = options.screen()
    if (!screen) {
      stream.end()
      return
    }
    if (!isWanted || isSending) return
    const texts = Array.from({ length: rows }, (_, row) => rowText(screen, row))
    const changed = texts.flatMap((text, row) => (text === sent[row] ? [] : [{ text, row }]))
    if (changed.length === 0) return
    isSending = true
    isWanted = false
    sent = texts
    await writeBytes(stream, Buffer.concat([Buffer.from([0, 0]), uint16(changed.length)]))
    for (const { text, row } of changed) {
      const place = uint16(0, row * cellHeight, width, cellHeight)
      await writeBytes(stream, Buffer.concat([place, uint32(0), drawRow(text, format)]))
    }
    isSending = false
  }

  const press = (message: Buffer) => {
    const pressed = keyboard(message.readUInt32BE(3), message[0] === 1)
    if (pressed.kind === 'text') options.type(pressed.text)
    if (pressed.kind === 'ctrl-alt-del') options.ctrlAltDel()
  }

  const receive = async () => {
    const [kind = 0] = await readBytes(stream, 1)
    switch (kind) {
      case 0:
        format = readFormat((await readBytes(stream, 19)).subarray(3))
        sent = []
        return
      case 2: {
        const head = await readBytes(stream, 3)
        await readBytes(stream, head.readUInt16BE(1) * 4)
        return
      }
      case 3: {
        const [incremental] = await readBytes(stream, 9)
        if (incremental === 0) sent = []
        isWanted = true
        return update()
      }
      case 4:
        press(await readBytes(stream, 7))
        return update()
      case 5:
        await readBytes(stream, 5)
        return
      case 6: {
        const head = await readBytes(stream, 7)
        await readBytes(stream, Math.abs(head.readInt32BE(3)))
        return
      }
      default:
        throw new Error(`unknown message ${kind}`)
    }
  }

  const look = setInterval(() => void update().catch(() => stream.destroy()), lookEveryMilliseconds)
  try {
    await authenticate(stream, options.password)
    await readBytes(stream, 1)
    await writeBytes(
      stream,
      Buffer.concat([uint16(width, height), formatBytes(ownFormat), withLength(options.name)]),
    )
    for (;;) await receive()
  } catch {
    stream.end()
  } finally {
    clearInterval(look)
  }
}
