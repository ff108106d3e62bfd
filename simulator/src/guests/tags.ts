import type { Call } from '../call.ts'
import { permissionError } from '../errors.ts'
import { splitList } from '../schema/formats.ts'
import { checkVmPrivilege } from './privileges.ts'

type Datacenter = Record<string, string>

const option = (text: string | undefined, name: string) =>
  new RegExp(`(?:^|,)${name}=([^,]*)`).exec(text ?? '')?.[1]

/** Sorted, without doubles, lower case, unless the datacenter says otherwise (pve-guest-common src/PVE/GuestHelpers.pm, get_unique_tags). */
export const normaliseTags = (datacenter: Datacenter, text: string): string => {
  const style = datacenter['tag-style']
  const tags = splitList(text)
  const cased =
    option(style, 'case-sensitive') === '1' ? tags : tags.map((tag) => tag.toLowerCase())
  const unique = [...new Set(cased)]
  const ordered =
    option(style, 'ordering') === 'config' ? unique : unique.toSorted((a, b) => (a < b ? -1 : 1))
  return ordered.join(';')
}

/** GuestHelpers.pm, assert_tag_permissions: VM.Config.Options, and for registered or not allowed tags Sys.Modify on `/`. */
export const checkTagPermissions = (call: Call, before: string, after: string): void => {
  const { access, vmid, cluster } = call
  checkVmPrivilege(access, vmid, undefined, ['VM.Config.Options'])
  if (access.has('/', ['Sys.Modify'])) return
  const { datacenter } = cluster.world
  const registered = splitList(datacenter['registered-tags'] ?? '')
  const rule = option(datacenter['user-tag-access'], 'user-allow') ?? 'free'
  const listed = splitList(option(datacenter['user-tag-access'], 'user-allow-list') ?? '')
  const existing = cluster.world.guests.flatMap(({ config }) => splitList(config['tags'] ?? ''))
  const isAllowed = (tag: string) => {
    if (registered.includes(tag)) return false
    if (rule === 'free') return true
    if (rule === 'none') return false
    return listed.includes(tag) || (rule === 'existing' && existing.includes(tag))
  }
  const old = splitList(before)
  const now = splitList(after)
  const changed = [
    ...old.filter((tag) => !now.includes(tag)),
    ...now.filter((tag) => !old.includes(tag)),
  ]
  const denied = changed.find((tag) => !isAllowed(tag))
  if (denied !== undefined) throw permissionError(`/, Sys.Modify for modifying tag '${denied}'`)
}
