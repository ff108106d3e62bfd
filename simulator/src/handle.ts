import { createAccess } from './access/permissions.ts'
import { authenticate, readCredentials, type Credentials } from './authenticate.ts'
import type { CallAnswer, Handlers } from './call.ts'
import type { Cluster } from './cluster.ts'
import { dispatch, type ApiRequest } from './dispatch.ts'
import { ConnectionDropped } from './disturb.ts'
import { ApiError, messageOf } from './errors.ts'
import type { RawParams } from './json.ts'
import { atLeast, type Version } from './version.ts'
import { decodeForm, rawOfJson } from './wire/form.ts'
import { errorReply, successReply, type Format } from './wire/format.ts'
import type { Reply } from './wire/reply.ts'
import type { WireRequest } from './wire/server.ts'
import { isUploadPath, readUpload } from './wire/upload.ts'

/** One received call, as tests and the benchmark want to see it. */
export type JournalEntry = {
  at: number
  user: string
  method: string
  /** Below `/api2/json`, as sent. */
  path: string
  params: RawParams
  status: number
}

/** An error found before routing: its text is the body, without a content type. */
const earlyError = (status: number, text: string): Reply => ({ status, reason: text, body: text })
const bare = (status: number, reason: string): Reply => ({ status, reason })

const bodyLimitBytes = (version: Version) => (atLeast(version, 8.4) ? 512 : 64) * 1024

const formats: Record<string, Format> = { json: 'json', extjs: 'extjs', html: 'html' }

type Target = { path: string; format: Format; query: RawParams }
type OrReply<T> = T | { reply: Reply }

/** Splits `/api2/<format>/<path>?<query>`; an error reply where pveproxy gives one. */
const readTarget = (url: string): OrReply<Target> => {
  const [rawPath = '', ...queryParts] = url.split('?')
  const path = rawPath.replaceAll(/\/+/g, '/')
  const [, formatName, rest = ''] = /^\/api2\/([^/]+)(\/.*)?$/.exec(path) ?? []
  if (formatName === undefined) {
    if (/^\/api2\/?$/.test(path)) return { reply: earlyError(501, 'no such uri') }
    return { reply: earlyError(500, `no such file '${path}'\n`) }
  }
  const relative = rest === '' ? '/' : rest
  const format = formats[formatName]
  if (!format) return { reply: earlyError(501, `no formatter for uri ${relative}, ${formatName}`) }
  return {
    format,
    path: relative.length > 1 ? relative.replace(/\/$/, '') : relative,
    query: decodeForm(Buffer.from(queryParts.join('?')).toString('latin1')),
  }
}

/** The address must be written exactly so; then the body may be of any size. */
const isUpload = ({ method, url, headers }: WireRequest) =>
  method === 'POST' &&
  isUploadPath(/^\/api2\/[^/]+(\/[^?]*)/.exec(url)?.[1] ?? '') &&
  headers['content-type']?.split(';')[0] === 'multipart/form-data'

/** What is wrong with the request before anyone asks who sends it (AnyEvent.pm, process_header). */
const checkRequest = (request: WireRequest, version: Version): Reply | undefined => {
  const { method, headers } = request
  if (!['GET', 'POST', 'PUT', 'DELETE'].includes(method))
    return bare(501, `method '${method}' not available`)
  if (headers['transfer-encoding'] !== undefined)
    return earlyError(501, 'chunked transfer encoding not supported')
  const length = Number(headers['content-length'] ?? 0)
  if (length > 0 && (method === 'GET' || method === 'DELETE'))
    return earlyError(501, `Unexpected content for method '${method}'`)
  if (length > bodyLimitBytes(version) && !isUpload(request))
    return earlyError(501, 'for data too large')
  return undefined
}

const perlJsonError = (body: string) =>
  body === ''
    ? 'malformed JSON string, neither tag, array, object, number, string or atom, at character offset 0 (before "(end of string)")'
    : `, or } expected while parsing object/hash, at character offset ${body.length} (before "(end of string)")`

const jsonLines: Record<Version, { parse: number; use: number }> = {
  '7.4': { parse: 908, use: 949 },
  '8.4': { parse: 917, use: 957 },
  '9.2': { parse: 934, use: 978 },
}

const atLine = (line: number) => ` at /usr/share/perl5/PVE/APIServer/AnyEvent.pm line ${line}.\n`

const readJson = (body: string, version: Version): OrReply<{ params: RawParams }> => {
  const line = jsonLines[version]
  try {
    const params = rawOfJson(JSON.parse(body))
    if (params !== null && typeof params === 'object' && !Array.isArray(params)) return { params }
    const found =
      typeof params === 'string'
        ? `Can't use string ("${params}") as a HASH ref while "strict refs" in use`
        : 'Not a HASH reference'
    return { reply: earlyError(500, found + atLine(line.use)) }
  } catch {
    return { reply: earlyError(500, perlJsonError(body) + atLine(line.parse)) }
  }
}

