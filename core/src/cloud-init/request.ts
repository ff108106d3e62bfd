/** What a request says about the first boot of its guests: `defaults.cloudInit` and `vms[].cloudInit`. */
import { z } from 'zod'
import { sshKeyProblem } from './ssh-keys.ts'

const userName = z
  .string()
  .regex(
    /^[a-z_][a-z0-9_.-]{0,31}$/,
    'User names use lower-case letters, digits and _ - . and start with a letter or _; at most 32 characters',
  )
  .refine(
    (name) => name !== 'default',
    'cloud-init reads default as the user of the image. Set it by defaultUser',
  )

const groupName = z
  .string()
  .regex(/^[a-zA-Z_][a-zA-Z0-9_.-]{0,31}$/, 'Group names use letters, digits and _ - .')

const sshKey = z
  .string()
  .max(16_384)
  .superRefine((text, context) => {
    const message = sshKeyProblem(text)
    if (message !== null) context.addIssue({ code: 'custom', message })
  })

// A line break would end the line of chpasswd and start another user's.
// oxlint-disable-next-line no-control-regex
const printable = /^[^\u0000-\u001f\u007f]*$/

/** Plain. It is hashed before anything is stored: see `withHashedPasswords`. */
const password = z
  .string()
  .min(1)
  .max(128)
  .regex(printable, 'Passwords have no line breaks, tabs or other control characters')

/** As in /etc/shadow; see crypt(5). */
export const PASSWORD_HASH = /^\$(?:1|2[abxy]|5|6|y|gy|7)\$[./A-Za-z0-9=,$]{10,250}$/

const passwordHash = z
  .string()
  .regex(
    PASSWORD_HASH,
    'This is no password hash, such as $6$salt$… Send password instead, and it is hashed for you',
  )

const absolutePath = z
  .string()
  .max(1024)
  .regex(/^\/(?:[^\0]*[^\0/])$/, 'A file has an absolute path, such as /etc/motd')

const credentials = {
  sshKeys: z
    .array(sshKey)
    .max(50)
    .optional()
    .describe('Public keys, a line each as in `authorized_keys`.'),
  password: password.optional().describe('In plain words; it is hashed before it is stored.'),
  passwordHash: passwordHash
    .optional()
    .describe(
      'Instead of `password`, for those who hash it themselves; a stored request has this one only.',
    ),
}

export const cloudInitUserSchema = z.strictObject({
  name: userName,
  ...credentials,
  sudo: z
    .boolean()
    .optional()
    .describe('All rights by sudo, without a password. Left out = false.'),
  groups: z
    .array(groupName)
    .max(50)
    .optional()
    .describe("Groups besides the user's own; those that do not exist are made."),
  shell: absolutePath
    .optional()
    .describe('Left out = /bin/bash where the user is new; Alpine has only /bin/sh.'),
  gecos: z
    .string()
    .max(200)
    .regex(/^[^:\r\n\0]*$/, 'The full name has no colon and no line break')
    .optional()
    .describe('The full name.'),
})

const writeFileSchema = z.strictObject({
  path: absolutePath.describe('Absolute.'),
  content: z.string().max(131_072),
  encoding: z
    .enum(['text', 'base64'])
    .optional()
    .describe('`base64`: the content is decoded first, for what is no text. Left out = text.'),
  owner: z
    .string()
    .regex(/^[a-zA-Z0-9_.-]{1,32}(?::[a-zA-Z0-9_.-]{1,32})?$/, 'An owner is user or user:group')
    .optional()
    .describe('`user` or `user:group`. Left out = root.'),
  permissions: z
    .string()
    .regex(/^[0-7]{3,4}$/, 'Permissions are three or four octal digits, such as 0644')
    .optional()
    .describe('Octal, as chmod takes it. Left out = 0644.'),
  append: z
    .boolean()
    .optional()
    .describe('To the end of a file that exists, instead of replacing it.'),
})

const packageName = z
  .string()
  .max(200)
  .regex(/^[a-zA-Z0-9@][^\s\0]*$/, 'A package is one word, such as nginx or nginx=1.22.1-9')

