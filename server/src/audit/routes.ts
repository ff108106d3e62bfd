/** How the audit log calls what the REST API can change. A call that is not named here is recorded as a `change`. */
import type { Json, Operation } from '@deployer/core/audit.ts'
import { deploymentOperation, requestConfiguration } from '@deployer/core/audit-configuration.ts'
import { deploymentRequestSchema } from '@deployer/core/request.ts'
import { orderConfiguration } from '@deployer/core/vm-validation/audit.ts'
import { type ScheduleOrder, scheduleOrderSchema } from '@deployer/core/vm-validation/order.ts'
import { z } from 'zod'

export type Call = { params: unknown; query?: unknown; body: unknown }

export type Described = {
  /** In place of the route's, where the body tells it. */
  operation?: AuditedRoute['operation']
  vm?: { name: string | null; vmid: number | null; node: string | null }
  deployment?: { id: string; name: string | null }
  configuration?: { [key: string]: Json }
  planHash?: string
  details?: { [key: string]: Json }
  /** Who says to be calling, where nobody is signed in. */
  username?: string
}

export type AuditedRoute = {
  operation: Exclude<Operation, 'intent'>
  /** It records what it does in the same transaction; only what is refused is recorded for it. */
  own?: true
  describe?: (call: Call) => Described
}

/** Calls that only answer what would be, though they are no GET. */
const HARMLESS = /^POST .*\/(plans?|preview|look-up)$/

const idSchema = z.object({ id: z.string() })
const ofDeployment = ({ params }: Call): Described => {
  const { data } = idSchema.safeParse(params)
  return data ? { deployment: { id: data.id, name: null } } : {}
}

const orderSchema = z.object({ request: deploymentRequestSchema, planHash: z.string().optional() })
const ofOrder = ({ body }: Call): Described => {
  const { data } = orderSchema.safeParse(body)
  if (data === undefined) return {}
  return {
    operation: deploymentOperation(data.request),
    configuration: requestConfiguration(data.request),
    ...(data.planHash !== undefined && { planHash: data.planHash }),
  }
}

const personSchema = z.object({
  username: z.string().max(200),
  realm: z.string().max(64).optional(),
})
/** Whatever does not look like a name may be a password in the wrong field. */
const ACCOUNT = /^[\w.+@\\-]{1,128}$/

const ofPerson = ({ body }: Call): Described => {
  const { data } = personSchema.safeParse(body)
  if (data === undefined) return {}
  const { realm } = data
  const username = ACCOUNT.test(data.username) ? data.username : 'hidden'
  const complete = realm === undefined || username.endsWith(`@${realm}`)
  return { username: complete ? username : `${username}@${realm}` }
}

const blueprintSchema = z.object({ name: z.string().max(200) })
const ofBlueprint = ({ params, body }: Call): Described => {
  const id = idSchema.safeParse(params).data?.id
  const name = blueprintSchema.safeParse(body).data?.name
  return {
    details: {
      ...(id !== undefined && { blueprint_id: id }),
      ...(name !== undefined && { blueprint_name: name }),
    },
  }
}

const ofSshKey = ({ params }: Call): Described => {
  const id = idSchema.safeParse(params).data?.id
  return id === undefined ? {} : { details: { ssh_key_id: id } }
}

const vmSchema = z.object({ vmid: z.coerce.number().int().min(100).max(999_999_999) })
const actionSchema = z.object({ action: z.string().max(40) })
const snapshotSchema = z.object({ name: z.string().max(40) })
const ofVm = ({ params, body }: Call): Described => {
  const vmid = vmSchema.safeParse(params).data?.vmid
  const action = actionSchema.safeParse(body).data?.action
  return {
    ...(vmid !== undefined && { vm: { name: null, vmid, node: null } }),
    ...(action !== undefined && { configuration: { action } }),
  }
}

