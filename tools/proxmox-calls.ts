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
  'GET /pools',
  'GET /pools/{poolid}',
  'GET /storage',

  'GET /nodes',
  'GET /nodes/{node}/status',
  'GET /nodes/{node}/network',
  'GET /nodes/{node}/capabilities/qemu/cpu',
  'GET /nodes/{node}/capabilities/qemu/machines',

  'GET /nodes/{node}/storage',
  `GET ${storage}/status`,
  `GET ${storage}/content`,
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
  `POST ${vm}/template`,
  `GET ${vm}/status/current`,
  `POST ${vm}/status/start`,
  `POST ${vm}/status/stop`,
  `POST ${vm}/status/shutdown`,
  `POST ${vm}/status/reboot`,
  `POST ${vm}/status/reset`,
  `GET ${vm}/cloudinit`,
  `PUT ${vm}/cloudinit`,
  `GET ${vm}/cloudinit/dump`,
  `GET ${vm}/snapshot`,
  `POST ${vm}/snapshot`,
  `DELETE ${vm}/snapshot/{snapname}`,
  `POST ${vm}/snapshot/{snapname}/rollback`,
  `POST ${vm}/agent/ping`,
  `GET ${vm}/agent/network-get-interfaces`,
  `GET ${vm}/agent/get-osinfo`,
  `GET ${vm}/agent/get-host-name`,
  `GET ${vm}/agent/file-read`,
  `POST ${vm}/agent/exec`,
  `GET ${vm}/agent/exec-status`,
]

/** Answers, as TypeScript: the whole of it, or fields that the schema lacks or has wrong (a `?` marks one that may be absent). */
export const answerNotes: Record<string, string | Record<string, string>> = {
  'GET /cluster/nextid': 'string | number',
  /** path -> privilege -> whether it propagates; a privilege is granted when its key is there. */
  'GET /access/permissions': '{ [path: string]: { [privilege: string]: number } }',
}
