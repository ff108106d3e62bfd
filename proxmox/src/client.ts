/** Calls to the API of a Proxmox VE cluster, over HTTPS, as `pveproxy` wants them. */
import type { Duplex } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { Agent } from 'undici'
import { type CallName, checkPath, type ReadyCall, readyCall } from './encode.ts'
import { ProxmoxError } from './errors.ts'
import { type Exchange, exchange, isHopTrouble, readAnswer } from './exchange.ts'
import type { Calls } from './generated/calls.ts'
import { type Host, parseHost } from './hosts.ts'
import { createLimit } from './limit.ts'
import { type StreamedFile, streamUpload, type UploadOptions } from './stream-upload.ts'
import { createConnector, type Tls } from './tls.ts'
import { openWebSocket } from './web-socket.ts'

export type ConnectionOptions = {
  /** `host` or `host:port`; several nodes of one cluster: the next one is asked when one does not answer. */
  hosts: readonly string[]
  tls: Tls
  /** For one try of a call, from the moment it is sent. More than the 30 s after which Proxmox itself gives up. */
  timeoutSeconds?: number
  maxRequestsPerHost?: number
}

export type Credentials =
  | { kind: 'ticket'; username: string; ticket: string; csrfToken: string }
  | { kind: 'token'; tokenId: string; secret: string }
  | { kind: 'none' }

export type CallOptions = { signal?: AbortSignal | undefined }

export type Api = {
  /**
   * Makes a call and gives `data` of its answer, typed from the official schema and not checked against it. Path parameters
   * go into the path, the others into the query (GET, DELETE) or the form body (POST, PUT).
   * Rejects with `ProxmoxError`, or with the reason of `signal` where the call was called off before it could change anything.
   */
  call: <Name extends CallName>(
    name: Name,
    params: Calls[Name]['params'],
    options?: CallOptions,
  ) => Promise<Calls[Name]['returns']>
  /** The same for a call whose path is complete. */
  send: (call: ReadyCall, options?: CallOptions) => Promise<unknown>
}

export type Connection = {
  api: (credentials: Credentials) => Api
  /** A POST with a file of any size, to the host that is asked now; see stream-upload.ts. Runs beside other calls. */
  upload: (
    credentials: Credentials,
    call: ReadyCall,
    file: StreamedFile,
    options?: UploadOptions,
  ) => Promise<unknown>
  /**
   * Opens the WebSocket of a console at the host that is asked now. Messages of at most 128 KiB go in; it ends when the
   * answer is destroyed. Rejects with `ProxmoxError`.
   */
  openConsole: (
    credentials: Credentials,
    params: Calls['GET /nodes/{node}/qemu/{vmid}/vncwebsocket']['params'],
  ) => Promise<Duplex>
  /** The host that is asked now: `pve1:8006`. */
  currentHost: () => string
  /** Lets running calls end, then closes all sockets. Calls after it, and those that still wait, are `unreachable`. */
  close: () => Promise<void>
}

const maxConnectSeconds = 10
const maxRepeats = 3
const maxAnswerBytes = 64 * 1024 * 1024

/** Proxmox closes a socket after 5 idle seconds (pve-http-server src/PVE/APIServer/AnyEvent.pm); we let go before. */
const keepAliveMilliseconds = 3500

/** 0.1, 0.3, 0.9 s, each more or less by half: enough for a socket that was just closed or a worker that is replaced. */
const repeatDelayMilliseconds = (repeats: number) => 100 * 3 ** repeats * (0.5 + Math.random())

/** What a header cannot carry goes percent-encoded, which Proxmox decodes; it can then say itself what is wrong with it. */
const headerText = (text: string) =>
  text.replaceAll(/[^\x21-\x7e]+/g, (part) => encodeURIComponent(part.toWellFormed()))

/** Ticket or token, never both: Proxmox looks at a token only where there is no ticket. */
const headersFor = (credentials: Credentials, changing: boolean): Record<string, string> => {
  switch (credentials.kind) {
    case 'ticket':
      return {
        Cookie: `PVEAuthCookie=${encodeURIComponent(credentials.ticket)}`,
        ...(changing ? { CSRFPreventionToken: headerText(credentials.csrfToken) } : {}),
      }
    case 'token':
      return {
        Authorization: `PVEAPIToken=${headerText(credentials.tokenId)}=${headerText(credentials.secret)}`,
      }
    case 'none':
      return {}
  }
}

