/** Why a server cannot listen where it is told to, in words for the operator. */
import { codeOf } from '@deployer/proxmox/caught.ts'
import { createServer } from 'node:net'

export type Listening = { host: string; port: number }

/** Null where the error is none of listening. */
export function listenTrouble(error: unknown, { host, port }: Listening): string | null {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} is in use by another program. Stop that one, or choose another port with PORT.`
    case 'EACCES':
      return `This account may not listen on port ${port}; ports below 1024 are for root. Choose another with PORT, and put a proxy in front.`
    case 'EADDRNOTAVAIL':
      return `HOST=${host} is no address of this machine. 127.0.0.1 serves this machine only, 0.0.0.0 every network that it is in.`
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `HOST=${host} is a name that this machine cannot find. Give an address of this machine, such as 127.0.0.1.`
    default:
      return null
  }
}

/** Tries to listen for a moment; null where it works, or where nothing can be said of why not. */
export const cannotListen = (at: Listening): Promise<string | null> =>
  new Promise((resolve) => {
    const server = createServer()
    server.once('error', (error) => resolve(listenTrouble(error, at)))
    server.listen(at, () => server.close(() => resolve(null)))
  })
