import type { ConsoleClosing, ConsoleKind } from '@deployer/core/console.ts'
import type { Key } from './typing.ts'

/** What the toolbar can do to an open console. */
export type ConsoleHandle = {
  sendText: (text: string) => void
  /** Held down together. Of a screen only. */
  sendKeys?: ((keys: readonly Key[]) => void) | undefined
  focus: () => void
}

/** What shows a console. It connects once; for another try it is made anew. */
export type ConsoleViewProps = {
  vmid: number
  name: string
  onOpen: (handle: ConsoleHandle) => void
  onClosed: (code: number, reason: string) => void
}

export type Phase =
  | { kind: 'connecting' }
  | { kind: 'open'; handle: ConsoleHandle }
  | { kind: 'closed'; closing: ConsoleClosing; reason: string }

export const openSocket = (vmid: number, kind: ConsoleKind): WebSocket => {
  const url = new URL(`/api/v1/vms/${vmid}/console?type=${kind}`, location.href)
  url.protocol = url.protocol.replace('http', 'ws')
  const socket = new WebSocket(url)
  socket.binaryType = 'arraybuffer'
  return socket
}

/** After these it is worth another try without being asked. */
export const isPassing = (closing: ConsoleClosing): boolean =>
  closing === 'lost' || closing === 'server-stops'

export const closingWords: Record<ConsoleClosing, string> = {
  'server-stops': 'The server stops',
  'vm-stopped': 'The VM has stopped',
  'signed-out': 'Signed out',
  'not-permitted': 'Not permitted',
  'no-such-vm': 'The VM is not there',
  'not-running': 'The VM is off',
  'no-serial-port': 'No serial port',
  'too-many': 'Too many consoles',
  lost: 'Connection lost',
  failed: 'The console did not open',
}
