/** A real sshd for tests: its own configuration, keys and folder, on a port of this machine alone. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, connect as connectTcp } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { SshSettings } from '../src/snippets/ssh.ts'

const PROGRAM = '/usr/sbin/sshd'

export type TestSshd = {
  /** To sign in with the key that it takes. */
  settings: SshSettings
  /** A key that it does not take. */
  otherKey: string
  port: number
  folder: string
  close: () => Promise<void>
}

const keyPair = async (folder: string, name: string) => {
  const file = join(folder, name)
  const made = spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', file])
  if (made.status !== 0) throw new Error(`ssh-keygen: ${String(made.stderr)}`)
  const publicKey = await readFile(`${file}.pub`, 'utf8')
  const listed = spawnSync('ssh-keygen', ['-l', '-f', `${file}.pub`], { encoding: 'utf8' })
  const [fingerprint = ''] = /SHA256:\S+/.exec(listed.stdout) ?? []
  return { file, publicKey, privateKey: await readFile(file, 'utf8'), fingerprint }
}

/** One that is free now; nobody else on the machine takes ports one after the other. */
export const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

const answers = async (port: number): Promise<boolean> => {
  const socket = connectTcp(port, '127.0.0.1')
  try {
    await once(socket, 'data')
    return true
  } catch {
    return false
  } finally {
    socket.destroy()
  }
}

/** Error: sshd is not installed, or says why it did not start. */
export const startSshd = async (): Promise<TestSshd> => {
  const folder = await mkdtemp(join(tmpdir(), 'deployer-sshd-'))
  const [host, user, other] = await Promise.all([
    keyPair(folder, 'host'),
    keyPair(folder, 'user'),
    keyPair(folder, 'other'),
  ])
  await writeFile(join(folder, 'authorized_keys'), user.publicKey)
  await mkdir(join(folder, 'snippets'))
  // Its privilege separation wants this folder, which Debian makes at boot.
  if (process.getuid?.() === 0) await mkdir('/run/sshd', { recursive: true })
  const port = await freePort()
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${host.file}`,
    `AuthorizedKeysFile ${join(folder, 'authorized_keys')}`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PermitRootLogin yes',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'MaxStartups 100',
    'Subsystem sftp internal-sftp',
  ]
  await writeFile(join(folder, 'config'), `${config.join('\n')}\n`)
  const sshd = spawn(PROGRAM, ['-D', '-e', '-f', join(folder, 'config')], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  sshd.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const ended = new Promise<never>((_, reject) => {
    sshd.once('error', () =>
      reject(new Error(`${PROGRAM} cannot be run: install openssh-server, as ./test.sh does`)),
    )
    sshd.once('exit', () => reject(new Error(`sshd did not start: ${said}`)))
  })
  ended.catch(() => {})
  const up = (async () => {
    while (!(await answers(port))) await new Promise((resolve) => setTimeout(resolve, 20))
  })()
  await Promise.race([up, ended])
  return {
    port,
    folder: join(folder, 'snippets'),
    otherKey: other.privateKey,
    settings: {
      user: userInfo().username,
      privateKey: user.privateKey,
      password: null,
      port,
      hostKeys: [host.fingerprint],
      hosts: { pve1: '127.0.0.1', pve2: '127.0.0.1', pve3: '127.0.0.1' },
    },
    close: async () => {
      sshd.kill('SIGTERM')
      if (sshd.exitCode === null) await once(sshd, 'exit')
      await rm(folder, { recursive: true, force: true })
    },
  }
}
