/** The checks of a chaos run see what they are for: each case breaks one thing in a world where all is well. */
import { chainStart, checkLink, seal } from '@deployer/core/audit.ts'
import type { DeploymentView } from '@deployer/core/deployment.ts'
import type { StepSpec } from '@deployer/core/plan.ts'
import type { World } from '@deployer/simulator/world.ts'
import { demoWorld } from '@deployer/simulator/worlds/demo.ts'
import { expect, test } from 'vitest'
import { check, type Aftermath, leftByProxmox } from './check.ts'

const DEPLOYMENT = 'd-00000001'
const TIME = '2026-11-23T12:00:00.000Z'
const VMID = 500

const specs: StepSpec[] = [
  {
    kind: 'clone',
    sourceNode: 'pve1',
    sourceVmid: 9000,
    name: 'web-1',
    full: false,
    storage: null,
    targetNode: null,
    pool: null,
    description: 'vm-deployer {deployment} web-1',
  },
  {
    kind: 'configure',
    node: 'pve1',
    settings: { cores: 2, net0: 'virtio,bridge=vmbr0', tags: 'web;{deployment}' },
    remove: ['sshkeys'],
  },
  { kind: 'start', node: 'pve1' },
]

const step = (kind: 'clone' | 'configure' | 'start') => ({
  id: kind,
  kind,
  title: kind,
  call: null,
  status: 'succeeded' as const,
  attempt: 1,
  startedAt: TIME,
  finishedAt: TIME,
  waits: [],
  upid: null,
  progress: null,
  detail: null,
  log: [],
  error: null,
})

const view = (): DeploymentView => ({
  id: DEPLOYMENT,
  name: 'web',
  status: 'succeeded',
  createdBy: 'root@pam',
  createdAt: TIME,
  startedAt: TIME,
  finishedAt: TIME,
  cancelRequested: false,
  sourceLabel: 'ubuntu-24.04 (9000)',
  undoOf: null,
  undoneBy: null,
  summary: { total: 1, queued: 0, running: 0, succeeded: 1, failed: 0, cancelled: 0 },
  request: {
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    vms: [{ name: 'web-1' }],
  },
  planHash: '',
  lastEventId: '1',
  vms: [
    {
      id: `${DEPLOYMENT}-1`,
      name: 'web-1',
      vmid: VMID,
      node: 'pve1',
      status: 'succeeded',
      cancelRequested: false,
      changes: null,
      ip: null,
      error: null,
      startedAt: TIME,
      finishedAt: TIME,
      validation: null,
      steps: [step('clone'), step('configure'), step('start')],
    },
  ],
})

const disk = (vmid: number): World['volumes'][number] => ({
  storage: 'ceph-vm',
  name: `vm-${vmid}-disk-0`,
  content: 'images',
  format: 'raw',
  sizeBytes: 1,
  usedBytes: 1,
  vmid,
  base: 'base-9000-disk-0',
  createdAt: 0,
})

const made = (): World['guests'][number] => ({
  vmid: VMID,
  type: 'qemu',
  node: 'pve1',
  config: {
    name: 'web-1',
    cores: '2',
    net0: 'virtio=BC:24:11:00:00:01,bridge=vmbr0',
    scsi0: `ceph-vm:base-9000-disk-0/vm-${VMID}-disk-0,size=3584M`,
    tags: `web;${DEPLOYMENT}`,
    description: `vm-deployer ${DEPLOYMENT} web-1`,
    startup: 'order=7',
  },
  pending: {},
  snapshots: [],
  running: { pid: 1, startedAt: 0, state: 'running', config: {} },
})

const eventsOf = (deployment: DeploymentView): Aftermath['records']['events'] => {
  const { vms, request: _, planHash: __, lastEventId: ___, ...head } = deployment
  return [
    ...vms.flatMap(({ steps, ...vm }) => [
      ...steps.map((each) => ({
        type: 'step' as const,
        deploymentId: DEPLOYMENT,
        vmId: vm.id,
        step: each,
      })),
      { type: 'vm' as const, deploymentId: DEPLOYMENT, vm },
    ]),
    { type: 'deployment', deployment: head },
  ]
}

/** A chain of entries, as the server writes it. */
const auditOf = (entries: Record<string, unknown>[]): string[] => {
  let end = chainStart
  return entries.map((entry) => {
    const line = seal(JSON.stringify({ deployment_id: DEPLOYMENT, ...entry }), TIME, end)
    const link = checkLink(line, end)
    if (!link.ok) throw new Error(link.fault.message)
    end = link.end
    return line
  })
}

const wellDone = (): Aftermath => {
  const world = demoWorld()
  const before = structuredClone(world)
  world.guests.push(made(), {
    vmid: 501,
    type: 'qemu',
    node: 'pve2',
    config: { name: 'other-501' },
    pending: {},
    snapshots: [],
  })
  world.volumes.push(disk(VMID))
  const deployment = view()
  return {
    before,
    after: {
      world,
      calls: 0,
      faults: {
        strikes: {},
        log: [],
        otherVms: [{ vmid: 501, node: 'pve2', config: { name: 'other-501' } }],
      },
    },
    deployments: [deployment],
    records: {
      specs: new Map([[`${DEPLOYMENT}-1`, specs]]),
      events: eventsOf(deployment),
      audit: auditOf([
        { operation: 'template_clone', vm_name: 'web-1', vm_id: VMID, status: 'success' },
        { operation: 'batch_clone', closes: 1, status: 'success' },
      ]),
      left: [],
    },
  }
}

