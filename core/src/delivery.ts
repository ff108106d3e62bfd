/** How a VM gets its first-boot configuration: by Proxmox's own keys, an image of ours, or files on the nodes. */
import { nativeGaps } from './cloud-init/native-keys.ts'
import type { CloudInitRequest } from './cloud-init/request.ts'
import { type VmContext, fieldOf, listed, storageOn } from './context.ts'
import type { Draft } from './drafts.ts'
import type { SnippetAccess, Storage } from './inventory.ts'
import { isWindows } from './names.ts'
import type { Place } from './placement.ts'

/** `reason`: why this way, for people. */
export type Delivery =
  | { kind: 'native'; reason: string }
  /** `deletes`: the caller may remove the image afterwards. */
  | { kind: 'seed'; reason: string; storage: string; deletes: boolean }
  | { kind: 'snippet'; reason: string; access: SnippetAccess }

export type Delivered = { cloudInit: CloudInitRequest; delivery: Delivery }

/** Null where the request says nothing about the first boot, or nothing can carry it; then there is a blocker. */
export function deliveryOf(context: VmContext, draft: Draft, place: Place): Delivered | null {
  const { cloudInit } = draft.spec
  if (cloudInit === null) return null
  const { base } = context
  const windows = isWindows(base.osType)
  const gaps = nativeGaps(cloudInit, {
    agent: base.agent,
    windows,
    version: context.inventory.version,
    vmName: draft.spec.name,
    searchDomains: [...new Set(draft.nics.flatMap(({ network }) => network?.searchDomains ?? []))],
  })
  const refuse = (code: string, message: string) => {
    const field = `${fieldOf(context, draft.spec, 'cloudInit')}.delivery`
    context.blockers.add({ code, message, field })
    return null
  }
  const made = (delivery: Delivery): Delivered => ({ cloudInit, delivery })
  switch (cloudInit.delivery ?? 'auto') {
    case 'native':
      if (gaps.length === 0) return made({ kind: 'native', reason: 'Asked for.' })
      return refuse(
        'delivery-cannot',
        `Proxmox's own keys cannot ${listed(gaps, 'or')}. Leave the delivery to the planner, or leave that out.`,
      )
    case 'seed': {
      if (windows) return refuse('delivery-windows', WINDOWS_ONLY_NATIVE)
      const seed = seedOn(context, place)
      return seed === null ? refuse('no-iso-storage', noIsoStorage(place)) : made(seed)
    }
    case 'snippet': {
      if (windows) return refuse('delivery-windows', WINDOWS_ONLY_NATIVE)
      const snippet = snippetOn(context, place)
      return 'problem' in snippet
        ? refuse('snippets-not-possible', snippet.problem)
        : made({ ...snippet, reason: 'Asked for.' })
    }
    case 'auto':
      break
  }
  if (gaps.length === 0)
    return made({ kind: 'native', reason: "Proxmox's own keys can say all of it." })
  const reason = `Proxmox's own keys cannot ${listed(gaps, 'or')}.`
  if (windows) return refuse('delivery-cannot', `${reason} Nothing else reaches a Windows guest.`)
  const seed = seedOn(context, place)
  if (seed !== null && mayUpload(context, seed.storage)) return made({ ...seed, reason })
  const snippet = snippetOn(context, place)
  const why = seed === null ? noIsoStorage(place) : `You may not upload images to ${seed.storage}.`
  if (!('problem' in snippet)) return made({ ...snippet, reason: `${reason} ${why}` })
  // With a seed the missing privilege is told with those of the other steps.
  if (seed !== null) return made({ ...seed, reason })
  return refuse('delivery-impossible', `${reason} ${why} ${snippet.problem}`)
}

const WINDOWS_ONLY_NATIVE =
  "Windows guests are configured by Proxmox's own keys alone. Leave the delivery to the planner."

const noIsoStorage = ({ node }: Place) =>
  `No storage on ${node} takes ISO images, which would carry it: enable that content on one (pvesm set STORAGE --content iso,…).`

export type Seed = Extract<Delivery, { kind: 'seed' }>

function mayUpload({ inventory }: VmContext, storage: string): boolean {
  return inventory.holds(`/storage/${storage}`, 'Datastore.AllocateTemplate')
}

/** Where it can be removed again first, then where no VM is tied to a node by it. */
export function seedOn(context: VmContext, place: Place): Seed | null {
  const { inventory } = context
  const deletes = ({ name }: Storage) => inventory.holds(`/storage/${name}`, 'Datastore.Allocate')
  const rank = (storage: Storage) =>
    (mayUpload(context, storage.name) ? 0 : 4) +
    (deletes(storage) ? 0 : 2) +
    (storage.shared ? 0 : 1)
  const [best] = inventory.storages
    .filter(({ node, active, content }) => node === place.node && active && content.includes('iso'))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
  if (best === undefined) return null
  return { kind: 'seed', reason: 'Asked for.', storage: best.name, deletes: deletes(best) }
}

function snippetOn(
  context: VmContext,
  place: Place,
): Omit<Extract<Delivery, { kind: 'snippet' }>, 'reason'> | { problem: string } {
  const { snippets } = context.inventory
  if (snippets === null) return { problem: NO_SNIPPETS }
  const problem = snippetProblem(context, snippets, place)
  return problem === null ? { kind: 'snippet', access: snippets } : { problem }
}

const NO_SNIPPETS =
  'Snippets are not set up: give this server a way to the nodes by SSH (PROXMOX_SSH_USER and what belongs to it, see docs/cloud-init.md).'

/** Why no snippet can be put where the node of the VM reads it; null where it can. */
function snippetProblem(
  context: VmContext,
  snippets: SnippetAccess,
  { node }: Place,
): string | null {
  const { storage: name } = snippets
  const storage = storageOn(context.inventory, name, node)
  if (storage === undefined) return `There is no storage ${name} on ${node} for snippets.`
  if (!storage.content.includes('snippets')) {
    const content = [...storage.content, 'snippets'].toSorted().join(',')
    return `Storage ${name} takes no snippets. Run "pvesm set ${name} --content ${content}" as root on a node.`
  }
  const place = snippets.places.find((each) => storage.shared || each.node === node)
  return place === undefined
    ? `Nothing is known of ${node}, so no snippet can be put there.`
    : place.problem
}
