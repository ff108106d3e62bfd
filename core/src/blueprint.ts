/**
 * A blueprint: a saved request, to be deployed again and again. Its source may leave the template open or name it, so that
 * it can move to another cluster. It never holds a password, nor VMIDs, which are given out anew each time.
 */
import { z } from 'zod'
import {
  askedOfUnattended,
  asksPasswords,
  type BlueprintCloudInit,
  blueprintCloudInitSchema,
  blueprintUnattendedSchema,
  withoutAnswerSecrets,
  withoutPasswords,
} from './blueprint-passwords.ts'
import type { CloudInitRequest } from './cloud-init/request.ts'
import type { Template } from './inventory.ts'
import { MAX_VMS_PER_DEPLOYMENT } from './limits.ts'
import {
  type DeploymentRequest,
  deploymentRequestSchema,
  imageSourceSchema,
  isoSourceSchema,
  type NetworkRequest,
  type Source,
  templateSourceSchema,
  vmRowSchema,
  vmSettingsSchema,
} from './request.ts'

/**
 * Which template: the one with this VMID and name, else any with this name. With neither it is left open, and whoever
 * starts a deployment chooses.
 */
const templateSource = templateSourceSchema.partial({ vmid: true, clone: true }).extend({
  name: z.string().min(1).max(100).optional(),
})

/** Installers and images are known by their volume, or left open as well. */
const blueprintSourceSchema = z.discriminatedUnion('kind', [
  templateSource,
  isoSourceSchema.partial({ volid: true }).extend({
    unattended: blueprintUnattendedSchema
      .optional()
      .describe(
        'Windows installs itself with these answers. Passwords and the product key are asked for again.',
      ),
  }),
  imageSourceSchema.partial({ volid: true }),
])

const cloudInit = blueprintCloudInitSchema
  .optional()
  .describe('What the guest sets up at its first boot, without passwords.')

export const blueprintRequestSchema = deploymentRequestSchema.extend({
  source: blueprintSourceSchema.describe(
    'What the VMs are made from. A template may be left open, or given by its `name`.',
  ),
  defaults: vmSettingsSchema
    .extend({ cloudInit })
    .optional()
    .describe("Settings of all VMs; a row's own win."),
  vms: z
    .array(vmRowSchema.omit({ vmid: true }).extend({ cloudInit }))
    .min(1)
    .max(MAX_VMS_PER_DEPLOYMENT)
    .describe('The VMs, one row for each or one for several by a pattern.'),
})

/** What a person says about it. */
export const blueprintNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'A name is one line of text')

export const blueprintDescriptionSchema = z
  .string()
  .max(2000)
  .regex(/^[^\0]*$/, 'A description is text')

export const BLUEPRINT_KIND = 'proxmox-vm-deployer/blueprint'

/** A blueprint as a file, to keep or to hand on. */
export const blueprintFileSchema = z.strictObject({
  kind: z.literal(BLUEPRINT_KIND),
  version: z.literal(1),
  name: blueprintNameSchema,
  description: blueprintDescriptionSchema.optional(),
  request: blueprintRequestSchema,
})

/** What a list shows of it. */
export const blueprintHeadSchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string().nullable(),
  owner: z
    .string()
    .nullable()
    .describe('`name@realm` of who saved it; null for one that comes with the deployer.'),
  shared: z.boolean().describe('Everybody who is signed in sees it.'),
  mine: z.boolean().describe('Whether the caller may change and delete it.'),
  source: blueprintSourceSchema,
  vmCount: z.int(),
  names: z.array(z.string()).describe('Names or patterns of its first rows.'),
  createdAt: z.string().nullable(),
  updatedAt: z.string().nullable(),
})

export const blueprintViewSchema = blueprintHeadSchema.extend({ request: blueprintRequestSchema })

export type BlueprintTemplate = z.infer<typeof templateSource>
export type BlueprintSource = z.infer<typeof blueprintSourceSchema>
export type BlueprintRequest = z.infer<typeof blueprintRequestSchema>
export type BlueprintFile = z.infer<typeof blueprintFileSchema>
export type BlueprintHead = z.infer<typeof blueprintHeadSchema>
export type BlueprintView = z.infer<typeof blueprintViewSchema>

