/** ISOs and images over HTTP, against the simulated cluster: lists, uploads, downloads, deletions, the catalogue. */
import { imageSchema } from '@deployer/core/images.ts'
import { transferSchema } from '@deployer/core/images/transfers.ts'
import { createHash } from 'node:crypto'
import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import { imageCalls, imagePath, root, soon, upidOf, uploadPath } from './image-calls.ts'
import { startTestServer, type TestServer } from './test-server.ts'

let server: TestServer
let address: string
let operator: string
let viewer: string
beforeAll(async () => {
  server = await startTestServer({ UPLOAD_MAX_GIB: '1' })
  address = await server.listen()
  operator = await server.signIn('operator@pve')
  viewer = await server.signIn('viewer@pve')
})
afterAll(() => server.stop())

const DEBIAN = 'https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2'

const { imagesOf, upload, remove, ended, recorded } = imageCalls(
  () => server,
  () => address,
)

const place = { node: 'pve1', storage: 'local', content: 'iso' }
const tools = Buffer.from('the bytes of an image'.repeat(10_000))

describe('the list', () => {
  it('has drivers first, names systems, and joins nodes of a shared storage', async () => {
    const images = await imagesOf('?content=iso')
    expect(images[0]).toMatchObject({
      volid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
      kind: 'drivers',
      os: { name: 'VirtIO drivers 0.1.285', osType: null },
      preferred: true,
      shared: true,
      nodes: ['pve1', 'pve2', 'pve3'],
    })
    expect(images.find(({ name }) => name === 'windows-server-2025.iso')?.os).toEqual({
      name: 'Windows Server 2025',
      osType: 'windows-server-2025',
    })
    expect(images.find(({ name }) => name === 'memtest86plus-7.20.iso')?.nodes).toEqual(['pve1'])
  })

  it('has only what a node can use', async () => {
    const names = (await imagesOf('?node=pve2')).map(({ name }) => name)
    expect(names).toContain('virtio-win-0.1.285.iso')
    expect(names).not.toContain('memtest86plus-7.20.iso')
    const { body } = await server.call('GET', '/api/v1/isos?node=pve1', root)
    expect(z.object({ isos: z.array(imageSchema) }).parse(body).isos.length).toBeGreaterThan(3)
  })

  it('tells which storages take what, and why somebody may not use them', async () => {
    const target = z.looseObject({ storage: z.string(), node: z.string(), content: z.string() })
    const read = async (options: object) =>
      z
        .object({ targets: z.array(target) })
        .parse((await server.call('GET', '/api/v1/images/targets', options)).body).targets
    expect(await read(root)).toContainEqual({
      storage: 'local',
      node: 'pve2',
      shared: false,
      content: 'import',
      availableGiB: expect.any(Number),
      upload: null,
      download: null,
      delete: null,
    })
    const theirs = (await read({ cookie: viewer })).find(({ node }) => node === 'pve1')
    expect(theirs).toMatchObject({
      storage: 'iso-nfs',
      upload: 'Your account lacks Datastore.AllocateTemplate on /storage/iso-nfs.',
      download: 'Your account lacks Datastore.AllocateTemplate on /storage/iso-nfs.',
      delete: 'Your account lacks Datastore.Allocate on /storage/iso-nfs.',
    })
  })
})

const sendEmpty = (headers: Record<string, string>) =>
  server.call('POST', uploadPath({ ...place, fileName: 'x.iso' }), {
    headers: { ...root.headers, 'content-type': 'application/octet-stream', ...headers },
  })

