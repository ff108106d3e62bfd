/** What stands between a snippet and its node, in words. */
import type { Failure } from '@deployer/core/deployment.ts'
import type { SshError } from './ssh.ts'

type Place = { node: string; folder: string }

/** For a step that failed. */
export const snippetFailure = ({ problem }: SshError, { node, folder }: Place): Failure => {
  const failure = { proxmox: null }
  switch (problem.kind) {
    case 'host-key':
      return {
        ...failure,
        code: 'ssh-host-key',
        title: `${node} has an SSH host key that is not pinned`,
        cause: `It shows ${problem.fingerprint}. Nothing was sent to it.`,
        remedy: `Compare it with "ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub" on ${node}. If it is the same, add it to PROXMOX_SSH_HOST_KEYS and restart the server.`,
      }
    case 'login':
      return {
        ...failure,
        code: 'ssh-login',
        title: `${node} does not let this server in by SSH`,
        cause: problem.reason,
        remedy:
          'Check PROXMOX_SSH_USER with its PROXMOX_SSH_KEY_FILE or PROXMOX_SSH_PASSWORD, and authorized_keys on the node.',
      }
    case 'lost':
      return {
        ...failure,
        code: 'ssh-lost',
        title: `No SSH connection to ${node}`,
        cause: problem.reason,
        remedy:
          'Check that the node is up and reachable from this server on the SSH port, and its address in PROXMOX_SSH_HOSTS where it differs from the one in the cluster.',
      }
    case 'refused':
      return {
        ...failure,
        code: 'ssh-refused',
        title: problem.missing
          ? `${node} has no folder ${folder}`
          : `${node} does not let this server write to ${folder}`,
        cause: problem.reason,
        remedy: problem.missing
          ? 'Proxmox makes it when the storage has snippets among its content: see "pvesm set STORAGE --content".'
          : `The user of PROXMOX_SSH_USER must be allowed to write there.`,
      }
  }
}

/** For a plan: what is so, why, what to do. */
export const problemText = (error: SshError, place: Place): string => {
  const { title, cause, remedy } = snippetFailure(error, place)
  return `${title}. ${(cause ?? '').replace(/\.$/, '')}. ${remedy}`
}
