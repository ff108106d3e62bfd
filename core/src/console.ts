/** What the browser, a script and the relay agree on for consoles of VMs. */

/** `vnc`: the screen, RFB without a password. `serial`: a serial port, framed as Proxmox's termproxy frames it. */
export const consoleKinds = ['vnc', 'serial'] as const
export type ConsoleKind = (typeof consoleKinds)[number]

/** Why a console was closed: the code of the WebSocket's close; the reason that comes with it is a sentence. */
export const consoleClosings = {
  'server-stops': 1001,
  'vm-stopped': 4000,
  'signed-out': 4001,
  'not-permitted': 4003,
  'no-such-vm': 4004,
  'not-running': 4009,
  'no-serial-port': 4010,
  'too-many': 4029,
  lost: 4500,
  failed: 4502,
} as const

export type ConsoleClosing = keyof typeof consoleClosings

const names = new Map<number, string>(
  Object.entries(consoleClosings).map(([name, code]) => [code, name]),
)

const isClosing = (name: string | undefined): name is ConsoleClosing =>
  name !== undefined && Object.hasOwn(consoleClosings, name)

/** `lost` for a code of another origin, such as 1006 of a connection that broke. */
export const closingOf = (code: number): ConsoleClosing => {
  const name = names.get(code)
  return isClosing(name) ? name : 'lost'
}

/** A reason may have 123 bytes (RFC 6455, 5.5). */
const maxReasonBytes = 123

/** As much of a sentence as a close may carry. */
export const closeReason = (text: string): string => {
  const encoder = new TextEncoder()
  if (encoder.encode(text).length <= maxReasonBytes) return text
  let short = text
  while (encoder.encode(`${short}…`).length > maxReasonBytes)
    short = Array.from(short).slice(0, -1).join('')
  return `${short.trimEnd()}…`
}

/** What a terminal sends: typed text, its size, and a sign of life (pve-xtermjs termproxy/src/main.rs). */
export const serialFrames = {
  input: (text: string): string => `0:${new TextEncoder().encode(text).length}:${text}`,
  resize: (columns: number, rows: number): string => `1:${columns}:${rows}:`,
  alive: '2',
}
