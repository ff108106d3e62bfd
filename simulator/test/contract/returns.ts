import type { Schema } from '../../src/schema/schema.ts'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Perl does not tell numbers from their text, nor truth from 1. */
const fits = (type: Schema['type'], value: unknown): boolean => {
  switch (type) {
    case undefined:
    case 'any':
      return true
    case 'null':
      return value === null
    case 'string':
      return typeof value === 'string' || typeof value === 'number'
    case 'integer':
      return /^-?\d+$/.test(String(value))
    case 'number':
      return value !== '' && Number.isFinite(Number(value))
    case 'boolean':
      return [0, 1, '0', '1', '', true, false].some((allowed) => allowed === value)
    case 'array':
      return Array.isArray(value)
    case 'object':
      return isRecord(value)
  }
}

/** What of an answer is not as the published schema has it: types, values of an enumeration, required properties. */
export const complaintsAbout = (schema: Schema, value: unknown, at = 'data'): string[] => {
  if (!fits(schema.type, value)) return [`${at} is no ${schema.type}: ${JSON.stringify(value)}`]
  if (schema.enum && !schema.enum.includes(String(value)))
    return [`${at} is not in ${schema.enum.join('|')}: ${JSON.stringify(value)}`]
  if (Array.isArray(value)) {
    const { items } = schema
    return items
      ? value.flatMap((item, index) => complaintsAbout(items, item, `${at}[${index}]`))
      : []
  }
  if (!isRecord(value)) return []
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    if (value[name] !== undefined) return complaintsAbout(property, value[name], `${at}.${name}`)
    return property.optional || name.endsWith('[n]') ? [] : [`${at}.${name} is missing`]
  })
}
