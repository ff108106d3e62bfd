import { describe, expect, test } from 'vitest'
import { cluster, clusterWith, planFor as plan, requestWith } from './fixtures.ts'
import type { Inventory } from './inventory.ts'
import { planSchema } from './plan.ts'
import type { DeploymentRequest } from './request.ts'

test('the whole plan of one VM with everything set', () => {
  const made = plan(
    requestWith({
      pool: 'lab',
      placement: { node: 'pve2' },
      defaults: {
        cores: 4,
        memoryMiB: 4096,
        diskGiB: 20,
        networks: [
          {
            bridge: 'vmbr1',
            vlan: 20,
            ip: '10.0.0.{n=20}/24',
            gateway: '10.0.0.1',
            nameservers: ['10.0.0.2'],
          },
        ],
        description: 'For the lab',
        tags: ['lab'],
        onBoot: true,
        validate: { ports: [22, 443] },
      },
      vms: [{ name: 'web-01' }],
    }),
  )
  expect(planSchema.parse(made)).toEqual(made)
  expect(made.blockers).toEqual([])
  expect(made.warnings).toEqual([])
  const [vm] = made.vms
  expect({ ...vm, steps: undefined }).toMatchInlineSnapshot(`
    {
      "allocations": [
        {
          "node": null,
          "sizeGiB": 8,
          "storage": "ceph-vm",
        },
      ],
      "cloudInit": null,
      "cores": 4,
      "diskGiB": 20,
      "ip": "10.0.0.20",
      "memoryMiB": 4096,
      "name": "web-01",
      "node": "pve2",
      "placementReason": "You chose pve2.",
      "row": 0,
      "steps": undefined,
      "storage": "ceph-vm",
      "vmid": 100,
    }
  `)
  expect(vm?.steps.map((step) => [step.id, step.title])).toMatchInlineSnapshot(`
    [
      [
        "reserve-id",
        "Reserve the VMID",
      ],
      [
        "clone",
        "Clone the template",
      ],
      [
        "configure",
        "Set size, NIC, address and tags",
      ],
      [
        "resize-disk",
        "Grow scsi0 to 20 GiB",
      ],
      [
        "start",
        "Start",
      ],
      [
        "wait-for-agent",
        "Wait for the guest agent",
      ],
      [
        "read-address",
        "Read the address",
      ],
      [
        "check-port-22",
        "Check port 22",
      ],
      [
        "check-port-443",
        "Check port 443",
      ],
    ]
  `)
  expect(vm?.steps.flatMap((step) => step.calls)).toMatchInlineSnapshot(`
    [
      {
        "changes": false,
        "method": "GET",
        "params": {
          "vmid": 100,
        },
        "path": "/cluster/nextid",
      },
      {
        "changes": true,
        "method": "POST",
        "params": {
          "description": "For the lab

    vm-deployer {deployment} web-01",
          "full": false,
          "name": "web-01",
          "newid": 100,
          "pool": "lab",
          "target": "pve2",
        },
        "path": "/nodes/pve1/qemu/9000/clone",
      },
      {
        "changes": false,
        "method": "GET",
        "params": {},
        "path": "/nodes/pve2/qemu/100/config",
      },
      {
        "changes": true,
        "method": "PUT",
        "params": {
          "cores": 4,
          "digest": "{digest}",
          "ipconfig0": "ip=10.0.0.20/24,gw=10.0.0.1",
          "memory": 4096,
          "nameserver": "10.0.0.2",
          "net0": "virtio=BC:24:11:81:14:D4,bridge=vmbr1,firewall=1,tag=20,queues=4",
          "onboot": true,
          "tags": "lab;{deployment}",
        },
        "path": "/nodes/pve2/qemu/100/config",
      },
      {
        "changes": true,
        "method": "PUT",
        "params": {
          "disk": "scsi0",
          "size": "20G",
        },
        "path": "/nodes/pve2/qemu/100/resize",
      },
      {
        "changes": true,
        "method": "POST",
        "params": {},
        "path": "/nodes/pve2/qemu/100/status/start",
      },
      {
        "changes": false,
        "method": "GET",
        "params": {},
        "path": "/nodes/pve2/qemu/100/agent/network-get-interfaces",
      },
      {
        "changes": false,
        "method": "GET",
        "params": {},
        "path": "/nodes/pve2/qemu/100/agent/network-get-interfaces",
      },
    ]
  `)
  expect(vm?.steps.map((step) => step.slots)).toMatchInlineSnapshot(`
    [
      [],
      [
        {
          "key": "ceph-vm",
          "kind": "clone-shared",
        },
      ],
      [],
      [],
      [
        {
          "key": "pve2",
          "kind": "start",
        },
      ],
      [],
      [],
      [],
      [],
    ]
  `)
  expect(made.privileges.map(({ path, privilege }) => `${privilege} ${path}`))
    .toMatchInlineSnapshot(`
    [
      "VM.Clone /vms/9000",
      "VM.Allocate /pool/lab",
      "VM.Audit /pool/lab",
      "Datastore.AllocateSpace /storage/ceph-vm",
      "SDN.Use /sdn/zones/localnetwork/vmbr0",
      "SDN.Use /sdn/zones/localnetwork/vmbr1/20",
      "VM.Config.CPU /pool/lab",
      "VM.Config.Memory /pool/lab",
      "VM.Config.Network /pool/lab",
      "VM.Config.Cloudinit /pool/lab",
      "VM.Config.Options /pool/lab",
      "VM.Config.Disk /pool/lab",
      "VM.PowerMgmt /pool/lab",
      "VM.GuestAgent.Audit /pool/lab",
    ]
  `)
  expect(made.totals).toMatchInlineSnapshot(`
    {
      "calls": 4,
      "cores": 4,
      "diskGiB": 20,
      "memoryMiB": 4096,
      "vms": 1,
    }
  `)
})