describe('an upload', () => {
  it('reaches its storage, with its checksum verified, and is in the list and the audit log', async () => {
    const checksum = createHash('sha256').update(tools).digest('hex')
    const answer = await upload({ ...place, fileName: 'tools.iso', checksum }, tools)
    expect(answer.status).toBe(202)
    const upid = upidOf(await answer.json())
    expect(answer.headers.get('location')).toBe(
      `/api/v1/images/transfers/${encodeURIComponent(upid)}`,
    )
    expect(await ended(upid)).toMatchObject({
      kind: 'upload',
      fileName: 'tools.iso',
      status: 'done',
      failure: null,
    })
    await vi.waitFor(
      async () =>
        expect(await imagesOf('?node=pve1')).toContainEqual(
          expect.objectContaining({ name: 'tools.iso', sizeBytes: tools.length }),
        ),
      soon,
    )
    await recorded('image_upload', {
      status: 'success',
      username: 'root@pam!demo',
      task_id: upid,
      configuration: { node: 'pve1', storage: 'local', content: 'iso', file: 'tools.iso' },
    })
  })

  it('with another checksum is thrown away, and told with both', async () => {
    const answer = await upload(
      { ...place, fileName: 'wrong.iso', checksum: 'ab'.repeat(64), algorithm: 'sha512' },
      tools,
    )
    const upid = upidOf(await answer.json())
    expect((await ended(upid)).failure).toMatchObject({
      title: 'The checksum is another one',
      proxmox: expect.stringContaining(`expect '${'ab'.repeat(64)}'`),
    })
    expect((await imagesOf('?node=pve1')).map(({ name }) => name)).not.toContain('wrong.iso')
    await recorded('image_upload', {
      status: 'failed',
      error: expect.stringContaining('The checksum is another one'),
    })
  })

  it('cut in the middle leaves nothing behind', async () => {
    const before = server.simulator.requests().length
    const sending = request(`${address}${uploadPath({ ...place, fileName: 'half.iso' })}`, {
      method: 'POST',
      headers: {
        ...root.headers,
        'content-type': 'application/octet-stream',
        'content-length': String(50 * 1024 * 1024),
      },
    })
    sending.on('error', () => {})
    await new Promise((resolve) => sending.write(Buffer.alloc(4 * 1024 * 1024), resolve))
    sending.destroy()
    await recorded('image_upload', {
      status: 'failed',
      configuration: { file: 'half.iso' },
      error: expect.stringMatching(/^The upload was cut off: Not the whole file arrived/),
    })
    expect((await imagesOf('?node=pve1')).map(({ name }) => name)).not.toContain('half.iso')
    const tasks = server.simulator
      .requests()
      .slice(before)
      .filter(({ path }) => path.endsWith('/upload'))
    expect(tasks).toEqual([])
  })

  it.each<[string, Record<string, string>, Partial<{ bytes: Buffer }>, object]>([
    [
      'a name that Proxmox refuses',
      { fileName: 'a b.iso' },
      {},
      { status: 400, errors: [{ path: 'fileName', message: expect.stringContaining('Only') }] },
    ],
    [
      'an ending that does not fit',
      { fileName: 'noble.img', content: 'import' },
      {},
      { status: 400, detail: expect.stringContaining('.img is qcow2 or raw inside') },
    ],
    [
      'a checksum of another length',
      { fileName: 'x.iso', checksum: 'ab12' },
      {},
      { status: 400, errors: [{ path: 'checksum', message: expect.any(String) }] },
    ],
    [
      'a storage without that content',
      { fileName: 'x.iso', storage: 'ceph-vm' },
      {},
      { status: 422, type: '/problems/no-such-storage' },
    ],
    [
      'a node that is not there',
      { fileName: 'x.iso', node: 'pve9' },
      {},
      { status: 422, type: '/problems/no-such-storage' },
    ],
    [
      'a name that is taken',
      { fileName: 'memtest86plus-7.20.iso' },
      {},
      { status: 409, type: '/problems/image-exists' },
    ],
    ['no bytes', { fileName: 'x.iso' }, { bytes: Buffer.alloc(0) }, { status: 400 }],
  ])(
    'with %s is refused before its first byte',
    async (_what, query, { bytes = tools }, problem) => {
      const answer = await upload({ ...place, ...query }, bytes)
      expect(await answer.json()).toMatchObject(problem)
    },
  )

  it('of a name that is taken may take its place when asked to', async () => {
    const answer = await upload({ ...place, fileName: 'tools.iso', overwrite: 'true' }, tools)
    expect(answer.status).toBe(202)
    expect((await ended(upidOf(await answer.json()))).status).toBe('done')
  })

  it('needs the right, and says which', async () => {
    const query = { ...place, storage: 'iso-nfs', fileName: 'x.iso' }
    const answer = await upload(query, tools, { cookie: `session=${viewer}` })
    expect(await answer.json()).toMatchObject({
      status: 403,
      detail: 'Your account lacks Datastore.AllocateTemplate on /storage/iso-nfs.',
    })
  })

  it('says its length, and may not be larger than the setting', async () => {
    expect(await sendEmpty({})).toMatchObject({
      status: 411,
      body: { type: '/problems/length-required' },
    })
    expect(await sendEmpty({ 'content-length': String(2 * 1024 ** 3) })).toMatchObject({
      status: 413,
      body: { detail: 'A file may have at most 1 GiB here.' },
    })
  })
})

