import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { versions } from '../src/version.ts'
import { createCertificate } from '../src/wire/certificate.ts'
import { signIn, type Client, type Form } from './client.ts'

const certificate = createCertificate('127.0.0.1')
const image = 'iso-nfs:import/debian-13-generic-amd64.qcow2'
const iso = 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso'
const template = 'ceph-vm:base-9000-disk-0'
const path = '/nodes/pve1/qemu'

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

describe.each(versions)('on %s', (version) => {
  let simulator: Simulator
  let root: Client
  let operator: Client

  beforeAll(async () => {
    simulator = await startSimulator({
      version,
      speed: 500,
      certificate: await certificate,
      pvestatdSeconds: 1e6,
    })
    root = await signIn(simulator, 'root@pam')
    operator = await signIn(simulator, 'operator@pve')
  })
  afterAll(() => simulator.close())

  const volumes = () => simulator.world.volumes.map(({ storage, name }) => `${storage}:${name}`)
  const configOf = async (vmid: number) => {
    const { data } = await root.call('GET', `${path}/${vmid}/config`)
    return isRecord(data) ? data : {}
  }
  /** Status and reason, or the text of the parameter that is wrong. */
  const refusal = async (form: Form, who = root) => {
    const { status, reason, errors } = await who.call('POST', path, { vmid: 590, ...form })
    return `${status} ${Object.values(errors)[0] ?? reason}`.trimEnd()
  }

  test('a disk gets the data and the size of the one that it is imported from', async () => {
    const form = { vmid: 500, name: 'from-template', scsi0: `local-lvm:0,import-from=${template}` }
    expect(await root.run('POST', path, form)).toBe('OK')
    expect(await configOf(500)).toMatchObject({
      boot: 'order=scsi0',
      scsi0: 'local-lvm:vm-500-disk-0,size=3584M',
    })
    const made = simulator.world.volumes.find(({ name }) => name === 'vm-500-disk-0')
    expect(made?.image).toBe('ubuntu-24.04')
  })

  test.skipIf(version === '7.4')('a cloud image becomes a disk (8.3 and later)', async () => {
    const disk = `local-lvm:0,import-from=${image},discard=on`
    expect(await root.run('POST', path, { vmid: 501, scsi0: disk, scsi1: 'ceph-vm:1' })).toBe('OK')
    expect(await configOf(501)).toMatchObject({
      scsi0: 'local-lvm:vm-501-disk-0,discard=on,size=3G',
      scsi1: 'ceph-vm:vm-501-disk-0,size=1G',
    })
    const log = simulator.world.tasks.at(-1)?.log ?? []
    expect(log[0]).toBe(`create full clone of drive (${image})`)
    expect(log).toContain('transferred 3.0 GiB of 3.0 GiB (100.00%)')
  })

  const needsImages = version === '7.4' ? 'not an image' : "needs to be 'images' or 'import'"
  const refused: [string, Form, string][] = [
    [
      'a size',
      { scsi0: `local-lvm:4,import-from=${template}` },
      "400 'import-from' requires special syntax - use <storage ID>:0,import-from=<source>",
    ],
    [
      'an ISO',
      { scsi0: `local-lvm:0,import-from=${iso}` },
      `400 ${iso} has wrong type 'iso' - ${needsImages}`,
    ],
    [
      'a storage that does not exist',
      { scsi0: 'local-lvm:0,import-from=nowhere:import/x.qcow2' },
      "500 storage 'nowhere' does not exist",
    ],
    [
      'EFI variables of an unknown kind',
      { efidisk0: `local-lvm:0,import-from=${template}` },
      "400 need to specify 'efitype' when using 'import-from'",
    ],
    [
      'a TPM of an unknown version',
      { tpmstate0: `local-lvm:0,import-from=${template}` },
      "400 need to specify 'version' when using 'import-from'",
    ],
  ]

  test.for(refused)('an import with %s is refused', async ([, form, expected]) => {
    expect(await refusal(form)).toBe(expected)
  })

  test('7.4 knows no content type import', async () => {
    const expected =
      version === '7.4'
        ? "500 unable to parse directory volume name 'import/debian-13-generic-amd64.qcow2'"
        : '200 OK'
    expect(await refusal({ vmid: 502, scsi0: `local-lvm:0,import-from=${image}` })).toBe(expected)
  })

  test('the operator of the demo makes a Windows machine in the pool, presses a key, converts it', async () => {
    const form = {
      vmid: 530,
      pool: 'lab',
      name: 'win',
      ostype: 'win11',
      bios: 'ovmf',
      machine: 'q35',
      cpu: 'host',
      scsihw: 'virtio-scsi-single',
      efidisk0: 'ceph-vm:1,efitype=4m,pre-enrolled-keys=1',
      tpmstate0: 'ceph-vm:1,version=v2.0',
      scsi0: 'ceph-vm:64,iothread=1',
      ide2: 'iso-nfs:iso/Win11_24H2_English_x64.iso,media=cdrom',
      ide0: 'iso-nfs:iso/virtio-win-0.1.285.iso,media=cdrom',
      net0: 'virtio,bridge=vmbr1',
      agent: 'enabled=1',
    }
    expect(await operator.run('POST', path, form)).toBe('OK')
    expect(await configOf(530)).toMatchObject({
      boot: 'order=scsi0;ide0;net0',
      efidisk0: `ceph-vm:vm-530-disk-0,efitype=4m,${version === '9.2' ? 'ms-cert=2023k,' : ''}pre-enrolled-keys=1,size=528K`,
      tpmstate0: 'ceph-vm:vm-530-disk-2,size=4M,version=v2.0',
      ide2: 'iso-nfs:iso/Win11_24H2_English_x64.iso,media=cdrom,size=5662310K',
    })
    expect(await operator.run('POST', `${path}/530/status/start`)).toBe('OK')
    expect(await operator.call('PUT', `${path}/530/sendkey`, { key: 'ret' })).toMatchObject({
      status: 200,
      data: null,
    })
    expect(await operator.run('POST', `${path}/530/status/stop`)).toBe('OK')
    expect(await operator.run('POST', `${path}/530/template`)).toBe('OK')
    expect(await configOf(530)).toMatchObject({
      template: 1,
      scsi0: 'ceph-vm:base-530-disk-1,iothread=1,size=64G',
    })
    expect((await operator.call('POST', `${path}/530/status/start`)).status).toBe(200)
    expect(await operator.run('DELETE', `${path}/530`)).toBe('OK')
  })

  test('the owner of a disk has to allow the copy', async () => {
    const form = { pool: 'lab', scsi0: 'local-lvm:0,import-from=ceph-vm:vm-101-disk-0' }
    expect(await refusal(form, operator)).toBe('403 Permission check failed (/vms/101, VM.Clone)')
  })

  test('what fails in the middle leaves nothing behind', async () => {
    const before = volumes().toSorted()
    const missing = 'ceph-vm:vm-101-disk-9'
    const form = {
      vmid: 510,
      efidisk0: 'local-lvm:1,efitype=4m',
      scsi0: 'local-lvm:8',
      scsi1: `local-lvm:0,import-from=${missing}`,
    }
    expect(await root.run('POST', path, form)).toBe(
      `unable to create VM 510 - cannot import from '${missing}' - could not get size of ${missing}`,
    )
    expect(volumes().toSorted()).toEqual(before)
    expect(simulator.world.guests.some(({ vmid }) => vmid === 510)).toBe(false)
  })

  test('a storage that is full while the data comes leaves nothing behind', async () => {
    const before = volumes().toSorted()
    simulator.addFault({ kind: 'storage-full', storage: 'local-lvm' })
    const form = { vmid: 511, scsi0: `local-lvm:0,import-from=${template}` }
    const exit = await root.run('POST', path, form)
    simulator.clearFaults()
    expect(exit).toMatch(
      /^unable to create VM 511 - cannot import from .* - copy failed: command '\/usr\/bin\/qemu-img convert /,
    )
    expect(volumes().toSorted()).toEqual(before)
    expect(await root.run('POST', path, form)).toBe('OK')
  })

  test('stopping the task leaves nothing behind', async () => {
    const before = volumes().toSorted()
    const form = { vmid: 512, scsi0: `local-lvm:0,import-from=${template}`, bwlimit: 1 }
    const { data: upid } = await root.call('POST', path, form)
    while (!volumes().includes('local-lvm:vm-512-disk-0'))
      await new Promise((resolve) => setTimeout(resolve, 5))
    await root.call('DELETE', `/nodes/pve1/tasks/${encodeURIComponent(String(upid))}`)
    expect(simulator.tasks.find(String(upid))?.exitstatus).toMatch(/interrupted by signal$/)
    expect(volumes().toSorted()).toEqual(before)
  })

  test('CPUs and machines are those of the version', async () => {
    const { data } = await root.call('GET', '/nodes/pve1/capabilities/qemu/cpu')
    const names = (Array.isArray(data) ? data : []).filter(isRecord).map(({ name }) => name)
    expect(names.includes('x86-64-v2-AES')).toBe(version !== '7.4')
    expect(names.includes('EPYC-Turin')).toBe(version === '9.2')
    expect(names).toContain('host')
    expect(await refusal({ vmid: 520, cpu: 'x86-64-v2-AES' })).toBe(
      version === '7.4'
        ? "400 invalid format - Built-in cputype 'x86-64-v2-AES' is not defined (missing 'custom-' prefix?)"
        : '200 OK',
    )
    const newest = { '7.4': '7.2', '8.4': '9.2', '9.2': '10.1' }[version]
    expect(await root.run('POST', path, { vmid: 521, ostype: 'win11', machine: 'q35' })).toBe('OK')
    expect(await configOf(521)).toMatchObject({ machine: `pc-q35-${newest}` })
    const { data: machines } = await root.call('GET', '/nodes/pve1/capabilities/qemu/machines')
    expect(machines).toContainEqual({ id: `pc-q35-${newest}`, type: 'q35', version: newest })
  })
})
