/** Compares a cloud-config with the keys that cloud-init knows: their names, their types, their values. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml'
import type { Report } from './document-issue.ts'
import { cloudConfigShape } from './generated/keys.ts'
import type { JsonType, KeyShape } from './key-shape.ts'
import { nearestName } from './nearest.ts'

export function checkKeys(document: Document, root: YAMLMap, report: Report): void {
  checkMapping(root, cloudConfigShape, '')

  function checkMapping(map: YAMLMap, shape: KeyShape, path: string): void {
    for (const pair of map.items) {
      const key = keyOf(pair)
      const below = path === '' ? key : `${path}.${key}`
      const known = shape.keys?.[key] ?? shape.others
      const offset = offsetOf(pair.key) ?? offsetOf(map) ?? 0
      if (known === undefined) reportUnknown(key, below, shape, offset)
      else checkValue(pair.value, known, below, offset)
      if (path === '' && key === 'network') reportNetwork(offset)
    }
  }

  function checkValue(value: unknown, shape: KeyShape, path: string, keyOffset: number): void {
    const node = isAlias(value) ? value.resolve(document) : value
    const offset = offsetOf(value) ?? keyOffset
    if (isAlias(value) && node === undefined) {
      const message = `*${value.source} refers to nothing: there is no &${value.source} before it.`
      report({ severity: 'error', code: 'yaml-syntax', message, path }, offset)
      return
    }
    const type = typeOf(node)
    if (shape.types !== undefined && !fits(type, shape.types)) {
      reportType(node, type, shape.types, path, offset)
    } else if (isMap(node) && (shape.keys !== undefined || shape.others !== undefined)) {
      checkMapping(node, shape, path)
    } else if (isSeq(node) && shape.items !== undefined) {
      for (const [index, item] of node.items.entries()) {
        checkValue(item, shape.items, `${path}.${index}`, offset)
      }
    } else if (isScalar(node) && typeof node.value === 'string' && shape.values !== undefined) {
      if (!shape.values.includes(node.value)) reportValue(node.value, shape.values, path, offset)
    }
  }

  function reportUnknown(key: string, path: string, shape: KeyShape, offset: number): void {
    const near = nearestName(key, Object.keys(shape.keys ?? {}))
    const where = path === key ? '' : ` under ${path.slice(0, -key.length - 1)}`
    const hint = near === null ? '' : ` ${near} is the nearest that it knows.`
    report(
      {
        // Without a near name it may be read by a program that the image brings.
        severity: near === null ? 'warning' : 'error',
        code: 'key-unknown',
        message: `cloud-init does not know ${key}${where} and ignores it.${hint}`,
        path,
      },
      offset,
    )
  }

  function reportType(
    node: unknown,
    type: JsonType,
    expected: readonly JsonType[],
    path: string,
    offset: number,
  ): void {
    const structural = isStructure(type) || expected.every(isStructure)
    report(
      {
        // cloud-init reads many a number or boolean for a text and the reverse, and warns in its log.
        severity: structural ? 'error' : 'warning',
        code: 'type-wrong',
        message: `${path} is ${words[type]}, and cloud-init expects ${expectation(expected)}.${typeHint(node, type, expected)}`,
        path,
      },
      offset,
    )
  }

  function reportValue(
    value: string,
    values: readonly string[],
    path: string,
    offset: number,
  ): void {
    const near = nearestName(value, [...values])
    const message = `${path} cannot be ${value}. It is one of ${values.join(', ')}.${near === null ? '' : ` ${near} is the nearest.`}`
    report({ severity: 'error', code: 'value-unknown', message, path }, offset)
  }

  function reportNetwork(offset: number): void {
    const message =
      'cloud-init reads no network settings from user-data and ignores this. Set addresses at the networks of the VM.'
    report({ severity: 'warning', code: 'key-ignored', message, path: 'network' }, offset)
  }
}

export function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key)
}

export function offsetOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value)
}

const words: Record<JsonType, string> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a mapping',
  null: 'empty',
}

function expectation(types: readonly JsonType[]): string {
  const all = types.filter((type) => type !== 'null').map((type) => words[type])
  const last = all.at(-1) ?? 'nothing'
  return all.length < 2 ? last : `${all.slice(0, -1).join(', ')} or ${last}`
}

function typeOf(node: unknown): JsonType {
  if (isMap(node)) return 'object'
  if (isSeq(node)) return 'array'
  const value: unknown = isScalar(node) ? node.value : null
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number'
  if (typeof value === 'boolean') return 'boolean'
  return value === null || value === undefined ? 'null' : 'string'
}

function fits(type: JsonType, expected: readonly JsonType[]): boolean {
  return expected.includes(type) || (type === 'integer' && expected.includes('number'))
}

function isStructure(type: JsonType): boolean {
  return type === 'array' || type === 'object'
}

function typeHint(node: unknown, type: JsonType, expected: readonly JsonType[]): string {
  if (expected.includes('string') && isScalar(node) && type !== 'null') {
    return ` Put it in quotes: "${node.source ?? String(node.value)}".`
  }
  if (expected.includes('string') && type === 'object') {
    return ' A colon followed by a blank makes a mapping; put the line in quotes.'
  }
  if (expected.includes('array') && type === 'string') return ' Write it as a list: - in front.'
  return ''
}
