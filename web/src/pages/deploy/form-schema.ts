/** Reads forms that were kept. Apart from the form itself, so that a page without a draft opens without the schemas. */
import { networkSchema } from '@deployer/core/request.ts'
import { z } from 'zod'
import { cloudInitFormSchema } from './cloud-init/form-schema.ts'
import { scratchFields } from './scratch/form-schema.ts'
import { cellsSchema } from './table/columns.ts'

/** Parts of an earlier request that the form has no fields for. They are sent on unchanged, shown, and removable. */
const keptSchema = z.object({
  /** NICs after the first. */
  networks: z.array(networkSchema),
  agentTimeoutSeconds: z.int().nullable(),
})

/** What the table says beside the pattern. */
const tableSchema = z.object({
  /** Cells that are set for VMs of the pattern, by their number in it, counted from 0. */
  overrides: z.record(z.string(), cellsSchema),
  /** VMs of the pattern that are left out. */
  gone: z.array(z.int()),
  /** VMs with names of their own, after those of the pattern. */
  rows: z.array(cellsSchema),
})

export const formSchema = z.object({
  template: z.int().nullable(),
  ...scratchFields,
  deploymentName: z.string(),
  quantity: z.int(),
  namePattern: z.string(),
  /** `template`, `custom`, or the id of a size preset. */
  size: z.string(),
  cores: z.string(),
  memory: z.string(),
  disk: z.string(),
  placement: z.enum(['spread', 'pack', 'node']),
  node: z.string(),
  clone: z.enum(['linked', 'full']).nullable(),
  storage: z.string(),
  pool: z.string(),
  bridge: z.string(),
  vlan: z.string(),
  addressing: z.enum(['template', 'dhcp', 'range']).nullable(),
  range: z.string(),
  gateway: z.string(),
  nameservers: z.string(),
  /** `auto`, `dhcp`, or addresses as in `range`; empty where IPv6 stays as it is. Drafts of earlier versions have none. */
  ip6: z.string().default(''),
  gateway6: z.string().default(''),
  searchDomains: z.string().default(''),
  cloudInit: cloudInitFormSchema.default({}),
  start: z.boolean(),
  ports: z.string().nullable(),
  tags: z.string(),
  description: z.string(),
  onBoot: z.enum(['template', 'yes', 'no']),
  kept: keptSchema,
  // Drafts of earlier versions have none.
  table: tableSchema.default({ overrides: {}, gone: [], rows: [] }),
})
