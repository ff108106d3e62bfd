import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { screenOf, typeOnScreen } from '../src/consoles/display.ts'
import { bootScreen } from '../src/guests/screen.ts'
import { startSimulator, type Simulator } from '../src/simulator.ts'
import { signIn, type Client, type Form } from './client.ts'
import { windowsAnswers } from './windows-answers.ts'

let simulator: Simulator
let root: Client

beforeAll(async () => {
  simulator = await startSimulator({ speed: 10, pvestatdSeconds: 1e6 })
  root = await signIn(simulator, 'root@pam')
})
afterAll(() => simulator.close())

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const putAnswers = (text: string, name = 'answers.iso') => {
  simulator.world.volumes = simulator.world.volumes.filter((other) => other.name !== `iso/${name}`)
  simulator.world.volumes.push({
    storage: 'iso-nfs',
    name: `iso/${name}`,
    content: 'iso',
    format: 'iso',
    sizeBytes: 400_000,
    usedBytes: 400_000,
    createdAt: 0,
    seed: { label: 'UNATTEND', files: { 'autounattend.xml': text } },
  })
}

const windows: Form = {
  ostype: 'win11',
  machine: 'q35',
  bios: 'ovmf',
  efidisk0: 'local-lvm:1,efitype=4m,pre-enrolled-keys=1',
  tpmstate0: 'local-lvm:1,version=v2.0',
  scsihw: 'virtio-scsi-single',
  scsi0: 'local-lvm:64,discard=on,iothread=1',
  ide2: 'iso-nfs:iso/Win11_24H2_English_x64.iso,media=cdrom',
  ide0: 'iso-nfs:iso/virtio-win-0.1.285.iso,media=cdrom',
  sata0: 'iso-nfs:iso/answers.iso,media=cdrom',
  net0: 'virtio,bridge=vmbr0',
  boot: 'order=scsi0;ide2',
  agent: 'enabled=1',
  cpu: 'x86-64-v2-AES',
  cores: 2,
  memory: 4096,
}

let vmid = 800
const make = async (form: Form): Promise<string> => {
  vmid += 1
  expect(await root.run('POST', '/nodes/pve1/qemu', { vmid, name: `vm-${vmid}`, ...form })).toBe(
    'OK',
  )
  return `/nodes/pve1/qemu/${vmid}`
}

const start = async (base: string) => {
  expect(await root.run('POST', `${base}/status/start`)).toBe('OK')
}

const guestOf = (base: string) => {
  const found = simulator.world.guests.find((guest) => base.endsWith(`/${guest.vmid}`))
  if (!found) throw new Error(`${base} is not there`)
  return found
}

const screen = (base: string) => bootScreen(simulator.cluster, guestOf(base))?.join('\n')

/** Simulated seconds pass. */
const pass = (seconds: number) => simulator.clock.skip((seconds * 1000) / 10)

const press = async (base: string, key: string) => {
  expect(await root.call('PUT', `${base}/sendkey`, { key })).toMatchObject({ status: 200 })
}

const agent = async (base: string, command: string): Promise<unknown> => {
  const { status, reason, data } = await root.call('GET', `${base}/agent/${command}`)
  return status === 200 && isRecord(data) ? data['result'] : reason
}

const portAnswer = (target: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(simulator.guestProxyUrl)
    const socket = connect({ host: hostname, port: Number(port) })
    socket.once('data', (chunk) => {
      resolve(chunk.toString('latin1').split('\r\n')[0] ?? '')
      socket.destroy()
    })
    socket.on('error', reject)
    socket.write(`CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n\r\n`)
  })

test('an installer of Linux waits at its questions, whoever else asks', async () => {
  const base = await make({
    scsi0: 'local-lvm:8',
    ide2: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso,media=cdrom',
    agent: 'enabled=1',
    net0: 'virtio,bridge=vmbr0',
  })
  expect(guestOf(base).config['boot']).toBe('order=scsi0;ide2;net0')
  await start(base)
  expect(screen(base)).toContain('SeaBIOS')
  await pass(600)
  expect(screen(base)).toContain('Debian GNU/Linux installer menu')
  expect(await agent(base, 'get-osinfo')).toBe('QEMU guest agent is not running')
  await press(base, 'ret')
  await pass(600)
  expect(screen(base)).toContain('Choose the language')
  await press(base, 'ret')
  expect(screen(base)).toContain('Choose the language')
})

