const placeholder = /<[a-z0-9]+(?::[^<>]*)?>/g

/** What each numbered placeholder stood for first, in one case. */
export type Bindings = Map<string, string>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const shown = (value: unknown) => JSON.stringify(value)?.slice(0, 300) ?? 'undefined'

const kindOf = (value: unknown) =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value

const escapePattern = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const matchText = (
  expected: string,
  actual: string,
  bindings: Bindings,
  path: string,
): string[] => {
  const names = expected.match(placeholder) ?? []
  const pattern = expected.split(placeholder).map(escapePattern).join('([^]+?)')
  const found = new RegExp(`^${pattern}$`).exec(actual)
  if (!found) return [`${path}: ${shown(actual)} does not fit ${shown(expected)}`]
  return names.flatMap((name, index) => {
    const value = (found[index + 1] ?? '').toLowerCase()
    if (!/:\d+>$/.test(name)) return []
    const before = bindings.get(name)
    if (before === undefined) bindings.set(name, value)
    return before === undefined || before === value
      ? []
      : [`${path}: ${name} was ${before} before, now ${value}`]
  })
}

const special: [string, (value: unknown) => boolean][] = [
  ['<int:', (value) => Number.isInteger(value)],
  ['<num:', (value) => typeof value === 'number'],
  ['<str:int:', (value) => typeof value === 'string' && /^\d+$/.test(value)],
]

/**
 * The matcher of the recordings: types are kept, `<int:..>` is any integer, `<num:..>` any number, `<str:int:..>` digits
 * as text, other placeholders stand for text, numbered ones for the same text everywhere in a case.
 */
export const mismatches = (
  expected: unknown,
  actual: unknown,
  bindings: Bindings,
  path = '$',
): string[] => {
  if (typeof expected === 'string') {
    const rule = special.find(([start]) => expected.startsWith(start))
    if (rule) return rule[1](actual) ? [] : [`${path}: ${shown(actual)} is no ${expected}`]
  }
  if (kindOf(expected) !== kindOf(actual))
    return [`${path}: ${shown(actual)} instead of ${shown(expected)}`]
  if (isObject(expected) && isObject(actual)) {
    const missing = Object.keys(expected).filter((key) => !(key in actual))
    const extra = Object.keys(actual).filter((key) => !(key in expected))
    return [
      ...missing.map((key) => `${path}: key ${key} missing`),
      ...extra.map((key) => `${path}: extra key ${key}`),
      ...Object.keys(expected)
        .filter((key) => key in actual)
        .flatMap((key) => mismatches(expected[key], actual[key], bindings, `${path}.${key}`)),
    ]
  }
  if (Array.isArray(expected) && Array.isArray(actual)) {
    if (expected.length !== actual.length)
      return [
        `${path}: ${actual.length} elements instead of ${expected.length}: ${shown(actual)} instead of ${shown(expected)}`,
      ]
    return expected.flatMap((item, index) =>
      mismatches(item, actual[index], bindings, `${path}[${index}]`),
    )
  }
  if (typeof expected === 'string' && typeof actual === 'string')
    return matchText(expected, actual, bindings, path)
  return expected === actual ? [] : [`${path}: ${shown(actual)} instead of ${shown(expected)}`]
}
