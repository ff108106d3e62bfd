/** How parameters travel to Proxmox VE: in the path, the query, or a form body. */
import type { Calls } from './generated/calls.ts'
import type { UploadFile } from './multipart.ts'

export type CallName = keyof Calls
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

/** A call whose path, below `/api2/json`, is complete and percent-encoded. */
export type ReadyCall = {
  method: Method
  path: string
  params?: Readonly<Record<string, ParamValue | undefined>>
  /** Of an upload: its call must be a POST. */
  file?: UploadFile
}

export type ParamValue = string | number | boolean | readonly string[]

/** Booleans are 0 and 1: a form with `true` fails the type check (pve-common src/PVE/JSONSchema.pm). */
const valueText = (name: string, value: unknown): string => {
  if (typeof value === 'string') return value.toWellFormed()
  if (typeof value === 'boolean') return value ? '1' : '0'
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  throw new TypeError(`parameter ${name} has no form that Proxmox could read: ${typeof value}`)
}

/**
 * Percent-encodes parameters for a query or a form body, lists by a repeated key. Everything is encoded, blanks as `%20`:
 * Proxmox splits at a raw `;` and cuts at a second `=` (pve-http-server src/PVE/APIServer/AnyEvent.pm, decode_urlencoded).
 */
export const encodeParams = (params: object): string =>
  Object.entries(params)
    .filter(([, value]) => value !== undefined)
    .flatMap(([name, value]) =>
      (Array.isArray(value) ? value : [value]).map(
        (one) => `${encodeURIComponent(name)}=${encodeURIComponent(valueText(name, one))}`,
      ),
    )
    .join('&')

/** One value as one segment of a path. Refuses what a URL would read as another path: nothing, `.` and `..`. */
export const pathSegment = (name: string, value: unknown): string => {
  const text = valueText(name, value)
  if (/^\.{0,2}$/.test(text)) throw new TypeError(`${name} is not usable in a path: "${text}"`)
  return encodeURIComponent(text)
}

const isMethod = (text: string | undefined): text is Method =>
  text === 'GET' || text === 'POST' || text === 'PUT' || text === 'DELETE'

/** Fills the braces of a call's path from its parameters; the others are left for the query or the body. */
export const readyCall = <Name extends CallName>(
  name: Name,
  params: Calls[Name]['params'],
): ReadyCall => {
  const [method, template = ''] = name.split(' ')
  if (!isMethod(method)) throw new TypeError(`${name} has no method`)
  const rest = new Map(Object.entries(params))
  const path = template.replaceAll(/\{(\w+)\}/g, (_, key: string) => {
    const value = rest.get(key)
    rest.delete(key)
    return pathSegment(key, value)
  })
  return { method, path, params: Object.fromEntries(rest) }
}

/** Throws where a ready path still has braces, or would not arrive as it is written. */
export const checkPath = (path: string): void => {
  const segments = path.split('/').slice(1)
  const sound =
    path.startsWith('/') &&
    /^[\w\-.~%!$&'()*+,;=:@/]+$/.test(path) &&
    segments.every((segment) => !/^(\.|%2e){0,2}$/i.test(segment))
  if (!sound) throw new TypeError(`not a path of the Proxmox API: ${path}`)
}