test('a disk without a system, and no CD: nothing starts', async () => {
  const seabios = await make({ scsi0: 'local-lvm:8', net0: 'virtio,bridge=vmbr0' })
  await start(seabios)
  await pass(5)
  expect(screen(seabios)).toContain('iPXE')
  await pass(60)
  expect(screen(seabios)).toContain('No bootable device.')
  const uefi = await make({ scsi0: 'local-lvm:8', bios: 'ovmf', efidisk0: 'local-lvm:1' })
  expect(await root.run('POST', `${uefi}/status/start`)).toBe('OK')
  await pass(60)
  expect(screen(uefi)).toContain('BdsDxe: No bootable option')
})

test('an installer without a signature does not start with Secure Boot', async () => {
  const arch = 'local:iso/archlinux-2026.11.01-x86_64.iso'
  simulator.world.volumes.push({
    storage: 'local',
    node: 'pve1',
    name: 'iso/archlinux-2026.11.01-x86_64.iso',
    content: 'iso',
    format: 'iso',
    sizeBytes: 2 ** 30,
    usedBytes: 2 ** 30,
    createdAt: 0,
  })
  const started = async (keys: number) => {
    const base = await make({
      bios: 'ovmf',
      efidisk0: `local-lvm:1,efitype=4m,pre-enrolled-keys=${keys}`,
      ide2: `${arch},media=cdrom`,
    })
    await start(base)
    await pass(60)
    return screen(base)
  }
  expect(await started(0)).toContain('Install Arch Linux')
  expect(await started(1)).toContain('BdsDxe: No bootable option')
})

test('an agent that is to be silent stays so after a key', async () => {
  putAnswers(windowsAnswers)
  simulator.addFault({ kind: 'agent-silent', name: '^vm-', times: 1 })
  const base = await make(windows)
  await start(base)
  simulator.clearFaults()
  await pass(4)
  await press(base, 'ret')
  await pass(300)
  expect(screen(base)).toBeUndefined()
  expect(await agent(base, 'get-host-name')).toBe('QEMU guest agent is not running')
})

