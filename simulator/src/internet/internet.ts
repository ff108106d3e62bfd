import { createHash } from 'node:crypto'
import type { Cluster } from '../cluster.ts'

/** What a web server would say of an address. */
export type Found =
  | { kind: 'file'; file: InternetFile }
  | { kind: 'missing'; host: string; status: string }
  /** Nobody listens at that address. */
  | { kind: 'refused'; host: string; port: string }
  | { kind: 'unknown-host'; host: string }

export type InternetFile = {
  url: string
  host: string
  fileName: string
  sizeBytes: number
  mimetype: string
}

const mebibyte = 2 ** 20
const octets = 'application/octet-stream'
const isoType = 'application/x-iso9660-image'

type Shelf = { host: string; path: RegExp; mebibytes: number; mimetype: string }

const images = (host: string, path: RegExp, mebibytes: number): Shelf => ({
  host,
  path,
  mebibytes,
  mimetype: octets,
})
const isos = (host: string, path: RegExp, mebibytes: number): Shelf => ({
  ...images(host, path, mebibytes),
  mimetype: isoType,
})

/** Publishers of cloud images and installers, and what of theirs can be had. */
const shelves: Shelf[] = [
  images('cloud.debian.org', /^\/images\/cloud\/[\w/.-]+\/debian-1[123]-[\w.-]+\.qcow2$/, 423),
  images('cloud.debian.org', /^\/images\/cloud\/[\w/.-]+\/debian-1[123]-[\w.-]+\.raw$/, 3072),
  images('cloud-images.ubuntu.com', /^\/[\w/.-]+cloudimg-amd64\.img$/, 597),
  images('dl.rockylinux.org', /^\/[\w/.-]+\/Rocky-[\w.-]+\.qcow2$/, 560),
  images('download.rockylinux.org', /^\/[\w/.-]+\/Rocky-[\w.-]+\.qcow2$/, 560),
  images('repo.almalinux.org', /^\/[\w/.-]+\/AlmaLinux-[\w.-]+\.qcow2$/, 480),
  images('download.fedoraproject.org', /^\/[\w/.-]+\/Fedora-Cloud-[\w.-]+\.qcow2$/, 508),
  images('dl.fedoraproject.org', /^\/[\w/.-]+\/Fedora-Cloud-[\w.-]+\.qcow2$/, 508),
  images('cloud.centos.org', /^\/[\w/.-]+\/CentOS-Stream-[\w.-]+\.qcow2$/, 940),
  images('download.opensuse.org', /^\/[\w/.-]+\/openSUSE-[\w.-]+\.qcow2$/, 300),
  images('dl-cdn.alpinelinux.org', /^\/[\w/.-]+\/(nocloud|generic)_alpine-[\w.-]+\.qcow2$/, 170),
  isos('cdimage.debian.org', /^\/[\w/.-]+\/debian-[\w.-]+\.iso$/, 783),
  isos('releases.ubuntu.com', /^\/[\w/.-]+\/ubuntu-[\w.-]+\.iso$/, 3174),
  isos('fedorapeople.org', /^\/groups\/virt\/virtio-win\/[\w/.-]+\/virtio-win[\w.-]*\.iso$/, 753),
]

/** Addresses of the own network and of the host itself: somebody is there, and nobody listens. */
const privateAddress = /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/

const fileAt = (url: URL, sizeBytes: number, mimetype: string): InternetFile => ({
  url: url.href,
  host: url.hostname,
  fileName: decodeURIComponent(url.pathname.split('/').at(-1) ?? ''),
  sizeBytes,
  mimetype,
})

/** Asks the simulated internet for an address. */
export const lookUp = ({ world }: Pick<Cluster, 'world'>, address: string): Found => {
  if (!URL.canParse(address)) return { kind: 'unknown-host', host: address }
  const url = new URL(address)
  const { hostname: host } = url
  const own = world.internet.find((file) => file.url === address)
  if (own) return { kind: 'file', file: fileAt(url, own.sizeBytes, own.mimetype) }
  const knownHere = world.internet.some((file) => new URL(file.url).host === url.host)
  const offered = shelves.filter((shelf) => shelf.host === host)
  const shelf = offered.find(({ path }) => path.test(url.pathname))
  if (shelf) return { kind: 'file', file: fileAt(url, shelf.mebibytes * mebibyte, shelf.mimetype) }
  if (knownHere) return { kind: 'missing', host, status: '404 File not found' }
  if (offered.length > 0) return { kind: 'missing', host, status: '404 Not Found' }
  const port = url.port || (url.protocol === 'https:' ? '443' : '80')
  if (privateAddress.test(host)) return { kind: 'refused', host, port }
  return { kind: 'unknown-host', host }
}

/** The checksum that a file of the simulated internet has: that of its address, for there are no bytes. */
export const checksumOf = (url: string, algorithm: string): string =>
  createHash(algorithm).update(url).digest('hex')
