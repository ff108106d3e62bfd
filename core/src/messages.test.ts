import { describe, expect, test } from 'vitest'
import { explainFailure, type ExplainedFailure } from './messages.ts'

const context = { vm: 'web-01', vmid: 211, node: 'pve1', step: 'clone', user: 'mira@pve' } as const

type Case = [message: string, code: string, cls: ExplainedFailure['class']]

// Exit statuses of tasks, as real hosts wrote them.
const tasks: Case[] = [
  ["checksum mismatch: got 'ab' != expect 'cd'", 'checksum-mismatch', 'fail'],
  ["refusing to override existing file '/var/lib/vz/template/iso/a.iso'", 'image-exists', 'fail'],
  ['download failed: exit code 8', 'download-failed', 'fail'],
  ["download failed: wget: unable to resolve host address 'x.example'", 'download-failed', 'fail'],
  ["can't lock file '/var/lock/qemu-server/lock-9000.conf' - got timeout", 'vm-busy', 'retry'],
  [
    "clone failed: can't lock file '/var/lock/pve-manager/pve-storage-local-lvm' - got timeout",
    'storage-busy',
    'retry',
  ],
  [
    "unable to create VM 401 - can't lock file '/var/lock/pve-manager/pve-storage-local' - got timeout",
    'storage-busy',
    'retry',
  ],
  [
    "clone failed: cfs-lock 'storage-ceph' error: got lock request timeout",
    'storage-busy',
    'retry',
  ],
  [
    "clone failed: can't add VM 105 to pool 'x': cfs-lock 'file-user_cfg' error: got lock request timeout",
    'pool-busy',
    'retry',
  ],
  ["'storage-ceph'-locked command timed out - aborting", 'storage-slow', 'retry'],
  ["cfs-lock 'domain-ha' error: got lock request timeout", 'cluster-busy', 'retry'],
  ["cfs-lock 'storage-ceph' error: no quorum!", 'no-quorum', 'wait'],
  ['VM is locked (backup)', 'vm-locked', 'wait'],
  ['VM is locked (clone)', 'vm-half-made', 'wait'],
  ['VM is locked (suspended)', 'vm-locked', 'fail'],
  ['unable to create VM 401: config file already exists', 'vmid-taken', 'fail'],
  [
    "close (rename) atomic file '/etc/pve/nodes/pve2/qemu-server/502.conf' failed: File exists",
    'vmid-taken',
    'fail',
  ],
  [
    "clone failed: copy failed: command '/usr/bin/qemu-img convert -p -n' failed: interrupted by signal",
    'task-stopped',
    'fail',
  ],
  ['received interrupt', 'task-stopped', 'fail'],
  [
    "clone failed: disk image '/var/lib/vz/images/211/vm-211-cloudinit.qcow2' already exists",
    'leftover-volume',
    'fail',
  ],
  [
    "clone failed: lvcreate 'pve/vm-211-disk-0' error:   Cannot create new thin volume, free space in thin pool pve/data reached threshold.",
    'storage-full',
    'fail',
  ],
  [
    'clone failed: copy failed: qemu-img: error while writing at byte 1: No space left on device',
    'storage-full',
    'fail',
  ],
  ['shrinking disks is not supported', 'disk-shrinks', 'fail'],
  ["disk 'scsi9' does not exist", 'disk-missing', 'fail'],
  ["you can't resize a cdrom", 'disk-missing', 'fail'],
  [
    "command '/usr/bin/qemu-img resize '--preallocation=metadata' -f qcow2 x 1' failed: got timeout",
    'storage-slow',
    'retry',
  ],
  ['checksum mismatch (file change by other user?)', 'config-changed', 'retry'],
  ["Configuration file 'nodes/pve1/qemu-server/211.conf' does not exist", 'vm-missing', 'fail'],
  ['VM 211 already running', 'already-running', 'fail'],
  ["you can't start a vm if it's a template", 'is-template', 'fail'],
  ["volume 'local:snippets/nosuch.yaml' does not exist", 'volume-missing', 'fail'],
  ["bridge 'vmbr9' does not exist", 'bridge-missing', 'fail'],
  ['start failed: QEMU exited with code 1', 'start-failed', 'fail'],
  ["start failed: command '/usr/bin/kvm -id 211' failed: got timeout", 'start-timeout', 'retry'],
  [
    "kvm: cannot set up guest memory 'pc.ram': Cannot allocate memory",
    'node-out-of-memory',
    'fail',
  ],
  ['MAX 4 vcpus allowed per VM on this node', 'too-many-cores', 'fail'],
  [
    "Installed QEMU version '7.2.22' is too old to run machine type 'pc-q35-99.0', please upgrade node 'pve1'",
    'machine-unknown',
    'fail',
  ],
  ['403 Permission check failed (/storage/local, Datastore.AllocateSpace)', 'forbidden', 'fail'],
  [
    "base volume 'local:9000/base-9000-disk-0.qcow2' is still in use by linked cloned",
    'has-linked-clones',
    'fail',
  ],
  ["command '/usr/bin/qemu-img resize -f qcow2 /x 1' failed: exit code 1", 'resize-failed', 'fail'],
  ['VM quit/powerdown failed - got timeout', 'shutdown-failed', 'fail'],
  ['unexpected status', 'task-unclear', 'retry'],
  ['something that nobody has seen yet', 'unknown', 'fail'],
]