describe('Windows', () => {
  test('with UEFI the installer starts only when a key is pressed in time', async () => {
    putAnswers(windowsAnswers)
    const base = await make(windows)
    await start(base)
    await pass(4)
    expect(screen(base)).toContain('Press any key to boot from CD or DVD')
    await pass(600)
    expect(screen(base)).toContain('BdsDxe: No bootable option')
    await press(base, 'ret')
    expect(screen(base)).toContain('BdsDxe: No bootable option')
    expect(await root.run('POST', `${base}/status/reset`)).toBe('OK')
    await pass(4)
    await press(base, 'spc')
    await pass(1)
    expect(screen(base)).toContain('Loading files...')
  })

  test('installs itself with answers, and then starts from its disk', async () => {
    putAnswers(windowsAnswers)
    const base = await make(windows)
    await start(base)
    await pass(4)
    await press(base, 'ret')
    expect(await agent(base, 'get-host-name')).toBe('QEMU guest agent is not running')
    const titles = guestOf(base).running?.screens?.map(({ lines }) => lines[0]) ?? []
    const seen = titles.filter((title, index) => title !== titles[index - 1])
    expect(seen).toEqual([
      'Loading files...',
      'Windows 11 Setup',
      'Installing Windows',
      'Windows needs to restart to continue',
      'Getting devices ready 45%',
      'Getting ready',
      'Windows needs to restart to continue',
      'Hi',
      'Administrator',
      String.raw`C:\Windows\system32\cmd.exe`,
    ])
    await pass(240)
    expect(await agent(base, 'get-host-name')).toEqual({ 'host-name': 'DESK-01' })
    expect(await agent(base, 'get-osinfo')).toMatchObject({ 'pretty-name': 'Windows 11 Pro' })
    expect(JSON.stringify(await agent(base, 'network-get-interfaces'))).toContain('10.10.0.50')
    expect(await portAnswer('10.10.0.50:3389')).toBe('HTTP/1.1 200 Connection established')

    const ejected = { ide2: 'none,media=cdrom', ide0: 'none,media=cdrom', delete: 'sata0' }
    expect(await root.run('PUT', `${base}/config`, ejected)).toBe('OK')
    expect(await root.run('POST', `${base}/status/shutdown`)).toBe('OK')
    await start(base)
    await pass(60)
    expect(await agent(base, 'get-host-name')).toEqual({ 'host-name': 'DESK-01' })

    expect(await root.run('POST', `${base}/status/stop`)).toBe('OK')
    expect(await root.run('POST', `${base}/template`)).toBe('OK')
    expect(await root.run('POST', `${base}/clone`, { newid: 890, name: 'copy' })).toBe('OK')
    await start('/nodes/pve1/qemu/890')
    await pass(60)
    expect(await agent('/nodes/pve1/qemu/890', 'get-host-name')).toEqual({ 'host-name': 'DESK-01' })
  })

  test('shows on the console what it shows, and hears what is typed there', async () => {
    putAnswers(windowsAnswers)
    const base = await make(windows)
    await start(base)
    await pass(4)
    const { cluster } = simulator
    const shown = () => screenOf(cluster, guestOf(base))?.lines.join(' ')
    expect(shown()).toContain('Press any key to boot from CD or DVD')
    typeOnScreen(cluster, guestOf(base), 'x')
    await pass(30)
    expect(shown()).toContain('Your computer will restart several times.')
  })

  test('that was switched off in the middle cannot go on', async () => {
    putAnswers(windowsAnswers)
    const base = await make(windows)
    await start(base)
    await pass(4)
    await press(base, 'ret')
    await pass(60)
    expect(screen(base)).toContain('Installing Windows')
    expect(await root.run('POST', `${base}/status/stop`)).toBe('OK')
    await start(base)
    await pass(60)
    expect(screen(base)).toContain('Windows installation cannot proceed')
  })

  test('without a TPM it says so, and nobody ever answers', async () => {
    putAnswers(windowsAnswers)
    const { tpmstate0: _, ...withoutTpm } = windows
    const base = await make(withoutTpm)
    await start(base)
    await pass(4)
    await press(base, 'ret')
    await pass(900)
    expect(screen(base)).toContain("This PC can't run Windows 11")
    expect(await agent(base, 'get-host-name')).toBe('QEMU guest agent is not running')
  })

  test('with a BIOS and an empty disk it asks for no key, and somebody can click through', async () => {
    const base = await make({
      ostype: 'win10',
      sata0: 'local-lvm:64',
      ide2: 'iso-nfs:iso/windows-server-2025.iso,media=cdrom',
      cpu: 'host',
      memory: 4096,
    })
    await start(base)
    await pass(20)
    expect(screen(base)).toContain('Language to install')
    for (const title of ['Select the operating', 'license terms', 'Disk 0 Unallocated']) {
      await press(base, 'ret')
      expect(screen(base)).toContain(title)
    }
    await press(base, 'ret')
    expect(screen(base)).toContain('Installing Windows')
    await pass(300)
    expect(screen(base)).toContain('Type a password for the built-in administrator account')
  })
})

test('keys: unknown ones and machines that are off are refused', async () => {
  const base = await make({ scsi0: 'local-lvm:1' })
  expect(await root.call('PUT', `${base}/sendkey`, { key: 'ret' })).toMatchObject({
    status: 500,
    reason: `VM ${vmid} not running`,
  })
  await start(base)
  expect(await root.call('PUT', `${base}/sendkey`, { key: 'nonsense' })).toMatchObject({
    status: 500,
    reason: 'invalid parameter: nonsense',
  })
  await press(base, 'ctrl-alt-delete')
})

describe('cloud images', () => {
  const cloudInit = {
    ide2: 'local-lvm:cloudinit',
    ciuser: 'ada',
    ipconfig0: 'ip=10.10.0.61/24,gw=10.10.0.1',
    net0: 'virtio,bridge=vmbr0',
    boot: 'order=scsi0',
    agent: 'enabled=1',
    scsihw: 'virtio-scsi-single',
  }
  const from = (volid: string) => ({ ...cloudInit, scsi0: `local-lvm:0,import-from=${volid}` })

  test('boot with cloud-init; one of Debian has no agent', async () => {
    const base = await make(from('iso-nfs:import/debian-13-generic-amd64.qcow2'))
    expect(guestOf(base).config['scsi0']).toBe(`local-lvm:vm-${vmid}-disk-0,size=3G`)
    await start(base)
    await pass(120)
    expect(await agent(base, 'get-osinfo')).toBe('QEMU guest agent is not running')
    expect(await portAnswer('10.10.0.61:22')).toBe('HTTP/1.1 200 Connection established')
  })

  test('one of Rocky Linux has an agent, and its name', async () => {
    const base = await make(from('local:import/Rocky-10-GenericCloud-Base.latest.x86_64.qcow2'))
    await start(base)
    await pass(120)
    expect(await agent(base, 'get-host-name')).toEqual({ 'host-name': `vm-${vmid}` })
  })
})