test('a request that asks for nothing but names keeps all else as the template has it', () => {
  const [vm] = plan(requestWith({ vms: [{ name: 'web-01' }] })).vms
  expect(vm?.steps.map((step) => step.id)).toEqual(['reserve-id', 'clone', 'configure', 'start'])
  expect(vm?.steps[2]?.spec).toMatchObject({
    settings: { tags: 'ubuntu;{deployment}' },
    remove: [],
  })
  expect(vm?.steps[1]?.spec).toMatchObject({
    description: 'Ubuntu for everyone\n\nvm-deployer {deployment} web-01',
  })
})

const hash = (request: Partial<DeploymentRequest> = {}, inventory = cluster) =>
  plan(requestWith(request), inventory).hash

describe('hash', () => {
  test('is the same for the same plan, whatever the order of keys', () => {
    const a = hash({ defaults: { cores: 4, memoryMiB: 4096 } })
    expect(hash({ defaults: { memoryMiB: 4096, cores: 4 } })).toBe(a)
    expect(a).toMatch(/^[0-9a-f]{16}$/)
  })

  test('does not change with figures of the moment', () => {
    const nodes = cluster.nodes.map((node) => ({
      ...node,
      memoryUsedMiB: (node.memoryUsedMiB ?? 0) + 300,
      uptimeSeconds: 1,
    }))
    const storages = cluster.storages.map((each) => ({ ...each, availableGiB: 20 }))
    expect(hash({}, clusterWith({ nodes, storages }))).toBe(hash())
  })

  test.each<[string, Partial<DeploymentRequest>, Partial<Inventory>]>([
    ['a setting', { defaults: { cores: 3 } }, {}],
    ['a name', { vms: [{ name: 'web-{1..3}' }] }, {}],
    ['a VMID', {}, { vmids: { ...cluster.vmids, min: 200 } }],
    ['a node', { placement: { node: 'pve3' } }, {}],
    ['a timeout', { defaults: { validate: { agentTimeoutSeconds: 60 } } }, {}],
  ])('changes with %s', (_what, request, inventory) => {
    expect(hash(request, clusterWith(inventory))).not.toBe(hash())
  })
})
