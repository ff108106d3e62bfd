import { createServer as createTcpServer } from 'node:net'
import { once } from 'node:events'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Certificate, makeCertificate } from '../test/certificates.ts'
import { testServers } from '../test/fixture.ts'
import { createConnection } from './client.ts'
import { ProxmoxError } from './errors.ts'
import type { Tls } from './tls.ts'

let selfSigned: Certificate
let ca: Certificate
let signed: Certificate
let otherName: Certificate
let expired: Certificate
beforeAll(async () => {
  selfSigned = await makeCertificate()
  ca = await makeCertificate({ name: 'Proxmox Virtual Environment', isCa: true })
  signed = await makeCertificate({ ca })
  otherName = await makeCertificate({ ca, name: 'pve9.example.com', ip: '10.9.9.9' })
  expired = await makeCertificate({ ca, days: -1 })
})

const { server, connect } = testServers()

const signInAt = async (certificate: Certificate, tls: Tls) => {
  const pve = await server({ certificate: certificate })
  const connection = connect([pve.host], { tls })
  const outcome: unknown = await connection
    .api({ kind: 'none' })
    .call('POST /access/ticket', { username: 'root@pam', password: 'geheim' })
    .then(
      () => 'sent',
      (error: unknown) => (error instanceof ProxmoxError ? error.failure : error),
    )
  return { outcome, pve }
}

const lowerWithoutColons = (fingerprint: string) => fingerprint.replaceAll(':', '').toLowerCase()

describe('a certificate that is trusted', () => {
  it.each<[string, () => Certificate, () => Tls]>([
    ['by the given authority', () => signed, () => ({ kind: 'ca', pem: ca.cert })],
    [
      'by one of several authorities in the file',
      () => signed,
      () => ({ kind: 'ca', pem: `# old\n${selfSigned.cert}\n# new\n${ca.cert}` }),
    ],
    ['as its own authority', () => selfSigned, () => ({ kind: 'ca', pem: selfSigned.cert })],
    [
      'by a pin',
      () => selfSigned,
      () => ({ kind: 'pinned', fingerprints: [selfSigned.fingerprint] }),
    ],
    [
      'by one pin of several, in another spelling',
      () => selfSigned,
      () => ({
        kind: 'pinned',
        fingerprints: [ca.fingerprint, lowerWithoutColons(selfSigned.fingerprint)],
      }),
    ],
    [
      'by a pin, though it has expired and names another host',
      () => otherName,
      () => ({ kind: 'pinned', fingerprints: [otherName.fingerprint] }),
    ],
    ['because nobody looks', () => expired, () => ({ kind: 'off' })],
  ])('%s', async (_, certificate, tls) => {
    const { outcome, pve } = await signInAt(certificate(), tls())
    expect(outcome).toBe('sent')
    expect(pve.received).toHaveLength(1)
  })
})

describe('a certificate that is not trusted gets no password', () => {
  it.each<[string, () => Certificate, () => Tls, string]>([
    ['self-signed', () => selfSigned, () => ({ kind: 'system' }), 'it is self-signed'],
    [
      'unknown authority',
      () => signed,
      () => ({ kind: 'system' }),
      'its certificate authority is not known here',
    ],
    [
      'another authority than the given one',
      () => signed,
      () => ({ kind: 'ca', pem: selfSigned.cert }),
      'its certificate authority is not known here',
    ],
    [
      'another name',
      () => otherName,
      () => ({ kind: 'ca', pem: ca.cert }),
      'it is made out for another name than the one used here',
    ],
    ['expired', () => expired, () => ({ kind: 'ca', pem: ca.cert }), 'it has expired'],
    [
      'another pin',
      () => signed,
      () => ({ kind: 'pinned', fingerprints: [selfSigned.fingerprint, ca.fingerprint] }),
      'it is none of the pinned certificates',
    ],
  ])('%s', async (_, certificate, tls, reason) => {
    const { outcome, pve } = await signInAt(certificate(), tls())
    expect(outcome).toEqual({
      kind: 'certificate',
      host: pve.host,
      fingerprint: certificate().fingerprint,
      reason,
    })
    expect(pve.received).toEqual([])
  })
})

it('every later connection is checked as well', async () => {
  const pve = await server({ certificate: signed })
  const connection = connect([pve.host], {
    tls: { kind: 'pinned', fingerprints: [signed.fingerprint] },
  })
  const api = connection.api({ kind: 'none' })
  for (let round = 0; round < 4; round += 1) {
    pve.reply((response) => response.setHeader('Connection', 'close').end('{"data":1}'))
    expect(await api.send({ method: 'GET', path: '/version' })).toBe(1)
  }
  expect(pve.connections()).toBe(4)
})

it('a changed certificate is noticed on the next connection, and no other host is tried instead', async () => {
  const before = await server({ certificate: selfSigned })
  const port = Number(before.host.split(':')[1])
  const second = await server({ certificate: selfSigned })
  const connection = connect([before.host, second.host], {
    tls: { kind: 'pinned', fingerprints: [selfSigned.fingerprint] },
  })
  const api = connection.api({ kind: 'none' })
  await api.send({ method: 'GET', path: '/version' })
  await before[Symbol.asyncDispose]()
  const imposter = await server({ certificate: signed, port })
  await expect(api.send({ method: 'GET', path: '/version' })).rejects.toMatchObject({
    failure: { kind: 'certificate', host: before.host, fingerprint: signed.fingerprint },
  })
  expect(imposter.received).toEqual([])
  expect(second.received).toEqual([])
})

it('a port that does not speak TLS is unreachable', async () => {
  const tcp = createTcpServer((socket) => socket.end('HTTP/1.0 400 Bad Request\r\n\r\n'))
  tcp.listen(0, '127.0.0.1')
  await once(tcp, 'listening')
  const address = tcp.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const connection = connect([`127.0.0.1:${port}`], { tls: { kind: 'off' } })
  await expect(
    connection.api({ kind: 'none' }).send({ method: 'POST', path: '/access/ticket' }),
  ).rejects.toMatchObject({ failure: { kind: 'unreachable' } })
  tcp.close()
})

describe('settings that cannot be read are said at once', () => {
  it.each<[string, Tls, RegExp]>([
    ['no certificate in the file', { kind: 'ca', pem: 'hello' }, /no PEM certificate/],
    [
      'a broken certificate',
      { kind: 'ca', pem: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      /./,
    ],
    ['a SHA-1 pin', { kind: 'pinned', fingerprints: ['AA:BB'] }, /not a SHA-256 fingerprint/],
    ['no pin', { kind: 'pinned', fingerprints: [] }, /no fingerprint/],
  ])('%s', (_, tls, message) => {
    expect(() => createConnection({ hosts: ['pve1'], tls })).toThrow(message)
  })
})