const ofSnapshot =
  (action: string) =>
  ({ params, body }: Call): Described => {
    const inBody = snapshotSchema.safeParse(body).data?.name
    const name = snapshotSchema.safeParse(params).data?.name ?? inBody
    return {
      ...ofVm({ params, body: null }),
      configuration: { action, ...(name !== undefined && { snapshot: name }) },
    }
  }

const diskSchema = z.object({ disk: z.string().max(20) })
const sizeSchema = z.object({ sizeGiB: z.number() })
const ofResize = ({ params, body }: Call): Described => ({
  ...ofVm({ params, body: null }),
  configuration: {
    disk: diskSchema.safeParse(params).data?.disk ?? null,
    disk_size_gb: sizeSchema.safeParse(body).data?.sizeGiB ?? null,
  },
})

const changesSchema = z.object({
  cores: z.int().optional(),
  sockets: z.int().optional(),
  memoryMiB: z.int().optional(),
  protection: z.boolean().optional(),
  startsWithNode: z.boolean().optional(),
  tags: z.array(z.string().max(200)).max(100).optional(),
})
const ofChange = ({ params, body }: Call): Described => {
  const changes = changesSchema.safeParse(body).data ?? {}
  const { cores, sockets, memoryMiB, protection, startsWithNode, tags } = changes
  return {
    ...ofVm({ params, body: null }),
    configuration: {
      ...(cores !== undefined && { cores }),
      ...(sockets !== undefined && { sockets }),
      ...(protection !== undefined && { protection }),
      ...(tags !== undefined && { tags }),
      ...(memoryMiB !== undefined && { memory_mb: memoryMiB }),
      ...(startsWithNode !== undefined && { onboot: startsWithNode }),
    },
  }
}

const fileSchema = z.object({
  node: z.string().max(100),
  storage: z.string().max(100),
  content: z.string().max(40),
  fileName: z.string().max(255),
  url: z.string().max(2000).optional(),
  checksum: z.string().max(200).optional(),
  overwrite: z.string().max(5).optional(),
})
/** What comes into a storage: an upload says it in its query. */
const ofFile = ({ query, body }: Call): Described => {
  const file = fileSchema.safeParse(query).data ?? fileSchema.safeParse(body).data
  if (file === undefined) return {}
  const { node, storage, content, fileName, url, checksum, overwrite } = file
  return {
    configuration: {
      node,
      storage,
      content,
      file: fileName,
      ...(url !== undefined && { url: shownUrl(url) }),
      ...(checksum !== undefined && { checksum }),
      ...(overwrite !== undefined && { overwrite }),
    },
  }
}

/** An address may carry a password or a signature. */
const shownUrl = (address: string): string => {
  const url = URL.parse(address)
  if (url === null) return 'hidden'
  return `${url.protocol}//${url.host}${url.pathname}${url.search === '' ? '' : '?…'}`
}

const imageSchema = z.object({ volid: z.string().max(400) })
const imageQuerySchema = z.object({
  node: z.string().max(100).optional(),
  force: z.string().max(5).optional(),
})
const ofImage = ({ params, query }: Call): Described => {
  const volid = imageSchema.safeParse(params).data?.volid
  const { node, force } = imageQuerySchema.safeParse(query).data ?? {}
  return {
    configuration: {
      ...(volid !== undefined && { volume: volid }),
      ...(node !== undefined && { node }),
      ...(force !== undefined && { force }),
    },
  }
}

/** Of one that begins, and of one that ends. */
export const scheduleDetails = ({
  target,
  intervalMinutes,
}: Pick<ScheduleOrder, 'target' | 'intervalMinutes'>): { [key: string]: Json } => ({
  interval_minutes: intervalMinutes,
  target: 'vmids' in target ? { vm_ids: target.vmids } : { deployment_id: target.deploymentId },
})

const ofSchedule = ({ body }: Call): Described => {
  const { data } = scheduleOrderSchema.safeParse(body)
  if (data === undefined) return {}
  const { target, intervalMinutes, order } = data
  return {
    ...(order && { configuration: orderConfiguration(order) }),
    details: {
      call: 'POST /validations/schedules',
      ...scheduleDetails({ target, intervalMinutes }),
    },
  }
}

