/** Certificates for tests: EC keys, because they take a millisecond and RSA keys a second. */
import { X509Certificate } from 'node:crypto'
import { generate } from 'selfsigned'

export type Certificate = { key: string; cert: string; fingerprint: string }

type Options = { name?: string; ip?: string; ca?: Certificate; isCa?: boolean; days?: number }

const day = 24 * 60 * 60 * 1000

export const makeCertificate = async (options: Options = {}): Promise<Certificate> => {
  const { name = 'localhost', ip = '127.0.0.1', ca, isCa = false, days = 1 } = options
  const made = await generate([{ name: 'commonName', value: name }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(Date.now() - 10 * day),
    notAfterDate: new Date(Date.now() + days * day),
    ...(ca ? { ca: { key: ca.key, cert: ca.cert } } : {}),
    extensions: [
      { name: 'basicConstraints', cA: isCa, critical: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: name },
          { type: 7, ip },
        ],
      },
    ],
  })
  const fingerprint = new X509Certificate(made.cert).fingerprint256
  return { key: made.private, cert: made.cert, fingerprint }
}