const download = (body: object, options: object = root) =>
  server.call('POST', '/api/v1/images/download', {
    ...options,
    body: {
      node: 'pve1',
      storage: 'local',
      content: 'import',
      fileName: 'debian-13.qcow2',
      url: DEBIAN,
      ...body,
    },
  })

const lastDownload = async () => {
  const { body } = await server.call('GET', '/api/v1/images/transfers', root)
  return z.object({ transfers: z.array(transferSchema) }).parse(body).transfers[0]
}

describe('a download by Proxmox', () => {
  it('is looked up by the node first', async () => {
    const { status, body } = await server.call('POST', '/api/v1/images/look-up', {
      ...root,
      body: { node: 'pve1', url: DEBIAN },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      fileName: 'debian-13-generic-amd64.qcow2',
      sizeBytes: 423 * 1024 ** 2,
    })
    const wrong = await server.call('POST', '/api/v1/images/look-up', {
      ...root,
      body: { node: 'pve1', url: 'https://cloud.debian.org/nothing' },
    })
    expect(wrong).toMatchObject({ status: 502, body: { title: 'The address gives no file' } })
  })

  it('runs there, with progress, and its outcome is recorded', async () => {
    const checksum = createHash('sha512').update(DEBIAN).digest('hex')
    const started = await download({ checksum, algorithm: 'sha512', url: DEBIAN })
    expect(started.status).toBe(202)
    const upid = upidOf(started.body)
    expect(await lastDownload()).toMatchObject({ upid, fileName: 'debian-13.qcow2' })
    expect(await ended(upid)).toMatchObject({ kind: 'download', status: 'done', fraction: 1 })
    await vi.waitFor(
      async () =>
        expect(await imagesOf('?content=import&node=pve1')).toContainEqual(
          expect.objectContaining({
            volid: 'local:import/debian-13.qcow2',
            kind: 'image',
            os: { name: 'Debian 13', osType: 'linux' },
          }),
        ),
      soon,
    )
    await recorded('image_download', {
      status: 'success',
      task_id: upid,
      configuration: { storage: 'local', file: 'debian-13.qcow2', url: DEBIAN, checksum },
    })
    // Once more, with the same checksum: Proxmox takes what it has.
    const again = await download({ checksum, algorithm: 'sha512' })
    expect((await ended(upidOf(again.body))).status).toBe('done')
    expect(await download({})).toMatchObject({
      status: 409,
      body: { type: '/problems/image-exists' },
    })
  })

  it.each<[string, object, object]>([
    [
      'of which the checksum is another one',
      { fileName: 'bad.qcow2', checksum: '0'.repeat(64) },
      { title: 'The checksum is another one' },
    ],
    [
      'that is not there',
      { fileName: 'no.qcow2', url: 'https://cloud.debian.org/no.qcow2' },
      { title: 'The download failed', cause: expect.stringContaining('answered with an error') },
    ],
  ])('of a file %s fails with words, and leaves nothing', async (_what, body, failure) => {
    const started = await download(body)
    const ending = await ended(upidOf(started.body))
    expect(ending).toMatchObject({ status: 'failed', failure })
    const names = (await imagesOf('?content=import')).map(({ name }) => name)
    expect(names).not.toContain(ending.fileName)
  })

  it('can be ended, and nothing of it stays', async () => {
    const { body } = await download({ fileName: 'ended.qcow2' })
    const path = `/api/v1/images/transfers/${encodeURIComponent(upidOf(body))}`
    expect((await server.call('DELETE', path, root)).status).toBe(204)
    expect(['failed', 'done']).toContain((await ended(upidOf(body))).status)
  })

  it('is refused for what cannot work', async () => {
    expect(await download({ url: 'file:///etc/passwd' })).toMatchObject({
      status: 400,
      body: { errors: [{ path: 'url' }] },
    })
    expect(await download({ storage: 'ceph-vm' })).toMatchObject({ status: 422 })
    const forbidden = { storage: 'iso-nfs', content: 'iso', fileName: 'x.iso' }
    expect(await download(forbidden, { cookie: viewer })).toMatchObject({
      status: 403,
      body: { detail: 'Your account lacks Datastore.AllocateTemplate on /storage/iso-nfs.' },
    })
    const upid = encodeURIComponent('UPID:pve1:00001234:00005678:6B03C8B5:qmstart:100:root@pam:')
    expect(await server.call('GET', `/api/v1/images/transfers/${upid}`, root)).toMatchObject({
      status: 404,
    })
  })
})

