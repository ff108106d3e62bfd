import type { RawValue } from '../json.ts'
import { atLeast, type Version } from '../version.ts'
import { formatChecks, splitList } from './formats.ts'
import { propertyFormats } from './property-formats.ts'
import { splitProperties, type Parsed } from './property-string.ts'
import type { Schema } from './schema.ts'

/** Messages by parameter; the texts are those of pve-common src/PVE/JSONSchema.pm. */
export type Errors = Map<string, string>

export type Values = Record<string, RawValue | undefined>

const addError = (errors: Errors, path: string, message: string) => {
  const key = path === '' ? '_root' : path
  const before = errors.get(key)
  errors.set(key, before === undefined ? message : `${before}\\n${message}`)
}

/** `net[n]` stands for net0, net1 ... up to what qemu-server allows. */
const indexLimits: Record<string, number> = {
  net: 32,
  ide: 4,
  sata: 6,
  scsi: 31,
  virtio: 16,
  serial: 4,
  parallel: 3,
  unused: 256,
  ipconfig: 32,
  hostpci: 16,
  usb: 14,
  numa: 8,
  virtiofs: 10,
}

/** The schema of a parameter by its name, an indexed one included. */
export const schemaOf = (schemas: Record<string, Schema>, name: string): Schema | undefined => {
  const exact = Object.hasOwn(schemas, name) ? schemas[name] : undefined
  if (exact) return exact
  const [, base, index] = /^([a-z]+)(0|[1-9]\d*)$/.exec(name) ?? []
  if (base === undefined || Number(index) >= (indexLimits[base] ?? 0)) return undefined
  return schemas[`${base}[n]`]
}

/** JSONSchema.pm check_object: known properties, unknown ones, `requires`. */
export const checkObject = (
  path: string,
  schemas: Record<string, Schema>,
  values: Values,
  errors: Errors,
  version: Version,
): void => {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  for (const [name, schema] of Object.entries(schemas)) {
    if (!name.endsWith('[n]')) checkValue(at(name), schema, values[name], errors, version)
  }
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue
    const schema = schemaOf(schemas, name)
    if (!schema) {
      addError(
        errors,
        name === '' ? '' : at(name),
        'property is not defined in schema and the schema does not allow additional properties',
      )
      continue
    }
    if (!Object.hasOwn(schemas, name)) checkValue(at(name), schema, value, errors, version)
    const required = schema.requires
    if (required !== undefined && (values[required] ?? null) === null)
      addError(
        errors,
        at(required),
        atLeast(version, 9)
          ? `missing property required by '${at(name)}'`
          : `missing property - '${at(name)}' requires this property`,
      )
  }
}

/** JSONSchema.pm check_prop. */
const checkValue = (
  path: string,
  schema: Schema,
  value: RawValue | undefined,
  errors: Errors,
  version: Version,
): void => {
  if (value === undefined || value === null) {
    if (!schema.optional && schema.alias === undefined)
      addError(errors, path, 'property is missing and it is not optional')
    return
  }
  const complaint = typeComplaint(schema.type, value)
  if (complaint !== undefined) return addError(errors, path, complaint)
  if (Array.isArray(value)) {
    const { items } = schema
    if (items)
      value.forEach((item, index) => checkValue(`${path}[${index}]`, items, item, errors, version))
    return
  }
  if (typeof value !== 'string') return
  const message = textComplaint(schema, value, path, version)
  if (message !== undefined) addError(errors, path, message)
}

const kindOf = (value: RawValue) =>
  Array.isArray(value) ? 'ARRAY' : typeof value === 'object' ? 'HASH' : `'${value}'`

const typePatterns: Record<string, RegExp> = {
  integer: /^[+-]?\d+$/,
  number: /^[+-]?\d+(\.\d+)?$/,
  boolean: /^[01]$/,
}

const typeComplaint = (type: Schema['type'], value: RawValue): string | undefined =>
  isOfType(type ?? 'string', value)
    ? undefined
    : `type check ('${type}') failed - got ${kindOf(value)}`

const isOfType = (type: NonNullable<Schema['type']>, value: RawValue): boolean => {
  switch (type) {
    case 'array':
      return Array.isArray(value)
    case 'object':
      return typeof value === 'object' && !Array.isArray(value)
    case 'integer':
    case 'number':
    case 'boolean':
      return typeof value === 'string' && typePatterns[type]?.test(value) === true
    case 'string':
      return typeof value === 'string'
    case 'null':
      return false
    case 'any':
      return true
  }
}

