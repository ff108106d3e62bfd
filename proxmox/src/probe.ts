/** One look at one host, without signing in: does it answer, what certificate does it show, what time is it there. */
import { codeOf } from './caught.ts'
import { isIP, type Socket } from 'node:net'
import { connect, type PeerCertificate, type TLSSocket } from 'node:tls'
import { parseHost } from './hosts.ts'
import { authorities, judgeOf, type Tls } from './tls.ts'

export type Probe =
  | {
      kind: 'answered'
      latencyMs: number
      /** Of its `Date` header, in milliseconds; null without one. When it was read is `readAt`. */
      hostTime: number | null
      readAt: number
      /** The status of its answer to a public call of the API. */
      status: number
      certificate: {
        fingerprint: string
        issuedTo: string
        issuedBy: string
        validTo: Date
        /** Null where it is trusted. */
        distrust: string | null
      }
    }
  | { kind: 'silent'; why: Why; reason: string }

export type Why = 'refused' | 'timeout' | 'unknown-host' | 'no-route' | 'no-tls' | 'other'

const reasons: Record<string, Why> = {
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  ENOTFOUND: 'unknown-host',
  EAI_AGAIN: 'unknown-host',
  EHOSTUNREACH: 'no-route',
  ENETUNREACH: 'no-route',
  EPROTO: 'no-tls',
  ERR_SSL_WRONG_VERSION_NUMBER: 'no-tls',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'no-tls',
  ECONNRESET: 'no-tls',
}

const MOST_BYTES = 16 * 1024

/**
 * `GET /access/domains`, which is public: no secret is sent, so that also a host that nobody vouches for can be asked what
 * time it is. Never rejects. Throws at once where host or trust cannot be read.
 */
export const probeHost = (host: string, tls: Tls, timeoutMs: number): Promise<Probe> => {
  const { name, port, label } = parseHost(host)
  const judge = judgeOf(tls)
  const ca = authorities(tls)
  const server = name.replace(/^\[(.*)\]$/, '$1')
  return new Promise((resolve) => {
    const started = performance.now()
    const socket = connect({
      host: server,
      port,
      ...(isIP(server) === 0 && { servername: server }),
      ...(ca !== undefined && { ca }),
      rejectUnauthorized: false,
      ALPNProtocols: ['http/1.1'],
    })
    const end = (probe: Probe) => {
      clearTimeout(timer)
      resolve(probe)
      socket.destroy()
    }
    const timer = setTimeout(
      () => end({ kind: 'silent', why: 'timeout', reason: `no answer for ${timeoutMs / 1000} s` }),
      timeoutMs,
    )
    socket.once('error', (error) => end(silence(error)))
    socket.once('close', () => end({ kind: 'silent', why: 'no-tls', reason: 'it hangs up' }))
    socket.once('secureConnect', () => {
      const shown = socket.getPeerCertificate()
      const certificate = {
        fingerprint: shown.fingerprint256 ?? '',
        issuedTo: nameOf(shown.subject),
        issuedBy: nameOf(shown.issuer),
        validTo: new Date(shown.valid_to),
        distrust: judge(socket, shown.fingerprint256 ?? ''),
      }
      readHead(socket, (head) =>
        end({
          kind: 'answered',
          latencyMs: performance.now() - started,
          certificate,
          readAt: Date.now(),
          ...head,
        }),
      )
      socket.write(
        `GET /api2/json/access/domains HTTP/1.1\r\nHost: ${label}\r\nConnection: close\r\n\r\n`,
      )
    })
  })
}

const silence = (error: Error): Probe => {
  return { kind: 'silent', why: reasons[codeOf(error)] ?? 'other', reason: error.message }
}

const nameOf = (subject: PeerCertificate['subject'] | undefined): string => {
  const { CN, O } = subject ?? {}
  return [CN ?? O ?? 'nobody'].flat()[0] ?? 'nobody'
}

/** Status and time of an answer. Status 0: it is none of HTTP. */
const readHead = (
  socket: Socket | TLSSocket,
  done: (head: { status: number; hostTime: number | null }) => void,
) => {
  let text = ''
  socket.on('data', (chunk: Buffer) => {
    text += chunk.toString('latin1')
    if (!text.includes('\r\n\r\n') && text.length < MOST_BYTES) return
    const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0)
    const time = Date.parse(/^date: *(.+)\r$/im.exec(text)?.[1] ?? '')
    done({ status, hostTime: Number.isNaN(time) ? null : time })
  })
  socket.once('end', () => done({ status: 0, hostTime: null }))
}
