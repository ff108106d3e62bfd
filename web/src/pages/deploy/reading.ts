/** How people write the values of fields and cells. */
import { parseSize } from '../../ui/quantity.ts'

export type Parse = (text: string) => number | null

export function within(min: number, max: number, parse: Parse): Parse {
  return (text) => {
    const value = parse(text)
    return value === null || value < min || value > max ? null : value
  }
}

/** The text of the memory field, which counts GiB: `4`, `512 MiB`. */
export function memoryText(memoryMiB: number): string {
  return memoryMiB % 1024 === 0 ? String(memoryMiB / 1024) : `${memoryMiB} MiB`
}

/** Reads the memory field: a bare number counts GiB. */
export function parseMemoryMiB(text: string): number | null {
  return parseSize(/[a-z]/i.test(text) ? text : `${text} GiB`, 'MiB')
}

export function parseSizeGiB(text: string): number | null {
  return parseSize(text, 'GiB')
}

/** Items divided by commas, semicolons or blanks. */
export function parseList(text: string): string[] {
  return text.split(/[\s,;]+/).filter((item) => item !== '')
}
