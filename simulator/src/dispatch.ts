import { checkMethodPermissions } from './access/check.ts'
import { createAccess } from './access/permissions.ts'
import { readParams, type Call, type CallAnswer, type Handlers } from './call.ts'
import type { Cluster } from './cluster.ts'
import { ApiError, die, parameterError, permissionError } from './errors.ts'
import type { RawParams } from './json.ts'
import type { Method } from './schema/schema.ts'
import { checkObject, schemaOf, type Errors } from './schema/validate.ts'

export type ApiRequest = {
  method: string
  /** Below `/api2/json`, as sent. */
  path: string
  /** Body and query merged; the query wins. */
  params: RawParams
  caller: string
  withToken: boolean
}

const notImplemented = ({ method, path }: ApiRequest) =>
  new ApiError(501, `Method '${method} ${unescaped(path)}' not implemented`)

const unescaped = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** Merges path parameters in; one that is also sent must say the same. */
const allParams = (pathParams: Record<string, string>, sent: RawParams): RawParams => {
  const params: RawParams = {}
  for (const [name, value] of Object.entries(pathParams)) params[name] = unescaped(value)
  for (const [name, value] of Object.entries(sent)) {
    const inPath = params[name]
    if (inPath !== undefined && inPath !== value)
      throw parameterError({
        [name]: 'duplicate parameter (already defined in URI) with conflicting values!',
      })
    params[name] = value
  }
  return params
}

/** A single value for an array parameter is wrapped; list formats take a list as well (RESTHandler.pm since 8.0). */
const adaptLists = (method: Method, params: RawParams) => {
  for (const [name, value] of Object.entries(params)) {
    const schema = schemaOf(method.parameters, name)
    if (schema?.type === 'array' && typeof value === 'string') params[name] = [value]
    const isList = typeof schema?.format === 'string' && /-a?list$/.test(schema.format)
    if (isList && Array.isArray(value)) params[name] = value.map(String).join(';')
  }
}

/** What the permission templates see. */
const textParams = (params: RawParams) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : undefined,
    ]),
  )

/** The node that serves the call: the one of the path, if the cluster knows it and it is up. */
const resolveNode = (cluster: Cluster, method: Method, params: RawParams): string => {
  const { world } = cluster
  const name = params['node']
  if (typeof name !== 'string' || name === 'localhost') {
    if (typeof name === 'string') params['node'] = world.entryNode
    return world.entryNode
  }
  if (method.proxyto === undefined && !method.protected && method.path.split('/').length < 4)
    return name
  const node = world.nodes.find((other) => other.name === name)
  if (!node)
    return die(
      `hostname lookup '${name}' failed - failed to get address info for: ${name}: ${world.lookupError}`,
    )
  if (!node.online) throw new ApiError(595, 'No route to host')
  return name
}

/**
 * pve-manager PVE/HTTPServer.pm, rest_handler: route, duplicate parameters, tokens, permissions, node, validation, and
 * then the call itself.
 */
export const dispatch = async (
  cluster: Cluster,
  handlers: Handlers,
  request: ApiRequest,
): Promise<CallAnswer> => {
  const found = cluster.methods.find(request.method, request.path)
  const handler = found && handlers[`${request.method} ${found.method.path}`]
  if (!found || !handler) throw notImplemented(request)
  const { method } = found
  const params = allParams(found.pathParams, request.params)
  if (request.withToken && !method.allowToken)
    throw permissionError(
      `URI '${request.path}' not available with API token, need proper ticket.\n`,
    )
  const access = createAccess(cluster.world, cluster.version, request.caller)
  const caller = request.caller === '' ? undefined : { id: request.caller, access }
  checkMethodPermissions(method, caller, textParams(params), cluster.world)
  const node = resolveNode(cluster, method, params)
  adaptLists(method, params)
  validate(cluster, method, params)
  const call: Call = {
    cluster,
    access,
    node,
    caller: request.caller,
    params: readParams(params),
    vmid: Number(params['vmid'] ?? 0),
  }
  return handler(call)
}

const validate = (cluster: Cluster, method: Method, params: RawParams) => {
  const errors: Errors = new Map()
  checkObject('', method.parameters, params, errors, cluster.version)
  if (errors.size > 0) throw parameterError(Object.fromEntries(errors))
}
