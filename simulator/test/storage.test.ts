import { createHash } from 'node:crypto'
import { request } from 'node:https'
import { multipartBody } from '@deployer/proxmox/multipart.ts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { checksumOf } from '../src/internet/internet.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client, type Form } from './client.ts'

let simulator: Simulator
let root: Client
let operator: Client

beforeAll(async () => {
  simulator = await startSimulator({ speed: 500, pvestatdSeconds: 1e6 })
  root = await signIn(simulator, 'root@pam')
  operator = await signIn(simulator, 'operator@pve')
})
afterAll(() => simulator.close())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const contentOf = async (storage: string, content: string, client = root) => {
  const { data } = await client.call('GET', `/nodes/pve1/storage/${storage}/content`, { content })
  return (Array.isArray(data) ? data : []).filter(isRecord)
}
const volids = async (storage: string, content: string) =>
  (await contentOf(storage, content)).map(({ volid }) => volid)

const debian = 'https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2'
const virtio =
  'https://fedorapeople.org/groups/virt/virtio-win/direct-downloads/stable-virtio/virtio-win.iso'

const download = (form: Form, client = root, storage = 'iso-nfs') =>
  client.run('POST', `/nodes/pve1/storage/${storage}/download-url`, form)
const askFor = (storage: string, form: Form, client = root) =>
  client.call('POST', `/nodes/pve1/storage/${storage}/download-url`, {
    url: virtio,
    content: 'iso',
    filename: 'new.iso',
    ...form,
  })
const lastLog = () => simulator.world.tasks.at(-1)?.log ?? []

const ask = async (url: string) => {
  const { status, reason, data } = await root.call('GET', '/nodes/pve1/query-url-metadata', {
    url,
  })
  return status === 200 ? data : reason
}

