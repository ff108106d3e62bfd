import type { Call, Handler, Handlers } from '../call.ts'
import { ApiError, die } from '../errors.ts'
import type { Json, JsonObject } from '../json.ts'
import { getGuest } from '../guests/guest.ts'
import { addressesOf, agentAnswers, runningImage, type Address } from '../guests/running.ts'
import { outcomeFields, readGuestFile, runInGuest } from '../guests/shell.ts'
import type { Guest } from '../world.ts'

/** A guest that does not answer `guest-ping` costs the caller this long, and one of three workers of the node as well. */
const pingTimeoutSeconds = 3

/** qemu-server src/PVE/QemuServer/Agent.pm, get_qga_key and assert_agent_available. */
const answeringGuest = async (call: Call): Promise<Guest> => {
  const { cluster } = call
  const guest = getGuest(cluster, call.node, call.vmid)
  const config = guest.running?.config ?? guest.config
  if (config['agent'] === undefined) die('No QEMU guest agent configured')
  if (!guest.running) die(`VM ${guest.vmid} is not running`)
  if (agentAnswers(cluster, guest)) return guest
  await cluster.clock.sleep(pingTimeoutSeconds)
  return die('QEMU guest agent is not running')
}

/** Read commands wrap what the agent answers in `result`. */
const command =
  (answer: (call: Call, guest: Guest) => Json): Handler =>
  async (call) => {
    const guest = await answeringGuest(call)
    return { result: answer(call, guest) }
  }

const statistics = (seed: number): JsonObject => ({
  'rx-bytes': seed * 9000,
  'rx-dropped': 0,
  'rx-errs': 0,
  'rx-packets': seed * 60,
  'tx-bytes': seed * 3000,
  'tx-dropped': 0,
  'tx-errs': 0,
  'tx-packets': seed * 40,
})

const linkLocal = (mac: string) => {
  const [a = '0', b = '0', c = '0', d = '0', e = '0', f = '0'] = mac.split(':')
  const first = (Number.parseInt(a, 16) ^ 2).toString(16).padStart(2, '0')
  const groups = [first + b, `${c}ff`, `fe${d}`, e + f]
  return `fe80::${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}`
}

const address = (ip: string, prefix: number): JsonObject => ({
  'ip-address': ip,
  'ip-address-type': ip.includes(':') ? 'ipv6' : 'ipv4',
  prefix,
})

const isWindows = (guest: Guest) =>
  guest.running !== undefined && runningImage(guest.running)?.osInfo['id'] === 'mswindows'

/** Without a DHCP answer Windows gives itself an address, Linux has the link-local one only. */
const nicRow = (guest: Guest, nic: Address): JsonObject => {
  const local = address(linkLocal(nic.mac), 64)
  const own = nic.address === undefined ? undefined : address(nic.address, nic.prefix)
  const global6 = nic.addresses6.map(({ address: ip, prefix }) => address(ip, prefix))
  const apipa = isWindows(guest) ? [address('169.254.17.42', 16)] : []
  return {
    name: nic.interface,
    'hardware-address': nic.mac,
    'ip-addresses': [...(own ? [own] : apipa), ...global6, local],
    statistics: statistics(guest.vmid),
  }
}

const loopback = (guest: Guest): JsonObject => ({
  name: isWindows(guest) ? 'Loopback Pseudo-Interface 1' : 'lo',
  ...(isWindows(guest) ? {} : { 'hardware-address': '00:00:00:00:00:00' }),
  'ip-addresses': [address('127.0.0.1', 8), address('::1', 128)],
  statistics: statistics(1),
})

/** Some guests run Docker: its bridge has an address before the network is up. */
const dockerBridge = (guest: Guest): JsonObject[] => {
  const percent = (guest.running && runningImage(guest.running)?.dockerPercent) ?? 0
  if ((guest.vmid * 37) % 100 >= percent) return []
  return [
    {
      name: 'docker0',
      'hardware-address': '02:42:3b:7a:11:0c',
      'ip-addresses': [address('172.17.0.1', 16)],
      statistics: statistics(2),
    },
  ]
}