const closedHere: Exchange = {
  kind: 'not-sent',
  reason: 'the connection was closed on this side',
  cause: undefined,
}

/** Throws at once where a host, the certificate authority or a fingerprint cannot be read. */
export const createConnection = (options: ConnectionOptions): Connection => {
  const { timeoutSeconds = 60, maxRequestsPerHost = 6 } = options
  const hosts = options.hosts.map((text) => ({
    ...parseHost(text),
    limit: createLimit(maxRequestsPerHost),
  }))
  const [first] = hosts
  if (!first) throw new Error('no Proxmox host is given')
  const everyHost = hosts.map((host) => host.label).join(', ')
  let current = first
  let closing: Promise<void> | undefined

  const connect = createConnector(options.tls, 1000 * Math.min(maxConnectSeconds, timeoutSeconds))
  const newAgent = () =>
    new Agent({
      connect,
      allowH2: false,
      connections: maxRequestsPerHost,
      pipelining: 1,
      keepAliveTimeout: keepAliveMilliseconds,
      keepAliveMaxTimeout: keepAliveMilliseconds,
      headersTimeout: 0,
      bodyTimeout: 0,
      maxResponseSize: maxAnswerBytes,
    })
  const agent = newAgent()
  /** Of their own, so that a file of gigabytes holds up no other call. */
  const uploads = newAgent()

  const send = async (credentials: Credentials, call: ReadyCall, { signal }: CallOptions = {}) => {
    checkPath(call.path)
    const name = `${call.method} ${call.path}`
    const changing = call.method !== 'GET'
    const request = { call, headers: headersFor(credentials, changing), timeoutSeconds, agent }
    const failed = new Set<Host>()
    let repeats = 0

    /** A host that did not answer this call is not asked again; false where none is left. */
    const nextHost = (host: Host): boolean => {
      failed.add(host)
      const next = failed.has(current) ? hosts.find((one) => !failed.has(one)) : current
      if (next) current = next
      return next !== undefined
    }
    const mayRepeat = async (): Promise<boolean> => {
      if (changing || repeats === maxRepeats) return false
      const pause = delay(repeatDelayMilliseconds(repeats), undefined, signal ? { signal } : {})
      await pause.catch(() => signal?.throwIfAborted())
      repeats += 1
      return true
    }

    for (;;) {
      const host = current
      const result = await host.limit(
        async () => (closing ? closedHere : exchange(host, request, signal)),
        signal,
      )
      if (result.kind === 'answer') {
        if (isHopTrouble(result.status) && (await mayRepeat())) continue
        return readAnswer(name, host, changing, result)
      }
      const { kind, reason, cause } = result
      if (kind === 'distrusted') {
        const { fingerprint } = result
        throw new ProxmoxError(
          name,
          { kind: 'certificate', host: host.label, fingerprint, reason },
          { cause },
        )
      }
      if (kind === 'no-answer' && changing)
        throw new ProxmoxError(
          name,
          { kind: 'unknown-outcome', host: host.label, reason },
          { cause },
        )
      if (kind === 'no-answer' && !result.timedOut && (await mayRepeat())) continue
      if (nextHost(host)) continue
      throw new ProxmoxError(name, { kind: 'unreachable', host: everyHost, reason }, { cause })
    }
  }

  return {
    api: (credentials) => ({
      call: async (name, params, callOptions) =>
        send(credentials, readyCall(name, params), callOptions),
      send: async (call, callOptions) => send(credentials, call, callOptions),
    }),
    upload: async (credentials, call, file, uploadOptions) => {
      checkPath(call.path)
      const to = { host: current, agent: uploads, idleSeconds: timeoutSeconds }
      const headers = headersFor(credentials, true)
      return streamUpload({ ...to, headers }, call, file, uploadOptions)
    },
    openConsole: (credentials, params) =>
      openWebSocket(current, {
        call: readyCall('GET /nodes/{node}/qemu/{vmid}/vncwebsocket', params),
        headers: headersFor(credentials, false),
        timeoutSeconds: maxConnectSeconds,
        connector: connect,
      }),
    currentHost: () => current.label,
    close: () => {
      closing ??= Promise.all([agent.close(), uploads.destroy()]).then(() => undefined)
      return closing
    },
  }
}
