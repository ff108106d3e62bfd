/** Locks and quorum: what passes by itself. pve-common src/PVE/Tools.pm (lock_file), pve-cluster src/PVE/Cluster.pm (cfs_lock). */
import type { FailureRule } from './rule.ts'

const again = 'Nothing to do: it is tried again.'

export const lockRules: FailureRule[] = [
  {
    code: 'task-list-busy',
    class: 'retry',
    // Taken after the task was started, so its work goes on (pve-common src/PVE/RESTEnvironment.pm, fork_worker).
    pattern: /can't lock file '\/var\/log\/pve\/tasks\/\.active\.lock' - got timeout/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: `${at.node} is too busy to list its tasks`,
      cause: `The lock of its task list was taken for 10 s while ${at.doing}. The task itself may be running.`,
      remedy: 'Nothing to do: the task is looked for before anything is tried again.',
    }),
  },
  {
    code: 'vm-busy',
    class: 'retry',
    pattern: /can't lock file '[^']*\/lock-(\d+)\.conf' - got timeout/,
    words: (part) => ({
      title: `VM ${part(1)} is busy`,
      cause: `Another task works on VM ${part(1)} and holds its lock.`,
      remedy: again,
    }),
  },
  {
    code: 'storage-busy',
    class: 'retry',
    pattern:
      /can't lock file '[^']*\/pve-storage-([^']+)' - got timeout|cfs-lock 'storage-([^']+)' error: got lock (?:request )?timeout/,
    words: (part, at) => {
      const storage = part(1) || part(2)
      return {
        title: `${storage} is busy`,
        cause: `Proxmox allocates on ${storage} one volume after the other, and the turn of ${at.vm} did not come within 10 s.`,
        remedy: again,
      }
    },
  },
  {
    code: 'storage-slow',
    class: 'retry',
    pattern: /'storage-([^']+)'-locked command timed out/,
    words: (part, at) => ({
      title: `${part(1)} took too long`,
      cause: `The storage did not finish within the 60 s that Proxmox gives it while ${at.doing}.`,
      remedy: `It is tried again. If it stays so, look at the load of ${part(1)}.`,
    }),
  },
  {
    code: 'pool-busy',
    class: 'retry',
    pattern: /cfs-lock 'file-user_cfg' error: got lock (?:request )?timeout/,
    words: (_part, at) => ({
      title: 'The list of pools is busy',
      cause: `Many VMs are being put into pools at once, and the turn of ${at.vm} did not come. Proxmox took its clone back.`,
      remedy: again,
    }),
  },
  {
    code: 'no-quorum',
    class: 'wait',
    pattern: /no quorum/,
    words: () => ({
      title: 'The cluster has no quorum',
      cause: 'Too few of its nodes see each other, so Proxmox writes nothing.',
      remedy: 'Bring nodes back. The work goes on as soon as the cluster is quorate.',
    }),
  },
  {
    code: 'cluster-busy',
    class: 'retry',
    pattern: /cfs-lock '([^']+)' error: got lock (?:request )?timeout/,
    words: (part) => ({
      title: 'The cluster file system is busy',
      cause: `The lock ${part(1)} was taken for 10 s.`,
      remedy: again,
    }),
  },
  {
    code: 'vm-locked',
    class: 'wait',
    pattern: /VM is locked \((backup|snapshot|snapshot-delete|rollback|migrate|suspending)\)/,
    words: (part, at) => ({
      title: `Proxmox is busy with a ${part(1)}`,
      cause: `While ${at.doing}, the VM or its template was locked (${part(1)}). Nothing else is allowed until that ends.`,
      remedy: 'Nothing to do: it is tried again when the lock is gone.',
    }),
  },
  {
    code: 'vm-half-made',
    class: 'wait',
    pattern: /VM is locked \((clone|create)\)/,
    words: (part, at) => ({
      title: `${at.vm} is still being made`,
      cause: `It is locked (${part(1)}): a task works on it, or was killed and left it half done.`,
      remedy:
        'If no task is running any more, run "qm unlock" with its VMID as root on its node, and remove it.',
    }),
  },
  {
    code: 'vm-locked',
    class: 'fail',
    pattern: /VM is locked \((\S+)\)/,
    words: (part, at) => ({
      title: `${at.vm} is locked`,
      cause: `Its lock (${part(1)}) does not end by itself.`,
      remedy: 'Look at the VM on Proxmox, end what holds it, then retry.',
    }),
  },
]