test.each(tasks)('task: %s', (message, code, cls) => {
  const explained = explainFailure({ source: 'task', message }, context)
  expect(explained).toMatchObject({ code, class: cls, proxmox: message })
})

// Answers to calls: status and reason phrase.
const answers: [status: number, ...Case][] = [
  [400, 'Parameter verification failed.', 'parameters-refused', 'fail'],
  [401, 'No ticket', 'not-signed-in', 'wait'],
  [401, 'Authentication failed!', 'not-signed-in', 'wait'],
  [401, 'permission denied - invalid PVE ticket', 'not-signed-in', 'wait'],
  [403, 'Permission check failed (/vms/9000, VM.Clone)', 'forbidden', 'fail'],
  [403, 'Permission check failed (/sdn/zones/localnetwork/vmbr0, SDN.Use)', 'forbidden', 'fail'],
  [
    403,
    'Permission check failed (/storage/local, Datastore.Audit|Datastore.AllocateSpace)',
    'forbidden',
    'fail',
  ],
  [403, 'Permission check failed', 'forbidden', 'fail'],
  [403, 'Permission check failed (user != root@pam)', 'forbidden', 'fail'],
  [
    403,
    "Permission check failed (/, Sys.Modify for modifying tag 'prod')",
    'tag-not-allowed',
    'fail',
  ],
  [403, "Permission check failed (pool 'nosuch' does not exist)", 'pool-unknown', 'fail'],
  [
    403,
    "Permission check failed (URI '/access/ticket' not available with API token, need proper ticket.\n)",
    'token-not-allowed',
    'fail',
  ],
  [500, "pool 'nosuch' does not exist", 'pool-unknown', 'fail'],
  [500, "unable to find configuration file for VM 499 on node 'pve1'", 'vm-missing', 'fail'],
  [500, "unable to create VM 105 - VM 105 already exists on node 'pve2'", 'vmid-taken', 'fail'],
  [500, "unable to create VM 105 - CT 105 already exists on node 'pve2'", 'vmid-taken', 'fail'],
  [
    500,
    "Linked clone feature is not supported for 'local:9000/vm-9000-disk-0.qcow2' (scsi0)",
    'linked-not-supported',
    'fail',
  ],
  [500, "Linked clone feature is not supported for drive 'scsi0'", 'linked-not-supported', 'fail'],
  [500, "parameter 'storage' not allowed for linked clones", 'storage-with-linked', 'fail'],
  [500, "parameter 'format' not allowed for linked clones", 'storage-with-linked', 'fail'],
  [500, "can't clone to non-shared storage 'local-lvm'", 'storage-not-shared', 'fail'],
  [500, "can't clone VM to node 'pve2' (VM uses local storage)", 'template-is-local', 'fail'],
  [500, "storage 'nosuch' does not exist", 'storage-unknown', 'fail'],
  [500, "storage 'x' is not available on node 'pve1'", 'storage-not-on-node', 'fail'],
  [500, "storage 'x' is disabled", 'storage-offline', 'wait'],
  [
    500,
    "hostname lookup 'nosuchnode' failed - failed to get address info for: nosuchnode",
    'node-unknown',
    'fail',
  ],
  [500, "no such cluster node 'unknownnode'", 'node-unknown', 'fail'],
  [500, "only root can set 'args' config", 'root-only', 'fail'],
  [500, "only root can set 'usb0' config for real devices", 'root-only', 'fail'],
  [500, "only root can modify 'serial0' config for real devices", 'root-only', 'fail'],
  [500, 'No QEMU guest agent configured', 'agent-not-configured', 'fail'],
  [500, 'QEMU guest agent is not running', 'agent-not-running', 'retry'],
  [500, "VM 105 qga command 'guest-ping' failed - got timeout", 'agent-timeout', 'retry'],
  [500, "VM 105 qmp command 'guest-ping' failed - got timeout", 'agent-timeout', 'retry'],
  [500, "Agent error: Invalid parameter 'pid'", 'agent-error', 'fail'],
  [500, 'VM 105 is not running', 'vm-not-running', 'fail'],
  [500, "can't remove VM 105 - protection mode enabled", 'protected', 'fail'],
  [500, 'VM 105 is running - destroy failed', 'still-running', 'fail'],
  [500, 'cluster not ready - no quorum?', 'no-quorum', 'wait'],
  [
    500,
    "can't lock file '/var/log/pve/tasks/.active.lock' - got timeout",
    'task-list-busy',
    'retry',
  ],
  [500, 'got no worker upid - start worker failed', 'worker-failed', 'retry'],
  [
    500,
    'balloon value too large (must be smaller than assigned memory)',
    'balloon-too-large',
    'fail',
  ],
  [501, "Method 'GET /nosuch' not implemented", 'not-implemented', 'fail'],
  [501, "storage 'nosuch' does not exist", 'storage-unknown', 'fail'],
  [595, 'Connection refused', 'node-unreachable', 'retry'],
  [596, 'Connection timed out', 'answer-lost', 'retry'],
  [596, 'Broken pipe', 'answer-lost', 'retry'],
  [599, 'Too many redirections', 'answer-lost', 'retry'],
  [500, 'something that nobody has seen yet', 'unknown', 'fail'],
]

