/**
 * What a person asks for: the body of `POST /plans` and the `request` of `POST /deployments`.
 * Every bound here is part of the public contract; what needs the cluster to judge is the planner's.
 */
import { z } from 'zod'
import { cloudInitSchema, domainName } from './cloud-init/request.ts'
import { hardwareSchema, nicModels, osTypeSchema } from './hardware/request.ts'
import { MAX_VMS_PER_DEPLOYMENT } from './limits.ts'
import { unattendedSchema } from './windows/request.ts'

const cores = z.int().min(1).max(512)
const memoryMiB = z.int().min(16).max(8_388_608)
const diskGiB = z.int().min(1).max(131_072)
const storageName = z.string().min(1).max(100)
const bridgeName = z.string().min(1).max(40)
const tag = z
  .string()
  .max(64)
  .regex(
    /^[a-z0-9_][a-z0-9_\-+.]*$/,
    'Tags use lower-case letters, digits and _ - + . and start with a letter, digit or _',
  )

/** `dhcp`, an address with prefix (`10.0.0.5/24`), or a pattern of them (`10.0.0.{20..29}/24`); see patterns.ts. */
const ipPattern = z.string().min(1).max(100)

/** The n-th network of a VM is its NIC net`n`. */
export const networkSchema = z.strictObject({
  bridge: bridgeName
    .optional()
    .describe('Left out together with `vlan`, the NIC stays where the template has it.'),
  vlan: z
    .int()
    .min(1)
    .max(4094)
    .optional()
    .describe(
      "With a bridge and no `vlan` the NIC is untagged; without a bridge the template's one gets this tag.",
    ),
  model: z.enum(nicModels).optional().describe('Left out = `virtio`, or as the template has it.'),
  firewall: z
    .boolean()
    .optional()
    .describe(
      "Proxmox's firewall filters what passes. Left out, it does for new VMs; clones have it as the template " +
        'has it.',
    ),
  mac: z
    .string()
    .regex(
      /^[0-9A-Fa-f][02468ACEace](:[0-9A-Fa-f]{2}){5}$/,
      'A unicast MAC address, such as BC:24:11:00:00:01',
    )
    .optional()
    .describe(
      'Left out, the deployer gives one out. For a single VM only: two of the same do not work in one network.',
    ),
  rateMBps: z.number().min(0.01).max(10_240).optional().describe('Megabytes per second at most.'),
  ip: ipPattern
    .optional()
    .describe("Address for cloud-init; left out, the template's own setting stays."),
  gateway: z.string().max(45).optional().describe('Of `ip`.'),
  ip6: ipPattern
    .optional()
    .describe(
      'IPv6 beside an IPv4 `ip`: `auto` (announced by the router, SLAAC), `dhcp`, an address with prefix, or a ' +
        'pattern.',
    ),
  gateway6: z
    .string()
    .max(45)
    .optional()
    .describe('Of `ip6`. Left out, the router announces itself.'),
  nameservers: z
    .array(z.string().max(45))
    .max(8)
    .optional()
    .describe('Addresses of DNS servers, IPv4 or IPv6.'),
  searchDomains: z
    .array(domainName)
    .max(8)
    .optional()
    .describe('Domains that are tried for short names.'),
})

const validateSchema = z.strictObject({
  ports: z
    .array(z.int().min(1).max(65_535))
    .max(10)
    .optional()
    .describe("TCP ports that must answer on the VM's address."),
  agentTimeoutSeconds: z
    .int()
    .min(10)
    .max(3600)
    .optional()
    .describe('How long the agent may take to answer after the start.'),
})

/**
 * What can be set for all VMs (`defaults`) and for one row of them (`vms[]`, which wins, setting by setting: networks and
 * tags of a row replace those of the defaults). Left out in both = as the template has it.
 */
const vmSettings = {
  cores: cores.optional().describe('vCPUs in all.'),
  memoryMiB: memoryMiB.optional().describe('Memory of each VM.'),
  diskGiB: diskGiB.optional().describe('Size of the boot disk.'),
  storage: storageName
    .optional()
    .describe("Target of full clones. Linked clones live on the template's storage."),
  networks: z
    .array(networkSchema)
    .max(8)
    .optional()
    .describe('Its NICs, net0 first. Left out, clones have those of the template.'),
  description: z.string().max(4000).optional().describe("Goes into the VM's notes on Proxmox."),
  tags: z
    .array(tag)
    .max(20)
    .optional()
    .describe('Of Proxmox, beside the tag by which the deployment knows its VMs.'),
  onBoot: z.boolean().optional().describe('Starts with its node.'),
  start: z.boolean().optional().describe('Left out = true.'),
  validate: validateSchema
    .optional()
    .describe('Left out = nothing is checked; `{}` waits for the agent and the address.'),
  cloudInit: cloudInitSchema
    .optional()
    .describe(
      "What the guest sets up at its first boot. A row's settings win over the defaults', setting by setting " +
        'here as well.',
    ),
  hardware: hardwareSchema
    .optional()
    .describe(
      "Of VMs that are made from an ISO or an image. A row's settings win over the defaults', setting by " +
        'setting. What is left out comes from the profile of the system.',
    ),
}

