/**
 * Writes `proxmox/src/generated` from the official API schema of Proxmox VE: the entries of the calls that we use, one
 * file for each version, and `calls.ts`, the types of their parameters and answers.
 *
 * The schema files (`pve-7.4.json` and so on: the `apidata.js` of Proxmox's API viewer as JSON) lie beside the repository.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import {
  answerNotes,
  answerTypesInFull,
  figuresMayBeText,
  usedCalls,
  versions,
} from './proxmox-calls.ts'

type Schema = {
  type?: string
  enum?: string[]
  format?: string | Record<string, Schema>
  properties?: Record<string, Schema>
  items?: Schema
  oneOf?: Schema[]
  optional?: boolean | number
  additionalProperties?: boolean | number | Schema
}
type Method = {
  method: string
  path: string
  parameters: Record<string, Schema>
  returns: Schema
}
type Api = { product: string; version: string; methods: Method[] }

const source = (version: string) =>
  new URL(`../../shared/pve-api/pve-${version}.json`, import.meta.url)
const target = (name: string) => new URL(`../proxmox/src/generated/${name}`, import.meta.url)

/** Texts for people are dropped: they are most of the size and nothing is decided by them. */
const texts = ['description', 'verbose_description', 'format_description', 'title', 'renderer']

const withoutTexts = (schema: Schema): Schema => {
  const short: Schema = { ...schema }
  for (const text of texts) Reflect.deleteProperty(short, text)
  if (schema.properties) short.properties = eachWithoutTexts(schema.properties)
  if (typeof schema.format === 'object') short.format = eachWithoutTexts(schema.format)
  if (schema.items) short.items = withoutTexts(schema.items)
  if (schema.oneOf) short.oneOf = schema.oneOf.map(withoutTexts)
  if (typeof schema.additionalProperties === 'object')
    short.additionalProperties = withoutTexts(schema.additionalProperties)
  return short
}

const eachWithoutTexts = (schemas: Record<string, Schema>): Record<string, Schema> =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withoutTexts(schema)]))

const readApi = (version: string): Api => {
  const api: Api = JSON.parse(readFileSync(source(version), 'utf8'))
  const methods = api.methods
    .filter(({ method, path }) => usedCalls.includes(`${method} ${path}`))
    .map((method) => {
      const short: Method = {
        ...method,
        parameters: eachWithoutTexts(method.parameters),
        returns: withoutTexts(method.returns),
      }
      Reflect.deleteProperty(short, 'description')
      return short
    })
  return { ...api, methods }
}

const unique = (values: string[]) => [...new Set(values)]
const isOptional = (schema: Schema) => Boolean(schema.optional)
const alternatives = (schema: Schema): Schema[] => schema.oneOf?.flatMap(alternatives) ?? [schema]

const quoted = (name: string) => (/^[a-zA-Z_]\w*$/.test(name) ? name : `'${name}'`)

/** `net[n]` stands for net0, net1 … */
const typedKey = (name: string) =>
  name.endsWith('[n]') ? `[key: \`${name.slice(0, -3)}\${number}\`]` : quoted(name)

const paramTypes: Record<string, string> = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  array: 'string[]',
}

/** An enum in an answer is any string: newer hosts know more words. */
const answerTypes: Record<string, string> = {
  null: 'null',
  string: 'string',
  integer: 'number',
  number: 'number',
  boolean: 'Flag',
}

const paramType = (schemas: Schema[]): string => {
  const all = schemas.flatMap(alternatives)
  const words = all.filter((schema) => schema.enum)
  if (words.length === all.length)
    return unique(words.flatMap((schema) => schema.enum ?? []).map((word) => `'${word}'`)).join(
      ' | ',
    )
  const types = all.map(({ type = 'string' }) => paramTypes[type] ?? 'string')
  return unique(types).toSorted().join(' | ')
}

