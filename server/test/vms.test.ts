/** VMs after their deployment: the list, one VM, what can be done to it, and what is refused. */
import { vmListSchema } from '@deployer/core/vm.ts'
import { withCrowd } from '@deployer/simulator/worlds/crowd.ts'
import { demoWorld } from '@deployer/simulator/worlds/demo.ts'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { startTestServer, type TestServer } from './test-server.ts'
import { addSeeded, outcomesOf, vmCalls } from './vm-calls.ts'

let server: TestServer
let viewer: string
let operator: string
beforeAll(async () => {
  server = await startTestServer({}, 100, undefined, withCrowd(demoWorld(), 300))
  ;[viewer, operator] = await Promise.all([
    server.signIn('viewer@pve'),
    server.signIn('operator@pve'),
  ])
})
afterAll(() => server.stop())
beforeEach(() => server.simulator.clearFaults())

const { api, detail, ended, entries, guest, headers } = vmCalls(() => server)

describe('the list', () => {
  it('has every VM that the caller may see, and no template or container', async () => {
    const { body, headers: answered } = await api('GET', '/vms')
    const { vms, deletion } = vmListSchema.parse(body)
    expect(vms).toHaveLength(307)
    expect(vms.filter(({ vmid }) => vmid >= 9000 && vmid < 9999)).toEqual([])
    expect(deletion).toBe(true)
    expect(vms.find(({ vmid }) => vmid === 101)).toMatchObject({
      name: 'gitlab',
      node: 'pve1',
      state: 'running',
      tags: ['prod', 'web'],
      pool: 'prod',
      cores: 8,
      memoryMiB: 16_384,
      address: null,
      deployment: null,
    })
    expect(vms.find(({ vmid }) => vmid === 10_008)?.state).toBe('paused')
    expect(vms.find(({ vmid }) => vmid === 10_009)).toMatchObject({
      state: 'stopped',
      cpuFraction: null,
      uptimeSeconds: null,
    })
    expect(answered['etag']).toMatch(/^"/)
  })

  it('shows a person what Proxmox shows that person', async () => {
    const { vms } = vmListSchema.parse(
      (await api('GET', '/vms', undefined, { cookie: operator })).body,
    )
    expect(vms.length).toBe(31)
    expect(vms.every(({ pool }) => pool === 'lab')).toBe(true)
  })

  it('comes packed, and not at all while nothing has changed', async () => {
    const url = '/api/v1/vms'
    const packed = await server.app.inject({
      url,
      headers: { ...headers, 'accept-encoding': 'gzip' },
    })
    expect(packed.headers['content-encoding']).toBe('gzip')
    const text = gunzipSync(packed.rawPayload).toString()
    expect(vmListSchema.parse(JSON.parse(text)).vms).toHaveLength(307)
    const again = await server.app.inject({
      url,
      headers: { ...headers, 'if-none-match': String(packed.headers['etag']) },
    })
    expect(again.statusCode).toBe(304)
    expect(again.payload).toBe('')
  })

  it('asks Proxmox once for many who look at the same time', async () => {
    const before = server.simulator.requests().length
    await Promise.all(Array.from({ length: 40 }, () => api('GET', '/vms')))
    const calls = server.simulator.requests().slice(before)
    expect(calls.filter(({ path }) => path === '/cluster/resources').length).toBeLessThanOrEqual(1)
    expect(calls.filter(({ path }) => path.startsWith('/nodes'))).toEqual([])
  })
})

describe('one VM', () => {
  it('is there whole', async () => {
    expect(await detail(104)).toMatchObject({
      name: 'monitoring',
      node: 'pve1',
      state: 'running',
      protection: false,
      startsWithNode: true,
      agent: true,
      hardware: {
        cores: 4,
        memoryMiB: 8192,
        drives: [{ key: 'scsi0', kind: 'disk', storage: 'local-lvm', sizeGiB: 64, boot: true }],
        nics: [{ key: 'net0', bridge: 'vmbr0', mac: 'BC:24:11:00:01:A0' }],
      },
      pending: [],
      cloudInit: null,
      snapshots: [],
      origin: null,
    })
  })

  it('has figures over time, and nothing where it was off', async () => {
    const { body } = await api('GET', '/vms/104/metrics?range=hour')
    const metrics = z
      .object({ times: z.array(z.number()), cpuFraction: z.array(z.number().nullable()) })
      .parse(body)
    expect(metrics.times).toHaveLength(70)
    expect(metrics.cpuFraction.every((one) => one !== null && one > 0 && one < 1)).toBe(true)
    const off = await api('GET', '/vms/111/metrics?range=week')
    expect(z.object({ cpuFraction: z.array(z.null()) }).parse(off.body).cpuFraction).toHaveLength(
      70,
    )
  })

  it('tells by its agent, or says why not; its address is in the list afterwards', async () => {
    const { body } = await api('GET', '/vms/104/agent')
    expect(body).toMatchObject({ silent: null, hostName: 'monitoring' })
    const { address } = z.object({ address: z.string() }).parse(body)
    await expect
      .poll(
        async () =>
          vmListSchema.parse((await api('GET', '/vms')).body).vms.find(({ vmid }) => vmid === 104)
            ?.address,
        { timeout: 8000 },
      )
      .toBe(address)
    expect((await api('GET', '/vms/111/agent')).body).toMatchObject({
      silent: 'The VM does not run.',
    })
  })

  it.each([99_999, 120, 9000])('%i is none', async (vmid) => {
    const { status, body } = await api('GET', `/vms/${vmid}`)
    expect(body).toMatchObject(
      vmid === 9000 ? { title: 'This is a template' } : { title: 'Not found' },
    )
    expect(status).toBe(vmid === 9000 ? 409 : 404)
  })
})

describe('power', () => {
  it('is done, followed and recorded with its outcome', async () => {
    expect(await ended(await api('POST', '/vms/111/power', { action: 'start' }))).toMatchObject({
      status: 'ok',
    })
    expect(guest(111)?.running?.state).toBe('running')
    await expect
      .poll(async () => (await entries(111))[0], { timeout: 8000 })
      .toMatchObject({ operation: 'vm_power', status: 'success' })
    for (const [action, state] of [
      ['suspend', 'paused'],
      ['resume', 'running'],
      ['reset', 'running'],
      ['stop', 'stopped'],
    ] as const) {
      await ended(await api('POST', '/vms/111/power', { action }))
      expect((await detail(111)).state).toBe(state)
    }
  })

  it('of a VM in another state is refused before Proxmox is asked', async () => {
    const { status, body } = await api('POST', '/vms/111/power', { action: 'shutdown' })
    expect(status).toBe(409)
    expect(body).toMatchObject({
      detail: 'build-02 is stopped, so there is nothing to shut down.',
    })
  })

  it('names the privilege and the path that are missing', async () => {
    const { status, body } = await api(
      'POST',
      '/vms/104/power',
      { action: 'stop' },
      { cookie: viewer },
    )
    expect(status).toBe(403)
    expect(body).toMatchObject({
      detail: expect.stringContaining('VM.PowerMgmt on /vms/104'),
    })
  })

  it('that fails in its task is recorded as failed', async () => {
    server.simulator.addFault({
      kind: 'task-fails',
      type: 'qmstart',
      message: 'start failed: no memory',
      times: 1,
    })
    const task = await ended(await api('POST', '/vms/111/power', { action: 'start' }))
    expect(task).toMatchObject({ status: 'failed', message: 'start failed: no memory' })
    await expect
      .poll(async () => (await entries(111))[0], { timeout: 8000 })
      .toMatchObject({ operation: 'vm_power', status: 'failed' })
  })
})

describe('snapshots', () => {
  it('are made, rolled back to, deleted', async () => {
    await ended(
      await api('POST', '/vms/210/snapshots', {
        name: 'before-update',
        description: 'as it was',
        withMemory: true,
      }),
    )
    const { snapshots, hardware } = await detail(210)
    expect(snapshots).toMatchObject([
      { name: 'before-update', description: 'as it was', withMemory: true, current: true },
    ])
    await api('PATCH', '/vms/210', { cores: hardware.cores + 1 })
    await ended(await api('POST', '/vms/210/snapshots/before-update/rollback', {}))
    expect((await detail(210)).hardware.cores).toBe(hardware.cores)
    expect((await api('POST', '/vms/210/snapshots', { name: 'before-update' })).status).toBe(409)
    await ended(await api('DELETE', '/vms/210/snapshots/before-update'))
    expect((await detail(210)).snapshots).toEqual([])
    expect((await api('DELETE', '/vms/210/snapshots/before-update')).status).toBe(404)
  })

  it.each(['current', '1st', 'a b', 'x', 'ü2'])('cannot be called %s', async (name) => {
    expect((await api('POST', '/vms/210/snapshots', { name })).status).toBe(400)
  })
})

describe('hardware', () => {
  it('grows disks, and never shrinks them', async () => {
    await ended(await api('POST', '/vms/111/disks/scsi0/resize', { sizeGiB: 130 }))
    expect((await detail(111)).hardware.drives[0]?.sizeGiB).toBe(130)
    for (const sizeGiB of [130, 20])
      expect(await api('POST', '/vms/111/disks/scsi0/resize', { sizeGiB })).toMatchObject({
        status: 422,
        body: { detail: 'scsi0 has 130 GiB. Proxmox cannot make a disk smaller.' },
      })
    expect((await api('POST', '/vms/111/disks/scsi7/resize', { sizeGiB: 200 })).status).toBe(404)
  })

  it('of a stopped VM changes at once, of a running one at its restart', async () => {
    const stopped = await api('PATCH', '/vms/111', { cores: 4, memoryMiB: 2048 })
    expect(stopped.body).toMatchObject({ restartNeeded: false, pending: [] })
    const running = await api('PATCH', '/vms/104', { memoryMiB: 12_288 })
    expect(running.body).toMatchObject({
      restartNeeded: true,
      pending: [{ key: 'memory', value: '8192', pending: '12288' }],
    })
    expect((await detail(104)).pending).toHaveLength(1)
  })

  it('is not changed where somebody else was faster', async () => {
    const { digest } = await detail(111)
    await api('PATCH', '/vms/111', { startsWithNode: false })
    expect(await api('PATCH', '/vms/111', { cores: 2, digest })).toMatchObject({
      status: 409,
      body: { title: 'Somebody else changed it' },
    })
    server.simulator.addFault({
      kind: 'answer',
      call: 'PUT /nodes/{node}/qemu/{vmid}/config',
      status: 500,
      message: 'checksum mismatch (file change by other user?)',
      times: 1,
    })
    expect(await api('PATCH', '/vms/111', { cores: 2 })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('changed while this was at it') },
    })
  })
})