/**
 * What is kept of a request. `template`: the name of its template where it is known; null leaves open what the VMs are made
 * from.
 */
export function toBlueprint(
  { source, defaults, vms, ...rest }: DeploymentRequest,
  template: { name: string | undefined } | null,
): BlueprintRequest {
  return {
    ...rest,
    source: keptSource(source, template),
    ...(defaults !== undefined && { defaults: keptSettings(defaults) }),
    vms: vms.map(({ vmid: _vmid, ...row }) => keptSettings(row)),
  }
}

function keptSource(
  source: Source,
  template: { name: string | undefined } | null,
): BlueprintSource {
  switch (source.kind) {
    case 'template':
      return template === null
        ? { kind: 'template', clone: source.clone }
        : { ...source, ...(template.name !== undefined && { name: template.name }) }
    case 'iso': {
      const { volid, unattended, ...rest } = source
      return {
        ...rest,
        ...(template !== null && { volid }),
        ...(unattended !== undefined && { unattended: withoutAnswerSecrets(unattended) }),
      }
    }
    case 'image': {
      const { volid, ...rest } = source
      return { ...rest, ...(template !== null && { volid }) }
    }
  }
}

type Kept = {
  cloudInit?: CloudInitRequest | undefined
  networks?: NetworkRequest[] | undefined
}

/** A MAC address is for one VM, and a blueprint for many. */
function keptSettings<Settings extends Kept>(settings: Settings) {
  const { cloudInit: own, networks } = settings
  return {
    ...settings,
    ...(networks !== undefined && { networks: networks.map(({ mac: _mac, ...rest }) => rest) }),
    ...(own !== undefined && { cloudInit: withoutPasswords(own) }),
  }
}

/** The way back: a request whose source is still to be named, and whose passwords are to be given again. */
export function toStart({ source, defaults, vms, ...rest }: BlueprintRequest): {
  request: Omit<DeploymentRequest, 'source'>
  passwords: string[]
} {
  const all = defaults === undefined ? null : started(defaults)
  const rows = vms.map((row) => started(row))
  const answers = source.kind === 'iso' ? source.unattended : undefined
  return {
    request: {
      ...rest,
      ...(all !== null && { defaults: all.settings }),
      vms: rows.map((row) => row.settings),
    },
    passwords: [
      ...new Set([
        ...(answers === undefined ? [] : askedOfUnattended(answers)),
        ...[all, ...rows].flatMap((part) => part?.asked ?? []),
      ]),
    ],
  }
}

function started<Settings extends { cloudInit?: BlueprintCloudInit | undefined }>(
  settings: Settings,
) {
  const { cloudInit: own, ...others } = settings
  if (own === undefined) return { settings: others, asked: [] }
  const { cloudInit: plain, asked } = asksPasswords(own)
  return { settings: { ...others, cloudInit: plain }, asked }
}

/** `vmid` is null where a person has to choose: the blueprint leaves it open, or `missing` says what is in the way. */
export type TemplateMatch = { vmid: number | null; missing: string | null }

/** The template that a blueprint means, among those that the caller sees. */
export function matchTemplate(
  { vmid, name }: Pick<BlueprintTemplate, 'vmid' | 'name'>,
  templates: readonly Pick<Template, 'vmid' | 'name' | 'copies'>[],
): TemplateMatch {
  if (vmid === undefined && name === undefined) return { vmid: null, missing: null }
  const exact = templates.find(
    (template) => template.vmid === vmid && (name === undefined || template.name === name),
  )
  if (exact !== undefined) return { vmid: exact.vmid, missing: null }
  if (name === undefined) return { vmid: null, missing: `There is no template ${vmid} here.` }
  const [first, ...others] = templates
    .filter((template) => template.name === name)
    .toSorted((one, other) => one.vmid - other.vmid)
  if (first === undefined) return { vmid: null, missing: `There is no template ${name} here.` }
  const copies = new Set(first.copies.map((copy) => copy.vmid))
  const unlike = others.find((other) => !copies.has(other.vmid))
  return unlike === undefined
    ? { vmid: first.vmid, missing: null }
    : {
        vmid: null,
        missing: `Several templates are called ${name}: ${[first, ...others].map((one) => one.vmid).join(', ')}.`,
      }
}
