/** Whether the first-boot settings of a request make sense: documents, users, files, names. */
import { checkUserData, checkWaysIn } from './cloud-init/check-user-data.ts'
import { withMaskedPasswords } from './cloud-init/passwords.ts'
import { type CloudInitRequest, hostNamesOf } from './cloud-init/request.ts'
import { generateUserData } from './cloud-init/user-data.ts'
import { ADMIN_PASSWORD_WARNING } from './cloud-init/windows.ts'
import { type VmContext, listed } from './context.ts'
import type { Draft } from './drafts.ts'
import { isWindows } from './names.ts'

type Setting = keyof CloudInitRequest

type Finding = {
  severity: 'error' | 'warning'
  code: string
  message: string
  setting: Setting
  /** Below the setting: `.0.name`. */
  below?: string
}

/** Adds what is wrong to the blockers and warnings, each thing once however many VMs share the settings. */
export function checkFirstBoot(context: VmContext, drafts: Draft[]): void {
  const windows = isWindows(context.base.osType)
  const found = new Map<string, Finding[]>()
  for (const { spec } of drafts) {
    const { cloudInit } = spec
    if (cloudInit === null) continue
    const key = JSON.stringify(cloudInit)
    // The same settings are the same for every name.
    const findings = found.get(key) ?? findingsOf(cloudInit, spec.name, windows)
    found.set(key, findings)
    for (const { severity, code, message, setting, below = '' } of findings) {
      const field = `${settingField(context, spec.row, setting)}${below}`
      const log = severity === 'error' ? context.blockers : context.warnings
      log.add({ code, message, vm: spec.name, field })
    }
  }
  checkHostNames(context, drafts)
}

function settingField({ request }: VmContext, row: number, setting: Setting): string {
  const own = request.vms[row]?.cloudInit
  const defaults = request.defaults?.cloudInit
  // A setting that is missing in both goes where the row has others.
  const inDefaults =
    own?.[setting] === undefined && (defaults?.[setting] !== undefined || own === undefined)
  return inDefaults ? `defaults.cloudInit.${setting}` : `vms.${row}.cloudInit.${setting}`
}

function findingsOf(cloudInit: CloudInitRequest, vmName: string, windows: boolean): Finding[] {
  if (windows) return windowsFindings(cloudInit)
  return [
    ...documentFindings(cloudInit),
    ...userFindings(cloudInit, vmName),
    ...fileFindings(cloudInit),
    ...hashFindings(cloudInit),
    ...(cloudInit.adminPassword === undefined ? [] : [adminPasswordWithoutWindows]),
  ]
}

const adminPasswordWithoutWindows: Finding = {
  severity: 'error',
  code: 'admin-password-without-windows',
  message: 'The administrator password is for Windows guests. Give a user a password instead.',
  setting: 'adminPassword',
}

function windowsFindings({ adminPassword }: CloudInitRequest): Finding[] {
  if (adminPassword === undefined) return []
  const message = ADMIN_PASSWORD_WARNING
  return [{ severity: 'warning', code: 'password-in-the-clear', message, setting: 'adminPassword' }]
}

function documentFindings(cloudInit: CloudInitRequest): Finding[] {
  const { userData } = cloudInit
  if (userData === undefined) return []
  const issues = checkUserData(userData.document, userData.mode)
  const findings = issues.map(({ severity, code, message, line, column }): Finding => ({
    severity,
    code: `document-${code.replace(/^document-/, '')}`,
    message: `Line ${line}, column ${column}: ${message}`,
    setting: 'userData',
    below: '.document',
  }))
  const unused = documentReplaces(cloudInit)
  return unused === null ? findings : [...findings, unused]
}

/** What the form sets and a document in its place does not carry. */
const replaced: Setting[] = [
  'users',
  'packages',
  'writeFiles',
  'commands',
  'timezone',
  'locale',
  'hostname',
  'domain',
]

function documentReplaces(cloudInit: CloudInitRequest): Finding | null {
  const lost = replaced.filter((setting) => cloudInit[setting] !== undefined)
  if (cloudInit.userData?.mode !== 'replace' || lost.length === 0) return null
  return {
    severity: 'warning',
    code: 'document-replaces',
    message: `The document takes the place of everything else: ${listed(lost)} of this request are not used. Choose extend to have both.`,
    setting: 'userData',
    below: '.mode',
  }
}

function userFindings(cloudInit: CloudInitRequest, vmName: string): Finding[] {
  const users = cloudInit.users ?? []
  const twice = users.flatMap(({ name }, index): Finding[] => {
    if (users.findIndex((other) => other.name === name) === index) return []
    const message = `The user ${name} is listed twice.`
    return [
      { severity: 'error', code: 'user-twice', message, setting: 'users', below: `.${index}.name` },
    ]
  })
  // The template may bring users, and a document is judged by itself.
  if (cloudInit.inherited === 'keep' || cloudInit.userData?.mode === 'replace') return twice
  const { text } = generateUserData(withMaskedPasswords(cloudInit), vmName)
  const withoutLogin = checkWaysIn(text).flatMap(({ severity, code, message }): Finding[] =>
    code === 'user-without-login' || code === 'nobody-can-log-in'
      ? [{ severity, code, message, setting: 'users' }]
      : [],
  )
  return [...twice, ...withoutLogin]
}

/** For the image's own user cloud-init takes any other hash for the password itself (cc_set_passwords). */
function hashFindings({ defaultUser }: CloudInitRequest): Finding[] {
  const hash = typeof defaultUser === 'object' ? defaultUser.passwordHash : undefined
  if (hash === undefined || /^(\*|\$(1|2a|2y|5|6)\$)/.test(hash)) return []
  return [
    {
      severity: 'error',
      code: 'hash-unknown',
      message:
        "For the image's own user cloud-init knows hashes that begin with $1$, $2a$, $2y$, $5$ or $6$. Hash it with mkpasswd --method=SHA-512, or send password.",
      setting: 'defaultUser',
      below: '.passwordHash',
    },
  ]
}

function fileFindings({ writeFiles = [] }: CloudInitRequest): Finding[] {
  return writeFiles.flatMap(({ path, append }, index): Finding[] => {
    const before = writeFiles.findIndex((other) => other.path === path)
    if (before === index || append === true) return []
    const message = `${path} is written twice; the second takes the place of the first. Set append to have both.`
    const below = `.${index}.path`
    return [{ severity: 'warning', code: 'file-twice', message, setting: 'writeFiles', below }]
  })
}

/** Without a host name of its own every guest is called like its VM. */
function checkHostNames(context: VmContext, drafts: Draft[]): void {
  const owners = new Map<string, string>()
  for (const { spec } of drafts) {
    if (spec.cloudInit?.hostname === undefined) continue
    const { hostname, fqdn } = hostNamesOf(spec.cloudInit, spec.name)
    const name = fqdn ?? hostname
    const owner = owners.get(name)
    if (owner === undefined) {
      owners.set(name, spec.name)
      continue
    }
    context.warnings.add({
      code: 'host-name-twice',
      message: `Several guests would be called ${name}. Leave the host name out, and each is called like its VM.`,
      vm: spec.name,
      field: settingField(context, spec.row, 'hostname'),
    })
  }
}
