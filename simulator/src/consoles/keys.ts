/** From X11 key symbols, which RFB sends, to what a terminal hears. */
const control = { left: 0xffe3, right: 0xffe4 }
const alt = { left: 0xffe9, right: 0xffea }
const del = 0xffff

const special: Record<number, string> = {
  0xff08: '\u007F',
  0xff09: '\t',
  0xff0a: '\n',
  0xff0d: '\r',
  0xff8d: '\r',
  0xff1b: '\u001B',
}

const character = (keysym: number): string | undefined => {
  if ((keysym >= 0x20 && keysym <= 0x7e) || (keysym >= 0xa0 && keysym <= 0xff))
    return String.fromCodePoint(keysym)
  if (keysym > 0x01000100 && keysym <= 0x0110ffff) return String.fromCodePoint(keysym - 0x01000000)
  return special[keysym]
}

export type Press = { kind: 'text'; text: string } | { kind: 'ctrl-alt-del' } | { kind: 'none' }

/** Remembers which modifiers are down. */
export const createKeyboard = () => {
  const down = new Set<number>()
  const isDown = (keys: { left: number; right: number }) =>
    down.has(keys.left) || down.has(keys.right)
  return (keysym: number, pressed: boolean): Press => {
    if (!pressed) {
      down.delete(keysym)
      return { kind: 'none' }
    }
    down.add(keysym)
    if (keysym === del && isDown(control) && isDown(alt)) return { kind: 'ctrl-alt-del' }
    const text = character(keysym)
    if (text === undefined) return { kind: 'none' }
    if (!isDown(control)) return { kind: 'text', text }
    const code = (text.toUpperCase().codePointAt(0) ?? 0) - 64
    return code > 0 && code < 32
      ? { kind: 'text', text: String.fromCodePoint(code) }
      : { kind: 'none' }
  }
}
