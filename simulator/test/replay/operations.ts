import { clientWith, type Answer, type Client, type Form } from '../client.ts'
import type { Simulator } from '../../src/simulator.ts'
import { labNode } from './lab-world.ts'
import { setupOf, type Case, type RecordedVersion } from './transcripts.ts'

type Scene = { simulator: Simulator; root: Client; caller: Client; base: string }
type Operation = (scene: Scene) => Promise<string>

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const rowsOf = (data: unknown) => (Array.isArray(data) ? data.filter(isRecord) : [])

/** As the recorder wrote it down: `ok`, `403 text`, or `task: text`. */
const outcome = async ({ simulator }: Scene, { status, reason, data }: Answer) => {
  if (status === 403) return `403 ${reason}`
  if (typeof data !== 'string' || !data.startsWith('UPID:')) return 'ok'
  await simulator.tasks.settled()
  const exit = simulator.tasks.find(data)?.exitstatus ?? ''
  return exit.includes('403') ? `task: ${exit}` : 'ok'
}

const call =
  (method: string, path: string, form?: Form): Operation =>
  async (scene) =>
    outcome(scene, await scene.caller.call(method, `${scene.base}${path}`, form))

/** A list, of which only the rows in question are counted. */
const list =
  (path: string, form: Form, counts: (row: Record<string, unknown>) => boolean): Operation =>
  async ({ caller, base }) => {
    const { status, reason, data } = await caller.call('GET', path.replace('<node>', base), form)
    return status === 403 ? `403 ${reason}` : `ok ${rowsOf(data).filter(counts).length} rows`
  }

const configure = (form: Form) => call('PUT', '/qemu/1701/config', form)

/** Changes one value of VM 1701 as it is now. */
const reconfigure =
  (key: string, change: (value: string) => string): Operation =>
  async (scene) => {
    const { data } = await scene.root.call('GET', `${scene.base}/qemu/1701/config`)
    const value = isRecord(data) ? String(data[key]) : ''
    return configure({ [key]: change(value) })(scene)
  }

/** Root prepares, the caller goes on. */
const after =
  (method: string, path: string, form: Form, operation: Operation): Operation =>
  async (scene) => {
    await scene.root.run(method, `${scene.base}${path}`, form).catch(() => {})
    return operation(scene)
  }

const iso = 'local:iso/tiny.iso,media=cdrom'
const sshKey = encodeURIComponent(
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ8qjV3Qb4rD3mR2p0pV1m5mX8yGkJb0C2uTQh9yQq3v a@b',
)

const agentRead = (command: string) => call('GET', `/qemu/1701/agent/${command}`)