const answerType = (schemas: Schema[], notes: Record<string, string>, indent: string): string => {
  const all = schemas.flatMap(alternatives)
  const plain = all.filter(({ type }) => type !== 'array' && type !== 'object')
  const types = plain.map(({ type = '' }) => answerTypes[type] ?? 'unknown')
  if (all.some((schema) => schema.optional)) types.push('null')
  const lists = all.filter((schema) => schema.type === 'array')
  if (lists.length > 0) {
    const items = lists.flatMap((schema) => schema.items ?? [])
    types.push(items.length === 0 ? 'unknown[]' : `${answerType(items, notes, indent)}[]`)
  }
  const objects = all.filter((schema) => schema.type === 'object')
  if (objects.length > 0) types.push(objectType(objects, notes, indent))
  return unique(types).join(' | ')
}

const objectType = (schemas: Schema[], notes: Record<string, string>, indent: string): string => {
  const known = schemas.filter((schema) => schema.properties)
  const names = unique(known.flatMap((schema) => Object.keys(schema.properties ?? {})))
  const fields = names.map((name) => {
    const found = known.flatMap((schema) => schema.properties?.[name] ?? [])
    const optional = found.length < schemas.length || found.some(isOptional)
    const required = found.map((schema) => ({ ...schema, optional: false }))
    const type = answerType(required, {}, `${indent}  `)
    return { name, key: `${typedKey(name)}${optional && !name.endsWith('[n]') ? '?' : ''}`, type }
  })
  const lines = [
    ...fields.filter(({ name }) => !hasNote(name, notes)).map(({ key, type }) => `${key}: ${type}`),
    ...Object.entries(notes).map(([key, type]) => `${noteKey(key)}: ${type}`),
  ].toSorted()
  if (lines.length === 0) return '{ [key: string]: unknown }'
  return `{\n${lines.map((line) => `${indent}  ${line}`).join('\n')}\n${indent}}`
}

const hasNote = (name: string, notes: Record<string, string>) =>
  name in notes || `${name}?` in notes
const noteKey = (key: string) => (key.endsWith('?') ? `${quoted(key.slice(0, -1))}?` : quoted(key))

const paramsType = (path: string, methods: Method[]): string => {
  const names = unique(methods.flatMap((method) => Object.keys(method.parameters)))
  const lines = names.map((name) => {
    const found = methods.flatMap((method) => method.parameters[name] ?? [])
    const inPath = path.includes(`{${name}}`)
    const optional = found.length < methods.length || found.some(isOptional)
    const mark = optional && !inPath && !name.endsWith('[n]') ? '?' : ''
    return `      ${typedKey(name)}${mark}: ${paramType(found)}`
  })
  return lines.length === 0 ? '{}' : `{\n${lines.toSorted().join('\n')}\n    }`
}

const callType = (call: string, apis: Api[]): string => {
  const [verb, path = ''] = call.split(' ')
  const methods = apis.flatMap((api) =>
    api.methods.filter((method) => method.method === verb && method.path === path),
  )
  if (methods.length === 0) throw new Error(`${call} is in no version of the schema`)
  const note = answerNotes[call] ?? {}
  const schemas = methods.map((method) => method.returns)
  const told = typeof note === 'string' ? note : answerType(schemas, note, '    ')
  const returns = figuresMayBeText.includes(call)
    ? told.replaceAll(/: number$/gm, ': number | string')
    : told
  return `  '${call}': {\n    params: ${paramsType(path, methods)}\n    returns: ${returns}\n  }`
}

const apis = versions.map((version) => {
  const api = readApi(version)
  writeFileSync(target(`api-${version}.json`), `${JSON.stringify(api, null, 1)}\n`)
  return api
})

writeFileSync(
  target('calls.ts'),
  `/** Written by tools/generate-proxmox.ts from the API schema of Proxmox VE ${versions.join(', ')}; do not edit. */

/** A boolean in an answer: Perl has none. */
export type Flag = 0 | 1 | boolean | '0' | '1' | ''

${answerTypesInFull}
/** Each call with its parameters, those of the path included, and \`data\` of its answer: everything that any of the versions knows. */
export type Calls = {
${usedCalls.map((call) => callType(call, apis)).join('\n')}
}
`,
)
