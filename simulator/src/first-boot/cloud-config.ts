import { parseDocument } from 'yaml'
import { modules } from './modules.ts'

/** What a user-data document makes of a guest. */
export type Configured = {
  hostname: string | undefined
  /** In the order of the document; `default` is the image's own. */
  users: string[] | undefined
  packages: string[]
  upgrades: boolean
  commands: (string | string[])[]
  /** cloud-init goes on. */
  warnings: string[]
  /** It could not use the document. */
  errors: string[]
}

const nothing = (): Configured => ({
  hostname: undefined,
  users: undefined,
  packages: [],
  upgrades: false,
  commands: [],
  warnings: [],
  errors: [],
})

type Mapping = Record<string, unknown>

const isMapping = (value: unknown): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : undefined

const listOf = (config: Mapping, key: string, warnings: string[]): unknown[] => {
  const value = config[key]
  if (value === undefined || value === null) return []
  if (Array.isArray(value)) return value
  warnings.push(`${key}: ${JSON.stringify(value)} is not of type 'array'`)
  return []
}

const userNames = (config: Mapping, warnings: string[]): string[] | undefined => {
  const named = textOf(config['user'])
  const base = named === undefined ? [] : [named]
  if (config['users'] === undefined) return named === undefined ? undefined : base
  const listed = listOf(config, 'users', warnings).flatMap((entry): string[] => {
    const name = isMapping(entry) ? textOf(entry['name']) : textOf(entry)
    return name === undefined ? [] : [name]
  })
  return [...base, ...listed.filter((name) => name !== 'default' || named === undefined)]
}

const packageName = (entry: unknown): string[] => {
  const name = Array.isArray(entry) ? textOf(entry[0]) : textOf(entry)
  return name === undefined ? [] : [name]
}

const command = (entry: unknown): (string | string[])[] => {
  if (Array.isArray(entry)) return [entry.map((part) => textOf(part) ?? '')]
  const line = textOf(entry)
  return line === undefined ? [] : [line]
}

const fromMapping = (config: Mapping): Configured => {
  const warnings = Object.keys(config)
    .filter((key) => !modules.has(key))
    .map((key) => `Additional properties are not allowed ('${key}' was unexpected)`)
  return {
    hostname: textOf(config['hostname']) ?? textOf(config['fqdn'])?.split('.')[0],
    users: userNames(config, warnings),
    packages: listOf(config, 'packages', warnings).flatMap(packageName),
    upgrades: config['package_upgrade'] === true,
    commands: listOf(config, 'runcmd', warnings).flatMap(command),
    warnings,
    errors: [],
  }
}

const fromYaml = (text: string): Configured => {
  const document = parseDocument(text)
  const [error] = document.errors
  if (error) {
    const { line = 0, col = 0 } = error.linePos?.[0] ?? {}
    const message = `Failed loading yaml blob. Invalid format at line ${line} column ${col}: "${error.message.split('\n')[0]}"`
    return { ...nothing(), errors: [message] }
  }
  const value: unknown = document.toJS()
  if (value === null || value === undefined) return nothing()
  if (isMapping(value)) return fromMapping(value)
  return {
    ...nothing(),
    errors: [
      `Failed loading yaml blob. Yaml load allows (dict) root types, but got ${Array.isArray(value) ? 'list' : typeof value} instead`,
    ],
  }
}

/** A key of an earlier part stays. */
const merged = (first: Configured, second: Configured): Configured => ({
  hostname: first.hostname ?? second.hostname,
  users: first.users ?? second.users,
  packages: first.packages.length > 0 ? first.packages : second.packages,
  upgrades: first.upgrades || second.upgrades,
  commands: [...first.commands, ...second.commands],
  warnings: [...first.warnings, ...second.warnings],
  errors: [...first.errors, ...second.errors],
})

const multipart = (text: string): Configured => {
  const boundary = /boundary="?([^"\s;]+)"?/i.exec(text)?.[1] ?? ''
  const parts = text.split(`--${boundary}`).slice(1, -1)
  return parts
    .map((part) => {
      const [head = '', ...body] = part.replaceAll('\r\n', '\n').trimStart().split('\n\n')
      const content = body.join('\n\n')
      const isBase64 = /^content-transfer-encoding:\s*base64/im.test(head)
      return readUserData(isBase64 ? Buffer.from(content, 'base64').toString('utf8') : content)
    })
    .reduce(merged, nothing())
}

/** cloud-init src/cloudinit/user_data.py and handlers: the first line says what it is. */
export const readUserData = (text: string): Configured => {
  const document = text.replace(/^## template: *jinja\r?\n/, '')
  if (document.trim() === '') return nothing()
  if (/^#cloud-config\b/.test(document)) return fromYaml(document)
  if (document.startsWith('#!'))
    return {
      ...nothing(),
      commands: document
        .split('\n')
        .slice(1)
        .filter((line) => line !== ''),
    }
  if (/^(content-type|mime-version):/i.test(document)) return multipart(document)
  const start = JSON.stringify(document.slice(0, 40))
  return {
    ...nothing(),
    warnings: [`Unhandled non-multipart (text/x-not-multipart) userdata: '${start}...'`],
  }
}