/** The matrices of the area `deployer` have operations of one user, by these names and without their requests. */
export const operations: Record<string, Operation> = {
  'list: template 9000 and VM 1701 in /cluster/resources?type=vm': list(
    '/cluster/resources',
    { type: 'vm' },
    ({ vmid }) => vmid === 9000 || vmid === 1701,
  ),
  'list: storages with content=images': list('<node>/storage', { content: 'images' }, () => true),
  'list: iso content': list('<node>/storage/local/content', { content: 'iso' }, () => true),
  'list: bridges': list('<node>/network', { type: 'any_bridge' }, () => true),
  'list: pools': list('/pools', {}, ({ poolid }) => poolid === 'recdep'),
  'list: node status': call('GET', '/status'),
  'list: cluster/status': async (scene) => {
    const answer = await scene.caller.call('GET', '/cluster/status')
    return answer.status === 403 ? `403 ${answer.reason}` : `ok ${rowsOf(answer.data).length} rows`
  },
  nextid: async (scene) => outcome(scene, await scene.caller.call('GET', '/cluster/nextid')),
  'read template config': call('GET', '/qemu/9000/config'),
  'clone linked to pool': call('POST', '/qemu/9000/clone', { newid: 1711, pool: 'recdep' }),
  'clone full to pool+storage': call('POST', '/qemu/1702/clone', {
    newid: 1712,
    pool: 'recdep',
    full: 1,
    storage: 'local',
  }),
  'read config': call('GET', '/qemu/1701/config'),
  'status/current': call('GET', '/qemu/1701/status/current'),
  'config cores/cpu': configure({ cores: 2, cpu: 'x86-64-v2-AES' }),
  'config memory': configure({ memory: 256, balloon: 0 }),
  'config name/description/tags/onboot': configure({
    name: 'dep',
    description: 'x',
    tags: 'lab',
    onboot: 1,
  }),
  'config agent': configure({ agent: 'enabled=1,fstrim_cloned_disks=1' }),
  'config net0 (MAC kept, bridge+tag)': reconfigure('net0', (value) => `${value},tag=7`),
  'config ciuser/cipassword/sshkeys/ipconfig/nameserver': configure({
    ciuser: 'ops',
    cipassword: 'secret',
    sshkeys: sshKey,
    ipconfig0: 'ip=dhcp',
    nameserver: '1.1.1.1',
  }),
  'config cicustom': configure({ cicustom: 'user=local:snippets/u.yaml' }),
  'config new disk': configure({ scsi5: 'local:1' }),
  'config edit disk options': reconfigure('scsi0', (value) => `${value},discard=on`),
  'config boot': configure({ boot: 'order=scsi0' }),
  'config scsihw/machine/serial': configure({
    scsihw: 'virtio-scsi-single',
    machine: 'q35',
    serial0: 'socket',
  }),
  'config attach ISO': configure({ ide0: iso }),
  'config eject ISO': configure({ ide0: 'none,media=cdrom' }),
  'config new cloud-init drive (old one removed before by root)': after(
    'PUT',
    '/qemu/1701/config',
    { delete: 'ide2' },
    configure({ ide2: 'local:cloudinit' }),
  ),
  resize: call('PUT', '/qemu/1701/resize', { disk: 'scsi0', size: '+1M' }),
  'PUT cloudinit': call('PUT', '/qemu/1701/cloudinit'),
  'cloudinit/dump': call('GET', '/qemu/1701/cloudinit/dump', { type: 'user' }),
  'GET cloudinit': call('GET', '/qemu/1701/cloudinit'),
  start: call('POST', '/qemu/1703/status/start'),
  stop: call('POST', '/qemu/1703/status/stop'),
  'agent ping': call('POST', '/qemu/1701/agent/ping'),
  'agent network-get-interfaces': agentRead('network-get-interfaces'),
  'agent get-osinfo': agentRead('get-osinfo'),
  'agent file-read': call('GET', '/qemu/1701/agent/file-read', { file: '/etc/hostname' }),
  'agent exec': call('POST', '/qemu/1701/agent/exec', { command: 'hostname' }),
  'create in pool (disk, net, ISO, cloud-init drive, agent, tags)': call('POST', '/qemu', {
    vmid: 1706,
    pool: 'recdep',
    cores: 1,
    memory: 64,
    ostype: 'l26',
    scsihw: 'virtio-scsi-single',
    scsi0: 'local:1',
    net0: 'virtio,bridge=vmbr0',
    ide0: iso,
    ide2: 'local:cloudinit',
    agent: '1',
  }),
  'create with tags in pool': call('POST', '/qemu', { vmid: 1707, pool: 'recdep', tags: 'lab' }),
  'create with start=1 in pool': call('POST', '/qemu', {
    vmid: 1708,
    pool: 'recdep',
    memory: 64,
    kvm: 0,
    start: 1,
  }),
  'convert to template': call('POST', '/qemu/1704/template'),
  destroy: call('DELETE', '/qemu/1704'),
}

const asForm = (fields: Record<string, unknown>): Form =>
  Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]))

const asUser = (simulator: Simulator, user: string) => {
  const { tickets } = simulator.cluster
  return clientWith(simulator, tickets.issue(user), tickets.issueCsrf(user))
}

/** The users, roles and guests of the case. */
export const setScene = async (
  simulator: Simulator,
  version: RecordedVersion,
  found: Case,
): Promise<Scene> => {
  const node = labNode[version]
  const root = asUser(simulator, 'root@pam')
  for (const { method, path, form } of setupOf(found, version))
    if (method !== undefined && path !== undefined)
      await root.run(method, path.replace('<node>', node), asForm(form ?? {}))
  return { simulator, root, caller: asUser(simulator, 'dep@pve'), base: `/nodes/${node}` }
}

/** Gives a role exactly these privileges. */
export const setRole = ({ root }: Scene, roleid: string, privileges: string[]): Promise<string> =>
  root.run('PUT', `/access/roles/${roleid}`, { privs: privileges.join(' ') })

export const runOperations = async (
  scene: Scene,
  names: string[],
): Promise<Record<string, string>> => {
  const results: Record<string, string> = {}
  for (const name of names) {
    const operation = operations[name]
    if (operation) results[name] = (await operation(scene)).replaceAll(scene.base, '/nodes/<node>')
  }
  return results
}
