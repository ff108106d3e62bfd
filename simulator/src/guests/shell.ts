import type { Cluster } from '../cluster.ts'
import { ApiError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import type { Guest } from '../world.ts'
import { runningImage } from './running.ts'

/** The little of a guest's inside that its agent gives away: some files, and some commands. */

const osRelease = (guest: Guest): string => {
  const info = (guest.running && runningImage(guest.running)?.osInfo) ?? {}
  const line = (key: string, name: string) => `${name}="${info[key] ?? ''}"\n`
  return (
    line('pretty-name', 'PRETTY_NAME') + line('name', 'NAME') + line('version-id', 'VERSION_ID')
  )
}

/** Cloud-init is done when the ports are open; before, it has no result. */
const cloudInitDone = ({ clock }: Cluster, { running }: Guest) =>
  running?.portsAt !== undefined && running.portsAt <= clock.now()

const cloudInitResult = JSON.stringify({ v1: { datasource: 'DataSourceNoCloud', errors: [] } })

export const readGuestFile = (cluster: Cluster, guest: Guest, file: string): string | undefined => {
  switch (file) {
    case '/etc/hostname':
      return `${guest.running?.config['name'] ?? ''}\n`
    case '/etc/os-release':
      return osRelease(guest)
    case '/run/cloud-init/result.json':
      return cloudInitDone(cluster, guest) ? `${cloudInitResult}\n` : undefined
    default:
      return undefined
  }
}

type Outcome = { exitcode: number; out: string }

const cloudInitStatus = (cluster: Cluster, guest: Guest): Outcome => ({
  exitcode: 0,
  out: cloudInitDone(cluster, guest) ? 'status: done\n' : 'status: running\n',
})

/** Error: 596, which is what a command that does not exist ends in. */
export const runInGuest = (
  cluster: Cluster,
  guest: Guest,
  [program = '', ...args]: string[],
  input: string,
): Outcome => {
  const name = program.split('/').at(-1) ?? ''
  switch (name) {
    case 'echo':
      return { exitcode: 0, out: `${args.join(' ')}\n` }
    case 'cat':
      return { exitcode: 0, out: input }
    case 'true':
      return { exitcode: 0, out: '' }
    case 'false':
      return { exitcode: 1, out: '' }
    case 'hostname':
      return { exitcode: 0, out: `${guest.running?.config['name'] ?? ''}\n` }
    case 'id':
      return {
        exitcode: 0,
        out: args[0] === '-un' ? 'root\n' : 'uid=0(root) gid=0(root) groups=0(root)\n',
      }
    case 'cloud-init':
      return cloudInitStatus(cluster, guest)
    default:
      throw new ApiError(596, 'Broken pipe')
  }
}

export const outcomeFields = ({ exitcode, out }: Outcome): JsonObject => ({
  exited: 1,
  exitcode,
  ...(out === '' ? {} : { 'out-data': out, 'out-truncated': 0 }),
})
