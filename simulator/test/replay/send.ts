import { createHash } from 'node:crypto'
import type { Simulator } from '../../src/simulator.ts'
import { openConnection, type RawAnswer, type RawConnection } from './raw-client.ts'
import type { Auth, Recorded } from './transcripts.ts'

/** Sends recorded requests to a simulator, as the recorded callers. */
export type Sender = {
  send: (
    request: Recorded,
    options?: { sameConnection?: boolean; tampered?: boolean },
  ) => Promise<RawAnswer>
  /** What later requests mean by placeholders: known values by placeholder. */
  values: Map<string, string>
  close: () => void
}

const secrets: Record<string, string> = {
  'root@pam!lab': '11111111-1111-4111-8111-111111111111',
  'admin@pve!lab': '22222222-2222-4222-8222-222222222222',
  'admin@pve!sep': '33333333-3333-4333-8333-333333333333',
  'low@pve!lab': '44444444-4444-4444-8444-444444444444',
}

const encode = (value: unknown) => encodeURIComponent(String(value))
const encodeAll = (values: Record<string, unknown>) =>
  Object.entries(values)
    .flatMap(([key, value]) =>
      (Array.isArray(value) ? value : [value]).map((item) => `${encode(key)}=${encode(item)}`),
    )
    .join('&')

/** `xxx... (60 KiB)` and `<7000 bytes>` stand for text of that length. */
const inflated = (text: string) =>
  text
    .replace(/xxx\.\.\. \((\d+) KiB\)$/, (_, size: string) => 'x'.repeat(Number(size) * 1024))
    .replace(/^<(\d+) (?:bytes|x)(?: of [\w ]+)?>$/, (_, size: string) => 'x'.repeat(Number(size)))

/** A checksum that was right is right for the bytes that stand for those of the recording. */
const checked = (text: string, file: string) =>
  /^[0-9a-f]{64}$/.test(text) && !/^0+$/.test(text)
    ? createHash('sha256').update(file).digest('hex')
    : text

/** MAC addresses that a recording chose itself. */
const invented = (name: string) => {
  const index = /^<mac:(\d+)>$/.exec(name)?.[1]
  return index === undefined ? name : `0A:0B:${index.padStart(2, '0')}`
}

