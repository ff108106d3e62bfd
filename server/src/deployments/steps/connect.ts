/** Whether a TCP port answers, directly or through an HTTP proxy that can reach the guests. */
import { dial, type DialOptions } from '../../guests/dial.ts'

export type Tried = { open: true; milliseconds: number } | { open: false; reason: string }

/** Opens a connection and closes it at once. Rejects only with the signal's reason. */
export const connectTo = async (
  address: string,
  port: number,
  options: DialOptions,
): Promise<Tried> => {
  const dialled = await dial(address, port, options)
  if ('reason' in dialled) return { open: false, reason: dialled.reason }
  dialled.socket.destroy()
  return { open: true, milliseconds: dialled.milliseconds }
}