describe('a deletion', () => {
  it('is refused while a VM has it in a drive, unless told otherwise', async () => {
    const volid = 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso'
    const guest = server.simulator.world.guests.find(({ vmid }) => vmid === 101)
    if (guest) guest.config['ide2'] = `${volid},media=cdrom`
    expect((await server.call('GET', `${imagePath(volid)}/uses`, root)).body).toMatchObject({
      vms: [{ vmid: 101, drive: 'ide2', template: false }],
      deployments: [],
      complete: true,
    })
    expect(await remove(volid)).toMatchObject({
      status: 409,
      body: {
        type: '/problems/image-in-use',
        detail: expect.stringContaining('(101) has it in ide2'),
      },
    })
    expect((await remove(volid, '?force=true')).status).toBe(204)
    expect((await imagesOf()).map((image) => image.volid)).not.toContain(volid)
    await recorded('image_delete', {
      status: 'success',
      configuration: { volume: volid, force: 'true' },
      task_id: expect.stringContaining('imgdel'),
    })
  })

  it('of a local file wants its node where several have one', async () => {
    const answer = await upload({ ...place, node: 'pve2', fileName: 'tools.iso' }, tools)
    await ended(upidOf(await answer.json()))
    expect(await remove('local:iso/tools.iso')).toMatchObject({
      status: 422,
      body: { type: '/problems/node-needed', detail: expect.stringContaining('pve1, pve2') },
    })
    expect((await remove('local:iso/tools.iso', '?node=pve2')).status).toBe(204)
    expect(await imagesOf('?node=pve1')).toContainEqual(
      expect.objectContaining({ volid: 'local:iso/tools.iso', nodes: ['pve1'] }),
    )
    expect((await remove('local:iso/tools.iso')).status).toBe(204)
  })

  it('needs the right, and a file', async () => {
    expect(
      await remove('iso-nfs:iso/windows-server-2025.iso', '', { cookie: operator }),
    ).toMatchObject({
      status: 403,
      body: { detail: expect.stringContaining('Datastore.Allocate on /storage/iso-nfs') },
    })
    expect(await remove('local:iso/never.iso')).toMatchObject({ status: 404 })
  })
})
