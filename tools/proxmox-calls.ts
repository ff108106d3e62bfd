/** What generate-proxmox.ts takes from the schema of Proxmox VE, and where answers are known better than the schema tells. */

export const versions = ['7.4', '8.4', '9.2']

const vm = '/nodes/{node}/qemu/{vmid}'
const storage = '/nodes/{node}/storage/{storage}'

/** Every call that the project makes or that the simulator answers. Not each of them exists in every version. */
export const usedCalls = [
  'GET /version',

  'POST /access/ticket',
  'GET /access/domains',
  'GET /access/permissions',
  'GET /access/roles',
  'GET /access/users',
  'GET /access/users/{userid}/token',
  'GET /access/users/{userid}/token/{tokenid}',
  'POST /access/users/{userid}/token/{tokenid}',
  'PUT /access/users/{userid}/token/{tokenid}',
  'DELETE /access/users/{userid}/token/{tokenid}',
  'GET /access/acl',
  'PUT /access/acl',

  'GET /cluster/resources',
  'GET /cluster/status',
  'GET /cluster/nextid',
  'GET /cluster/options',
  'GET /cluster/tasks',
  'GET /cluster/sdn/vnets',
  'GET /pools',
  'GET /pools/{poolid}',
  'GET /storage',

  'GET /nodes',
  'GET /nodes/{node}/status',
  'GET /nodes/{node}/network',
  'GET /nodes/{node}/query-url-metadata',
  'GET /nodes/{node}/capabilities/qemu/cpu',
  'GET /nodes/{node}/capabilities/qemu/machines',

  'GET /nodes/{node}/storage',
  `GET ${storage}/status`,
  `GET ${storage}/content`,
  `GET ${storage}/content/{volume}`,
  `DELETE ${storage}/content/{volume}`,
  `POST ${storage}/upload`,
  `POST ${storage}/download-url`,

  'GET /nodes/{node}/tasks',
  'GET /nodes/{node}/tasks/{upid}/status',
  'GET /nodes/{node}/tasks/{upid}/log',
  'DELETE /nodes/{node}/tasks/{upid}',

  'GET /nodes/{node}/qemu',
  'POST /nodes/{node}/qemu',
  `DELETE ${vm}`,
  `GET ${vm}/config`,
  `PUT ${vm}/config`,
  `POST ${vm}/config`,
  `GET ${vm}/pending`,
  `GET ${vm}/feature`,
  `POST ${vm}/clone`,
  `PUT ${vm}/resize`,
  `PUT ${vm}/sendkey`,
  `POST ${vm}/template`,
  `GET ${vm}/status/current`,
  `GET ${vm}/rrddata`,
  `POST ${vm}/status/start`,
  `POST ${vm}/status/stop`,
  `POST ${vm}/status/shutdown`,
  `POST ${vm}/status/reboot`,
  `POST ${vm}/status/reset`,
  `POST ${vm}/status/suspend`,
  `POST ${vm}/status/resume`,
  `GET ${vm}/cloudinit`,
  `PUT ${vm}/cloudinit`,
  `GET ${vm}/cloudinit/dump`,
  `GET ${vm}/snapshot`,
  `POST ${vm}/snapshot`,
  `DELETE ${vm}/snapshot/{snapname}`,
  `GET ${vm}/snapshot/{snapname}/config`,
  `POST ${vm}/snapshot/{snapname}/rollback`,
  `POST ${vm}/agent/ping`,
  `GET ${vm}/agent/network-get-interfaces`,
  `GET ${vm}/agent/get-osinfo`,
  `GET ${vm}/agent/get-host-name`,
  `GET ${vm}/agent/file-read`,
  `POST ${vm}/vncproxy`,
  `POST ${vm}/termproxy`,
  `GET ${vm}/vncwebsocket`,
  `POST ${vm}/agent/exec`,
  `GET ${vm}/agent/exec-status`,

  // What only the simulator answers: its tests and a person with curl set the cluster up with it.
  'GET /access',
  'GET /access/ticket',
  'GET /access/domains/{realm}',
  'GET /access/tfa',
  'PUT /access/password',
  'POST /access/users',
  'DELETE /access/users/{userid}',
  'POST /access/roles',
  'GET /access/roles/{roleid}',
  'PUT /access/roles/{roleid}',
  'DELETE /access/roles/{roleid}',
  'PUT /cluster/options',
  'POST /pools',
  'PUT /pools',
  'DELETE /pools',
  'PUT /pools/{poolid}',
  'DELETE /pools/{poolid}',
  'POST /storage',
  `POST ${storage}/content`,
  'GET /storage/{storage}',
  'DELETE /storage/{storage}',
  'GET /nodes/{node}',
  'GET /nodes/{node}/version',
  'GET /nodes/{node}/lxc',
  'GET /nodes/{node}/tasks/{upid}',
  `GET ${vm}`,
  `GET ${vm}/status`,
  `PUT ${vm}/unlink`,
  `GET ${vm}/agent`,
  `POST ${vm}/agent`,
  `GET ${vm}/agent/info`,
  `GET ${vm}/agent/get-fsinfo`,
  `GET ${vm}/agent/get-memory-block-info`,
  `GET ${vm}/agent/get-memory-blocks`,
  `GET ${vm}/agent/get-time`,
  `GET ${vm}/agent/get-timezone`,
  `GET ${vm}/agent/get-users`,
  `GET ${vm}/agent/get-vcpus`,
  `POST ${vm}/agent/file-write`,
]

