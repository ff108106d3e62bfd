import { MASKED } from '../cloud-init/passwords.ts'

/** One word of a POSIX shell that means exactly this text (XCU 2.2.2: nothing is special between single quotes). */
export const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

/** The same, with each masked secret replaced by a variable. */
export const quotedWithSecrets = (text: string, variable: string): string =>
  text
    .split(MASKED)
    .map((part) => (part === '' ? '' : quoted(part)))
    .join(`"$${variable}"`) || "''"

/** What Proxmox's form takes: booleans are 0 and 1. */
export const formValue = (value: string | number | boolean): string =>
  typeof value === 'boolean' ? (value ? '1' : '0') : String(value)

/** A comment of one line. */
export const comment = (text: string): string => `# ${text.replaceAll(/[\r\n]+/g, ' ')}`
