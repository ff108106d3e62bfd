/** The little of HCL that is needed to write Terraform. */
import { MASKED } from '../cloud-init/passwords.ts'

const escaped = (text: string): string =>
  JSON.stringify(text)
    .slice(1, -1)
    .replaceAll('\\b', '\\u0008')
    .replaceAll('\\f', '\\u000c')
    .replaceAll('${', () => '$${')
    .replaceAll('%{', () => '%%{')

/** A string that means exactly this text: no template is read in it, but masked secrets are a variable. */
export const hclString = (text: string, variable = 'password_hash'): string =>
  `"${text.split(MASKED).map(escaped).join(`\${var.${variable}}`)}"`

export const hclList = (items: readonly string[]): string =>
  `[${items.map((item) => hclString(item)).join(', ')}]`

/** A text of several lines, one to a line. */
export const hclText = (text: string): string => {
  const lines = text.split('\n')
  if (lines.length === 1) return hclString(text)
  return `join("\\n", [\n${lines.map((line) => `  ${hclString(line)},`).join('\n')}\n])`
}

/** `name = expression`; left out where there is no expression. */
export const attribute = (name: string, expression: string | undefined): string[] =>
  expression === undefined ? [] : [`${name} = ${expression}`]

export const block = (head: string, lines: readonly string[]): string[] => [
  `${head} {`,
  ...lines.flatMap((line) => line.split('\n')).map((line) => (line === '' ? '' : `  ${line}`)),
  '}',
]

/** A name that HCL takes: letters, digits, `_` and `-`, a letter first. */
export const identifier = (text: string): string => {
  const clean = text.replaceAll(/[^A-Za-z0-9_-]/g, '_')
  return /^[A-Za-z]/.test(clean) ? clean : `vm_${clean}`
}
