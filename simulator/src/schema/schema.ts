import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Version } from '../version.ts'

/** JSONSchema.pm's dialect, as the official API schema prints it. */
export type Schema = {
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object' | 'null' | 'any'
  format?: string | Record<string, Schema>
  enum?: string[]
  pattern?: string
  minimum?: number
  maximum?: number
  min_length?: number
  max_length?: number
  minLength?: number
  maxLength?: number
  optional?: boolean | number
  requires?: string
  items?: Schema
  properties?: Record<string, Schema>
  additionalProperties?: boolean | number | Schema
  oneOf?: Schema[]
  default_key?: number
  alias?: string
  keyAlias?: string
}

/** One check of the API schema: `['perm', '/vms/{vmid}', ['VM.Audit'], 'any', 1]`, `['or', check, check]` ... */
export type PermissionCheck = [string, ...PermissionPart[]]
export type PermissionPart = string | number | string[] | PermissionCheck

export type Method = {
  method: string
  path: string
  allowToken: boolean
  protected: boolean
  proxyto?: string
  permissions?: { user?: string; expression?: { check?: PermissionCheck } }
  parameters: Record<string, Schema>
  returns: Schema
}

type Api = { methods: Method[] }

/** The calls of one version; `find` also gives the values of the path's parameters, still percent-encoded. */
export type Methods = {
  all: Method[]
  find: (
    method: string,
    path: string,
  ) => { method: Method; pathParams: Record<string, string> } | null
  get: (key: string) => Method | undefined
}

/** The index of everything; the published schema leaves it out. */
const root: Method = {
  method: 'GET',
  path: '/',
  allowToken: true,
  protected: false,
  permissions: { user: 'all' },
  parameters: {},
  returns: { type: 'array' },
}

const withOrigin = (segments: string[]) => segments.filter((segment) => segment !== '')

export const loadMethods = (version: Version): Methods => {
  const file = fileURLToPath(import.meta.resolve(`@deployer/proxmox/generated/api-${version}.json`))
  const api: Api = JSON.parse(readFileSync(file, 'utf8'))
  const methods = [root, ...api.methods]
  const templates = methods.map((method) => ({
    method,
    segments: withOrigin(method.path.split('/')),
  }))
  return {
    all: methods,
    get: (key) => methods.find(({ method, path }) => `${method} ${path}` === key),
    find: (verb, path) => {
      const segments = segmentsOf(path)
      const fitting = templates
        .filter(({ method }) => method.method === verb)
        .filter((template) => fits(template.segments, segments))
        .toSorted((a, b) => wildcards(a.segments) - wildcards(b.segments))
      const found = fitting[0]
      if (!found) return null
      const names = found.segments.flatMap((segment, index) =>
        isWildcard(segment) ? [[segment.slice(1, -1), segments[index] ?? '']] : [],
      )
      return { method: found.method, pathParams: Object.fromEntries(names) }
    },
  }
}

/** The last part of a volume's path may have slashes of its own, and no blanks. */
const volumePath = /^(\/nodes\/[^/]+\/storage\/[^/]+\/content)\/(.+)$/

const segmentsOf = (path: string): string[] => {
  const [, start = path, volume] = volumePath.exec(path) ?? []
  const segments = withOrigin(start.split('/'))
  if (volume === undefined) return segments
  return /\s|%20/.test(volume) ? [...segments, volume, ''] : [...segments, volume]
}

const isWildcard = (segment: string) => segment.startsWith('{')
const wildcards = (segments: string[]) => segments.filter(isWildcard).length
const fits = (template: string[], segments: string[]) =>
  template.length === segments.length &&
  template.every((segment, index) => isWildcard(segment) || segment === segments[index])
