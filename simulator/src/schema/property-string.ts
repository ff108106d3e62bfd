import { atLeast, type Version } from '../version.ts'
import type { Schema } from './schema.ts'

export type Properties = Record<string, string>

const trueWords = /^(1|on|yes|true)$/i
const falseWords = /^(0|off|no|false)$/i

/** JSONSchema.pm parse_boolean; undefined where the word is no boolean. */
const parseBoolean = (text: string): boolean | undefined =>
  trueWords.test(text) ? true : falseWords.test(text) ? false : undefined

const normalised = (schema: Schema | undefined, value: string) => {
  if (schema?.type !== 'boolean') return value
  const flag = parseBoolean(value)
  return flag === undefined ? value : flag ? '1' : '0'
}

export type Parsed = { properties: Properties } | { complaint: string }

/** Splits `a,key=value,...` by the format's default key and aliases (JSONSchema.pm parse_property_string, first half). */
export const splitProperties = (
  format: Record<string, Schema>,
  text: string,
  version: Version,
): Parsed => {
  const properties: Properties = {}
  const defaultKey = Object.keys(format).find((key) => format[key]?.default_key)
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const [, key, value] = /^([^=]+)=(.+)$/s.exec(part) ?? []
    if (key !== undefined && value !== undefined) {
      const complaint = putProperty(format, properties, key, value)
      if (complaint !== undefined) return { complaint }
    } else if (part.includes('=')) {
      return { complaint: 'missing key in comma-separated list property\n' }
    } else if (defaultKey === undefined) {
      return { complaint: 'value without key, but schema does not define a default key\n' }
    } else if (properties[defaultKey] !== undefined) {
      return { complaint: `duplicate key in comma-separated list property: ${defaultKey}\n` }
    } else {
      properties[defaultKey] = atLeast(version, 9) ? normalised(format[defaultKey], part) : part
    }
  }
  return { properties }
}

const putProperty = (
  format: Record<string, Schema>,
  properties: Properties,
  key: string,
  value: string,
): string | undefined => {
  if (properties[key] !== undefined)
    return `duplicate key in comma-separated list property: ${key}\n`
  const named = format[key]
  if (named?.alias === undefined) {
    properties[key] = normalised(named, value)
    return undefined
  }
  if (named.keyAlias !== undefined) {
    if (properties[named.keyAlias] !== undefined)
      return `key alias '${named.keyAlias}' is already defined\n`
    properties[named.keyAlias] = key
  }
  properties[named.alias] = normalised(format[named.alias], value)
  return undefined
}
