/** From the issues of a schema to sentences at their fields. */
import type { ZodFastifySchemaValidationError } from 'fastify-type-provider-zod'
import { z } from 'zod'

export type FieldError = { path: string; message: string }

/** `path` is dotted: `request.vms.0.name`; empty for the whole of it. */
export function fieldErrors(issues: ZodFastifySchemaValidationError[]): FieldError[] {
  return issues.flatMap((issue) => {
    const path = issue.instancePath
      .split('/')
      .filter((part) => part !== '')
      .join('.')
    return fieldError(path, issue.keyword, issue.message ?? '', issue.params)
  })
}

type Params = Record<string, unknown>

function fieldError(path: string, code: string, message: string, params: Params): FieldError[] {
  switch (code) {
    case 'unrecognized_keys': {
      const keys = Array.isArray(params.keys) ? params.keys.map(String) : []
      return keys.map((key) => ({
        path: path === '' ? key : `${path}.${key}`,
        message: 'This field does not exist here.',
      }))
    }
    case 'invalid_type':
      return [
        {
          path,
          message: message.endsWith('undefined')
            ? 'This field is missing.'
            : `This must be ${kindOf(params.expected)}.`,
        },
      ]
    case 'invalid_value': {
      const values = Array.isArray(params.values) ? params.values.map(String) : []
      return [{ path, message: `This must be ${oneOf(values)}.` }]
    }
    case 'invalid_union':
      return unionErrors(path, params)
    case 'too_small':
    case 'too_big':
      return [{ path, message: sizeMessage(code, params) }]
    case 'invalid_format':
      // A format with words of its own keeps them; the library's start with "Invalid".
      return [
        {
          path,
          message: message.startsWith('Invalid') ? formMessage(params) : message,
        },
      ]
    default:
      return [
        { path, message: message.replace(/^Invalid input:? ?/, '') || 'This value does not fit.' },
      ]
  }
}

const formMessage = ({ format, pattern }: Params): string =>
  format === 'datetime'
    ? 'This must be a time with its zone, such as 2026-02-09T00:00:00Z.'
    : `This does not have the form ${String(pattern ?? format)}.`

function kindOf(expected: unknown): string {
  switch (expected) {
    case 'int':
      return 'a whole number'
    case 'number':
      return 'a number'
    case 'string':
      return 'text'
    case 'boolean':
      return '`true` or `false`'
    case 'array':
      return 'a list'
    case 'object':
      return 'an object'
    default:
      return String(expected)
  }
}

const oneOf = (values: string[]): string =>
  values.length === 1
    ? `\`${values[0]}\``
    : `one of ${values.map((value) => `\`${value}\``).join(', ')}`

function sizeMessage(code: 'too_small' | 'too_big', { origin, minimum, maximum }: Params): string {
  const small = code === 'too_small'
  const limit = String(small ? minimum : maximum)
  switch (origin) {
    case 'string':
      if (small && limit === '1') return 'This is empty.'
      return `This must be ${small ? 'at least' : 'at most'} ${limit} characters long.`
    case 'array':
      if (small && limit === '1') return 'This list is empty.'
      return `This list must have ${small ? 'at least' : 'at most'} ${limit} entries.`
    default:
      return `This must be ${limit} or ${small ? 'more' : 'less'}.`
  }
}

/** Of the branches of a union, the one that fits best: the fewest complaints. */
function unionErrors(path: string, params: Params): FieldError[] {
  if (typeof params.discriminator === 'string' && 'note' in params) {
    const options = Array.isArray(params.options) ? params.options.map(String) : []
    const field = path.endsWith(params.discriminator)
      ? path
      : [path, params.discriminator].filter(Boolean).join('.')
    return [
      {
        path: field,
        message: options.length > 0 ? `This must be ${oneOf(options)}.` : 'This kind is not known.',
      },
    ]
  }
  const branches = Array.isArray(params.errors) ? params.errors.filter(Array.isArray) : []
  const best = branches.toSorted((a, b) => a.length - b.length)[0]
  if (best === undefined) return [{ path, message: 'This value does not fit.' }]
  return best.flatMap((issue: unknown) => {
    const { success, data } = nestedIssue.safeParse(issue)
    if (!success) return []
    const whole = [path, ...data.path.map(String)].filter((part) => part !== '')
    return fieldError(whole.join('.'), data.code, data.message, data)
  })
}

const nestedIssue = z.looseObject({
  code: z.string(),
  message: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
})
