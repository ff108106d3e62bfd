/** Tags of VMs, as Proxmox takes them. */
import { z } from 'zod'

/** pve-common src/PVE/JSONSchema.pm, `pve-tag`; lower case unless the data centre says otherwise. */
export const vmTagSchema = z
  .string()
  .regex(
    /^[a-z0-9_][a-z0-9_\-+.]*$/i,
    'Tags use letters, digits and _ - + . and start with a letter, digit or _',
  )
  .max(60)

export type TagChange = { add: readonly string[]; remove: readonly string[] }

/** The tags of a VM after a change, in their order, new ones last. */
export const changedTags = (tags: readonly string[], { add, remove }: TagChange): string[] => [
  ...new Set([...tags.filter((tag) => !remove.includes(tag)), ...add]),
]

/** What somebody typed, apart: blanks, commas and semicolons stand between tags. */
export const splitTags = (text: string): string[] => [
  ...new Set(text.split(/[\s,;]+/).filter((tag) => tag !== '')),
]
