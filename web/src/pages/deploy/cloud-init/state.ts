/**
 * What the form says about the first boot: shaped like `cloudInit` of the request, but half typed. Passwords are in memory
 * only; where one is to be given again, `askPassword` stands for it, as in a blueprint.
 */
import type { z } from 'zod'
import type { cloudInitFormSchema } from './form-schema.ts'

export type CloudInitForm = z.infer<typeof cloudInitFormSchema>
export type UserForm = NonNullable<CloudInitForm['users']>[number]
export type FileForm = NonNullable<CloudInitForm['writeFiles']>[number]
export type CredentialsForm = Pick<
  UserForm,
  'sshKeys' | 'password' | 'passwordHash' | 'askPassword'
>

/** Stands in the browser's storage where a document had a secret. */
export const HIDDEN = '********'

/** The same with one setting changed; nothing, an empty text or list is no setting. */
export function withSetting<Of extends object, Key extends keyof Of>(
  of: Of,
  key: Key,
  value: Of[Key] | undefined,
): Of {
  const changed = { ...of, [key]: value }
  const empty = value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
  if (empty) delete changed[key]
  return changed
}

/** With `askPassword` in place of each password, plain or hashed: for the browser's storage, and for earlier requests. */
export function withoutSecrets(cloudInit: CloudInitForm): CloudInitForm {
  const { adminPassword, users, defaultUser, userData, ...rest } = cloudInit
  return {
    ...rest,
    ...(users && { users: users.map(asking) }),
    ...(defaultUser !== undefined && {
      defaultUser: typeof defaultUser === 'string' ? defaultUser : asking(defaultUser),
    }),
    ...(adminPassword !== undefined && { askAdminPassword: true as const }),
    ...(userData && { userData: { ...userData, document: hideSecrets(userData.document) } }),
  }
}

function asking<Of extends CredentialsForm>({ password, passwordHash, ...rest }: Of) {
  const had = password !== undefined || passwordHash !== undefined
  return { ...rest, ...(had && { askPassword: true as const }) }
}

const hash = /\$(?:1|2[abxy]|5|6|y|gy|7)\$[./A-Za-z0-9=,$]{10,}/g
const key = String.raw`["']?(?:plain[_-]text[_-]passwd|hashed[_-]passwd|passwd|password)["']?\s*:[ \t]+`
const ownLine = new RegExp(String.raw`^([ \t]*(?:-[ \t]+)?${key})(?=\S).+$`, 'gim')
const inFlow = new RegExp(String.raw`([{,]\s*${key})("[^"\n]*"|'[^'\n]*'|[^\s,}\n][^,}\n]*)`, 'gi')
/** `ops:secret`, a line of chpasswd. */
const pair = /^([ \t]*(?:-[ \t]+)?["']?[a-z_][\w.-]*:)(?!R\b|RANDOM\b)\S.*$/gim

/** A document without the passwords that stand in it, as far as they can be told by their keys. */
export function hideSecrets(document: string): string {
  const hidden = document
    .replace(ownLine, `$1"${HIDDEN}"`)
    .replace(inFlow, `$1"${HIDDEN}"`)
    .replace(hash, HIDDEN)
  return hidden.includes('chpasswd') ? hidden.replace(pair, `$1${HIDDEN}`) : hidden
}

/** An earlier request's or a blueprint's, whose passwords are to be given again. */
export function fromCloudInit(cloudInit: CloudInitForm | undefined): CloudInitForm {
  if (cloudInit === undefined) return {}
  const own = withoutSecrets(cloudInit)
  // Even an empty one brings the agent, and the form needs something to tell it from none.
  return Object.values(own).every((value) => value === undefined) ? { agent: true } : own
}

/** What a folded section says: `ops with 2 SSH keys and sudo`, `nginx`, `1 command`. */
export function cloudInitSummary(
  form: CloudInitForm,
  windows: boolean,
  source: 'template' | 'image' = 'template',
): string[] {
  if (form.userData?.mode === 'replace') return ['a document of your own']
  const { users = [], packages = [], commands = [], writeFiles = [] } = form
  const [first, ...others] = users
  const parts = [
    ...(first === undefined ? [] : [userWords(first)]),
    ...(others.length === 0 ? [] : [counted(others.length, 'more user')]),
    ...(typeof form.defaultUser === 'object' ? [`image’s own user${wayIn(form.defaultUser)}`] : []),
    ...(form.adminPassword === undefined ? [] : ['Administrator with a password']),
    ...(packages.length > 3 ? [counted(packages.length, 'package')] : packages),
    ...(commands.length === 0 ? [] : [counted(commands.length, 'command')]),
    ...(writeFiles.length === 0 ? [] : [counted(writeFiles.length, 'file')]),
    ...(form.userData === undefined ? [] : ['a document of your own']),
  ]
  if (parts.length > 0) return parts
  if (Object.keys(form).length > 0) return ['SSH server and guest agent']
  return [windows ? 'As the template' : `Users and software as the ${source} has them`]
}

function userWords(user: UserForm): string {
  return `${user.name || 'a user'}${wayIn(user)}${user.sudo === true ? ' and sudo' : ''}`
}

function wayIn({ sshKeys = [], password, passwordHash, askPassword }: CredentialsForm): string {
  const ways = [
    ...(sshKeys.length === 0 ? [] : [counted(sshKeys.length, 'SSH key')]),
    ...(password === undefined && passwordHash === undefined && askPassword === undefined
      ? []
      : ['a password']),
  ]
  return ways.length === 0 ? '' : ` with ${ways.join(', ')}`
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
