/** Writes XML: elements as data, so that no text is ever put between tags unescaped. */

export type Element = {
  name: string
  attributes: Record<string, string>
  /** Elements, or one text. */
  content: Element[] | string
}

export function element(
  name: string,
  content: Element[] | string,
  attributes: Record<string, string> = {},
): Element {
  return { name, attributes, content }
}

/** A document in UTF-8. Throws where a text has a character that XML 1.0 cannot carry. */
export function toXml(root: Element): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${written(root, '')}`
}

function written({ name, attributes, content }: Element, indent: string): string {
  const set = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`)
  const open = `${indent}<${name}${set.join('')}>`
  if (typeof content === 'string') return `${open}${escaped(content)}</${name}>\n`
  const inner = content.map((child) => written(child, `${indent}  `)).join('')
  return `${open}\n${inner}${indent}</${name}>\n`
}

/** Whether XML 1.0 can carry it (Char in https://www.w3.org/TR/xml/#charsets). */
export function isXmlText(text: string): boolean {
  // oxlint-disable-next-line no-control-regex
  return text.isWellFormed() && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)
}

/** Tabs and line ends are written as references, else a reader may turn them into other white space. */
function escaped(text: string): string {
  if (!isXmlText(text)) throw new Error('XML cannot carry a control character')
  return text.replaceAll(/[&<>"'\t\n\r]/g, (character) => {
    const named = NAMED[character]
    return named ?? `&#${character.charCodeAt(0)};`
  })
}

const NAMED: Record<string, string | undefined> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}
