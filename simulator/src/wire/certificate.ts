import { X509Certificate } from 'node:crypto'
import selfsigned from 'selfsigned'

export type Certificate = { keyPem: string; certPem: string; fingerprint: string }

/** A self-signed certificate for this host, as a fresh installation has one. */
export const createCertificate = async (host: string): Promise<Certificate> => {
  const made = await selfsigned.generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 2 * 365 * 24 * 60 * 60 * 1000),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  })
  return {
    keyPem: made.private,
    certPem: made.cert,
    fingerprint: new X509Certificate(made.cert).fingerprint256,
  }
}
