/** A text screen as pixels. */
import { dotsOf } from './font.ts'
import { columns, rows, type Screen } from './terminal.ts'

const zoom = 2
const cellWidth = 6 * zoom
export const cellHeight = 10 * zoom
export const width = columns * cellWidth
export const height = rows * cellHeight

/** RFC 6143, 7.4; true colours only. */
export type PixelFormat = {
  bytes: 1 | 2 | 4
  bigEndian: boolean
  max: readonly [number, number, number]
  shift: readonly [number, number, number]
}

export const ownFormat: PixelFormat = {
  bytes: 4,
  bigEndian: false,
  max: [255, 255, 255],
  shift: [16, 8, 0],
}

const pixel = ({ bytes, bigEndian, max, shift }: PixelFormat, grey: number): Buffer => {
  const value = [0, 1, 2].reduce(
    (sum, index) => sum + Math.round((grey / 255) * (max[index] ?? 0)) * 2 ** (shift[index] ?? 0),
    0,
  )
  const buffer = Buffer.alloc(bytes)
  if (bigEndian) buffer.writeUIntBE(value, 0, bytes)
  else buffer.writeUIntLE(value, 0, bytes)
  return buffer
}

/** A row of text with a mark where the cursor is: rows that are equal look equal. */
export const rowText = ({ lines, cursor }: Screen, row: number): string => {
  const text = (lines[row] ?? '').padEnd(columns).slice(0, columns)
  return cursor?.row === row ? `${text}${cursor.column}` : text
}

/** The pixels of a row of text, `width` by `cellHeight`, as `rowText` gives it. */
export const drawRow = (text: string, format: PixelFormat): Buffer => {
  const light = pixel(format, 0xc0)
  const lineBytes = width * format.bytes
  const image = Buffer.alloc(lineBytes * cellHeight, pixel(format, 0))
  const dot = (column: number, x: number, y: number) => {
    for (let line = y * zoom; line < (y + 1) * zoom; line += 1)
      for (let step = 0; step < zoom; step += 1)
        light.copy(image, line * lineBytes + (column * cellWidth + x * zoom + step) * format.bytes)
  }
  for (let column = 0; column < columns; column += 1) {
    const character = text[column] ?? ' '
    if (character === ' ') continue
    for (const [y, dots] of dotsOf(character).entries())
      for (const [x, isSet] of dots.entries()) if (isSet) dot(column, x, y)
  }
  if (text.length > columns) {
    const column = Number(text.slice(columns))
    for (let x = 0; x < 5; x += 1) dot(column, x, 8)
  }
  return image
}