test.each(answers)('answer %i %s', (status, message, code, cls) => {
  expect(explainFailure({ source: 'http', status, message }, context)).toMatchObject({
    code,
    class: cls,
  })
})

const parameters: [name: string, text: string, code: string][] = [
  ['vmid', 'VM 502 already exists', 'vmid-taken'],
  ['name', 'invalid format - value does not look like a valid DNS name\n', 'name-refused'],
  ['storage', "storage 'local' does not support vm images", 'storage-content'],
  ['storage', 'No such storage.', 'storage-unknown'],
  [
    'ciupgrade',
    'property is not defined in schema and the schema does not allow additional properties',
    'parameter-unknown',
  ],
  ['cores', 'value must have a minimum value of 1', 'parameters-refused'],
]

test.each(parameters)('400 with %s: %s', (name, text, code) => {
  const message = 'Parameter verification failed.'
  const explained = explainFailure({
    source: 'http',
    status: 400,
    message,
    errors: { [name]: text },
  })
  expect(explained).toMatchObject({ code, proxmox: `${message}; ${name}: ${text.trim()}` })
})

describe('without an answer', () => {
  test.each<Case>([
    ['connect ECONNREFUSED 10.0.0.1:8006', 'unreachable', 'retry'],
    ['getaddrinfo ENOTFOUND pve1', 'unreachable', 'retry'],
    ['Connect Timeout Error', 'unreachable', 'retry'],
    ['other side closed', 'answer-lost', 'retry'],
    ['no answer within 60 s', 'answer-lost', 'retry'],
    ['self-signed certificate', 'certificate', 'fail'],
  ])('%s', (message, code, cls) => {
    expect(explainFailure({ source: 'http', message })).toMatchObject({ code, class: cls })
  })
})

describe('what may have happened all the same', () => {
  const post = { method: 'POST', path: '/nodes/pve1/qemu/9000/clone' } as const
  const get = { method: 'GET', path: '/cluster/nextid' } as const
  test.each([
    [596, 'Connection timed out', post, true],
    [596, 'Connection timed out', get, false],
    [595, 'Connection refused', post, false],
    [500, "can't lock file '/var/log/pve/tasks/.active.lock' - got timeout", post, true],
    [500, 'got no worker upid - start worker failed', post, true],
    [500, "storage 'x' does not exist", post, false],
    [undefined, 'socket hang up', post, true],
    [undefined, 'connect ECONNREFUSED 10.0.0.1:8006', post, false],
  ])('%s %s to %j: %s', (status, message, call, expected) => {
    const failure = {
      source: 'http',
      message,
      call,
      ...(status !== undefined && { status }),
    } as const
    expect(explainFailure(failure).mayHaveHappened).toBe(expected)
  })
})

test('every explanation has a title without and sentences with a full stop, and reads well without a context', () => {
  const all = [
    ...tasks.map(([message]) => ({ source: 'task', message }) as const),
    ...answers.map(([status, message]) => ({ source: 'http', status, message }) as const),
  ]
  for (const failure of all) {
    for (const where of [context, {}]) {
      const { title, cause, remedy } = explainFailure(failure, where)
      expect(title).toMatch(/^\S.*[^.]$/)
      expect(cause).toMatch(/^\S.*\.$/)
      expect(remedy).toMatch(/^\S.*\.$/)
      expect(`${title} ${cause} ${remedy}`).not.toMatch(/undefined| {2}|invalid|please|oops/i)
    }
  }
})

test('a missing right names who, what and where', () => {
  const message = 'Permission check failed (/vms/9000, VM.Clone)'
  expect(explainFailure({ source: 'http', status: 403, message }, context)).toEqual({
    code: 'forbidden',
    class: 'fail',
    title: 'mira@pve may not do this on /vms/9000',
    cause: 'Proxmox asks for VM.Clone on /vms/9000.',
    remedy: 'Ask for a role with it on that path, then retry.',
    proxmox: message,
    mayHaveHappened: false,
  })
})