const guestIn = ({ after }: Aftermath, vmid: number) => {
  const guest = after.world.guests.find((each) => each.vmid === vmid)
  if (!guest) throw new Error(`there is no VM ${vmid}`)
  return guest
}

const vmIn = ({ deployments }: Aftermath) => {
  const vm = deployments[0]?.vms[0]
  if (!vm) throw new Error('there is no VM')
  return vm
}

/** Told as it is, so that only the VM itself is wrong. */
const retell = (all: Aftermath) => {
  const [deployment] = all.deployments
  if (deployment) all.records.events = eventsOf(deployment)
}

const cases: [string, RegExp, (all: Aftermath) => void][] = [
  [
    'a VM that is gone',
    /does not exist/,
    ({ after }) => (after.world.guests = after.world.guests.filter(({ vmid }) => vmid !== VMID)),
  ],
  [
    'a VM that exists twice',
    /exists 2 times/,
    ({ after }) => after.world.guests.push({ ...made(), vmid: 502 }),
  ],
  ['another config', /cores is 4, not 2/, (all) => (guestIn(all, VMID).config['cores'] = '4')],
  [
    'a setting of the template that was to go',
    /still has sshkeys/,
    (all) => (guestIn(all, VMID).config['sshkeys'] = 'x'),
  ],
  ['another node', /is on pve3/, (all) => (guestIn(all, VMID).node = 'pve3')],
  ['a lock', /is locked \(clone\)/, (all) => (guestIn(all, VMID).config['lock'] = 'clone')],
  ['a VM that is off', /does not run/, (all) => (guestIn(all, VMID).running = undefined)],
  [
    'a full clone',
    /is a full clone/,
    ({ after }) => {
      for (const volume of after.world.volumes) if (volume.vmid === VMID) volume.base = undefined
    },
  ],
  [
    'a VM of ours that nobody knows',
    /which knows nothing of it/,
    (all) => {
      const { config } = guestIn(all, 501)
      config['description'] = `vm-deployer ${DEPLOYMENT} web-9`
    },
  ],
  [
    'a disk without a VM',
    /vm-700-cloudinit belongs to no VM/,
    ({ after }) => after.world.volumes.push({ ...disk(700), name: 'vm-700-cloudinit' }),
  ],
  [
    'a disk of somebody else that is gone',
    /which was there before, is gone/,
    ({ after }) => after.world.volumes.shift(),
  ],
  [
    'a VM of somebody else that was changed',
    /VM 501 of somebody else was changed/,
    (all) => (guestIn(all, 501).config['name'] = 'mine'),
  ],
  [
    'a VM of before that is gone',
    /VM 101 of somebody else is gone/,
    ({ after }) => (after.world.guests = after.world.guests.filter(({ vmid }) => vmid !== 101)),
  ],
  [
    'a VM that never ended',
    /never ended: running/,
    (all) => {
      vmIn(all).status = 'running'
      retell(all)
    },
  ],
  [
    'a failure without a reason',
    /failed without a reason/,
    (all) => {
      vmIn(all).status = 'failed'
      retell(all)
    },
  ],
  [
    'what is left in the database',
    /2 slots are left/,
    ({ records }) => records.left.push('2 slots are left'),
  ],
  ['an event that tells another story', /web-1: told/, (all) => (vmIn(all).ip = '10.10.0.7')],
  ['an audit entry that is gone', /audit log: .*missing/i, ({ records }) => records.audit.shift()],
  [
    'an audit entry of another outcome',
    /audit log: web-1 of d-00000001 is failed/,
    ({ records }) =>
      (records.audit = auditOf([
        { operation: 'template_clone', vm_name: 'web-1', vm_id: VMID, status: 'failed' },
        { operation: 'batch_clone', closes: 1, status: 'success' },
      ])),
  ],
  [
    'a deployment whose end the audit log does not have',
    /d-00000001 ended 0 times/,
    ({ records }) => records.audit.pop(),
  ],
  [
    'a step that begins again after its end',
    /clone was succeeded, and then running/,
    ({ records }) => {
      const [first] = records.events
      if (first?.type !== 'step') return
      records.events.unshift(first, { ...first, step: { ...first.step, status: 'running' } })
    },
  ],
]

test('nothing is broken where all is well', () => {
  expect(check(wellDone())).toEqual([])
})

test.each(cases)('%s is seen', (_, words, change) => {
  const all = wellDone()
  change(all)
  expect(check(all).join('\n')).toMatch(words)
})

test('a disk that Proxmox itself could not free is told apart', () => {
  const all = wellDone()
  all.after.world.volumes.push({ ...disk(700), name: 'vm-700-cloudinit' })
  all.after.world.tasks.push({
    upid: 'UPID:x',
    node: 'pve1',
    pid: 1,
    pstart: 1,
    starttime: 1,
    endtime: 2,
    type: 'qmclone',
    id: '9000',
    user: 'root@pam',
    exitstatus: "clone failed: cfs-lock 'storage-ceph-vm' error: no quorum!",
    log: [
      'creating a clone of VM 9000 with ID 700',
      "cfs-lock 'storage-ceph-vm' error: no quorum!",
    ],
  })
  expect(check(all)).toEqual([])
  expect(leftByProxmox(all)).toEqual(['ceph-vm:vm-700-cloudinit'])
})
