/**
 * On which node each VM goes, and why, in one sentence. VMs of the same plan that already have a node count as there,
 * and so do those that other deployments are still making.
 */
import { nodeField, type VmContext, vmCount } from './context.ts'
import type { PlannedDisk } from './disks.ts'
import type { Draft } from './drafts.ts'
import type { Host, Refusal } from './hosts.ts'
import type { Allocation, Node, Template } from './inventory.ts'
import { createLoads, type Loads } from './loads.ts'

export type Place = {
  node: string
  reason: string
  /** The template, or its copy on the node; null for a VM that is made from scratch. */
  source: Template | null
  disks: PlannedDisk[]
  allocations: Allocation[]
}

/** Above this share of a node's memory or storage it counts as tight. */
export const TIGHT_SHARE = 0.85

type Candidate = {
  host: Host
  /** VMs of this plan that are there. */
  vms: number
  /** 0: room to spare, or not known; 1: tight; 2: more memory than the node has; 3: more disk than its storage has. */
  squeeze: number
  /** What is scarcest there after the VM, and how much of it stays free, in twentieths, so that small changes do not move VMs; null where not known. */
  scarce: { what: string; free: number } | null
}

/** What nodes are asked for: it differs with what the VMs are made from. */
export type Ground<Kind extends Draft> = {
  hostOf: (draft: Kind, node: string) => Host | Refusal
  /** The same for all drafts that ask the same of a node. */
  keyOf: (draft: Kind, node: string) => string
  /** For a plan that is blocked anyway; `node` is null where none was chosen. */
  standIn: (draft: Kind, node: string | null) => Omit<Place, 'reason'>
  /** `, with its own copy of the template (9003)`; mostly empty. */
  source: (host: Host) => string
  /** Why it is this node alone, where there is a shorter way to say it than why not the others. */
  onlyReason: (node: string, refused: Refusal[]) => string | null
}

/** A place for each draft, in their order. Where no node can take it, a blocker, and a stand-in. */
export function placeAll<Kind extends Draft>(
  context: VmContext,
  drafts: Kind[],
  ground: Ground<Kind>,
): Place[] {
  const loads = createLoads(context.inventory)
  const hosts = createHosts(ground)
  return drafts.map((draft) => {
    const place = placeOne(context, draft, loads, { ...ground, hostOf: hosts })
    loads.add({ ...place, memoryMiB: draft.memoryMiB })
    return place
  })
}

/** Hundreds of VMs mostly ask the same of a node; that is judged once. */
function createHosts<Kind extends Draft>({ keyOf, hostOf }: Ground<Kind>): Ground<Kind>['hostOf'] {
  const known = new Map<string, Host | Refusal>()
  return (draft, node) => {
    const key = keyOf(draft, node)
    const before = known.get(key)
    if (before !== undefined) return before
    const host = hostOf(draft, node)
    known.set(key, host)
    return host
  }
}

function placeOne<Kind extends Draft>(
  context: VmContext,
  draft: Kind,
  loads: Loads,
  ground: Ground<Kind>,
): Place {
  const { hostOf, standIn } = ground
  const { placement } = context.request
  const fixed =
    draft.spec.node ?? (placement !== undefined && 'node' in placement ? placement.node : null)
  if (fixed !== null) {
    const host = hostOf(draft, fixed)
    const reason = `You chose ${fixed}`
    if (!('clause' in host)) return placeAt(host, `${reason}${ground.source(host)}.`)
    block(context, draft, [host], [`${host.clause}.`, host.remedy].join(' ').trim())
    return { ...standIn(draft, fixed), reason: `${reason}.` }
  }
  const judged = context.inventory.nodes.map((node) => hostOf(draft, node.name))
  const open = judged.flatMap((host) => ('clause' in host ? [] : [host]))
  const refused = judged.flatMap((host) => ('clause' in host ? [host] : []))
  const [only] = open
  if (only === undefined) {
    const clauses = refused.map((refusal) => refusal.clause)
    block(context, draft, refused, `No node can take this VM: ${shortened(clauses)}.`)
    return { ...standIn(draft, null), reason: 'No node can take this VM.' }
  }
  if (open.length === 1) return placeAt(only, onlyReason(only.node, refused, ground))
  const pack = placement !== undefined && 'strategy' in placement && placement.strategy === 'pack'
  const candidates = open.map((host) => candidateOf(host, draft, loads))
  const first = candidates.reduce((a, b) => ((pack ? byPack(b, a) : bySpread(b, a)) < 0 ? b : a))
  const shown = candidates.find(
    ({ host }) => host.node.name === context.shown.get(draft.spec.name)?.node,
  )
  // Who read a plan gets that one, also where memory moved a little since; not one that no longer fits.
  const best = shown !== undefined && shown.squeeze <= Math.max(first.squeeze, 1) ? shown : first
  const strategy = pack ? 'Packed' : 'Spread'
  return placeAt(best.host, reasonOf(ground.source(best.host), strategy, best, loads))
}

