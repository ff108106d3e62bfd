import type { Form } from '../client.ts'

/** One call that succeeds in the demo cluster. */
export type ValidCall = {
  /** Values of the path; `node` is pve1 and `vmid` 104, a running Ubuntu, where absent. */
  path?: Record<string, string>
  /**
   * `{last}` stands for what the last preparation answered: a UPID, or a process id; `{port}` and `{ticket}` for those of
   * a console.
   */
  form?: Form
  /** What has to be done before: method, path, parameters. */
  before?: [string, string, Form?][]
}

const stopped = { vmid: '111', node: 'pve2' }
const template = { vmid: '9000' }
const user = { userid: 'new@pve' }
const token = { userid: 'viewer@pve', tokenid: 'ci' }
const makeUser: [string, string, Form] = ['POST', '/access/users', { userid: 'new@pve' }]
const makeToken: [string, string] = ['POST', '/access/users/viewer@pve/token/ci']
const makeRole: [string, string, Form] = ['POST', '/access/roles', { roleid: 'New' }]
const makePool: [string, string, Form] = ['POST', '/pools', { poolid: 'new' }]
const makeStorage: [string, string, Form] = [
  'POST',
  '/storage',
  { storage: 'extra', type: 'dir', path: '/mnt/extra' },
]
const makeSnapshot: [string, string, Form] = [
  'POST',
  '/nodes/pve2/qemu/111/snapshot',
  { snapname: 'one' },
]
const doTask: [string, string, Form] = ['POST', '/nodes/pve2/qemu/111/config', { cores: '2' }]
const exec: [string, string, Form] = [
  'POST',
  '/nodes/pve1/qemu/104/agent/exec',
  { command: 'hostname' },
]
const makeClone: [string, string, Form] = [
  'POST',
  '/nodes/pve1/qemu/9000/clone',
  { newid: '500', name: 'five' },
]

const agentReads = [
  'network-get-interfaces',
  'get-osinfo',
  'get-host-name',
  'get-time',
  'get-timezone',
  'get-users',
]