export const createSender = (simulator: Simulator, node: string): Sender => {
  const port = Number(simulator.host.split(':')[1])
  const values = new Map<string, string>([
    ['<node>', node],
    ['<nodeip>', '192.0.2.10'],
    ['<int:pid>', '1'],
    ['<port>', '18080'],
  ])
  const tickets = new Map<string, { ticket: string; csrf: string }>()
  let connection: RawConnection | undefined
  let tampered = false

  const ticketOf = (user: string) => {
    const known = tickets.get(user)
    if (known) return known
    const made = {
      ticket: simulator.cluster.tickets.issue(user),
      csrf: simulator.cluster.tickets.issueCsrf(user),
    }
    tickets.set(user, made)
    return made
  }

  const fill = (text: string): string => {
    const known = values.get(text)
    if (known !== undefined) return known
    const renewal = /^<valid ticket of ([^>]+)>$/.exec(text)?.[1]
    if (renewal !== undefined) return ticketOf(renewal).ticket + (tampered ? 'A' : '')
    return inflated(text)
      .replaceAll(/<[a-z0-9]+(?::[^<>]*)?>/g, (name) => values.get(name) ?? invented(name))
      .replaceAll(/\{upid:(\d+)(:raw)?\}/g, (whole, index: string, raw: string | undefined) => {
        const upid = values.get(`upid:${index}`)
        if (upid === undefined) return whole
        return raw === undefined ? encodeURIComponent(upid) : upid
      })
  }

  const fillAll = (fields: Record<string, unknown>): Record<string, unknown> =>
    Object.fromEntries(
      Object.entries(fields).map(([key, value]) => [
        key,
        typeof value === 'string' ? fill(value) : value,
      ]),
    )

  const badTickets: Record<string, () => string> = {
    garbage: () => 'garbage',
    'wrong signature': () => `${ticketOf('low@pve').ticket.slice(0, -6)}AAAAA=`,
    'unknown user with bad signature': () => 'PVE:nosuch@pve:6B03F669::AAAA',
    'VNC ticket form': () => 'PVEVNC:6B03F669::AAAA',
  }

  const ticketHeaders = (auth: Auth): Record<string, string> => {
    const user = auth.user ?? 'low@pve'
    const via = auth.via ?? 'cookie'
    const { ticket, csrf } = ticketOf(user)
    const value = auth.state === undefined ? ticket : (badTickets[auth.state]?.() ?? '')
    const encoded = encodeURIComponent(value)
    const headers: Record<string, string> = {}
    if (via === 'cookie, raw') headers['Cookie'] = `PVEAuthCookie=${value}`
    else if (via === 'cookie after another cookie')
      headers['Cookie'] = `a=1; PVEAuthCookie=${encoded}`
    else if (via === 'empty cookie') headers['Cookie'] = 'PVEAuthCookie='
    else if (via.includes('<raw>')) headers['Authorization'] = `PVEAuthCookie=${value}`
    else if (via.startsWith('Authorization')) headers['Authorization'] = `PVEAuthCookie=${encoded}`
    else headers['Cookie'] = `PVEAuthCookie=${encoded}`
    const token = csrfOf(auth, csrf)
    if (token !== undefined) headers['CSRFPreventionToken'] = token
    return headers
  }

  const csrfOf = (auth: Auth, own: string): string | undefined => {
    if (auth.via === 'Authorization header, with CSRF') return own
    if (auth.csrf === true || auth.csrf === 'token from a second login of low@pve') return own
    if (auth.csrf === 'valid token of none@pve') return ticketOf('none@pve').csrf
    return typeof auth.csrf === 'string' && auth.csrf.startsWith('garbage')
      ? '00000000:bad'
      : undefined
  }

  const tokenHeaders = (auth: Auth): Record<string, string> => {
    if (auth.authorizationHeader !== undefined) return { Authorization: auth.authorizationHeader }
    const id = auth.tokenid ?? ''
    const secret =
      auth.secret === '<secret>' || auth.secret === undefined
        ? (values.get(`secret:${id}`) ?? secrets[id] ?? '')
        : auth.secret
    return { Authorization: `PVEAPIToken=${id}=${secret}` }
  }

  const authHeaders = (auth: Auth | undefined): Record<string, string> => {
    if (!auth || auth.kind === 'none') return {}
    if (auth.kind === 'ticket') return ticketHeaders(auth)
    if (auth.kind === 'token') return tokenHeaders(auth)
    const cookie = auth.cookie ?? ''
    const user = /^ticket (.+)$/.exec(cookie)?.[1]
    const shown =
      user === undefined
        ? cookie === 'invalid ticket'
          ? 'PVEAuthCookie=garbage'
          : cookie.replace(' (empty)', '')
        : `PVEAuthCookie=${encodeURIComponent(ticketOf(user).ticket)}`
    return { Cookie: shown, ...tokenHeaders({ kind: 'token', tokenid: auth.token ?? '' }) }
  }

  const bodyOf = (request: Recorded): { body: string | undefined; type?: string } => {
    if (request.rawBody !== undefined)
      return {
        body: fill(request.rawBody),
        ...(request.contentType === undefined ? {} : { type: request.contentType }),
      }
    if (request.json !== undefined)
      return { body: JSON.stringify(request.json), type: request.contentType ?? 'application/json' }
    if (request.multipart) {
      const file = inflated(request.multipart.at(-1)?.body ?? '')
      const parts = request.multipart.map(
        ({ headers, body }) =>
          `------recBoundary7MA4YWxkTrZu0gW\r\n${headers.join('\r\n')}\r\n\r\n${checked(inflated(body.replace(/^<iso>$/, '<36864 bytes>')), file)}\r\n`,
      )
      return {
        body: `${parts.join('')}------recBoundary7MA4YWxkTrZu0gW--\r\n`,
        type: 'multipart/form-data; boundary=----recBoundary7MA4YWxkTrZu0gW',
      }
    }
    if (request.form)
      return { body: encodeAll(fillAll(request.form)), type: 'application/x-www-form-urlencoded' }
    return { body: undefined }
  }

  const bytesOf = (request: Recorded): Buffer => {
    if (request.rawRequest !== undefined) return Buffer.from(fill(request.rawRequest))
    const start = request.fullPath ? '' : `/api2/${request.fmt ?? 'json'}`
    const query = request.query ? `?${encodeAll(fillAll(request.query))}` : ''
    const { body, type } = bodyOf(request)
    const isWrite = request.method === 'POST' || request.method === 'PUT'
    const length = body === undefined ? (isWrite ? 0 : undefined) : Buffer.byteLength(body)
    const own = Object.fromEntries(
      Object.entries(request.headers ?? {}).map(([key, value]) => [key, inflated(value)]),
    )
    const headers: Record<string, string> = {
      Host: 'lab',
      ...authHeaders(request.auth),
      ...(type === undefined ? {} : { 'Content-Type': type }),
      ...(length === undefined || request.contentLength === 'absent'
        ? {}
        : { 'Content-Length': String(length) }),
      ...own,
    }
    const lines = Object.entries(headers).map(([key, value]) => `${key}: ${value}\r\n`)
    const line = `${request.method} ${start}${fill(request.path)}${query} ${request.proto ?? 'HTTP/1.1'}\r\n`
    return Buffer.from(`${line}${lines.join('')}\r\n${body ?? ''}`)
  }

  return {
    values,
    close: () => connection?.close(),
    send: async (request, options = {}) => {
      tampered = options.tampered === true
      if (options.sameConnection !== true || !connection) {
        connection?.close()
        connection = await openConnection(port)
      }
      return connection.send(bytesOf(request))
    },
  }
}
