/** The first boot as the form has it: shaped like `cloudInit` of the request, but half typed. */
import { z } from 'zod'

const text = z.string().optional()
const texts = z.array(z.string()).optional()
const flag = z.boolean().optional()
const ask = z.literal(true).optional()
const credentials = { sshKeys: texts, password: text, passwordHash: text, askPassword: ask }

export const cloudInitFormSchema = z.object({
  delivery: z.enum(['auto', 'native', 'seed', 'snippet']).optional(),
  inherited: z.enum(['clear', 'keep']).optional(),
  users: z
    .array(
      z.object({
        name: z.string(),
        ...credentials,
        sudo: flag,
        groups: texts,
        shell: text,
        gecos: text,
      }),
    )
    .optional(),
  defaultUser: z.union([z.enum(['keep', 'none']), z.object(credentials)]).optional(),
  sshPasswordLogin: flag,
  adminPassword: text,
  askAdminPassword: ask,
  hostname: text,
  domain: text,
  timezone: text,
  locale: text,
  packages: texts,
  packageUpdate: flag,
  packageUpgrade: flag,
  agent: flag,
  openssh: flag,
  writeFiles: z
    .array(
      z.object({
        path: z.string(),
        content: z.string(),
        encoding: z.enum(['text', 'base64']).optional(),
        owner: text,
        permissions: text,
        append: flag,
      }),
    )
    .optional(),
  commands: z.array(z.union([z.string(), z.array(z.string())])).optional(),
  userData: z.object({ mode: z.enum(['replace', 'extend']), document: z.string() }).optional(),
})
