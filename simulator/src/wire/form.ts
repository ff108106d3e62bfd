import type { RawParams, RawValue } from '../json.ts'

const decode = (text: string): string =>
  Buffer.from(
    text
      .replaceAll('+', ' ')
      .replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      ),
    'latin1',
  ).toString('utf8')

/** A repeated key becomes a list. */
const put = (params: RawParams, key: string, value: string) => {
  const before = params[key]
  if (before === undefined || before === null) params[key] = value
  else if (Array.isArray(before)) before.push(value)
  else params[key] = [before, value]
}

/**
 * The naive rule of pve-http-server src/PVE/APIServer/AnyEvent.pm, decode_urlencoded: pairs are cut at `&` and `;`, each
 * at every `=` with the first two pieces kept. `text` holds bytes as Latin-1 characters.
 */
export const decodeForm = (text: string): RawParams => {
  const params: RawParams = {}
  const pairs = text.split(/[&;]/)
  while (pairs.at(-1) === '') pairs.pop()
  for (const pair of pairs) {
    const [key = '', value = ''] = pair.split('=')
    put(params, decode(key), decode(value))
  }
  return params
}

/** JSON values become what the form would have carried: numbers and booleans as text. */
export const rawOfJson = (value: unknown): RawValue => {
  if (value === null || value === undefined) return null
  if (Array.isArray(value)) return value.map(rawOfJson)
  if (typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, rawOfJson(item)]))
  if (typeof value === 'boolean') return value ? '1' : '0'
  return typeof value === 'string' ? value : JSON.stringify(value)
}
