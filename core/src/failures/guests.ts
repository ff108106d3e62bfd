/** VMs: their ids, their config, start, agent, removal. Texts: qemu-server src/PVE, pve-guest-common src/PVE/AbstractConfig.pm. */
import type { FailureRule } from './rule.ts'

export const guestRules: FailureRule[] = [
  {
    code: 'vmid-taken',
    class: 'fail',
    pattern:
      /unable to create VM (\d+): config file already exists|(?:VM|CT) (\d+) already exists|\/(\d+)\.conf' failed: File exists/,
    words: (part) => ({
      title: `VMID ${part(1) || part(2) || part(3)} is taken`,
      cause: 'Somebody else took it a moment before, or a VM has it that you may not see.',
      remedy: 'Retry, which takes another VMID.',
    }),
  },
  {
    code: 'vm-missing',
    class: 'fail',
    pattern:
      /Configuration file 'nodes\/([^/]+)\/qemu-server\/(\d+)\.conf' does not exist|unable to find configuration file for VM (\d+) on node '([^']+)'/,
    words: (part) => ({
      title: `VM ${part(2) || part(3)} is not on ${part(1) || part(4)}`,
      cause: 'It was removed, or moved to another node.',
      remedy: 'Look for it on Proxmox, then deploy again.',
    }),
  },
  {
    code: 'config-changed',
    class: 'retry',
    pattern: /checksum mismatch \(file change by other user\?\)/,
    words: (_part, at) => ({
      title: `Somebody changed ${at.vm} at the same moment`,
      cause: 'Its config is no longer the one that was read just before.',
      remedy: 'Nothing to do: it is read again.',
    }),
  },
  {
    code: 'balloon-too-large',
    class: 'fail',
    pattern: /balloon value too large/,
    words: (_part, at) => ({
      title: `${at.vm} would get less memory than its balloon`,
      cause: "The template's minimum memory is above the memory that was asked for.",
      remedy: "Ask for more memory, or lower the template's minimum memory.",
    }),
  },
  {
    code: 'root-only',
    class: 'fail',
    pattern:
      /only root can (?:set|modify) '([^']+)' config|Only root (?:may use this option|can pass)/,
    words: (part) => ({
      title: `Only root@pam may set ${part(1) || 'this option'}`,
      cause:
        'Proxmox lets nobody else do so, whatever their rights; an API token of root is somebody else too.',
      remedy: 'Leave it out, or sign in as root@pam with a password.',
    }),
  },
  {
    code: 'already-running',
    class: 'fail',
    pattern: /VM (\d+) already running/,
    words: (part) => ({
      title: `VM ${part(1)} is running already`,
      cause: 'An earlier start worked, or somebody started it.',
      remedy: 'Nothing to do.',
    }),
  },
  {
    code: 'is-template',
    class: 'fail',
    pattern: /you can't start a vm if it's a template/,
    words: (_part, at) => ({
      title: `${at.vm} is a template`,
      cause: 'Somebody converted it. Templates cannot be started.',
      remedy: 'Deploy again with another name.',
    }),
  },
  {
    code: 'too-many-cores',
    class: 'fail',
    pattern: /MAX (\d+) vcpus allowed per VM on this node/,
    words: (part, at) => ({
      title: `${at.vm} has more vCPUs than ${at.node}`,
      cause: `Proxmox allows at most ${part(1)} there.`,
      remedy: 'Give it fewer cores, or a larger node.',
    }),
  },
  {
    code: 'node-out-of-memory',
    class: 'fail',
    pattern: /cannot (?:allocate|set up guest) memory|out of memory/i,
    words: (_part, at) => ({
      title: `${at.node} ran out of memory while ${at.doing}`,
      cause: 'The node could not give the VM the memory that it has been promised.',
      remedy: 'Stop something there, or place the VM on another node, then retry.',
    }),
  },
  {
    code: 'bridge-missing',
    class: 'fail',
    pattern: /bridge '([^']+)' does not exist/,
    words: (part, at) => ({
      title: `${at.node} has no bridge ${part(1)}`,
      cause: `A NIC of ${at.vm} connects to it, so it cannot start there.`,
      remedy: 'Create the bridge, or choose another one, then retry.',
    }),
  },
  {
    code: 'machine-unknown',
    class: 'fail',
    pattern: /Installed QEMU version '([^']+)' is too old to run machine type '([^']+)'/,
    words: (part, at) => ({
      title: `${at.node} is too old for machine type ${part(2)}`,
      cause: `Its QEMU is ${part(1)}.`,
      remedy: 'Update the node, or choose another one.',
    }),
  },
  {
    code: 'no-virtualisation',
    class: 'fail',
    pattern: /KVM virtualisation configured, but not available/,
    words: (_part, at) => ({
      title: `${at.node} cannot run VMs`,
      cause: 'Hardware virtualisation is off in its firmware, or not passed to it.',
      remedy: 'Turn it on in the firmware, or choose another node.',
    }),
  },
  {
    code: 'start-timeout',
    class: 'retry',
    pattern: /start failed: .*got timeout/,
    mayHaveHappened: true,
    words: (_part, at) => ({
      title: `${at.vm} took too long to start`,
      cause: `${at.node} is busy: QEMU did not come up in time.`,
      remedy: 'It is tried again, after a look whether it runs by now.',
    }),
  },
  {
    code: 'start-failed',
    class: 'fail',
    pattern: /start failed: /,
    words: (_part, at) => ({
      title: `${at.vm} does not start`,
      cause: 'A missing bridge, disk or device is the usual reason; the task log has the line.',
      remedy: 'Read the task log, correct the VM or its template, then retry.',
    }),
  },
  {
    code: 'agent-not-configured',
    class: 'fail',
    pattern: /No QEMU guest agent configured/,
    words: (_part, at) => ({
      title: `${at.vm} has no guest agent enabled`,
      cause: 'The agent option was off when the VM was started.',
      remedy: "Enable the agent in the template's options, then deploy again.",
    }),
  },
  {
    code: 'agent-not-running',
    class: 'retry',
    pattern: /QEMU guest agent is not running/,
    words: (_part, at) => ({
      title: `The guest agent of ${at.vm} does not answer`,
      cause: 'The guest is still booting, or qemu-guest-agent is not installed in it.',
      remedy: 'It is asked again. If it stays so, install qemu-guest-agent in the template.',
    }),
  },
  {
    code: 'agent-timeout',
    class: 'retry',
    pattern: /(?:qga|qmp) command 'guest-[\w-]+' failed - got timeout/,
    words: (_part, at) => ({
      title: `The guest agent of ${at.vm} took too long`,
      cause: 'The guest is busy, or its agent hangs.',
      remedy: 'It is asked again. If it stays so, look at the VM in its console.',
    }),
  },
  {
    code: 'agent-error',
    class: 'fail',
    pattern: /Agent error: /,
    words: (_part, at) => ({
      title: `The guest agent of ${at.vm} refused`,
      cause: 'The command failed inside the guest.',
      remedy: 'Look into the guest.',
    }),
  },
  {
    code: 'vm-not-running',
    class: 'fail',
    pattern: /VM (\d+) (?:is )?not running/,
    words: (part) => ({
      title: `VM ${part(1)} is not running`,
      cause: 'It stopped, or somebody stopped it.',
      remedy: 'Look at its console and its tasks, then retry.',
    }),
  },
  {
    code: 'protected',
    class: 'fail',
    pattern: /can't remove (?:VM|drive) '?(\w+)'? - protection mode enabled/,
    words: (_part, at) => ({
      title: `${at.vm} is protected from removal`,
      cause: 'Its protection option is on.',
      remedy: "Turn it off in the VM's options if it shall go.",
    }),
  },
  {
    code: 'still-running',
    class: 'fail',
    pattern: /VM (\d+) is running - destroy failed/,
    words: (part) => ({
      title: `VM ${part(1)} is still running`,
      cause: 'Proxmox removes stopped VMs only.',
      remedy: 'Stop it first.',
    }),
  },
  {
    code: 'has-linked-clones',
    class: 'fail',
    pattern: /base volume '([^']+)' is still in use by linked clone/,
    words: (part) => ({
      title: 'Linked clones still use this template',
      cause: `They share the blocks of ${part(1)}.`,
      remedy: 'Remove the clones first, or move their disks, which makes them full.',
    }),
  },
  {
    code: 'shutdown-failed',
    class: 'fail',
    pattern: /VM quit\/powerdown failed/,
    words: (_part, at) => ({
      title: `${at.vm} does not shut down`,
      cause: 'The guest did not follow within the time that Proxmox gives it.',
      remedy: 'Stop it instead, which cuts its power.',
    }),
  },
]
