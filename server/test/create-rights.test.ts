/** The rights that a plan lists are those that Proxmox asks for: not one less, and not one more. */
import type { Plan } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { madeBy, startEngine, type TestEngine } from './engine.ts'

let engine: TestEngine

beforeAll(async () => {
  engine = await startEngine({ speed: 60 })
})
afterAll(async () => {
  await engine.close()
})

type Privileges = Plan['privileges']

/** Somebody new who may do this, and nothing else. */
const withRights = async (name: string, privileges: Privileges) => {
  const { world } = engine.simulator
  const userid = `${name}@pve`
  world.users = [
    ...world.users.filter((user) => user.userid !== userid),
    { userid, password: 'demo', enable: true, expire: 0, groups: [], tokens: [] },
  ]
  world.acl = world.acl.filter(({ ugid }) => ugid !== userid)
  // Who sees fewer VMs is given another id.
  const place = ({ path }: Privileges[number]) => path.replace(/^\/vms\/\d+$/, '/vms')
  for (const [path, own] of Map.groupBy(privileges, place)) {
    const roleid = `${name}${path.replaceAll('/', '-')}`
    world.roles = world.roles.filter((role) => role.roleid !== roleid)
    world.roles.push({ roleid, privs: own.map(({ privilege }) => privilege) })
    world.acl.push({ path, type: 'user', ugid: userid, roleid, propagate: true })
  }
  return engine.signInAs(userid)
}

const networks = [{ bridge: 'vmbr0', ip: 'dhcp' }]
const requests: Record<string, (name: string) => DeploymentRequest> = {
  'Linux from an ISO': (name) => ({
    source: {
      kind: 'iso',
      volid: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso',
      osType: 'linux',
    },
    defaults: { networks: [{ bridge: 'vmbr0' }] },
    vms: [{ name }],
  }),
  'Windows that installs itself': (name) => ({
    source: {
      kind: 'iso',
      volid: 'iso-nfs:iso/windows-server-2025.iso',
      osType: 'windows-server-2025',
      driversVolid: 'iso-nfs:iso/virtio-win-0.1.285.iso',
      unattended: { edition: { index: 2 }, administratorPassword: 'Ein-Passwort-7' },
    },
    defaults: { networks },
    vms: [{ name }],
  }),
  'a template from an image': (name) => ({
    source: {
      kind: 'image',
      volid: 'iso-nfs:import/noble-server-cloudimg-amd64.qcow2',
      convertToTemplate: true,
    },
    defaults: { networks: [{ bridge: 'vmbr0' }], diskGiB: 20 },
    vms: [{ name }],
  }),
  'an image with a first boot': (name) => ({
    source: { kind: 'image', volid: 'iso-nfs:import/noble-server-cloudimg-amd64.qcow2' },
    defaults: { networks, cloudInit: { users: [{ name: 'ada', sudo: true }] } },
    vms: [{ name }],
  }),
}

test.each(Object.entries(requests).map(([what, request], index) => ({ what, request, index })))(
  '$what',
  async ({ request, index }) => {
    const asked = request(`right-${index}`)
    const { privileges } = await engine.plan(asked)
    expect(privileges.length).toBeGreaterThan(5)
    const maker = await withRights(`maker${index}`, privileges)
    const plan = await engine.plan(asked, maker)
    expect(plan.blockers).toEqual([])
    const { id } = await engine.deploy(asked, () => plan, maker)
    const ended = await engine.untilEnded(id)
    expect(ended.vms[0]).toMatchObject({ status: 'succeeded', error: null })
    expect(madeBy(engine.simulator, id)).toHaveLength(1)
  },
)