/** The body's parameters; the match of content types is exact up to the first `;`. */
const readBody = async (
  request: WireRequest,
  version: Version,
): Promise<OrReply<{ params: RawParams }>> => {
  const contentType = request.headers['content-type']
  const length = Number(request.headers['content-length'] ?? 0)
  const kind = contentType?.split(';')[0]
  const isJson = kind === 'application/json'
  if (length === 0 && !(isJson && request.headers['content-length'] !== undefined))
    return { params: {} }
  if (request.method === 'GET' || request.method === 'DELETE') return { params: {} }
  const isForm = contentType === undefined || kind === 'application/x-www-form-urlencoded'
  if (isUpload(request)) return readUpload(await request.readBody(), contentType ?? '', version)
  if (!isForm && !isJson)
    return { reply: earlyError(506, `upload 'Content-Type '${contentType}' not implemented`) }
  const body = await request.readBody()
  return isJson
    ? readJson(body.toString('utf8'), version)
    : { params: decodeForm(body.toString('latin1')) }
}

const headerText = (value: string | string[] | undefined) =>
  Array.isArray(value) ? value.join(', ') : value

const credentialsOf = ({ headers }: WireRequest): Credentials =>
  readCredentials({
    cookie: headers.cookie,
    authorization: headers.authorization,
    csrf: headerText(headers['csrfpreventiontoken']),
  })

/** How long a refused sign-in takes. */
const refusalSeconds = 3

type Run = (request: ApiRequest) => Promise<CallAnswer>

/** pveproxy waits so long for pvedaemon; what was asked for goes on nevertheless. */
const proxyTimeoutSeconds = 30

const orTimeout = async (cluster: Cluster, work: Promise<CallAnswer>): Promise<CallAnswer> => {
  const done = new AbortController()
  const timeout = cluster.clock.sleep(proxyTimeoutSeconds, done.signal).then(
    () => {
      throw new ApiError(596, 'Connection timed out')
    },
    () => null,
  )
  try {
    return await Promise.race([work, timeout.then(() => work)])
  } finally {
    done.abort()
  }
}

/** Who may not upload is told so before the file is read. */
const uploadRefusal = (cluster: Cluster, path: string, caller: string): Reply | undefined => {
  const storage = `/storage/${path.split('/')[4] ?? ''}`
  const access = createAccess(cluster.world, cluster.version, caller)
  if (caller === 'root@pam' || access.has(storage, ['Datastore.AllocateTemplate'])) return undefined
  return bare(403, `Permission check failed (${storage}, Datastore.AllocateTemplate)`)
}

/** From a request on the wire to its answer. */
export const createHandler = (
  cluster: Cluster,
  handlers: Handlers,
  journal: (entry: JournalEntry) => void,
  wrap: (run: Run, request: ApiRequest) => Promise<CallAnswer>,
) => {
  const run: Run = (request) => dispatch(cluster, handlers, request)

  const callApi = async (format: Format, request: ApiRequest): Promise<Reply> => {
    try {
      return successReply(format, await orTimeout(cluster, wrap(run, request)))
    } catch (error) {
      if (error instanceof ConnectionDropped) throw error
      if (error instanceof ApiError && error.status === 401)
        await cluster.clock.sleep(refusalSeconds)
      if (error instanceof ApiError && error.status >= 595) return bare(error.status, error.message)
      return errorReply(format, error, cluster.version)
    }
  }

  return async (request: WireRequest): Promise<Reply> => {
    const early = checkRequest(request, cluster.version)
    if (early) return early
    const target = readTarget(request.url)
    if ('reply' in target) return target.reply
    const { path, format } = target
    const credentials = credentialsOf(request)
    const note = (user: string, params: RawParams, status: number) =>
      journal({ at: cluster.clock.now(), user, method: request.method, path, params, status })
    let caller: string
    try {
      caller = authenticate(cluster, request.method, path, credentials)
    } catch (error) {
      await cluster.clock.sleep(refusalSeconds)
      note('', target.query, 401)
      return bare(401, messageOf(error))
    }
    const refused = isUpload(request) ? uploadRefusal(cluster, path, caller) : undefined
    if (refused) {
      await cluster.clock.sleep(refusalSeconds)
      note(caller, target.query, 403)
      return refused
    }
    const body = await readBody(request, cluster.version)
    if ('reply' in body) return body.reply
    const params = { ...body.params, ...target.query }
    if (request.method === 'GET') Reflect.deleteProperty(params, '_dc')
    const withToken = credentials.apiToken !== undefined
    const reply = await callApi(format, { method: request.method, path, params, caller, withToken })
    note(caller, params, reply.status)
    return isUpload(request) ? { ...reply, close: true } : reply
  }
}