export const vmSettingsSchema = z.strictObject(vmSettings)

export const vmRowSchema = z.strictObject({
  name: z
    .string()
    .min(1)
    .max(200)
    .describe('A name, or a pattern that makes several VMs: `web-{01..10}`.'),
  count: z
    .int()
    .min(1)
    .max(MAX_VMS_PER_DEPLOYMENT)
    .optional()
    .describe(
      'How many VMs `{n}` in the name stands for; with a range such as `{01..10}` it may be left out.',
    ),
  vmid: z
    .int()
    .min(100)
    .max(999_999_999)
    .optional()
    .describe("VMID of the row's first VM; the others count up from it."),
  node: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .describe('Where the VMs of this row go. Left out, `placement` decides.'),
  ...vmSettings,
})

export const templateSourceSchema = z.strictObject({
  kind: z.literal('template'),
  vmid: z.int().min(100).max(999_999_999).describe('VMID of the template.'),
  clone: z
    .enum(['linked', 'full'])
    .describe('`linked` shares the disk of the template and takes seconds; `full` copies it.'),
})

const volumeId = z
  .string()
  .max(300)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*:[^\s,]+$/, 'A volume such as local:iso/debian-13.iso')

/** An installer: the VM boots it with an empty disk. */
export const isoSourceSchema = z.strictObject({
  kind: z.literal('iso'),
  volid: volumeId.describe('The installer: `local:iso/debian-13.iso`.'),
  osType: osTypeSchema.describe('Which system it installs: it chooses the hardware.'),
  driversVolid: volumeId.optional().describe('The ISO with VirtIO drivers, for Windows.'),
  unattended: unattendedSchema
    .optional()
    .describe(
      'Windows installs itself with these answers. Left out, somebody sits at the console.',
    ),
})

/** A disk image with a system that cloud-init sets up; it is imported as the boot disk. */
export const imageSourceSchema = z.strictObject({
  kind: z.literal('image'),
  volid: volumeId.describe('The disk image that is imported: `local:import/noble.qcow2`.'),
  osType: osTypeSchema.optional().describe('Left out = `linux`.'),
  convertToTemplate: z
    .boolean()
    .optional()
    .describe('The VMs become templates and are not started.'),
})

const sourceSchema = z.discriminatedUnion('kind', [
  templateSourceSchema,
  isoSourceSchema,
  imageSourceSchema,
])

const placementSchema = z.union([
  z.strictObject({ strategy: z.enum(['spread', 'pack']) }),
  z.strictObject({ node: z.string().min(1).max(100) }),
])

export const deploymentRequestSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional().describe('Of the deployment, for people.'),
  source: sourceSchema.describe('What the VMs are made from.'),
  defaults: vmSettingsSchema.optional().describe("Settings of all VMs; a row's own win."),
  placement: placementSchema
    .optional()
    .describe(
      'Which node each VM goes to: `spread` over all, `pack` onto few, or one by name. Left out = `spread`.',
    ),
  pool: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Pool of Proxmox that the VMs go into. Who may audit it sees the deployment.'),
  vms: z
    .array(vmRowSchema)
    .min(1)
    .max(MAX_VMS_PER_DEPLOYMENT)
    .describe('The VMs, one row for each or one for several by a pattern.'),
})

/** What can change for VMs that failed. Their names, their source and their pool stay. */
export const retryChangesSchema = vmSettingsSchema
  .pick({
    cores: true,
    memoryMiB: true,
    diskGiB: true,
    storage: true,
    networks: true,
    description: true,
    tags: true,
    onBoot: true,
    start: true,
    validate: true,
    hardware: true,
  })
  .extend({
    cloudInit: cloudInitSchema
      .omit({ adminPassword: true })
      .optional()
      .describe(
        'Parts of the first boot; those left out stay, as does the administrator password of Windows.',
      ),
    node: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Another node. Left out, the VMs are placed again as the deployment says.'),
  })

export type DeploymentRequest = z.infer<typeof deploymentRequestSchema>
export type VmRow = z.infer<typeof vmRowSchema>
export type VmSettings = z.infer<typeof vmSettingsSchema>
export type RetryChanges = z.infer<typeof retryChangesSchema>
export type NetworkRequest = z.infer<typeof networkSchema>
export type Source = z.infer<typeof sourceSchema>
export type TemplateSource = z.infer<typeof templateSourceSchema>
export type IsoSource = z.infer<typeof isoSourceSchema>
export type ImageSource = z.infer<typeof imageSourceSchema>
export type Placement = z.infer<typeof placementSchema>
