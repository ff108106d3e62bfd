/** Storages and disks. Texts: qemu-server src/PVE/API2/Qemu.pm and PVE/QemuServer.pm, pve-storage src/PVE/Storage.pm. */
import type { FailureRule } from './rule.ts'

export const storageRules: FailureRule[] = [
  {
    code: 'storage-full',
    class: 'fail',
    pattern:
      /no space left on device|not enough free space|insufficient free (?:space|extents)|insufficient suitable allocatable extents|free space in (?:thin )?pool|out of space|disk quota exceeded/i,
    words: (_part, at) => ({
      title: `The storage ran full while ${at.doing}`,
      cause: 'There is no room for another disk. Proxmox removed what it had begun.',
      remedy: 'Free some room, or choose another storage, then retry the failed VMs.',
    }),
  },
  {
    code: 'linked-not-supported',
    class: 'fail',
    pattern: /Linked clone feature is not supported for (?:drive )?'([^']+)'/,
    words: (part) => ({
      title: 'The template cannot be cloned linked',
      cause: `The storage of ${part(1)} has no base images that clones could share.`,
      remedy: 'Deploy again with full clones.',
    }),
  },
  {
    code: 'storage-with-linked',
    class: 'fail',
    pattern: /parameter '(storage|format)' not allowed for linked clones/,
    words: (part) => ({
      title: 'Linked clones live where the template does',
      cause: `Proxmox takes no ${part(1)} for them.`,
      remedy: 'Leave the storage out, or make full clones.',
    }),
  },
  {
    code: 'storage-not-shared',
    class: 'fail',
    pattern: /can't clone to non-shared storage '([^']+)'/,
    words: (part) => ({
      title: `${part(1)} is not shared`,
      cause: 'Proxmox clones to another node only onto shared storage.',
      remedy: "Choose a shared storage, or the template's own node.",
    }),
  },
  {
    code: 'template-is-local',
    class: 'fail',
    pattern: /can't clone VM to node '([^']+)' \(VM uses local storage\)/,
    words: (part) => ({
      title: `The template cannot be cloned to ${part(1)}`,
      cause: 'One of its disks, its CD image or its cloud-init drive is on local storage.',
      remedy:
        "Choose the template's own node, move its disks to shared storage, or eject the CD image.",
    }),
  },
  {
    code: 'storage-content',
    class: 'fail',
    pattern: /storage '([^']+)' does not support (?:vm images|'\S+' content|content)/,
    words: (part) => ({
      title: `${part(1)} takes no disk images`,
      cause: 'Its content types do not have "Disk image".',
      remedy: 'Choose another storage, or add the content type under Datacenter, Storage.',
    }),
  },
  {
    code: 'storage-not-on-node',
    class: 'fail',
    pattern: /storage '([^']+)' is not available on node '([^']+)'/,
    words: (part) => ({
      title: `${part(2)} has no ${part(1)}`,
      cause: 'The storage is restricted to other nodes.',
      remedy: 'Choose another node or storage.',
    }),
  },
  {
    code: 'storage-offline',
    class: 'wait',
    pattern: /storage '([^']+)' is (?:disabled|not online)|unable to activate storage '([^']+)'/,
    words: (part) => ({
      title: `${part(1) || part(2)} is not available`,
      cause: 'The storage is disabled, or does not answer.',
      remedy: 'Bring it back on Proxmox. It is tried again.',
    }),
  },
  {
    code: 'storage-unknown',
    class: 'fail',
    pattern: /storage '([^']+)' does not exist|(storage): No such storage/,
    words: (part) => ({
      title: 'There is no such storage',
      cause:
        part(1) === ''
          ? 'It was removed, or never there.'
          : `${part(1)} was removed, or never there.`,
      remedy: 'Choose another storage and deploy again.',
    }),
  },
  {
    code: 'leftover-volume',
    class: 'fail',
    pattern:
      /disk image '([^']+)' already exists|Logical Volume "([^"]+)" already exists|dataset already exists/,
    words: (part, at) => ({
      title: `A disk from an earlier VM is in the way of ${at.vm}`,
      cause: `${part(1) || part(2) || 'A volume'} exists already and belongs to no VM.`,
      remedy: 'Retry to get another VMID, or remove the volume on Proxmox.',
    }),
  },
  {
    code: 'volume-missing',
    class: 'fail',
    pattern:
      /volume '([^']+)' does not exist|(\S+) is not in the snippets directory|failed to stat '([^']+)'/,
    words: (part, at) => ({
      title: `A file is missing while ${at.doing}`,
      cause: `${part(1) || part(2) || part(3)} is not there, or not on this node.`,
      remedy: 'Put it back and retry, or deploy again without it.',
    }),
  },
  {
    code: 'disk-shrinks',
    class: 'fail',
    pattern: /shrinking disks is not supported/,
    words: (_part, at) => ({
      title: `The disk of ${at.vm} is larger than asked for`,
      cause:
        'Disks grow, never shrink. The template or image is larger than when the plan was made.',
      remedy: 'Deploy again with a larger disk.',
    }),
  },
  {
    code: 'disk-missing',
    class: 'fail',
    pattern: /disk '(\w+)' does not exist|you can't resize a cdrom/,
    words: (part, at) => ({
      title: `${at.vm} has no disk to grow`,
      cause: `${part(1) === '' ? 'The drive' : part(1)} is no disk of it. The template changed since the plan was made.`,
      remedy: 'Deploy again, which plans anew.',
    }),
  },
  {
    code: 'storage-slow',
    class: 'retry',
    pattern: /qemu-img (?:resize|create).*got timeout/,
    words: (_part, at) => ({
      title: `The storage took too long while ${at.doing}`,
      cause: 'It did not finish within the time that Proxmox gives it.',
      remedy: 'It is tried again. If it stays so, look at the load of the storage.',
    }),
  },
  {
    code: 'resize-failed',
    class: 'fail',
    pattern: /qemu-img resize .* failed: /,
    words: (_part, at) => ({
      title: `The disk of ${at.vm} could not grow`,
      cause: 'The storage refused; the task log has its words.',
      remedy: 'Look at the storage, then retry.',
    }),
  },
]
