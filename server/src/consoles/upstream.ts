/** The way to a VM's console at Proxmox, with the caller's own rights. */
import type { ConsoleKind } from '@deployer/core/console.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import type { Duplex } from 'node:stream'
import type { Caller } from '../identity/caller.ts'
import { readerOf } from './bytes.ts'
import { Closed } from './closed.ts'
import { signInToScreen } from './rfb.ts'

type Place = { vmid: number; node: string }
type Proxmox = Pick<Connection, 'api' | 'openConsole'>

const serialPorts = ['serial0', 'serial1', 'serial2', 'serial3'] as const

/** As Proxmox sees it now: lists are some seconds old. */
export const isRunning = async (
  proxmox: Pick<Connection, 'api'>,
  caller: Caller,
  { node, vmid }: Place,
): Promise<boolean> => {
  const call = 'GET /nodes/{node}/qemu/{vmid}/status/current'
  return (await proxmox.api(caller.credentials).call(call, { node, vmid })).status === 'running'
}

type Asked = {
  caller: Caller
  place: Place
  /** Nobody waits for it any more: what is open of it is closed. */
  signal: AbortSignal
}

const socketAt = async (
  proxmox: Proxmox,
  { caller, place: { node, vmid }, signal }: Asked,
  { port, ticket }: { port: string | number; ticket: string },
): Promise<Duplex> => {
  const stream = await proxmox.openConsole(caller.credentials, {
    node,
    vmid,
    port: Number(port),
    vncticket: ticket,
  })
  const close = () => stream.destroy()
  signal.addEventListener('abort', close, { once: true })
  if (signal.aborted) close()
  return stream
}

/**
 * Since 2026-04 the password is always generated and told; before, it is where one asks for it, and is the ticket on hosts
 * that know no such thing yet (qemu-server src/PVE/API2/Qemu.pm, vncproxy).
 */
const openScreen = async (proxmox: Proxmox, asked: Asked): Promise<Duplex> => {
  const { caller, place } = asked
  const { node, vmid } = place
  const made = await proxmox
    .api(caller.credentials)
    .call('POST /nodes/{node}/qemu/{vmid}/vncproxy', {
      node,
      vmid,
      websocket: true,
      'generate-password': true,
    })
  const stream = await socketAt(proxmox, asked, made)
  try {
    await signInToScreen(stream, made.password ?? made.ticket)
    return stream
  } catch (error) {
    stream.destroy()
    throw error
  }
}

/** pve-xtermjs termproxy/src/main.rs: the first line says who comes. */
const signInToSerial = async (stream: Duplex, user: string, ticket: string): Promise<void> => {
  const { take, release } = readerOf(stream)
  try {
    stream.write(`${user}:${ticket}\n`)
    if ((await take(2)).toString('latin1') !== 'OK')
      throw new Error('Proxmox did not open the serial port.')
  } finally {
    release()
  }
}

const openSerial = async (proxmox: Proxmox, asked: Asked): Promise<Duplex> => {
  const { caller, place } = asked
  const { node, vmid } = place
  const api = proxmox.api(caller.credentials)
  const config = await api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid })
  const serial = serialPorts.find((port) => config[port] !== undefined)
  if (serial === undefined)
    throw new Closed('no-serial-port', 'This VM has no serial port. Add one: serial0 = socket.')
  const made = await api.call('POST /nodes/{node}/qemu/{vmid}/termproxy', { node, vmid, serial })
  const stream = await socketAt(proxmox, asked, made)
  try {
    await signInToSerial(stream, made.user, made.ticket)
    return stream
  } catch (error) {
    stream.destroy()
    if (caller.credentials.kind === 'token')
      throw new Closed(
        'failed',
        'Proxmox VE before 9.1 opens serial ports for people only, not for API tokens.',
      )
    throw error
  }
}

/** Ready for the bytes of the screen or the terminal. Rejects with `Closed`, `ProxmoxError`, or another error. */
export const openUpstream = async (
  proxmox: Proxmox,
  asked: Asked,
  kind: ConsoleKind,
): Promise<Duplex> => {
  if (!(await isRunning(proxmox, asked.caller, asked.place)))
    throw new Closed('not-running', 'The VM does not run. Start it to see its console.')
  switch (kind) {
    case 'vnc':
      return openScreen(proxmox, asked)
    case 'serial':
      return openSerial(proxmox, asked)
  }
}