const hostLabels =
  /^[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$/

export const domainName = z
  .string()
  .max(253)
  .regex(hostLabels, 'Names have letters, digits and hyphens, with dots between parts')

export const cloudInitSchema = z.strictObject({
  delivery: z
    .enum(['auto', 'native', 'seed', 'snippet'])
    .optional()
    .describe(
      "How the guest gets it: Proxmox's own keys (`native`), an image of our own (`seed`), a file on the node " +
        '(`snippet`). Left out = `auto`: the first of them that can express the request.',
    ),
  inherited: z
    .enum(['clear', 'keep'])
    .optional()
    .describe(
      'Cloud-init settings of the template that the request does not set. Left out = they are cleared.',
    ),

  users: z.array(cloudInitUserSchema).max(20).optional().describe('Users that are made.'),
  defaultUser: z
    .union([z.enum(['keep', 'none']), z.strictObject(credentials)])
    .optional()
    .describe(
      'The user that the image brings (debian, ubuntu, cloud-user …): kept, kept with keys and a password, or ' +
        'not made. Left out = `keep` without `users`, else `none`.',
    ),
  sshPasswordLogin: z
    .boolean()
    .optional()
    .describe('Whether SSH takes passwords. Left out = only where a password is set here.'),
  adminPassword: password
    .optional()
    .describe(
      'Of a Windows guest. Plain, because Cloudbase-Init takes no hash; the deployer keeps it encrypted.',
    ),

  hostname: domainName
    .optional()
    .describe("With dots it is the full name. Left out = the VM's name."),
  domain: domainName.optional().describe('Makes the full name out of the host name.'),
  timezone: z
    .string()
    .max(64)
    .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'A time zone is a name such as Europe/Berlin')
    .optional(),
  locale: z
    .string()
    .max(64)
    .regex(/^[A-Za-z][A-Za-z0-9_.@-]*$/, 'A locale is a name such as de_DE.UTF-8')
    .optional(),

  packages: z.array(packageName).max(200).optional().describe('Packages that are installed.'),
  packageUpdate: z
    .boolean()
    .optional()
    .describe('Refreshes the package lists. Left out = where packages are installed.'),
  packageUpgrade: z
    .boolean()
    .optional()
    .describe('Upgrades all packages at the first boot, which takes minutes. Left out = false.'),
  agent: z
    .boolean()
    .optional()
    .describe('Installs and starts the QEMU guest agent. Left out = true.'),
  openssh: z
    .boolean()
    .optional()
    .describe(
      'Installs and starts the SSH server. Left out = true; false is for images that bring it and guests ' +
        'without internet.',
    ),

  writeFiles: z.array(writeFileSchema).max(100).optional().describe('Files that are written.'),
  commands: z
    .array(
      z.union([z.string().min(1).max(16_384), z.array(z.string().max(16_384)).min(1).max(100)]),
    )
    .max(200)
    .optional()
    .describe(
      'Run once, in order, after everything else. A text is a line of sh, a list is a program with its ' +
        'arguments.',
    ),

  userData: z
    .strictObject({
      mode: z
        .enum(['replace', 'extend'])
        .describe('In place of the generated document, or merged into it.'),
      document: z.string().max(262_144).describe('With its first line: `#cloud-config`.'),
    })
    .optional()
    .describe(
      "A user-data document of one's own, which replaces what is generated or is merged into it and wins.",
    ),
})

export type CloudInitRequest = z.infer<typeof cloudInitSchema>
export type CloudInitUser = z.infer<typeof cloudInitUserSchema>
export type Credentials = Pick<CloudInitUser, 'sshKeys' | 'password' | 'passwordHash'>
export type WriteFile = z.infer<typeof writeFileSchema>

/**
 * What one row asks for: its own settings, and the defaults' where it has none. Lists of the row replace those of the
 * defaults. Null where neither says anything.
 */
export function cloudInitOf(
  defaults: CloudInitRequest | undefined,
  row: CloudInitRequest | undefined,
): CloudInitRequest | null {
  if (defaults === undefined && row === undefined) return null
  const set = Object.entries(row ?? {}).filter(([, value]) => value !== undefined)
  return { ...defaults, ...Object.fromEntries(set) }
}

/** The image's own user with what it gets; null where it is not made. */
export function defaultUserOf({ defaultUser, users = [] }: CloudInitRequest): Credentials | null {
  if (defaultUser === undefined) return users.length === 0 ? {} : null
  if (defaultUser === 'none') return null
  return defaultUser === 'keep' ? {} : defaultUser
}

/** Everybody with credentials in it, the image's own user first. */
export function credentialsOf(cloudInit: CloudInitRequest): Credentials[] {
  const own = defaultUserOf(cloudInit)
  return [...(own === null ? [] : [own]), ...(cloudInit.users ?? [])]
}

export function hasPassword({ password: plain, passwordHash: hash }: Credentials): boolean {
  return plain !== undefined || hash !== undefined
}

export function sshPasswordLoginOf(cloudInit: CloudInitRequest): boolean {
  return cloudInit.sshPasswordLogin ?? credentialsOf(cloudInit).some(hasPassword)
}

export type HostNames = { hostname: string; fqdn: string | null }

/** The names of a guest: the VM's, unless the request has others. A full name is one with a domain. */
export function hostNamesOf(cloudInit: CloudInitRequest, vmName: string): HostNames {
  const full = cloudInit.hostname ?? vmName
  const hostname = full.split('.')[0] ?? full
  if (cloudInit.domain !== undefined) return { hostname, fqdn: `${hostname}.${cloudInit.domain}` }
  return { hostname, fqdn: full.includes('.') ? full : null }
}
