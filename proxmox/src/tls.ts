/** Trust in the hosts of a cluster. A certificate is judged before anything is sent, so no password reaches a stranger. */
import { codeOf } from './caught.ts'
import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, TLSSocket } from 'node:tls'
import { buildConnector } from 'undici'
import { certificateReason, normalizeFingerprint } from './certificates.ts'

export type Tls =
  /** The certificate authorities of Node and of the machine. */
  | { kind: 'system' }
  /** Only this certificate authority: the cluster's own is in `/etc/pve/pve-root-ca.pem`. */
  | { kind: 'ca'; pem: string }
  /** SHA-256 fingerprints, one for each host: each node has a certificate of its own. */
  | { kind: 'pinned'; fingerprints: readonly string[] }
  | { kind: 'off' }

/** Why no connection came about; no byte of a request was sent. */
export class ConnectFailure extends Error {
  /** The presented certificate, where that was the reason. */
  readonly fingerprint: string | null

  constructor(reason: string, fingerprint: string | null, options?: ErrorOptions) {
    super(reason, options)
    this.fingerprint = fingerprint
  }
}

/** Null, or why the presented certificate is not trusted. */
type Judge = (socket: TLSSocket, fingerprint: string) => string | null

const pinnedJudge = (texts: readonly string[]): Judge => {
  const pins = texts.map((text) => {
    const pin = normalizeFingerprint(text)
    if (pin === null) throw new Error(`not a SHA-256 fingerprint (AA:BB:…, 32 bytes): "${text}"`)
    return pin
  })
  if (pins.length === 0) throw new Error('no fingerprint is given to check certificates against')
  return (_, fingerprint) =>
    pins.includes(fingerprint) ? null : 'it is none of the pinned certificates'
}

/** Node has checked chain and name when the socket opens; it only does not act on it, because the fingerprint is wanted. */
const authorityJudge: Judge = (socket) =>
  socket.authorized ? null : certificateReason(String(socket.authorizationError))

/** Throws where a fingerprint cannot be read. */
export const judgeOf = (tls: Tls): Judge => {
  switch (tls.kind) {
    case 'system':
    case 'ca':
      return authorityJudge
    case 'pinned':
      return pinnedJudge(tls.fingerprints)
    case 'off':
      return () => null
  }
}

/** OpenSSL takes a file without a certificate in silence and then trusts nobody. */
const certificatesIn = (pem: string): string[] => {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----/gs) ?? []
  if (blocks.length === 0)
    throw new Error('there is no PEM certificate in the file of the certificate authority')
  return blocks.map((block) => new X509Certificate(block).toString())
}

/** PEM; undefined where they are not asked. */
export const authorities = (tls: Tls): string[] | undefined => {
  switch (tls.kind) {
    case 'system':
      return [...getCACertificates('default'), ...getCACertificates('system')]
    case 'ca':
      return certificatesIn(tls.pem)
    case 'pinned':
    case 'off':
      return undefined
  }
}

/** OpenSSL's own words for it are its file names and line numbers. */
const connectReason = (error: Error, timeoutMilliseconds: number): string => {
  const code = codeOf(error)
  if (/^(ERR_SSL_|EPROTO)/.test(code)) return 'something answers there, and it speaks no TLS'
  // Its own words name the address once more, and milliseconds.
  if (code === 'UND_ERR_CONNECT_TIMEOUT')
    return `connect timeout after ${timeoutMilliseconds / 1000} s`
  return error.message
}

/**
 * Connects and judges. No session is resumed (`maxCachedSessions: 0`): a resumed one presents no certificate. Throws at
 * once where the authority or a fingerprint cannot be read.
 */
export const createConnector = (
  tls: Tls,
  timeoutMilliseconds: number,
): buildConnector.connector => {
  const judge = judgeOf(tls)
  const ca = authorities(tls)
  const connect = buildConnector({
    allowH2: false,
    maxCachedSessions: 0,
    rejectUnauthorized: false,
    secureContext: createSecureContext(ca === undefined ? {} : { ca }),
    timeout: timeoutMilliseconds,
  })
  return (options, callback) =>
    connect(options, (error, socket) => {
      if (error) {
        callback(
          new ConnectFailure(connectReason(error, timeoutMilliseconds), null, { cause: error }),
          null,
        )
        return
      }
      if (!(socket instanceof TLSSocket)) throw new TypeError('a connection without TLS')
      const fingerprint = socket.getPeerCertificate().fingerprint256 ?? ''
      const distrust = judge(socket, fingerprint)
      if (distrust === null) {
        callback(null, socket)
        return
      }
      socket.destroy()
      callback(new ConnectFailure(distrust, fingerprint), null)
    })
}
