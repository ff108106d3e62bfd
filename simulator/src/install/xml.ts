/** Reads an XML document as a program does that refuses what is not well-formed: no DTD, no entities beside XML's own. */

export type XmlElement = {
  /** With its prefix: `wcm:action` is an attribute of that name. */
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** What stands in it beside its children, without white space around it. */
  text: string
}

const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

class NotWellFormed extends Error {}

const fail = (what: string): never => {
  throw new NotWellFormed(what)
}

const decoded = (text: string): string =>
  text.replaceAll(/&([^;&\s]*);?/g, (whole, name: string) => {
    if (!whole.endsWith(';')) return fail(`a bare &: ${whole}`)
    const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name)
    if (code)
      return String.fromCodePoint(Number.parseInt(code[1] ?? code[2] ?? '', code[1] ? 16 : 10))
    return named[name] ?? fail(`an unknown entity: ${whole}`)
  })

const nameStart = /[A-Za-z_:][\w:.-]*/y
const space = /[ \t\r\n]+/y
const attribute = /[ \t\r\n]+([A-Za-z_:][\w:.-]*)[ \t\r\n]*=[ \t\r\n]*("[^"<]*"|'[^'<]*')/y

type Reader = { text: string; at: number }

const take = (reader: Reader, pattern: RegExp): RegExpExecArray | null => {
  pattern.lastIndex = reader.at
  const found = pattern.exec(reader.text)
  if (found) reader.at = pattern.lastIndex
  return found
}

const startsWith = (reader: Reader, text: string) => reader.text.startsWith(text, reader.at)

/** Moves behind a part that ends so; answers what is in between. */
const takeUntil = (reader: Reader, end: string): string => {
  const until = reader.text.indexOf(end, reader.at)
  if (until < 0) return fail(`${end} is missing`)
  const inner = reader.text.slice(reader.at, until)
  reader.at = until + end.length
  return inner
}

/** Comments, processing instructions and white space between the elements. */
const skipMisc = (reader: Reader) => {
  for (;;) {
    if (startsWith(reader, '<!--')) takeUntil(reader, '-->')
    else if (startsWith(reader, '<?')) takeUntil(reader, '?>')
    else if (!take(reader, space)) return
  }
}

const readAttributes = (reader: Reader): Record<string, string> => {
  const attributes: Record<string, string> = {}
  for (let found = take(reader, attribute); found; found = take(reader, attribute)) {
    const [, name = '', quoted = ''] = found
    if (attributes[name] !== undefined) fail(`${name} stands twice`)
    attributes[name] = decoded(quoted.slice(1, -1))
  }
  take(reader, space)
  return attributes
}

const readContent = (reader: Reader, element: XmlElement): void => {
  let text = ''
  for (;;) {
    const next = reader.text.indexOf('<', reader.at)
    if (next < 0) fail(`</${element.name}> is missing`)
    text += decoded(reader.text.slice(reader.at, next))
    reader.at = next
    if (startsWith(reader, '</')) break
    if (startsWith(reader, '<!--') || startsWith(reader, '<?')) skipMisc(reader)
    else if (startsWith(reader, '<![CDATA[')) {
      reader.at += '<![CDATA['.length
      text += takeUntil(reader, ']]>')
    } else element.children.push(readElement(reader))
  }
  const end = takeUntil(reader, '>').slice(2).trim()
  if (end !== element.name) fail(`</${end}> ends <${element.name}>`)
  element.text = text.trim()
}

const readElement = (reader: Reader): XmlElement => {
  if (!startsWith(reader, '<')) fail('an element is missing')
  reader.at += 1
  const name = take(reader, nameStart)?.[0] ?? fail('a tag without a name')
  const element: XmlElement = { name, attributes: readAttributes(reader), children: [], text: '' }
  if (startsWith(reader, '/>')) reader.at += 2
  else if (startsWith(reader, '>')) {
    reader.at += 1
    readContent(reader, element)
  } else fail(`<${name} does not end`)
  return element
}

/** The root; undefined where the document is not well-formed. */
export const readXml = (text: string): XmlElement | undefined => {
  const reader = { text: text.replace(/^\uFEFF/, ''), at: 0 }
  try {
    skipMisc(reader)
    const root = readElement(reader)
    skipMisc(reader)
    return reader.at === reader.text.length ? root : undefined
  } catch (error) {
    if (error instanceof NotWellFormed || error instanceof RangeError) return undefined
    throw error
  }
}

/** The name without its prefix. */
const localName = ({ name }: XmlElement) => name.slice(name.indexOf(':') + 1)

export const childrenOf = (element: XmlElement | undefined, name: string): XmlElement[] =>
  element?.children.filter((child) => localName(child) === name) ?? []

export const childOf = (
  element: XmlElement | undefined,
  ...path: string[]
): XmlElement | undefined =>
  path.reduce<XmlElement | undefined>((found, name) => childrenOf(found, name)[0], element)

/** The text at the end of a path; undefined where there is no such element. */
export const textAt = (element: XmlElement | undefined, ...path: string[]): string | undefined =>
  childOf(element, ...path)?.text
