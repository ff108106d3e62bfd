/** Writes YAML that every reader takes the same way: cloud-init's is PyYAML, which speaks YAML 1.1. */
import { Document, parse, Scalar, visit } from 'yaml'

/** What YAML 1.1 takes for a line break or forbids, and a byte order mark. They must be escaped, which only double quotes allow. */
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/
const unsafeEach = new RegExp(unsafe.source, 'g')

/**
 * Objects, lists, texts, numbers and booleans as YAML. Texts come back as the same texts: `yes`, `0123`, `1e3`, `12:30`
 * and dates are quoted, also for readers of YAML 1.1. Halves of surrogate pairs become U+FFFD.
 */
export function toYaml(value: unknown): string {
  const document = new Document(value, {
    version: '1.2',
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
  })
  visit(document, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value !== 'string') return
      const text = scalar.value.toWellFormed()
      scalar.value = text
      if (needsQuotes(text)) scalar.type = Scalar.QUOTE_DOUBLE
    },
  })
  return withEscapes(document.toString({ lineWidth: 0, blockQuote: 'literal', indentSeq: true }))
}

/** What cannot stand in YAML as it is, in the form that double quotes take: in a comment U+2028 would begin a new line. */
export function withEscapes(text: string): string {
  return text.replaceAll(unsafeEach, escaped)
}

function needsQuotes(text: string): boolean {
  // PyYAML refuses tabs where indentation could be, and reads 1_000, 0o7, 1:30 and = as something else.
  return (
    unsafe.test(text) ||
    text.includes('\t') ||
    /^[-+.\d=<~]/.test(text) ||
    /^\s|\s$/.test(firstLine(text))
  )
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? ''
}

function escaped(character: string): string {
  return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`
}

/** Whether a text that somebody puts into YAML without quotes is read as that text. */
export function staysText(text: string): boolean {
  try {
    const read: unknown = parse(`- ${text}`, { version: '1.1', logLevel: 'silent' })
    return Array.isArray(read) && read.length === 1 && read[0] === text
  } catch {
    return false
  }
}