export const validCalls: Record<string, ValidCall> = {
  'GET /': {},
  'GET /access': {},
  'GET /version': {},
  'GET /nodes/{node}/version': {},
  'GET /access/ticket': {},
  'POST /access/ticket': { form: { username: 'viewer@pve', password: 'demo' } },
  'GET /access/domains/{realm}': { path: { realm: 'pve' } },
  'GET /access/tfa': {},
  'PUT /access/password': {
    form: { userid: 'viewer@pve', password: 'a new password' },
  },
  'GET /access/domains': {},
  'GET /access/permissions': {},
  'GET /access/users': {},
  'POST /access/users': { form: user },
  'DELETE /access/users/{userid}': { path: user, before: [makeUser] },
  'GET /access/users/{userid}/token': { path: token, before: [makeToken] },
  'GET /access/users/{userid}/token/{tokenid}': { path: token, before: [makeToken] },
  'POST /access/users/{userid}/token/{tokenid}': { path: token },
  'PUT /access/users/{userid}/token/{tokenid}': {
    path: token,
    form: { comment: 'new' },
    before: [makeToken],
  },
  'DELETE /access/users/{userid}/token/{tokenid}': { path: token, before: [makeToken] },
  'GET /access/roles': {},
  'GET /access/roles/{roleid}': { path: { roleid: 'PVEAuditor' } },
  'POST /access/roles': { form: { roleid: 'New', privs: 'VM.Audit' } },
  'PUT /access/roles/{roleid}': {
    path: { roleid: 'New' },
    form: { privs: 'VM.Audit' },
    before: [makeRole],
  },
  'DELETE /access/roles/{roleid}': { path: { roleid: 'New' }, before: [makeRole] },
  'GET /access/acl': {},
  'PUT /access/acl': { form: { path: '/vms/104', roles: 'PVEAuditor', users: 'viewer@pve' } },
  'GET /cluster/status': {},
  'GET /cluster/nextid': {},
  'GET /cluster/resources': {},
  'GET /cluster/tasks': { before: [doTask] },
  'GET /cluster/options': {},
  'PUT /cluster/options': { form: { keyboard: 'de' } },
  'GET /cluster/sdn/vnets': {},
  'GET /pools': {},
  'POST /pools': { form: { poolid: 'new' } },
  'PUT /pools': { form: { poolid: 'lab', vms: '104' } },
  'DELETE /pools': { form: { poolid: 'new' }, before: [makePool] },
  'GET /pools/{poolid}': { path: { poolid: 'lab' } },
  'PUT /pools/{poolid}': { path: { poolid: 'lab' }, form: { vms: '104' } },
  'DELETE /pools/{poolid}': { path: { poolid: 'new' }, before: [makePool] },
  'GET /nodes': {},
  'GET /nodes/{node}': {},
  'GET /nodes/{node}/status': {},
  'GET /nodes/{node}/network': {},
  'GET /storage': {},
  'GET /storage/{storage}': { path: { storage: 'local' } },
  'POST /storage': { form: makeStorage[2] },
  'DELETE /storage/{storage}': { path: { storage: 'extra' }, before: [makeStorage] },
  'GET /nodes/{node}/storage': {},
  'GET /nodes/{node}/storage/{storage}/status': { path: { storage: 'local' } },
  'GET /nodes/{node}/storage/{storage}/content': { path: { storage: 'ceph-vm' } },
  'POST /nodes/{node}/storage/{storage}/upload': {
    path: { storage: 'local' },
    form: { content: 'iso', filename: 'empty.iso' },
  },
  'POST /nodes/{node}/storage/{storage}/download-url': {
    path: { storage: 'local' },
    form: {
      content: 'iso',
      filename: 'debian.iso',
      url: 'https://cdimage.debian.org/debian-cd/current/amd64/iso-cd/debian-13.1.0-amd64-netinst.iso',
    },
  },
  'GET /nodes/{node}/query-url-metadata': {
    form: {
      url: 'https://cdimage.debian.org/debian-cd/current/amd64/iso-cd/debian-13.1.0-amd64-netinst.iso',
    },
  },
  'POST /nodes/{node}/storage/{storage}/content': {
    path: { storage: 'local-lvm' },
    form: { filename: 'vm-104-disk-7', size: '1G', vmid: '104' },
  },
  'GET /nodes/{node}/storage/{storage}/content/{volume}': {
    path: { storage: 'iso-nfs', volume: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso' },
  },
  'DELETE /nodes/{node}/storage/{storage}/content/{volume}': {
    path: { storage: 'iso-nfs', volume: 'iso-nfs:iso/debian-13.1.0-amd64-netinst.iso' },
  },
  'GET /nodes/{node}/tasks': { path: { node: 'pve2' }, before: [doTask] },
  'GET /nodes/{node}/tasks/{upid}': {
    path: { node: 'pve2', upid: '{last}' },
    before: [doTask],
  },
  'GET /nodes/{node}/tasks/{upid}/status': {
    path: { node: 'pve2', upid: '{last}' },
    before: [doTask],
  },
  'GET /nodes/{node}/tasks/{upid}/log': {
    path: { node: 'pve2', upid: '{last}' },
    before: [doTask],
  },
  'DELETE /nodes/{node}/tasks/{upid}': {
    path: { node: 'pve2', upid: '{last}' },
    before: [doTask],
  },
  'GET /nodes/{node}/qemu': {},
  'GET /nodes/{node}/lxc': { path: { node: 'pve2' } },
  'GET /nodes/{node}/qemu/{vmid}/config': {},
  'GET /nodes/{node}/qemu/{vmid}/pending': {},
  'GET /nodes/{node}/qemu/{vmid}/status/current': {},
  'GET /nodes/{node}/qemu/{vmid}/rrddata': { form: { timeframe: 'hour' } },
  'GET /nodes/{node}/qemu/{vmid}/feature': { path: template, form: { feature: 'clone' } },
  'GET /nodes/{node}/qemu/{vmid}': {},
  'PUT /nodes/{node}/qemu/{vmid}/config': { form: { description: 'new' } },
  'POST /nodes/{node}/qemu/{vmid}/config': { form: { description: 'new' } },
  'GET /nodes/{node}/capabilities/qemu/cpu': {},
  'GET /nodes/{node}/capabilities/qemu/machines': {},
  'POST /nodes/{node}/qemu': {
    form: { vmid: '500', name: 'five', memory: '512', scsi0: 'local-lvm:4' },
  },
  'POST /nodes/{node}/qemu/{vmid}/clone': { path: template, form: { newid: '500' } },
  'GET /nodes/{node}/qemu/{vmid}/cloudinit': { path: { vmid: '500' }, before: [makeClone] },
  'PUT /nodes/{node}/qemu/{vmid}/cloudinit': { path: { vmid: '500' }, before: [makeClone] },
  'GET /nodes/{node}/qemu/{vmid}/cloudinit/dump': { path: template, form: { type: 'user' } },
  'PUT /nodes/{node}/qemu/{vmid}/resize': {
    path: stopped,
    form: { disk: 'scsi0', size: '+1G' },
  },
  'PUT /nodes/{node}/qemu/{vmid}/unlink': { path: stopped, form: { idlist: 'scsi0' } },
  'GET /nodes/{node}/qemu/{vmid}/snapshot': { path: stopped, before: [makeSnapshot] },
  'POST /nodes/{node}/qemu/{vmid}/snapshot': { path: stopped, form: { snapname: 'one' } },
  'DELETE /nodes/{node}/qemu/{vmid}/snapshot/{snapname}': {
    path: { ...stopped, snapname: 'one' },
    before: [makeSnapshot],
  },
  'GET /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/config': {
    path: { ...stopped, snapname: 'one' },
    before: [makeSnapshot],
  },
  'POST /nodes/{node}/qemu/{vmid}/snapshot/{snapname}/rollback': {
    path: { ...stopped, snapname: 'one' },
    before: [makeSnapshot],
  },
  'DELETE /nodes/{node}/qemu/{vmid}': { path: stopped },
  'POST /nodes/{node}/qemu/{vmid}/template': { path: stopped },
  'GET /nodes/{node}/qemu/{vmid}/status': {},
  'PUT /nodes/{node}/qemu/{vmid}/sendkey': { form: { key: 'ctrl-alt-delete' } },
  'POST /nodes/{node}/qemu/{vmid}/status/start': { path: stopped },
  'POST /nodes/{node}/qemu/{vmid}/status/stop': {},
  'POST /nodes/{node}/qemu/{vmid}/status/shutdown': {},
  'POST /nodes/{node}/qemu/{vmid}/status/reboot': {},
  'POST /nodes/{node}/qemu/{vmid}/status/reset': {},
  'POST /nodes/{node}/qemu/{vmid}/status/suspend': {},
  'POST /nodes/{node}/qemu/{vmid}/status/resume': {
    before: [['POST', '/nodes/pve1/qemu/104/status/suspend']],
  },
  ...Object.fromEntries(
    agentReads.map((command) => [`GET /nodes/{node}/qemu/{vmid}/agent/${command}`, {}]),
  ),
  'POST /nodes/{node}/qemu/{vmid}/vncproxy': {},
  'POST /nodes/{node}/qemu/{vmid}/termproxy': {},
  'GET /nodes/{node}/qemu/{vmid}/vncwebsocket': {
    form: { port: '{port}', vncticket: '{ticket}' },
    before: [['POST', '/nodes/pve1/qemu/104/vncproxy', { websocket: '1' }]],
  },
  'GET /nodes/{node}/qemu/{vmid}/agent': {},
  'POST /nodes/{node}/qemu/{vmid}/agent/ping': {},
  'POST /nodes/{node}/qemu/{vmid}/agent/exec': { form: { command: 'hostname' } },
  'GET /nodes/{node}/qemu/{vmid}/agent/exec-status': { form: { pid: '{last}' }, before: [exec] },
  'GET /nodes/{node}/qemu/{vmid}/agent/file-read': { form: { file: '/etc/hostname' } },
  'POST /nodes/{node}/qemu/{vmid}/agent': { form: { command: 'ping' } },
}
