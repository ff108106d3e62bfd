/** Keys as X11 and RFB name them, with their place on a keyboard. */
export type Key = readonly [keysym: number, code: string | null]

const control: Key = [0xffe3, 'ControlLeft']
const alt: Key = [0xffe9, 'AltLeft']
const shift: Key = [0xffe1, 'ShiftLeft']
const enter: Key = [0xff0d, 'Enter']
const tab: Key = [0xff09, 'Tab']
const functionKey = (number: number): Key => [0xffbd + number, `F${number}`]

export const ctrlAltDel: readonly Key[] = [control, alt, [0xffff, 'Delete']]

/** What a browser or a desktop keeps for itself. */
export const combinations: readonly { label: string; keys: readonly Key[] }[] = [
  { label: 'Esc', keys: [[0xff1b, 'Escape']] },
  { label: 'Tab', keys: [tab] },
  { label: 'Windows', keys: [[0xffeb, 'MetaLeft']] },
  { label: 'Alt Tab', keys: [alt, tab] },
  { label: 'Alt F4', keys: [alt, functionKey(4)] },
  { label: 'Ctrl Alt F1', keys: [control, alt, functionKey(1)] },
  { label: 'Ctrl Alt F2', keys: [control, alt, functionKey(2)] },
  { label: 'Ctrl Alt F3', keys: [control, alt, functionKey(3)] },
]

const withShift = /[A-Z~!@#$%^&*()_+{}|:"<>?]/

/** X.Org, keysymdef.h: Latin 1 is its own code, the rest of Unicode has a high bit. */
const keysymOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? code : 0x01000000 + code
}

/** The keys that type a text, each list to be held down together: QEMU wants Shift for capitals (ui/vnc.c, key_event). */
export const strokesFor = (text: string): readonly Key[][] =>
  Array.from(text.replaceAll('\r\n', '\n'), (character): Key[] => {
    if (character === '\n' || character === '\r') return [enter]
    if (character === '\t') return [tab]
    const key: Key = [keysymOf(character), null]
    return withShift.test(character) ? [shift, key] : [key]
  })

/** Longer texts go over the network: this is a keyboard. */
export const mostCharacters = 4000
