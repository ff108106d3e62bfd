/** Who can log in to a guest, and with which passwords in the clear. */
import { isMap, isScalar, isSeq, type Document, type Pair, type YAMLMap } from 'yaml'
import { keyOf, offsetOf } from './check-keys.ts'
import type { Report } from './document-issue.ts'

type Found = { value: unknown; offset: number }

/** `$6$salt$…`, or a locked password (`!`, `*`). */
const hashed = /^(\$[a-z0-9]+\$.{8,}|[!*])/

export function checkLogins(
  document: Document,
  root: YAMLMap,
  use: 'replace' | 'extend',
  report: Report,
): void {
  const passwords = checkChangedPasswords()
  const topLevel = checkTopLevel()
  const users = find(root, 'users')
  const list = users !== null && isSeq(users.value) ? users.value.items : null
  // cloud-init reads a single user's name or mapping as well; both are rare and not judged.
  if (users !== null && list === null && users.value !== null) return
  const changed = find(root, 'user')
  const entries = (list ?? []).map((entry, index) => checkUser(entry, `users.${index}`))
  const withDefault =
    list === null || list.some((entry) => isScalar(entry) && entry.value === 'default')
  const defaultLogsIn =
    withDefault && (topLevel || (changed !== null && checkUser(changed.value, 'user')))
  if (use === 'replace' && !defaultLogsIn && !entries.includes(true)) reportNobody(users)

  /** Passwords by `chpasswd`; answers whose. */
  function checkChangedPasswords(): Set<string> {
    const names = new Set<string>()
    const chpasswd = find(root, 'chpasswd')?.value
    if (!isMap(chpasswd)) return names
    const listed = find(chpasswd, 'users')?.value
    for (const [index, entry] of isSeq(listed) ? listed.items.entries() : []) {
      if (!isMap(entry)) continue
      names.add(textOf(find(entry, 'name')))
      const path = `chpasswd.users.${index}.password`
      const password = find(entry, 'password')
      const type = textOf(find(entry, 'type')) || 'hash'
      if (password !== null && type === 'text') reportClear(password, path)
      if (password !== null && type === 'hash') checkHash(password, path)
    }
    for (const line of linesOf(find(chpasswd, 'list'))) {
      const [, name = '', password = ''] = /^([^:]*):(.*)$/.exec(textOf(line).trim()) ?? []
      names.add(name)
      const random = password === 'R' || password === 'RANDOM'
      if (password !== '' && !random && !hashed.test(password)) reportClear(line, 'chpasswd.list')
    }
    return names
  }

  /** What belongs to the image's own user; answers whether it can log in. */
  function checkTopLevel(): boolean {
    const password = find(root, 'password')
    if (password !== null && !hashed.test(textOf(password))) reportClear(password, 'password')
    return password !== null || hasKeys(root)
  }

  /** Answers whether this user can log in. */
  function checkUser(entry: unknown, path: string): boolean {
    const user = isMap(entry) ? entry : null
    if (user === null) return false
    const passwordKeys = ['passwd', 'hashed_passwd', 'plain_text_passwd'] as const
    const own = passwordKeys.flatMap((key) => {
      const found = find(user, key) ?? find(user, key.replaceAll('_', '-'))
      if (found === null) return []
      if (key === 'plain_text_passwd') reportClear(found, `${path}.${key}`)
      else checkHash(found, `${path}.${key}`)
      return [found]
    })
    const name = textOf(find(user, 'name'))
    const unlocked = checkLock(user, own, path)
    const redirected = find(user, 'ssh_redirect_user') !== null || find(user, 'snapuser') !== null
    const wayIn = unlocked || passwords.has(name) || hasKeys(user) || redirected
    // Root is there anyway, with what the image gives it.
    const system = valueOf(find(user, 'system')) === true || name === 'root'
    if (!wayIn && !system && own.length === 0) reportWithoutLogin(user, name, path)
    return wayIn
  }

  /** cloud-init locks the password of a user unless told otherwise, also one that it has just set. */
  function checkLock(user: YAMLMap, own: Found[], path: string): boolean {
    const [first] = own
    if (first === undefined || textOf(first).startsWith('!')) return false
    const lock = find(user, 'lock_passwd') ?? find(user, 'lock-passwd')
    if (valueOf(lock) === false) return true
    const message =
      'The password is locked, which is the default. Add lock_passwd: false, so that it can be used.'
    report(
      { severity: 'warning', code: 'password-locked', message, path: `${path}.lock_passwd` },
      lock?.offset ?? first.offset,
    )
    return false
  }

  function checkHash(found: Found, path: string): void {
    if (hashed.test(textOf(found))) return
    const key = path.split('.').at(-1) ?? path
    const message = `${key} takes a hash ($6$…), and this is none: nobody could log in with it, and the password would stand in the clear. Hash it with mkpasswd --method=SHA-512, or set the password in the form.`
    report({ severity: 'error', code: 'password-not-hashed', message, path }, found.offset)
  }

  function reportClear(found: Found, path: string): void {
    const message =
      'This password stands in the clear: in the document, on the drive of the VM, and in the guest. Use a hash ($6$…), or set the password in the form.'
    report({ severity: 'warning', code: 'password-clear', message, path }, found.offset)
  }

  function reportWithoutLogin(user: YAMLMap, name: string, path: string): void {
    const message = `${name === '' ? 'This user' : name} has no SSH key and no password, so it cannot log in.`
    report({ severity: 'warning', code: 'user-without-login', message, path }, offsetOf(user) ?? 0)
  }

  function reportNobody(at: Found | null): void {
    const message =
      'Nobody can log in: no user has an SSH key or a password. That is fine only if the image brings one.'
    report(
      { severity: 'warning', code: 'nobody-can-log-in', message, path: 'users' },
      at?.offset ?? 0,
    )
  }

  function find(map: YAMLMap, key: string): Found | null {
    const pair: Pair | undefined = map.items.find((each) => keyOf(each) === key)
    if (pair === undefined) return null
    const node = map.get(key, true)
    const value: unknown = isScalar(node) || isMap(node) || isSeq(node) ? node : resolved(node)
    return { value, offset: offsetOf(pair.key) ?? 0 }
  }

  /** An alias's own value. */
  function resolved(node: unknown): unknown {
    return isAliasNode(node) ? node.resolve(document) : (node ?? null)
  }

  function hasKeys(map: YAMLMap): boolean {
    return ['ssh_authorized_keys', 'ssh-authorized-keys', 'ssh_import_id', 'ssh-import-id'].some(
      (key) => {
        const value = find(map, key)?.value
        return isSeq(value) && value.items.length > 0
      },
    )
  }
}

function isAliasNode(node: unknown): node is { resolve: (document: Document) => unknown } {
  return typeof node === 'object' && node !== null && 'resolve' in node
}

function valueOf(found: Found | null): unknown {
  return isScalar(found?.value) ? found.value.value : null
}

function textOf(found: Found | null): string {
  const value = typeof found?.value === 'string' ? found.value : valueOf(found)
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** `chpasswd.list` is a list, or a text of several lines. */
function linesOf(found: Found | null): Found[] {
  if (found === null) return []
  if (isSeq(found.value)) {
    return found.value.items.map((item) => ({
      value: item,
      offset: offsetOf(item) ?? found.offset,
    }))
  }
  return textOf(found)
    .split('\n')
    .map((line) => ({ value: line, offset: found.offset }))
}
