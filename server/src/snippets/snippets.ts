/** Snippets on the nodes, by SFTP: for what Proxmox has no call. */
import { createLimits } from '@deployer/proxmox/limit.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { checkFolder, removeFiles, type TextFile, writeFiles } from './sftp-files.ts'
import { SshError, type SshSettings, type SshTarget, withSftp } from './ssh.ts'
import type { SFTPWrapper } from 'ssh2'

/** Where snippets of a storage lie on one node. */
export type SnippetPlace = {
  node: string
  /** What the cluster says of the node; null where it says nothing. */
  address: string | null
  folder: string
}

export type SnippetStore = {
  /** Each file is there whole or not at all. Rejects with `SshError`, or the signal's reason. */
  write: (place: SnippetPlace, files: TextFile[], signal: AbortSignal) => Promise<void>
  /** Files that are not there are what was wanted. */
  remove: (place: SnippetPlace, names: string[], signal: AbortSignal) => Promise<void>
  /** Null where snippets could be written there now. */
  problemOf: (place: SnippetPlace) => Promise<SshError | null>
}

const MOST_TRIES = 3
/** sshd begins to drop connections when more than ten are signing in (MaxStartups). */
const CONNECTIONS_PER_NODE = 4

export const createSnippetStore = (
  settings: SshSettings,
  { retryMs = 1000 }: { retryMs?: number } = {},
): SnippetStore => {
  const limitOf = createLimits(CONNECTIONS_PER_NODE)

  /** A lost connection is tried again: each piece of work may be done twice. */
  const attempt = async <T>(
    place: SnippetPlace,
    work: (sftp: SFTPWrapper) => Promise<T>,
    signal: AbortSignal,
    tries = MOST_TRIES,
  ): Promise<T> => {
    const target = targetOf(settings, place)
    for (let count = 1; ; count += 1) {
      try {
        return await limitOf(place.node)(() => withSftp(settings, target, work, signal), signal)
      } catch (error) {
        const lost = error instanceof SshError && error.problem.kind === 'lost'
        if (!lost || count >= tries) throw error
        await delay(retryMs * count, undefined, { signal })
      }
    }
  }

  return {
    write: (place, files, signal) =>
      attempt(place, (sftp) => writeFiles(sftp, place.folder, files), signal),
    remove: (place, names, signal) =>
      attempt(place, (sftp) => removeFiles(sftp, place.folder, names), signal),
    problemOf: async (place) => {
      const never = new AbortController().signal
      try {
        await attempt(place, (sftp) => checkFolder(sftp, place.folder), never, 2)
        return null
      } catch (error) {
        if (error instanceof SshError) return error
        throw error
      }
    },
  }
}

/** Of `host`, `host:port`, `fd00::1`, `[fd00::1]:port`. */
export const targetOf = (
  settings: Pick<SshSettings, 'hosts' | 'port'>,
  { node, address }: SnippetPlace,
): SshTarget => {
  const given = settings.hosts[node] ?? address ?? node
  const [, inBrackets, bare, port] = /^(?:\[(.+)\]|([^:]+|.+:.*:.*))(?::(\d+))?$/.exec(given) ?? []
  return {
    host: inBrackets ?? bare ?? given,
    port: port === undefined ? settings.port : Number(port),
  }
}
