/** Answers that did not come, came from in between, or ended without saying how. */
import type { FailureRule } from './rule.ts'

export const taskRules: FailureRule[] = [
  {
    code: 'worker-failed',
    class: 'retry',
    pattern: /got no worker upid|starting worker failed/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: `${at.node} could not start the task`,
      cause: 'It is overloaded. Seldom, such a task leaves a locked VM behind.',
      remedy: 'Nothing to do: what it left is looked for before it is tried again.',
    }),
  },
  {
    code: 'task-unclear',
    class: 'retry',
    pattern: /^unexpected status$|from task log/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: `Nobody knows how ${at.doing} ended`,
      cause: 'The task has no proper end: its worker was killed, or the node went down.',
      remedy: 'Nothing to do: the VM is looked at before anything is tried again.',
    }),
  },
  {
    code: 'task-stopped',
    class: 'fail',
    pattern: /interrupted by signal|received interrupt/,
    words: (_part, at) => ({
      title: `Somebody stopped ${at.doing}`,
      cause: 'The task was ended from outside. Proxmox removed what it had begun.',
      remedy: 'Retry when that was not meant.',
    }),
  },
  {
    code: 'node-unknown',
    class: 'fail',
    pattern: /hostname lookup '([^']+)' failed|no such cluster node '([^']+)'/,
    words: (part) => ({
      title: `There is no node ${part(1) || part(2)}`,
      cause: 'It left the cluster, or its name does not resolve.',
      remedy: 'Choose another node and deploy again.',
    }),
  },
]

/** For a call without an answer, whose words are those of the network. */
export const networkRules: FailureRule[] = [
  {
    code: 'certificate',
    class: 'fail',
    pattern: /certificate|self.signed|fingerprint/i,
    words: () => ({
      title: 'The certificate of the Proxmox host is not trusted',
      cause: 'It is not the pinned one, and nobody vouches for it. Nothing was sent.',
      remedy:
        'Check the fingerprint on the host, then add it to PROXMOX_FINGERPRINT, or name its CA in PROXMOX_CA_FILE.',
    }),
  },
  {
    code: 'unreachable',
    class: 'retry',
    pattern: /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|connect timeout/i,
    words: () => ({
      title: 'Proxmox does not answer',
      cause: 'No connection could be made.',
      remedy: 'It is tried again. Check that the host runs and can be reached from here.',
    }),
  },
  {
    code: 'answer-lost',
    class: 'retry',
    pattern: /.*/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: 'The answer of Proxmox got lost',
      cause: `The connection broke while ${at.doing}. The work may be running or done.`,
      remedy: 'Nothing to do: what happened is looked up before anything is tried again.',
    }),
  },
]

/**
 * By HTTP status, where no text of the catalogue fits. 595 to 599 come from the hop inside Proxmox, from pveproxy to
 * pvedaemon or to another node (pve-http-server src/PVE/APIServer/AnyEvent.pm).
 */
export const statusRules: (FailureRule & { statuses: number[] })[] = [
  {
    statuses: [401],
    code: 'not-signed-in',
    class: 'wait',
    pattern: /.*/,
    words: (_part, at) => ({
      title:
        at.user === 'You' ? 'Proxmox no longer knows you' : `Proxmox no longer knows ${at.user}`,
      cause: 'The ticket expired, or the API token was removed or changed.',
      remedy: 'Sign in again: the work goes on then.',
    }),
  },
  {
    statuses: [595],
    code: 'node-unreachable',
    class: 'retry',
    pattern: /.*/,
    words: (_part, at) => ({
      title: `${at.node} does not answer`,
      cause: 'The node that was asked could not connect to it: it is down, or starting.',
      remedy: 'It is tried again. If it stays so, look at the node.',
    }),
  },
  {
    statuses: [502, 503, 504, 596, 597, 598, 599],
    code: 'answer-lost',
    class: 'retry',
    pattern: /.*/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: 'The answer of Proxmox got lost',
      cause: `Proxmox gave up waiting inside while ${at.doing}, mostly after 30 s. The work may be running or done.`,
      remedy: 'Nothing to do: what happened is looked up before anything is tried again.',
    }),
  },
  {
    statuses: [501],
    code: 'not-implemented',
    class: 'fail',
    pattern: /not implemented/,
    words: () => ({
      title: 'This Proxmox version cannot do this',
      cause: 'It does not know the call.',
      remedy: 'Update Proxmox. The deployer works with 7.4 and later.',
    }),
  },
  {
    statuses: [400],
    code: 'parameters-refused',
    class: 'fail',
    pattern: /.*/,
    words: (_part, at) => ({
      title: `Proxmox refused a setting of ${at.vm}`,
      cause: 'It does not take a value as it was sent; its words name the setting.',
      remedy: 'Correct the setting and deploy again.',
    }),
  },
]
