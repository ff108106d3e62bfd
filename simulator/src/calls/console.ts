import { randomBytes } from 'node:crypto'
import type { Duplex } from 'node:stream'
import type { Call, Handlers } from '../call.ts'
import { pressCtrlAltDel, screenOf, serialOf, typeOnScreen } from '../consoles/display.ts'
import { serveRfb } from '../consoles/rfb.ts'
import { serveSerial } from '../consoles/serial.ts'
import { ApiError } from '../errors.ts'
import { getGuest, guestById } from '../guests/guest.ts'
import type { Json } from '../json.ts'
import { atLeast } from '../version.ts'
import type { Guest } from '../world.ts'

const pathOf = (vmid: number) => `/vms/${vmid}`

/** Since 2026-04, 9.2 here, a ticket is good for its port only. */
const ticketPort = ({ cluster }: Call, port: number) =>
  atLeast(cluster.version, 9.2) ? port : undefined

const password = () => randomBytes(6).toString('base64').replaceAll('/', '!').replaceAll('+', '~')

/** A worker that takes one connection and ends with it. */
const startProxy = (call: Call, serve: (stream: Duplex, port: number) => Promise<void>) => {
  const { cluster, node, vmid, caller } = call
  const { port, accepted, release } = cluster.ports.listen(node)
  accepted.catch(() => {})
  const upid = cluster.tasks.start({
    node,
    type: 'vncproxy',
    id: String(vmid),
    caller,
    run: async ({ signal }) => {
      signal.addEventListener('abort', release, { once: true })
      try {
        const stream = await accepted
        signal.addEventListener('abort', () => stream.destroy(), { once: true })
        await serve(stream, port)
      } finally {
        release()
      }
    },
  })
  return { port, upid }
}

/** qemu-server src/PVE/API2/Qemu.pm, vncproxy. It answers for a stopped guest too; the connection then fails. */
const vncProxy = (call: Call): Json => {
  const { cluster, node, vmid, caller, params } = call
  const guest = getGuest(cluster, node, vmid)
  const always = atLeast(cluster.version, 9.2)
  const generated = always || params.flag('generate-password') === true ? password() : undefined
  const expected = { password: '' }
  const { port, upid } = startProxy(call, async (stream) => {
    if (!guest.running) {
      stream.end()
      throw new Error('Failed to run vncproxy.')
    }
    const { pid } = guest.running
    await serveRfb(stream, {
      password: expected.password,
      name: `QEMU (${guest.config['name'] ?? `VM ${vmid}`})`,
      screen: () => (guest.running?.pid === pid ? screenOf(cluster, guest) : undefined),
      type: (text) => typeOnScreen(cluster, guest, text),
      ctrlAltDel: () => pressCtrlAltDel(cluster, guest),
    })
  })
  const ticket = cluster.tickets.issueVnc(caller, pathOf(vmid), ticketPort(call, port))
  expected.password = generated ?? ticket
  return {
    cert: cluster.certPem,
    port: String(port),
    ticket: always ? `${generated}:${ticket}` : ticket,
    upid,
    user: caller,
    ...(generated === undefined ? {} : { password: generated }),
  }
}

/** What `qm terminal` says when it starts (qemu-server src/PVE/CLI/qm.pm, terminal). */
const openSerial = (call: Call, guest: Guest) => {
  const { cluster, params, vmid } = call
  if (!guest.running) return `VM ${vmid} not running`
  const { config } = guest.running
  const ports = ['serial0', 'serial1', 'serial2', 'serial3']
  const wanted = params.optional('serial') ?? ports.find((name) => config[name] !== undefined)
  if (wanted === undefined) return 'unable to find a serial interface'
  const tty = serialOf(cluster, guest, wanted)
  if (!tty) return `serial interface '${wanted}' is not configured`
  return { tty, greeting: `starting serial terminal on interface ${wanted}` }
}

/** Tickets of tokens are understood since pve-access-control 9.0.4 (`POST /access/vncticket`). */
const termproxyKnowsTokens = (call: Call) => atLeast(call.cluster.version, 9)

const termProxy = (call: Call): Json => {
  const { cluster, node, vmid, caller } = call
  const guest = getGuest(cluster, node, vmid)
  const { port, upid } = startProxy(call, (stream, usedPort) => {
    const pid = guest.running?.pid
    return serveSerial(stream, {
      verify: (line) => {
        const [, user = '', ticket = ''] = /^([^:]+):(.+)$/.exec(line) ?? []
        const isToken = user.includes('!')
        return (
          user === caller &&
          (!isToken || termproxyKnowsTokens(call)) &&
          cluster.tickets.verifyVnc(user, pathOf(vmid), ticketPort(call, usedPort), ticket)
        )
      },
      open: () => openSerial(call, guest),
      isRunning: () => guest.running !== undefined && guest.running.pid === pid,
    })
  })
  const ticket = cluster.tickets.issueVnc(caller, pathOf(vmid), ticketPort(call, port))
  return { port: String(port), ticket, upid, user: caller }
}

/** The upgrade itself is the wire's: wire/upgrade.ts. */
const vncWebSocket = (call: Call): Json => {
  const { cluster, caller, params, vmid } = call
  const port = params.integer('port') ?? 0
  const ticket = params.text('vncticket').replace(/^[!-~]{8}:(?=PVEVNC:)/, '')
  if (!cluster.tickets.verifyVnc(caller, pathOf(vmid), ticketPort(call, port), ticket))
    throw new ApiError(401, 'permission denied - invalid PVEVNC ticket')
  return { port: String(port) }
}

/** The text on a guest's screen, for tests; undefined where it is off. */
export const screenText = (cluster: Call['cluster'], vmid: number): string | undefined => {
  const guest = guestById(cluster, vmid)
  return guest && screenOf(cluster, guest)?.lines.join('\n')
}

const base = '/nodes/{node}/qemu/{vmid}'

export const consoleCalls: Handlers = {
  [`POST ${base}/vncproxy`]: vncProxy,
  [`POST ${base}/termproxy`]: termProxy,
  [`GET ${base}/vncwebsocket`]: vncWebSocket,
}
