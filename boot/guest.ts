/** Boots Debian with one of our seeds: its own systemd and cloud-init, in namespaces of their own. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { readVerdict, type Verdict } from '../core/src/cloud-init/verdict.ts'
import { debianRoot } from './root.ts'

export type Ended = Extract<Verdict, { state: 'ended' }>
export type Answer = { status: number | null; output: string }
export type Guest = Awaited<ReturnType<typeof bootGuest>>

export type GuestOptions = {
  /** A NoCloud image, as it is attached to a VM. */
  seed: Uint8Array
  /** MAC addresses of the guest's NICs, in their order. */
  macs: string[]
  renderer: 'netplan' | 'eni'
  /** A script of sh that changes the image before its first boot. */
  image?: string | undefined
}

/** Where the tests are: the router of every guest. */
const ROUTER = ['10.0.0.1/24', 'fd00::1/64']
const ROUTER_PROGRAM = join(import.meta.dirname, 'router.py')
const BOOT_TIMEOUT_MS = 150_000

/** Of cgroup 2 alone, and of both kinds side by side. */
const CONTROL_GROUPS = ['', 'systemd', 'unified'].map((part) => join('/sys/fs/cgroup', part))

let count = 0

/** A guest after its first boot. Throws where cloud-init does not end. */
export async function bootGuest({ seed, macs, renderer, image }: GuestOptions) {
  count += 1
  const name = `vmd${process.pid}x${count}`
  const folder = mkdtempSync(join(tmpdir(), 'guest-'))
  const root = join(folder, 'root')
  let machine: ChildProcess | null = null
  let router: ChildProcess | null = null

  /** Kills the guest's first process, and all others with it. */
  const close = async (): Promise<void> => {
    if (machine !== null && machine.exitCode === null && machine.signalCode === null) {
      const ended = new Promise((resolve) => machine?.once('exit', resolve))
      for (const child of childrenOf(machine)) spawnSync('kill', ['-KILL', String(child)])
      machine.kill('SIGKILL')
      await ended
    }
    router?.kill('SIGKILL')
    spawnSync('ip', ['netns', 'delete', name])
    spawnSync('umount', ['--lazy', root])
    for (const top of CONTROL_GROUPS) {
      spawnSync('find', [join(top, name), '-depth', '-type', 'd', '-delete'])
    }
    rmSync(folder, { recursive: true, force: true })
  }

  try {
    overlay(folder, root)
    prepare(folder, root, { seed, renderer, image })
    connect(name, macs)
    router = spawn('ip', ['netns', 'exec', name, '/usr/bin/python3', ROUTER_PROGRAM], {
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const log: string[] = []
    machine = start(name, folder, macs)
    for (const stream of [machine.stdout, machine.stderr]) {
      stream?.on('data', (chunk: Buffer) => log.push(chunk.toString()))
    }
    const until = Date.now() + BOOT_TIMEOUT_MS
    for (;;) {
      // Only the guest's first process lasts; those before it set it up.
      for (const boss of childrenOf(machine)) {
        const verdict = readVerdict(textOf(statusOf(boss)) ?? '')
        if (verdict?.state === 'ended') return { ...handles(name, root, boss), close }
      }
      if (Date.now() > until || machine.exitCode !== null) {
        throw new Error(`cloud-init did not end:\n${log.join('').slice(-4000)}`)
      }
      await pause(200)
    }
  } catch (error) {
    await close()
    throw error
  }
}

/** What tests do with a guest. */
function handles(name: string, root: string, boss: number) {
  const inside = (...command: string[]) => ['--target', String(boss), '--all', '--', ...command]
  return {
    /** What cloud-init says of itself, as the product reads it through the agent. */
    verdict: (): Ended => {
      const verdict = readVerdict(textOf(statusOf(boss)) ?? '')
      if (verdict?.state !== 'ended') throw new Error('cloud-init runs')
      return verdict
    },
    /** Runs a line of sh as the guest's root. */
    run: (line: string): Answer => answerOf('nsenter', inside('sh', '-c', line)),
    /** A file of the guest. */
    file: (path: string): string => readFileSync(join(root, path), 'utf8'),
    /** Runs a program beside the guest, in the network of its router. */
    fromLab: (command: string[], env: Record<string, string> = {}): Answer =>
      answerOf('ip', ['netns', 'exec', name, ...command], env),
  }
}

function answerOf(program: string, args: string[], env: Record<string, string> = {}): Answer {
  const { status, stdout, stderr } = spawnSync(program, args, {
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', ...env },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return { status, output: `${stdout}${stderr}`.trim() }
}

/** A copy of the system that takes no room and no time. */
function overlay(folder: string, root: string): void {
  const [upper, work] = ['upper', 'work'].map((part) => join(folder, part))
  for (const each of [upper, work, root]) mkdirSync(each ?? '')
  const options = `lowerdir=${debianRoot()},upperdir=${upper},workdir=${work}`
  execFileSync('mount', ['-t', 'overlay', '-o', options, 'overlay', root])
}

function prepare(
  folder: string,
  root: string,
  { seed, renderer, image }: Pick<GuestOptions, 'seed' | 'renderer' | 'image'>,
): void {
  writeFileSync(join(root, 'etc/cloud/cloud.cfg.d/90-test.cfg'), systemOf(renderer))
  const dropIn = join(root, 'etc/systemd/system/systemd-networkd.service.d')
  mkdirSync(dropIn)
  writeFileSync(join(dropIn, 'test.conf'), NO_PERMANENT_ADDRESS)
  if (image !== undefined) {
    execFileSync('chroot', [root, 'sh', '-euc', image], {
      stdio: 'pipe',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
  }
  // A kernel need not have CD file systems, so isoinfo reads the image, and cloud-init the folder it takes instead.
  const iso = join(folder, 'seed.iso')
  writeFileSync(iso, seed)
  const place = join(root, 'var/lib/cloud/seed/nocloud')
  mkdirSync(place, { recursive: true })
  for (const document of ['user-data', 'meta-data', 'network-config']) {
    const content = execFileSync('isoinfo', ['-i', iso, '-R', '-x', `/${document}`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    writeFileSync(join(place, document), content, { mode: 0o600 })
  }
}

/** netplan looks for NICs by the address burnt into them; one that is made of software has only the one it uses. */
const NO_PERMANENT_ADDRESS = `[Service]
ExecStartPre=-+/bin/sh -c 'sed -i s/^PermanentMACAddress=/MACAddress=/ /run/systemd/network/*.network'
`

/** Only what decides where the network file goes; the rest is as Debian ships it. */
function systemOf(renderer: GuestOptions['renderer']): string {
  return JSON.stringify({
    datasource_list: ['NoCloud', 'None'],
    system_info: { network: { renderers: [renderer] } },
  })
}

/** As a kernel calls it, and not as our document does. */
const nicName = (index: number) => `ens${18 + index}`

function ip(...args: string[]): void {
  execFileSync('ip', args, { stdio: 'pipe' })
}

/** A network with the router, and a NIC for each MAC address, which the guest takes over when it starts. */
function connect(name: string, macs: string[]): void {
  ip('netns', 'add', name)
  ip('-n', name, 'link', 'add', 'bridge', 'type', 'bridge')
  for (const [index, mac] of macs.entries()) {
    const [nic, port] = [nicName(index), `port${index}`]
    ip('-n', name, 'link', 'add', nic, 'address', mac, 'type', 'veth', 'peer', 'name', port)
    ip('-n', name, 'link', 'set', port, 'master', 'bridge', 'up')
  }
  for (const address of ROUTER) {
    // Without a search for others who have it, which takes a second.
    const nodad = address.includes(':') ? ['nodad'] : []
    ip('-n', name, 'address', 'add', address, 'dev', 'bridge', ...nodad)
  }
  ip('-n', name, 'link', 'set', 'bridge', 'up')
}

/** With a systemd on this machine it looks after the guest's control groups; without one they are made by hand. */
function start(name: string, folder: string, macs: string[]): ChildProcess {
  const own = !existsSync('/run/systemd/system')
  const groups = `for top in ${CONTROL_GROUPS.join(' ')}; do
    [ -w $top/cgroup.procs ] || continue
    mkdir -p $top/${name} && echo $$ >$top/${name}/cgroup.procs
  done`
  // nspawn looks for the NICs that it hands over in /sys, which shows those of where it was mounted.
  const inNetwork = `mkdir ${folder}/cgroup
    mount --rbind /sys/fs/cgroup ${folder}/cgroup
    mount -t sysfs -o ro sysfs /sys
    mount --rbind ${folder}/cgroup /sys/fs/cgroup
    exec "$@"`
  const nspawn = [
    'systemd-nspawn --quiet --boot --console=pipe --register=no',
    own ? '--keep-unit' : '',
    `--machine=${name} --directory=${folder}/root`,
    ...macs.map((_mac, index) => `--network-interface=${nicName(index)}`),
    '--link-journal=no --resolv-conf=off --timezone=off',
  ].join(' ')
  const script = `${own ? groups : ''}
    exec nsenter --net=/run/netns/${name} unshare --mount sh -euc '${inNetwork}' sh ${nspawn}`
  // A run that is cut off takes its guests with it.
  return spawn('setpriv', ['--pdeathsig', 'KILL', 'sh', '-euc', script], {
    env: { ...process.env, SYSTEMD_NSPAWN_API_VFS_WRITABLE: 'network' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

/** The file by which cloud-init tells how far it is, seen from outside. */
const statusOf = (boss: number) => `/proc/${boss}/root/run/cloud-init/status.json`

function childrenOf({ pid }: ChildProcess): number[] {
  return (textOf(`/proc/${pid}/task/${pid}/children`) ?? '')
    .split(' ')
    .filter((word) => word !== '')
    .map(Number)
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return null
  }
}
