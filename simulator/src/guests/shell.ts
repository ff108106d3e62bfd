import type { Cluster } from '../cluster.ts'
import { ApiError } from '../errors.ts'
import type { JsonObject } from '../json.ts'
import { resultOf, statusOf } from '../first-boot/first-boot.ts'
import type { FirstBoot, Guest } from '../world.ts'
import { runningImage } from './running.ts'

/** The little of a guest's inside that its agent gives away: some files, and some commands. */

const osRelease = (guest: Guest): string => {
  const info = (guest.running && runningImage(guest.running)?.osInfo) ?? {}
  const line = (key: string, name: string) => `${name}="${info[key] ?? ''}"\n`
  return (
    line('pretty-name', 'PRETTY_NAME') + line('name', 'NAME') + line('version-id', 'VERSION_ID')
  )
}

/** Before it is done cloud-init has no result. */
const isDone = ({ clock }: Cluster, boot: FirstBoot) => boot.doneAt <= clock.now()

const passwd = (guest: Guest) => {
  const users = guest.running?.firstBoot?.users ?? []
  const lines = users.map(
    (name, index) => `${name}:x:${1000 + index}:1000::/home/${name}:/bin/bash`,
  )
  return ['root:x:0:0:root:/root:/bin/bash', ...lines, ''].join('\n')
}

/** Of cloud-init, where it ran. */
const readFirstBoot = (cluster: Cluster, { running }: Guest, file: string): string | undefined => {
  const boot = running?.firstBoot
  if (!running || !boot) return undefined
  switch (file) {
    case '/run/cloud-init/status.json':
      return statusOf(boot, running.startedAt, cluster.clock.now())
    case '/run/cloud-init/result.json':
      return isDone(cluster, boot) ? resultOf(boot) : undefined
    case '/var/log/cloud-init-output.log':
      return isDone(cluster, boot) ? `${boot.output.join('\n')}\n` : `${boot.output[0]}\n`
    default:
      return undefined
  }
}

const hostNameOf = ({ running }: Guest) =>
  running?.installed?.hostname ?? running?.firstBoot?.hostname ?? running?.config['name'] ?? ''

export const readGuestFile = (cluster: Cluster, guest: Guest, file: string): string | undefined => {
  switch (file) {
    case '/etc/hostname':
      return `${hostNameOf(guest)}\n`
    case '/etc/os-release':
      return osRelease(guest)
    case '/etc/passwd':
      return passwd(guest)
    default:
      return readFirstBoot(cluster, guest, file)
  }
}

type Outcome = { exitcode: number; out: string }

/** 0: done, 1: failed, 2: recovered (cloud-init src/cloudinit/cmd/status.py). */
const cloudInitStatus = (cluster: Cluster, { running }: Guest): Outcome => {
  const boot = running?.firstBoot
  if (!boot) return { exitcode: 0, out: 'status: disabled\n' }
  if (!isDone(cluster, boot)) return { exitcode: 0, out: 'status: running\n' }
  if (boot.errors.length > 0) return { exitcode: 1, out: 'status: error\n' }
  return { exitcode: boot.warnings.length > 0 ? 2 : 0, out: 'status: done\n' }
}

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
      return { exitcode: 0, out: `${hostNameOf(guest)}\n` }
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
