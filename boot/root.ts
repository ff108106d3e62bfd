/** The Debian system that the guests of the tests are copies of. */
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const script = join(import.meta.dirname, 'make-root.sh')
const cache = join(import.meta.dirname, '../node_modules/.cache/guests')
const PROGRAMS = ['mmdebstrap', 'systemd-nspawn', 'isoinfo', 'ip', 'ssh', 'ssh-keygen']

/** Why no guest can boot here; null where it can. Missing programs are a failure instead. */
export function whyNoGuests(): string | null {
  if (process.platform !== 'linux') return 'guests boot on Linux only'
  if (process.getuid?.() !== 0) return 'guests boot as root only: run it with sudo'
  return whyNoNamespaces()
}

/** A root inside of a container may have no right to namespaces and mounts, or a disk that takes no overlay. */
function whyNoNamespaces(): string | null {
  const folder = mkdtempSync(join(tmpdir(), 'guest-probe-'))
  for (const part of ['lower', 'upper', 'work', 'root']) mkdirSync(join(folder, part))
  const mount = 'mount -t overlay -o lowerdir=lower,upperdir=upper,workdir=work overlay root'
  const tried = spawnSync('unshare', ['--mount', '--net', '--pid', '--fork', 'sh', '-c', mount], {
    cwd: folder,
    encoding: 'utf8',
  })
  rmSync(folder, { recursive: true })
  if (tried.status === 0) return null
  return `no namespaces or overlays here: ${(tried.stderr ?? '').trim() || 'unshare is missing'}`
}

/** The folder with the system. Made once for each version of the script, about a minute on a quiet machine. */
export function debianRoot(): string {
  const missing = PROGRAMS.filter((program) => spawnSync('which', [program]).status !== 0)
  if (missing.length > 0) {
    throw new Error(`Missing: ${missing.join(', ')}. ./test.sh installs what the tests need.`)
  }
  const version = createHash('sha256').update(readFileSync(script)).digest('hex').slice(0, 12)
  const root = join(cache, version)
  if (existsSync(root)) return root
  mkdirSync(cache, { recursive: true })
  // Another run may be making it as well: the first one that is done wins.
  const making = join(mkdtempSync(join(cache, 'making-')), 'root')
  execFileSync(script, [making], { stdio: ['ignore', 'ignore', 'inherit'] })
  if (!existsSync(root)) renameSync(making, root)
  rmSync(join(making, '..'), { recursive: true, force: true })
  return root
}
