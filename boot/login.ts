/** Logins over SSH, from beside the guest, with OpenSSH's own client. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Answer, Guest } from './guest.ts'

// prettier-ignore
const OPTIONS = ['-F', 'none', '-o', 'StrictHostKeyChecking=no', '-o', 'UserKnownHostsFile=/dev/null', '-o', 'LogLevel=ERROR', '-o', 'ConnectTimeout=10']

const ssh = (options: string[], to: string, line: string) => [
  'ssh',
  ...OPTIONS,
  ...options,
  to,
  line,
]

/** A new key, and logins with it or with a password. The folder is the caller's to remove. */
export function createLogin() {
  const folder = mkdtempSync(join(tmpdir(), 'login-'))
  const key = join(folder, 'key')
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test # key: yes', '-f', key])
  const askPass = join(folder, 'ask')
  writeFileSync(askPass, '#!/bin/sh\nprintf "%s\\n" "$GUEST_PASSWORD"\n', { mode: 0o700 })

  return {
    folder,
    publicKey: readFileSync(`${key}.pub`, 'utf8').trim(),
    withKey: (guest: Guest, to: string, line = 'id -un'): Answer =>
      guest.fromLab(ssh(['-i', key, '-o', 'BatchMode=yes'], to, line)),
    withPassword: (guest: Guest, to: string, password: string, line = 'id -un'): Answer =>
      guest.fromLab(
        ssh(['-o', 'PubkeyAuthentication=no', '-o', 'NumberOfPasswordPrompts=1'], to, line),
        { SSH_ASKPASS: askPass, SSH_ASKPASS_REQUIRE: 'force', GUEST_PASSWORD: password },
      ),
  }
}
