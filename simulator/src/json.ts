/** Anything that an answer may hold; `undefined` fields are left out. */
export type Json = null | boolean | number | string | Json[] | JsonObject
export type JsonObject = { [key: string]: Json | undefined }

/** A parameter as it arrived: text, a repeated key or JSON array, a JSON object, or JSON null. */
export type RawValue = string | null | RawValue[] | { [key: string]: RawValue }
export type RawParams = Record<string, RawValue>