/** Calls whose figures come from a text file and may arrive as text: `"memory": "2048"`, `"cpulimit": "1.5"`. */
export const figuresMayBeText = [`GET ${vm}/config`]

const task = { 'tokenid?': 'string', 'saved?': 'string | number' }
const agentResult = (type: string) => `{ result: ${type} | AgentError }`

/**
 * Answers, as TypeScript: the whole of it, or fields that the schema lacks or has wrong (a `?` marks one that may be
 * absent). Taken from recorded answers of 8.4 and 9.2 and from the sources.
 */
export const answerNotes: Record<string, string | Record<string, string>> = {
  [`POST ${vm}/vncproxy`]:
    '{ port: string | number; ticket: string; user: string; upid: string; cert?: string; password?: string }',
  [`POST ${vm}/termproxy`]: '{ port: string | number; ticket: string; user: string; upid: string }',
  'POST /access/ticket': {
    'cap?': '{ [section: string]: { [privilege: string]: number } }',
    'NeedTFA?': 'Flag',
  },
  'GET /access/domains': { 'default?': 'Flag' },
  // path -> privilege -> whether it propagates. A privilege is granted when its key is there, also with the value 0.
  'GET /access/permissions': '{ [path: string]: { [privilege: string]: number } }',
  'GET /cluster/nextid': 'string | number',
  'GET /cluster/options': {
    'allowed-tags?': 'string[]',
    'registered-tags?': 'string[]',
    'tag-style?': '{ [key: string]: unknown }',
    'user-tag-access?': '{ [key: string]: unknown }',
    'mac_prefix?': 'string',
    // An object in some versions, the text of datacenter.cfg in others: `lower=100,upper=1000`.
    'next-id?': 'unknown',
    'description?': 'string',
  },
  'GET /cluster/tasks': {
    ...task,
    id: 'string',
    node: 'string',
    pid: 'number',
    starttime: 'number',
    'endtime?': 'number',
    'status?': 'string',
    type: 'string',
    user: 'string',
  },
  'GET /cluster/sdn/vnets': '{ vnet: string; zone?: string }[]',
  'GET /pools/{poolid}': { 'poolid?': 'string' },
  'GET /storage': {
    storage: 'string',
    'type?': 'string',
    'content?': 'string',
    'shared?': 'Flag',
    'disable?': 'Flag',
    'nodes?': 'string',
    'path?': 'string',
    'content-dirs?': 'string',
    'digest?': 'string',
  },
  'GET /nodes': { 'disk?': 'number', 'maxdisk?': 'number', 'id?': 'string', 'type?': 'string' },
  'GET /nodes/{node}/network': { iface: 'string', type: 'string' },
  'GET /nodes/{node}/tasks': task,
  'GET /nodes/{node}/tasks/{upid}/status': task,
  // One object instead of a list where 8.4 has no log file.
  'GET /nodes/{node}/tasks/{upid}/log': '{ n: number; t: string }[] | { n: number; t: string }',
  [`GET ${storage}/content`]: { 'parent?': 'string | null', 'content?': 'string' },
  [`GET ${vm}/config`]: { 'parent?': 'string', 'snaptime?': 'number | string' },
  [`GET ${vm}/pending`]: { 'value?': 'string | number', 'pending?': 'string | number' },
  [`GET ${vm}/snapshot`]: { 'digest?': 'string', 'running?': 'Flag' },
  [`GET ${vm}/status/current`]: { 'disk?': 'number', 'ha?': '{ managed?: Flag }' },
  // While a VM was off, a row has its time alone.
  [`GET ${vm}/rrddata`]: `{
    time: number
    cpu?: number | null
    maxcpu?: number | null
    mem?: number | null
    maxmem?: number | null
    netin?: number | null
    netout?: number | null
    diskread?: number | null
    diskwrite?: number | null
  }[]`,
  [`POST ${vm}/agent/ping`]: agentResult('{ [key: string]: unknown }'),
  [`GET ${vm}/agent/network-get-interfaces`]: agentResult('AgentInterface[]'),
  [`GET ${vm}/agent/get-osinfo`]: agentResult('AgentOsInfo'),
  [`GET ${vm}/agent/get-host-name`]: agentResult("{ 'host-name': string }"),
  [`GET ${vm}/agent/file-read`]: { 'bytes-read?': 'number' },
}

/** Types that `answerNotes` names. The agent's come from QEMU's `qga/qapi-schema.json`; Proxmox passes them through. */
export const answerTypesInFull = `/** A command that the guest refuses comes with HTTP 200 and this in place of its result. */
export type AgentError = { error: { class?: string; desc?: string } }

export type AgentInterface = {
  name: string
  'hardware-address'?: string
  'ip-addresses'?: { 'ip-address': string; 'ip-address-type': string; prefix?: number }[]
}

export type AgentOsInfo = {
  id?: string
  name?: string
  'pretty-name'?: string
  version?: string
  'version-id'?: string
  'kernel-release'?: string
  'kernel-version'?: string
  machine?: string
}
`