const interfaces = ({ cluster }: Call, guest: Guest): Json => [
  loopback(guest),
  ...dockerBridge(guest),
  ...addressesOf(cluster, guest).map((nic) => nicRow(guest, nic)),
]

const hostName = (guest: Guest) => {
  const { running } = guest
  const name =
    running?.installed?.hostname ??
    running?.firstBoot?.hostname ??
    running?.config['name'] ??
    `VM${guest.vmid}`
  const short = name.split('.')[0] ?? name
  return isWindows(guest) ? short.toUpperCase().slice(0, 15) : short
}

const osInfo = (guest: Guest): Json => (guest.running && runningImage(guest.running)?.osInfo) ?? {}

const noSuchCommand = (name: string) =>
  new ApiError(500, `Agent error: The command ${name} has not been found`)

const commands: Record<string, (call: Call, guest: Guest) => Json> = {
  ping: () => ({}),
  'network-get-interfaces': interfaces,
  'get-osinfo': (_, guest) => osInfo(guest),
  'get-host-name': (_, guest) => ({ 'host-name': hostName(guest) }),
  'get-time': ({ cluster }) => cluster.clock.now() * 1_000_000,
  'get-timezone': () => ({ offset: 0, zone: 'UTC' }),
  'get-users': () => [],
}

/** `POST .../agent` names the command as a parameter. */
const anyCommand = async (call: Call): Promise<Json> => {
  const guest = await answeringGuest(call)
  const name = call.params.text('command')
  const answer = commands[name]
  if (!answer) throw noSuchCommand(`guest-${name}`)
  return { result: answer(call, guest) }
}

/** Results of commands wait here until they are read, which works once. */
const results = new Map<string, JsonObject>()

const exec = async (call: Call): Promise<Json> => {
  const guest = await answeringGuest(call)
  const { cluster, params } = call
  const outcome = runInGuest(
    cluster,
    guest,
    params.list('command'),
    params.optional('input-data') ?? '',
  )
  const pid = Math.floor(cluster.random.between(500, 30_000))
  results.set(`${guest.vmid}:${pid}`, outcomeFields(outcome))
  return { pid }
}

const execStatus = async (call: Call): Promise<Json> => {
  const guest = await answeringGuest(call)
  const key = `${guest.vmid}:${call.params.integer('pid')}`
  const found = results.get(key)
  if (!found) return die("Agent error: Invalid parameter 'pid'")
  results.delete(key)
  return found
}

const fileRead = async (call: Call): Promise<Json> => {
  const guest = await answeringGuest(call)
  const file = call.params.text('file')
  const content = readGuestFile(call.cluster, guest, file)
  if (content === undefined)
    return die(`Agent error: failed to open file '${file}' (mode: 'r'): No such file or directory`)
  // The bytes, one character each: Proxmox does not decode them.
  const bytes = Buffer.from(content)
  return { content: bytes.toString('latin1'), 'bytes-read': bytes.length }
}

const commandNames =
  'exec exec-status file-read file-write fsfreeze-freeze fsfreeze-status fsfreeze-thaw fstrim get-fsinfo get-host-name get-memory-block-info get-memory-blocks get-osinfo get-time get-timezone get-users get-vcpus info network-get-interfaces ping set-user-password shutdown suspend-disk suspend-hybrid suspend-ram'

const base = '/nodes/{node}/qemu/{vmid}/agent'
const reading = Object.entries(commands)
  .filter(([name]) => name !== 'ping')
  .map(([name, answer]): [string, Handler] => [`GET ${base}/${name}`, command(answer)])

export const agentCalls: Handlers = {
  ...Object.fromEntries(reading),
  [`GET ${base}`]: () => commandNames.split(' ').map((name) => ({ name })),
  [`POST ${base}/ping`]: command(() => ({})),
  [`POST ${base}/exec`]: exec,
  [`GET ${base}/exec-status`]: execStatus,
  [`GET ${base}/file-read`]: fileRead,
  [`POST ${base}`]: anyCommand,
}