const textComplaint = (
  schema: Schema,
  value: string,
  path: string,
  version: Version,
): string | undefined => {
  if (schema.format !== undefined) {
    const complaint = checkFormat(schema.format, value, path, version)
    if (complaint !== undefined) return `invalid format - ${complaint}`
  }
  if (schema.pattern !== undefined && !perlPattern(schema.pattern).test(value))
    return 'value does not match the regex pattern'
  const longest = schema.max_length ?? schema.maxLength
  if (longest !== undefined && Array.from(value).length > longest)
    return `value may only be ${longest} characters long`
  const shortest = schema.min_length ?? schema.minLength
  if (shortest !== undefined && Array.from(value).length < shortest)
    return `value must be at least ${shortest} characters long`
  if (typePatterns['number']?.test(value)) {
    if (schema.maximum !== undefined && Number(value) > schema.maximum)
      return `value must have a maximum value of ${schema.maximum}`
    if (schema.minimum !== undefined && Number(value) < schema.minimum)
      return `value must have a minimum value of ${schema.minimum}`
  }
  if (schema.enum && !schema.enum.includes(value))
    return `value '${value}' does not have a value in the enumeration '${schema.enum.join(', ')}'`
  return undefined
}

const patterns = new Map<string, RegExp>()

/** Perl's `(?^i:...)` has no twin in JavaScript: flags inside a pattern become those of the whole. */
const perlPattern = (source: string): RegExp => {
  const known = patterns.get(source)
  if (known) return known
  const ignoreCase = /\(\?\^?\w*i\w*:/.test(source)
  const translated = source
    .replaceAll(/\(\?\^\w*:/g, '(?:')
    .replaceAll(/\(\?\w+:/g, '(?:')
    .replaceAll('\\A', '^')
    .replaceAll(/\\[zZ]/g, '$')
    .replaceAll('[[:alnum:]]', '[a-zA-Z0-9]')
    .replaceAll('{,', '{0,')
  const pattern = new RegExp(`^(?:${translated})$`, ignoreCase ? 'is' : 's')
  patterns.set(source, pattern)
  return pattern
}

/** JSONSchema.pm check_format: undefined when the value is good, else the text that follows `invalid format - `. */
const checkFormat = (
  format: string | Record<string, Schema>,
  value: string,
  path: string,
  version: Version,
): string | undefined => {
  if (typeof format === 'object') return propertyComplaint(format, value, path, version)
  if (format === 'pve-vm-cpu-conf') return cpuComplaint(value, path, version)
  const named = propertyFormats[format]
  if (named) return propertyComplaint(named, value, path, version)
  const list = /^(.*)-a?list$/.exec(format)?.[1]
  if (list !== undefined) {
    for (const item of splitList(value)) {
      const complaint = formatChecks[list]?.(item, version)
      if (complaint !== undefined) return complaint
    }
    return undefined
  }
  const optional = /^(.*)-opt$/.exec(format)?.[1]
  if (optional !== undefined)
    return value === '' ? undefined : formatChecks[optional]?.(value, version)
  return formatChecks[format]?.(value, version)
}

const propertyComplaint = (
  format: Record<string, Schema>,
  value: string,
  path: string,
  version: Version,
) => {
  const parsed = parsePropertyString(format, value, path, version)
  return 'complaint' in parsed ? parsed.complaint : undefined
}

/** The model is looked up after the string was parsed (qemu-server src/PVE/QemuServer/CPUConfig.pm, validate_vm_cpu_conf). */
const cpuComplaint = (value: string, path: string, version: Version) => {
  const parsed = parsePropertyString(propertyFormats['pve-vm-cpu-conf'] ?? {}, value, path, version)
  if ('complaint' in parsed) return parsed.complaint
  const model = parsed.properties['cputype']
  return model === undefined ? undefined : formatChecks['pve-vm-cpu-model']?.(model, version)
}

/** Parses and checks a property string; `complaint` is the text that JSONSchema.pm dies with. */
const parsePropertyString = (
  format: Record<string, Schema>,
  text: string,
  path: string,
  version: Version,
): Parsed => {
  const split = splitProperties(format, text, version)
  if ('complaint' in split) return split
  const errors: Errors = new Map()
  checkObject(path, format, split.properties, errors, version)
  if (errors.size === 0) return split
  const lines = [...errors].map(([key, message]) => `${key}: ${message}\n`)
  return { complaint: `format error\n${lines.join('')}` }
}
