import type { Access } from './access/permissions.ts'
import type { Cluster } from './cluster.ts'
import type { Json, RawParams, RawValue } from './json.ts'

/** The parameters of a call after validation, those of the path included. */
export type Params = {
  has: (name: string) => boolean
  /** '' when absent: for parameters that the schema requires. */
  text: (name: string) => string
  optional: (name: string) => string | undefined
  integer: (name: string) => number | undefined
  flag: (name: string) => boolean | undefined
  list: (name: string) => string[]
  names: () => string[]
  raw: RawParams
}

const textOf = (value: RawValue | undefined): string | undefined =>
  typeof value === 'string' ? value : Array.isArray(value) ? value.map(textOf).join(';') : undefined

const listOf = (value: RawValue | undefined): string[] =>
  Array.isArray(value) ? value.map((item) => textOf(item) ?? '') : [textOf(value) ?? '']

export const readParams = (raw: RawParams): Params => {
  const optional = (name: string) => textOf(raw[name])
  return {
    raw,
    optional,
    has: (name) => raw[name] !== undefined,
    text: (name) => optional(name) ?? '',
    integer: (name) => {
      const text = optional(name)
      return text === undefined ? undefined : Number(text)
    },
    flag: (name) => {
      const text = optional(name)
      return text === undefined ? undefined : text === '1'
    },
    list: (name) => (raw[name] === undefined ? [] : listOf(raw[name])),
    names: () => Object.keys(raw),
  }
}

export type Call = {
  cluster: Cluster
  /** `user@realm` or `user@realm!token`; '' on public calls. */
  caller: string
  access: Access
  params: Params
  /** The node of the path; `localhost` is the entry node. */
  node: string
  vmid: number
}

/** An answer with more than `data` at its top level, like the `total` of a task log. */
export class Extended {
  readonly data: Json
  readonly extra: Record<string, Json>
  constructor(data: Json, extra: Record<string, Json>) {
    this.data = data
    this.extra = extra
  }
}

/** A file instead of JSON. */
export class TextFile {
  readonly text: string
  readonly fileName: string
  constructor(text: string, fileName: string) {
    this.text = text
    this.fileName = fileName
  }
}

export type CallAnswer = Json | Extended | TextFile
export type Handler = (call: Call) => CallAnswer | Promise<CallAnswer>
/** By `METHOD /path/{template}`. */
export type Handlers = Record<string, Handler>
