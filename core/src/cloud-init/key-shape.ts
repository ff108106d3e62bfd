/** What a place in a cloud-config document may hold. Left out = nothing is known, so nothing is said. */
export type KeyShape = {
  types?: readonly JsonType[]
  /** Of a mapping. Other keys are unknown, unless `others` says what they may hold. */
  keys?: Readonly<Record<string, KeyShape>>
  others?: KeyShape
  /** Of a list. */
  items?: KeyShape
  /** All that a text may be. */
  values?: readonly string[]
}

export type JsonType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null'
