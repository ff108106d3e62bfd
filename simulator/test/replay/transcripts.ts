import { existsSync, readFileSync, readdirSync } from 'node:fs'

/** The recordings lie beside the repository; where they are absent, nothing can be replayed. */
const folder = new URL('../../../../shared/pve-transcripts/', import.meta.url)
export const transcriptsExist = existsSync(folder)

export type RecordedVersion = '8.4' | '9.2'
export const recordedVersions: RecordedVersion[] = ['8.4', '9.2']

export type Auth = {
  kind: string
  user?: string
  via?: string
  csrf?: boolean | string
  tokenid?: string
  secret?: string
  state?: string
  cookie?: string
  token?: string
  authorizationHeader?: string
}

export type Recorded = {
  method: string
  path: string
  fullPath?: boolean
  fmt?: string
  query?: Record<string, unknown>
  form?: Record<string, unknown>
  json?: unknown
  rawBody?: string
  rawRequest?: string
  multipart?: { headers: string[]; body: string }[]
  contentType?: string
  contentLength?: string
  headers?: Record<string, string>
  proto?: string
  auth?: Auth
}

export type Answer = {
  status: number | null
  reason?: string
  headers?: Record<string, string>
  body?: unknown
  text?: string
  bodyEmpty?: boolean
  dataSortedBy?: string
}

export type TaskOutcome = {
  upid: number
  type: string
  id: string
  user: string
  tokenid?: string
  exitstatus: string
  logLines: string[]
}

/** One step of a case; which fields it has says what it is. */
export type Item = {
  request?: Recorded
  response?: Answer
  thenTask?: TaskOutcome
  note?: string
  onlyIn?: RecordedVersion
  action?: Step
  artefact?: string
  text?: string
  observation?: string
  results?: Record<string, string>
}

/** A step that prepares: a call, or something done on the node. */
export type Step = Partial<Recorded> & {
  host?: string
  note?: string
  answer?: unknown
  task?: string
}

type Overlay = { exchanges?: Record<string, Item>; setup?: Step[] }

export type Case = {
  id: string
  area: string
  setup: Step[]
  exchanges: Item[]
  versions: Record<RecordedVersion, Overlay>
  labArtefact?: string
}

export const loadArea = (area: string): Case[] =>
  JSON.parse(readFileSync(new URL(`${area}.json`, folder), 'utf8'))

export const recordedAreas = (): string[] =>
  readdirSync(folder)
    .filter((name) => /^[a-z]+\.json$/.test(name))
    .map((name) => name.replace('.json', ''))

type RecordedWorld = {
  files: Record<string, string>
  volumes: Record<string, RecordedVolume[]>
}
type RecordedVolume = {
  volid: string
  content: string
  format: string
  size: number
  vmid?: number
}

export const loadWorld = (): {
  versions: Record<RecordedVersion, RecordedWorld>
  credentials: { tokens: Record<string, string> }
} => JSON.parse(readFileSync(new URL('_world.json', folder), 'utf8'))

/** What one version showed: the common exchanges with its own laid over them. */
export const expandCase = (
  found: Case,
  version: RecordedVersion,
): { exchange: number; item: Item }[] =>
  found.exchanges.flatMap((item, exchange) => {
    if (item.onlyIn !== undefined && item.onlyIn !== version) return []
    const own = found.versions[version].exchanges?.[String(exchange)]
    return [{ exchange, item: { ...item, ...own } }]
  })

export const setupOf = (found: Case, version: RecordedVersion): Step[] =>
  found.versions[version].setup ?? found.setup
