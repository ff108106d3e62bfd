/**
 * Writes `core/src/cloud-init/generated/keys.ts`: the keys of a cloud-config document and what each may hold, from the
 * schema in Debian's package cloud-init, and what later releases added to it.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import type { JsonType, KeyShape } from '../core/src/cloud-init/key-shape.ts'
import { laterKeys, baseKeys } from './cloud-init-later-keys.ts'

const source = '/usr/lib/python3/dist-packages/cloudinit/config/schemas/schema-cloud-config-v1.json'
const target = new URL('../core/src/cloud-init/generated/keys.ts', import.meta.url)

const jsonType = z.enum(['string', 'number', 'integer', 'boolean', 'array', 'object', 'null'])

const schemaSchema = z.object({
  $ref: z.string().optional(),
  type: z.union([jsonType, z.array(jsonType)]).optional(),
  enum: z.array(z.unknown()).optional(),
  additionalProperties: z.unknown().optional(),
  get properties() {
    return z.record(z.string(), schemaSchema).optional()
  },
  get patternProperties() {
    return z.record(z.string(), schemaSchema).optional()
  },
  get items() {
    return schemaSchema.optional()
  },
  get allOf() {
    return z.array(schemaSchema).optional()
  },
  get anyOf() {
    return z.array(schemaSchema).optional()
  },
  get oneOf() {
    return z.array(schemaSchema).optional()
  },
})
type Schema = z.infer<typeof schemaSchema>

const file = z
  .looseObject({ $defs: z.record(z.string(), schemaSchema), allOf: z.array(schemaSchema) })
  .parse(JSON.parse(readFileSync(source, 'utf8')))

// The schema lets any key pass at the top and in a user; what it lists there is all that is read.
const { others: _others, ...shape } = merged([shapeOf({ allOf: file.allOf }), baseKeys, laterKeys])
writeFileSync(
  target,
  `// Written by tools/generate-cloud-init-keys.ts. Do not edit.
import type { KeyShape } from '../key-shape.ts'

export const cloudConfigShape: KeyShape = ${JSON.stringify(shape, null, 2)}
`,
)

/** A place is as loose as the loosest of its alternatives. */
function shapeOf(schema: Schema): KeyShape {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.replace('#/$defs/', '')
    const { $ref: _ref, ...rest } = schema
    const meant = file.$defs[name]
    if (meant === undefined) throw new Error(`${schema.$ref} is not in the schema`)
    return merged([shapeOf(meant), shapeOf(rest)])
  }
  const types = schema.type === undefined ? undefined : [schema.type].flat()
  const texts = schema.enum?.filter((value) => typeof value === 'string')
  const patterns = Object.values(schema.patternProperties ?? {}).map(shapeOf)
  const open = schema.additionalProperties === true ? [{}] : []
  const others = [...patterns, ...open]
  const own: KeyShape = {
    ...(types !== undefined && { types }),
    ...(texts !== undefined && texts.length > 0 && { values: texts }),
    ...(schema.properties !== undefined && { keys: mapped(schema.properties) }),
    ...(others.length > 0 && { others: merged(others) }),
    ...(schema.items !== undefined && { items: shapeOf(schema.items) }),
  }
  const alternatives = [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
  return merged([own, ...alternatives.map(shapeOf)])
}

function mapped(properties: Record<string, Schema>): Record<string, KeyShape> {
  return Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, shapeOf(value)]))
}

function merged(shapes: KeyShape[]): KeyShape {
  const types = new Set(shapes.flatMap((each) => each.types ?? []))
  const texts = shapes.filter((each) => each.types === undefined || each.types.includes('string'))
  const listed = texts.filter((each) => each.values !== undefined)
  // One alternative that takes any text makes the list of the others meaningless.
  const closed =
    listed.length > 0 && texts.every((each) => each.values !== undefined || isBare(each))
  const others = shapes.flatMap((each) => each.others ?? [])
  const items = shapes.flatMap((each) => each.items ?? [])
  const keys = new Map<string, KeyShape[]>()
  for (const [key, value] of shapes.flatMap((each) => Object.entries(each.keys ?? {}))) {
    keys.set(key, [...(keys.get(key) ?? []), value])
  }
  return {
    ...(types.size > 0 && { types: sorted(types) }),
    ...(closed && { values: [...new Set(listed.flatMap((each) => each.values ?? []))] }),
    ...(keys.size > 0 && {
      keys: Object.fromEntries([...keys].map(([key, values]) => [key, merged(values)])),
    }),
    ...(others.length > 0 && { others: merged(others) }),
    ...(items.length > 0 && { items: merged(items) }),
  }
}

/** Says nothing about texts: a wrapper around alternatives, or a mapping. */
function isBare({ types, values }: KeyShape): boolean {
  return types === undefined && values === undefined
}

function sorted(types: Set<JsonType>): JsonType[] {
  return [...types].toSorted((a, b) => a.localeCompare(b))
}
