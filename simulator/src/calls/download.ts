import type { Call, Handlers } from '../call.ts'
import { die } from '../errors.ts'
import { imageByFileName } from '../guests/images.ts'
import { checksumOf, lookUp, type Found, type InternetFile } from '../internet/internet.ts'
import type { Json } from '../json.ts'
import { checkFileName, filePath, normalFileName, putFile } from '../storage/files.ts'
import { findVolume, getEnabledStorage, spaceOf } from '../storage/storages.ts'
import type { TaskRun } from '../tasks.ts'
import type { Storage, Volume } from '../world.ts'

const mebibyte = 2 ** 20
const kibibyte = 1024
/** How fast the simulated internet is. */
const bytesPerSecond = 100 * mebibyte
/** One line of wget's `--progress=dot:giga`. */
const bytesPerLine = 32 * mebibyte

const decompressors = ['gz', 'lzo', 'zst', 'bz2']

type Download = {
  storage: Storage
  content: string
  fileName: string
  target: string
  url: string
  checksum: { algorithm: string; expected: string } | undefined
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

const localTime = (milliseconds: number) => {
  const at = new Date(milliseconds)
  const day = `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
  return `${day} ${[at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits).join(':')}`
}

/** `350K`, `753M`, `5.6G`, as wget shortens sizes. */
const shortSize = (bytes: number) => {
  let value = bytes
  for (const unit of ['', 'K', 'M', 'G']) {
    if (value < 1024 || unit === 'G')
      return `${value < 10 && unit !== '' ? value.toFixed(1) : Math.round(value)}${unit}`
    value /= 1024
  }
  return String(bytes)
}

const portOf = (url: string) => {
  const port = URL.canParse(url) ? new URL(url).port : ''
  return port || (url.startsWith('https:') ? '443' : '80')
}

/** How wget fails before it has anything: what it logs, and what becomes of the task. */
const refuse = (
  found: Exclude<Found, { kind: 'file' }>,
  { url }: Download,
  call: Call,
  task: TaskRun,
) => {
  switch (found.kind) {
    case 'unknown-host':
      task.log(`Resolving ${found.host} (${found.host})... failed: Name or service not known.`)
      return die(`download failed: wget: unable to resolve host address '${found.host}'`)
    case 'refused':
      return die(
        `download failed: Connecting to ${found.host}:${found.port}... failed: Connection refused.`,
      )
    case 'missing':
      task.log(`Connecting to ${found.host}:${portOf(url)}... connected.`)
      task.log(`HTTP request sent, awaiting response... ${found.status}`)
      task.log(`${localTime(call.cluster.clock.now())} ERROR ${found.status.replace(' ', ': ')}.`)
      return die('download failed: exit code 8')
  }
}

const dots = ' ........'.repeat(4)

/** The bytes come in: a line for each 32 MiB. */
const receive = async (call: Call, file: InternetFile, download: Download, task: TaskRun) => {
  const { cluster, node } = call
  const temporary = `${download.target}.tmp_dwnl.${Math.floor(cluster.random.between(1000, 60_000))}`
  const { sizeBytes } = file
  task.log(`Connecting to ${file.host}:${portOf(file.url)}... connected.`)
  task.log('HTTP request sent, awaiting response... 200 OK')
  task.log(`Length: ${sizeBytes} (${shortSize(sizeBytes)}) [${file.mimetype}]`)
  task.log(`Saving to: '${temporary}'`)
  const isFull =
    cluster.faults.isFull(download.storage.storage) ||
    spaceOf(cluster, download.storage, node).avail < sizeBytes
  for (let from = 0; from < sizeBytes; from += bytesPerLine) {
    const until = Math.min(sizeBytes, from + bytesPerLine)
    await task.sleep((until - from) / bytesPerSecond).catch(() => die('got interrupted by signal'))
    if (isFull && until * 2 >= sizeBytes) {
      task.log(`Cannot write to '${temporary}' (No space left on device).`)
      die('download failed: exit code 3')
    }
    const offset = `${Math.floor(from / kibibyte)}K`.padStart(7)
    const percent = `${Math.floor((until / sizeBytes) * 100)}%`.padStart(4)
    const row = until - from === bytesPerLine ? dots : ' '.repeat(dots.length)
    const left = Math.ceil((sizeBytes - until) / bytesPerSecond)
    task.log(
      until === sizeBytes
        ? `${offset}${row}${percent}  100M=${Math.ceil(sizeBytes / bytesPerSecond)}s`
        : `${offset}${row}${percent}  100M ${left}s`,
    )
  }
  const now = localTime(cluster.clock.now())
  task.log(`${now} (100 MB/s) - '${temporary}' saved [${sizeBytes}/${sizeBytes}]`)
}

/** A file that is there already is only good when its checksum is asked for and right. */
const checkExisting = (
  volume: Volume,
  { target, url, checksum }: Download,
  task: TaskRun,
): void => {
  if (!checksum) return die(`refusing to override existing file '${target}'`)
  const { algorithm, expected } = checksum
  const sum = volume.checksums?.[algorithm] ?? checksumOf(url, algorithm)
  if (sum.toLowerCase() !== expected.toLowerCase()) {
    task.log('calculating checksum of existing file...')
    return die(`mismatch: got '${sum}' != expect '${expected}', aborting`)
  }
  task.log(
    'calculating checksum of existing file...OK, got correct file already, no need to download',
  )
  return undefined
}

const checkArrived = ({ url, checksum }: Download, task: TaskRun): void => {
  if (!checksum) return
  const { algorithm, expected } = checksum
  const sum = checksumOf(url, algorithm)
  if (sum !== expected.toLowerCase()) {
    task.log('calculating checksum...')
    die(`checksum mismatch: got '${sum}' != expect '${expected}'`)
  }
  task.log('calculating checksum...OK, checksum verified')
}

/** What a cloud image's disk is large, where nothing says so. */
const cloudDiskBytes = 3584 * mebibyte

const algorithms = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']

/** pve-common src/PVE/Tools.pm, download_file_from_url. */
const run = async (call: Call, download: Download, task: TaskRun): Promise<void> => {
  const { cluster, node } = call
  const { storage, content, fileName, target, url } = download
  task.log(`downloading ${url} to ${target}`)
  const volume = findVolume(cluster, `${storage.storage}:${content}/${fileName}`, node)
  if (volume) return checkExisting(volume, download, task)
  task.log(`--${localTime(cluster.clock.now())}--  ${url}`)
  const found = lookUp(cluster, url)
  if (found.kind !== 'file') return refuse(found, download, call, task)
  await receive(call, found.file, download, task)
  checkArrived(download, task)
  const image = content === 'import' ? (imageByFileName(fileName) ?? 'linux-cloud') : undefined
  putFile(cluster, storage, node, {
    content,
    fileName,
    sizeBytes: found.file.sizeBytes,
    checksums: Object.fromEntries(algorithms.map((name) => [name, checksumOf(url, name)])),
    ...(image === undefined ? {} : { image, virtualBytes: cloudDiskBytes }),
  })
  task.log(`download of '${url}' to '${target}' finished`)
  return undefined
}

const readDownload = ({ cluster, node, params }: Call): Download => {
  const storage = getEnabledStorage(cluster, params.text('storage'), node)
  const content = params.text('content')
  if (!storage.content.includes(content))
    die(`storage '${storage.storage}' is not configured for content-type '${content}'`)
  const fileName = normalFileName(params.text('filename'))
  checkFileName(content, fileName)
  const algorithm = params.optional('checksum-algorithm')
  return {
    storage,
    content,
    fileName,
    target: filePath(storage, `${content}/${fileName}`),
    url: params.text('url'),
    checksum:
      algorithm === undefined ? undefined : { algorithm, expected: params.text('checksum') },
  }
}

/** pve-storage src/PVE/API2/Storage/Status.pm, download_url. */
const downloadUrl = (call: Call): Json => {
  const { cluster, node, params, caller } = call
  const download = readDownload(call)
  const compression = params.optional('compression')
  return cluster.tasks.start({
    node,
    type: 'download',
    id: download.fileName,
    caller,
    run: async (task) => {
      if (compression !== undefined && download.content !== 'iso')
        die(`decompression not supported for ${download.content}`)
      if (compression !== undefined && !decompressors.includes(compression))
        die('no decompression method found')
      await run(call, download, task)
    },
  })
}

/** pve-manager PVE/API2/Nodes.pm, query_url_metadata: a HEAD request. */
const metadata = ({ cluster, params }: Call): Json => {
  const url = params.text('url')
  const found = lookUp(cluster, url)
  switch (found.kind) {
    case 'file': {
      const { fileName, sizeBytes, mimetype } = found.file
      return { filename: fileName, size: sizeBytes, mimetype }
    }
    case 'missing':
      return die(`invalid server response: '${found.status}'`)
    case 'refused':
      return die(
        `invalid server response: '500 Can't connect to ${found.host}:${found.port} (Connection refused)'`,
      )
    case 'unknown-host':
      return die(
        `invalid server response: '500 Can't connect to ${found.host}:${portOf(url)} (Name or service not known)'`,
      )
  }
}

export const downloadCalls: Handlers = {
  'POST /nodes/{node}/storage/{storage}/download-url': downloadUrl,
  'GET /nodes/{node}/query-url-metadata': metadata,
}