function placeAt({ node, ...host }: Host, reason: string): Place {
  return { ...host, node: node.name, reason }
}

/** The refusal of the template's own node is the one to cure: the others often only say that the template is not theirs. */
function block(context: VmContext, draft: Draft, refused: Refusal[], message: string): void {
  const home = refused.find((refusal) => !refusal.code.startsWith('template-')) ?? refused[0]
  context.blockers.add({
    code: home?.code ?? 'no-node',
    message,
    field: home?.field(draft) ?? nodeField(context, draft.spec),
    vm: draft.spec.name,
  })
}

function candidateOf(host: Host, draft: Draft, loads: Loads): Candidate {
  const gauges = [
    loads.memory(host.node, draft.memoryMiB),
    // Shared storages are the same from every node, so they decide nothing.
    ...host.allocations.filter(({ node }) => node !== null).map(loads.storage),
  ].filter((gauge) => gauge !== null)
  const vms = loads.vmsOf(host.node.name)
  const [first] = gauges
  if (first === undefined) return { host, vms, squeeze: 0, scarce: null }
  const fullest = gauges.reduce((a, b) => (b.share > a.share ? b : a))
  const overfull = gauges.filter(({ share }) => share > 1)
  const squeeze = overfull.some(({ kind }) => kind === 'storage')
    ? 3
    : overfull.length > 0
      ? 2
      : Number(fullest.share > TIGHT_SHARE)
  const free = Math.floor((1 - fullest.share) * 20)
  return { host, vms, squeeze, scarce: { what: fullest.what, free } }
}

function bySpread(a: Candidate, b: Candidate): number {
  return a.squeeze - b.squeeze || a.vms - b.vms || freeOf(b) - freeOf(a) || byName(a, b)
}

/** A node that already has VMs of this plan first, then the fullest that has room. */
function byPack(a: Candidate, b: Candidate): number {
  return a.squeeze - b.squeeze || b.vms - a.vms || freeOf(a) - freeOf(b) || byName(a, b)
}

function freeOf({ scarce }: Candidate): number {
  return scarce?.free ?? -1
}

function byName(a: Candidate, b: Candidate): number {
  return a.host.node.name < b.host.node.name ? -1 : 1
}

function onlyReason(
  node: Node,
  refused: Refusal[],
  ground: Pick<Ground<Draft>, 'onlyReason'>,
): string {
  const [first] = refused
  if (first === undefined) return `${node.name} is the only node.`
  return (
    ground.onlyReason(node.name, refused) ??
    `Only ${node.name} can take it: ${shortened(refused.map((refusal) => refusal.clause))}.`
  )
}

function reasonOf(
  copy: string,
  strategy: string,
  { host, vms, scarce }: Candidate,
  loads: Loads,
): string {
  const { name } = host.node
  const percent = Math.max(scarce?.free ?? 0, 0) * 5
  const free = scarce === null ? '' : `, and about ${percent} % of its ${scarce.what} stays free`
  const pending = loads.pendingOf(name)
  const counted =
    scarce === null || pending === 0 ? '' : ` (counting ${vmCount(pending)} still being made)`
  const subject = copy === '' ? name : `${name}${copy},`
  return `${strategy}: ${subject} has ${vmCount(vms)} of this plan so far${free}${counted}.`
}

function shortened(clauses: string[]): string {
  const more = clauses.length - 3
  return more > 0 ? `${clauses.slice(0, 3).join('; ')}; and ${more} more` : clauses.join('; ')
}