const routes: Record<string, AuditedRoute> = {
  'POST /images/upload': { operation: 'image_upload', describe: ofFile },
  'POST /images/download': { operation: 'image_download', describe: ofFile },
  'DELETE /images/:volid': { operation: 'image_delete', describe: ofImage },
  'POST /vms/:vmid/convert-to-template': { operation: 'template_convert', describe: ofVm },
  'POST /session': { operation: 'sign_in', own: true, describe: ofPerson },
  'DELETE /session': { operation: 'sign_out', own: true },
  'POST /deployments': { operation: 'batch_clone', own: true, describe: ofOrder },
  'POST /deployments/:id/cancel': {
    operation: 'deployment_cancel',
    own: true,
    describe: ofDeployment,
  },
  'POST /deployments/:id/retry': {
    operation: 'deployment_retry',
    own: true,
    describe: ofDeployment,
  },
  'POST /deployments/:id/undo': { operation: 'deployment_undo', own: true, describe: ofDeployment },
  'POST /blueprints': { operation: 'blueprint_save', describe: ofBlueprint },
  'POST /blueprints/import': { operation: 'blueprint_save', describe: ofBlueprint },
  'PATCH /blueprints/:id': { operation: 'blueprint_save', describe: ofBlueprint },
  'DELETE /blueprints/:id': { operation: 'blueprint_delete', describe: ofBlueprint },
  'POST /ssh-keys': { operation: 'ssh_key_save' },
  'DELETE /ssh-keys/:id': { operation: 'ssh_key_delete', describe: ofSshKey },
  'POST /vms/:vmid/power': { operation: 'vm_power', describe: ofVm },
  'POST /vms/power': { operation: 'vm_power', describe: ofVm },
  'POST /vms/snapshots': { operation: 'vm_snapshot', describe: ofSnapshot('create') },
  'POST /vms/delete': { operation: 'vm_delete' },
  'POST /vms/tags': { operation: 'change' },
  'POST /vms/validate': { operation: 'validation' },
  'POST /vms/:vmid/snapshots': { operation: 'vm_snapshot', describe: ofSnapshot('create') },
  'POST /vms/:vmid/snapshots/:name/rollback': {
    operation: 'vm_snapshot',
    describe: ofSnapshot('rollback'),
  },
  'DELETE /vms/:vmid/snapshots/:name': {
    operation: 'vm_snapshot',
    describe: ofSnapshot('delete'),
  },
  'POST /vms/:vmid/disks/:disk/resize': { operation: 'vm_resize', describe: ofResize },
  'PATCH /vms/:vmid': { operation: 'change', describe: ofChange },
  'POST /vms/:vmid/cloud-init': { operation: 'change', describe: ofVm },
  'POST /vms/:vmid/validate': { operation: 'validation', own: true, describe: ofVm },
  'POST /validations/schedules': { operation: 'change', describe: ofSchedule },
  'DELETE /vms/:vmid': { operation: 'vm_delete', describe: ofVm },
}

/** Null for a call that changes nothing. `path` is the route's pattern, without the prefix of the API. */
export function auditedRoute(method: string, path: string): AuditedRoute | null {
  if (method === 'GET' || method === 'HEAD' || method === 'OPTIONS') return null
  const call = `${method} ${path}`
  if (HARMLESS.test(call)) return null
  return routes[call] ?? { operation: 'change', describe: ofAnything(call) }
}

const deep = z.record(z.string(), z.string())

/** Of a call that has no line of its own: which it was, and what its address names. Of its body nothing is kept. */
const ofAnything =
  (call: string) =>
  ({ params }: Call): Described => {
    const { vmid, ...rest } = deep.safeParse(params).data ?? {}
    return {
      ...(vmid !== undefined && ofVm({ params: { vmid }, body: null })),
      details: { call, ...(Object.keys(rest).length > 0 && { target: rest }) },
    }
  }