type Fields = Record<string, string>
const upload = (fields: Fields, name: string, bytes: Uint8Array): Promise<string> => {
  const { contentType, body } = multipartBody(fields, { name, bytes })
  return new Promise((resolve, reject) => {
    const sent = request(
      `${simulator.url}/api2/json/nodes/pve1/storage/iso-nfs/upload`,
      {
        method: 'POST',
        ca: simulator.caPem,
        headers: {
          Cookie: `PVEAuthCookie=${encodeURIComponent(root.ticket)}`,
          'Content-Type': contentType,
          'Content-Length': String(body.length),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const answer: unknown = JSON.parse(Buffer.concat(chunks).toString())
          resolve(isRecord(answer) ? String(answer['data']) : '')
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
const outcome = async (fields: Fields, name: string, bytes: Uint8Array) => {
  const upid = await upload(fields, name, bytes)
  while (simulator.tasks.isRunning(upid)) await new Promise((resolve) => setTimeout(resolve, 2))
  return simulator.tasks.find(upid)?.exitstatus
}

const qcow2 = (virtualBytes: number, backing: number) => {
  const header = Buffer.alloc(512)
  header.write('QFI\u00FB', 0, 'latin1')
  header.writeUInt32BE(3, 4)
  header.writeBigUInt64BE(BigInt(backing), 8)
  header.writeBigUInt64BE(BigInt(virtualBytes), 24)
  return header
}

describe('content', () => {
  test('lists say what can be installed from, with size and age', async () => {
    expect(await volids('iso-nfs', 'iso')).toEqual([
      'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso',
      'iso-nfs:iso/ubuntu-24.04.3-live-server-amd64.iso',
      'iso-nfs:iso/virtio-win-0.1.271.iso',
      'iso-nfs:iso/virtio-win-0.1.285.iso',
      'iso-nfs:iso/Win11_24H2_English_x64.iso',
      'iso-nfs:iso/windows-server-2025.iso',
    ])
    const [image] = await contentOf('iso-nfs', 'import')
    expect(image).toEqual({
      volid: 'iso-nfs:import/debian-13-generic-amd64.qcow2',
      content: 'import',
      format: 'qcow2',
      size: 423 * 2 ** 20,
      ctime: expect.any(Number),
    })
    const { data } = await root.call(
      'GET',
      `/nodes/pve1/storage/iso-nfs/content/${encodeURIComponent(String(image?.['volid']))}`,
    )
    expect(data).toMatchObject({ format: 'qcow2', size: 3 * 2 ** 30 })
  })

  test('an ISO in use can be deleted all the same; whoever uploads may not delete', async () => {
    const volume = 'iso-nfs:iso/ubuntu-24.04.3-live-server-amd64.iso'
    const form = { vmid: 600, ide2: `${volume},media=cdrom` }
    expect(await root.run('POST', '/nodes/pve1/qemu', form)).toBe('OK')
    const path = `/nodes/pve1/storage/iso-nfs/content/${encodeURIComponent(volume)}`
    expect(await operator.call('DELETE', path)).toMatchObject({
      status: 403,
      reason: 'Permission check failed (/storage/iso-nfs, Datastore.Allocate)',
    })
    expect(await root.run('DELETE', path)).toBe('OK')
    expect(await volids('iso-nfs', 'iso')).not.toContain(volume)
    expect(await root.run('POST', '/nodes/pve1/qemu/600/status/start')).toBe(
      `volume '${volume}' does not exist`,
    )
  })
})

describe('download by URL', () => {
  beforeEach(() => {
    simulator.world.volumes = simulator.world.volumes.filter(({ name }) => !/\/new\b/.test(name))
  })

  test('an image of a publisher arrives, percent by percent, and can be booted', async () => {
    const checksum = checksumOf(debian, 'sha512')
    const form = {
      url: debian,
      content: 'import',
      filename: 'new-debian-13.qcow2',
      checksum,
      'checksum-algorithm': 'sha512',
    }
    expect(await download(form, operator)).toBe('OK')
    const percents = lastLog().flatMap((line) => /(\d+)%/.exec(line)?.[1] ?? [])
    expect(percents.map(Number).slice(0, 3)).toEqual([7, 15, 22])
    expect(percents.at(-1)).toBe('100')
    expect(lastLog()).toContain('calculating checksum...OK, checksum verified')
    const made = simulator.world.volumes.find(({ name }) => name === 'import/new-debian-13.qcow2')
    expect(made).toMatchObject({ image: 'debian-13-cloud', sizeBytes: 423 * 2 ** 20 })
    expect(await download(form)).toBe('OK')
    expect(lastLog().at(-2)).toMatch(/got correct file already, no need to download$/)
    expect(
      await download({ url: debian, content: 'import', filename: 'new-debian-13.qcow2' }),
    ).toBe("refusing to override existing file '/mnt/pve/iso-nfs/import/new-debian-13.qcow2'")
  })

  const failures: [string, Form, string | RegExp][] = [
    [
      'a wrong checksum',
      { url: virtio, checksum: 'ab'.repeat(32), 'checksum-algorithm': 'sha256' },
      /^checksum mismatch: got '[0-9a-f]{64}' != expect '(ab){32}'$/,
    ],
    [
      'an address that is not there',
      { url: virtio.replace('.iso', '.exe') },
      'download failed: exit code 8',
    ],
    [
      'an unknown host',
      { url: 'https://nowhere.example/x.iso' },
      "download failed: wget: unable to resolve host address 'nowhere.example'",
    ],
    [
      'a host where nobody listens',
      { url: 'http://10.10.0.99/x.iso' },
      'download failed: Connecting to 10.10.0.99:80... failed: Connection refused.',
    ],
    [
      'a compression that nobody knows',
      { url: virtio, compression: 'rar' },
      'no decompression method found',
    ],
  ]
  test.for(failures)('%s fails in the task, and leaves nothing', async ([, form, expected]) => {
    expect(await download({ content: 'iso', filename: 'new.iso', ...form })).toMatch(expected)
    expect(await volids('iso-nfs', 'iso')).not.toContain('iso-nfs:iso/new.iso')
  })

  test('a full storage and a stopped task leave nothing', async () => {
    const form = { url: virtio, content: 'iso', filename: 'new.iso' }
    simulator.addFault({ kind: 'storage-full', storage: 'iso-nfs' })
    expect(await download(form)).toBe('download failed: exit code 3')
    expect(lastLog().join('\n')).toContain('No space left on device')
    simulator.clearFaults()
    const { data: upid } = await root.call('POST', '/nodes/pve1/storage/iso-nfs/download-url', form)
    await root.call('DELETE', `/nodes/pve1/tasks/${encodeURIComponent(String(upid))}`)
    expect(simulator.tasks.find(String(upid))?.exitstatus).toBe('got interrupted by signal')
    expect(await volids('iso-nfs', 'iso')).not.toContain('iso-nfs:iso/new.iso')
  })

  test('refused at once: wrong storages, names, and people without the right', async () => {
    expect(await askFor('local-lvm', {})).toMatchObject({
      status: 500,
      reason: "storage 'local-lvm' is not configured for content-type 'iso'",
    })
    expect((await askFor('iso-nfs', { filename: 'x.exe' })).errors).toEqual({
      filename: 'wrong file extension',
    })
    expect((await askFor('iso-nfs', { content: 'import', filename: 'x.img' })).errors).toEqual({
      filename: 'invalid filename or wrong extension',
    })
    const viewer = await signIn(simulator, 'viewer@pve')
    expect(await askFor('iso-nfs', {}, viewer)).toMatchObject({ status: 403 })
  })

  test('what is behind an address can be asked for', async () => {
    expect(await ask(debian)).toEqual({
      filename: 'debian-13-generic-amd64.qcow2',
      mimetype: 'application/octet-stream',
      size: 423 * 2 ** 20,
    })
    expect(await ask(`${debian}.gone`)).toBe("invalid server response: '404 Not Found'")
    expect(await ask('https://nowhere.example/')).toMatch(/Can't connect to nowhere\.example:443/)
  })
})

describe('upload', () => {
  test('a disk image is as large as its header says, and must stand alone', async () => {
    const bytes = qcow2(5 * 2 ** 30, 0)
    const checksum = createHash('sha256').update(bytes).digest('hex')
    const fields = { content: 'import', 'checksum-algorithm': 'sha256', checksum }
    expect(await outcome(fields, 'own.qcow2', bytes)).toBe('OK')
    const form = { vmid: 610, scsi0: 'local-lvm:0,import-from=iso-nfs:import/own.qcow2' }
    expect(await root.run('POST', '/nodes/pve1/qemu', form)).toBe('OK')
    const { data } = await root.call('GET', '/nodes/pve1/qemu/610/config')
    expect(data).toMatchObject({ scsi0: 'local-lvm:vm-610-disk-0,size=5G' })
    expect(await outcome({ content: 'import' }, 'bad.qcow2', qcow2(2 ** 30, 512))).toMatch(
      /^backing file not allowed for untrusted image '\/var\/tmp\/pveupload-[0-9a-f]+'!$/,
    )
    expect(await volids('iso-nfs', 'import')).not.toContain('iso-nfs:import/bad.qcow2')
  })

  test('a wrong checksum leaves nothing', async () => {
    const fields = { content: 'iso', 'checksum-algorithm': 'sha256', checksum: '00'.repeat(32) }
    expect(await outcome(fields, 'own.iso', Buffer.from('no image'))).toMatch(/^checksum mismatch/)
    expect(await volids('iso-nfs', 'iso')).not.toContain('iso-nfs:iso/own.iso')
  })
})