describe('cloud-init', () => {
  it('shows what is configured and what is on the drive, and writes it anew', async () => {
    addSeeded(server.simulator)
    await expect.poll(async () => (await api('GET', '/vms/700')).status).toBe(200)
    const before = await detail(700)
    expect(before.cloudInit).toMatchObject({ drive: 'ide2', outdated: false })
    const written = guest(700)
    if (written?.running) written.config['ciuser'] = 'mira'
    const { cloudInit } = await detail(700)
    expect(cloudInit?.outdated).toBe(true)
    expect(cloudInit?.keys.find(({ key }) => key === 'ciuser')).toMatchObject({
      wanted: 'mira',
      differs: true,
    })
    expect((await api('POST', '/vms/700/cloud-init')).body).toMatchObject({ upid: null })
    expect((await detail(700)).cloudInit?.outdated).toBe(false)
    expect((await api('GET', '/vms/700/cloud-init/user')).body).toMatchObject({
      text: expect.stringContaining('user: mira'),
    })
    expect((await api('POST', '/vms/104/cloud-init')).status).toBe(409)
  })
})

describe('deleting', () => {
  it('needs the right name, no protection, and a stopped VM', async () => {
    expect(await api('DELETE', '/vms/10299', { name: 'web-99999' })).toMatchObject({
      status: 422,
      body: { title: 'That is not its name' },
    })
    expect(await api('DELETE', '/vms/103', { name: 'mail', stop: true })).toMatchObject({
      status: 409,
      body: { title: 'It is protected' },
    })
    expect(await api('DELETE', '/vms/101', { name: 'gitlab' })).toMatchObject({
      status: 409,
      body: { title: 'It still runs' },
    })
    expect((await api('DELETE', '/vms/101')).status).toBe(400)
    for (const vmid of [10_299, 103, 101]) expect(guest(vmid)).toBeDefined()
  })

  it('removes the VM with its disks and leaves others alone', async () => {
    const { name } = await detail(10_299)
    const volumes = () =>
      server.simulator.world.volumes.filter(({ vmid }) => vmid === 10_299).length
    expect(volumes()).toBe(1)
    // A volume of an earlier VM with the same id, which nobody has looked at for long.
    server.simulator.world.volumes.push({
      storage: 'san-lvm',
      name: 'vm-10299-disk-9',
      content: 'images',
      format: 'raw',
      sizeBytes: 1,
      usedBytes: 1,
      vmid: 10_299,
      createdAt: 0,
    })
    await ended(await api('DELETE', '/vms/10299', { name }))
    expect(guest(10_299)).toBeUndefined()
    expect(volumes()).toBe(1)
    const { body } = await api('GET', '/vms')
    expect(vmListSchema.parse(body).vms.some(({ vmid }) => vmid === 10_299)).toBe(false)
    expect((await api('GET', '/vms/10299')).status).toBe(404)
    await expect
      .poll(async () => (await entries(10_299))[0], { timeout: 8000 })
      .toMatchObject({ operation: 'vm_delete', status: 'success' })
  })

  it('stops it first where that is asked for', async () => {
    const { name } = await detail(10_298)
    await ended(await api('DELETE', '/vms/10298', { name, stop: true }))
    expect(guest(10_298)).toBeUndefined()
  })
})

describe('a VM that somebody else deletes', () => {
  it('is a 404 that says so, whatever is done with it', async () => {
    await detail(10_297)
    const { world } = server.simulator
    world.guests = world.guests.filter(({ vmid }) => vmid !== 10_297)
    for (const answer of [
      await api('GET', '/vms/10297'),
      await api('POST', '/vms/10297/power', { action: 'stop' }),
      await api('POST', '/vms/10297/snapshots', { name: 'late' }),
      await api('PATCH', '/vms/10297', { cores: 2 }),
      await api('DELETE', '/vms/10297', { name: 'any' }),
    ])
      expect(answer).toMatchObject({
        status: 404,
        body: { detail: expect.stringContaining('somebody deleted it') },
      })
  })
})

// The last one: nobody is served afterwards.
it('an action whose task has not ended when the server is stopped is recorded as interrupted', async () => {
  // Nothing is installed on it, so it does not react, and Proxmox waits for it.
  await api('POST', '/vms/700/power', { action: 'shutdown' })
  await server.app.close()
  const rows = await outcomesOf(server.databaseUrl, 700)
  expect(rows).toEqual([{ status: 'failed', reason: 'interrupted' }])
})
