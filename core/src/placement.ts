/** On which node each VM goes, and why, in one sentence. VMs of the same plan that already have a node count as there. */
import { type CloneContext, nodeField, vmCount } from './context.ts'
import type { Draft } from './drafts.ts'
import { type Refusal, refusalOf } from './hosts.ts'
import type { Node } from './inventory.ts'

export type Place = { node: string; reason: string }

/** Above this share of a node's memory it counts as tight. */
export const TIGHT_SHARE = 0.85

type Load = { vms: number; memoryMiB: number }

type Candidate = {
  node: Node
  load: Load
  /** 0: room to spare, or not known; 1: tight; 2: more than the node has. */
  squeeze: number
  /** Free memory after the VM, in twentieths of the node's, so that small changes do not move VMs; -1 where not known. */
  free: number
}

/** A place for each draft, in their order. Where no node can take it, a blocker, and the template's node as a stand-in. */
export function placeAll(context: CloneContext, drafts: Draft[]): Place[] {
  const loads = new Map<string, Load>()
  const refusals = createRefusals(context)
  return drafts.map((draft) => {
    const place = placeOne(context, draft, loads, refusals)
    const load = loads.get(place.node) ?? { vms: 0, memoryMiB: 0 }
    loads.set(place.node, { vms: load.vms + 1, memoryMiB: load.memoryMiB + draft.memoryMiB })
    return place
  })
}

type Refusals = (draft: Draft, node: string) => Refusal | null

/** VMs of one row ask the same of a node, so each row is judged once for each node. */
function createRefusals(context: CloneContext): Refusals {
  const known = new Map<string, Refusal | null>()
  return (draft, node) => {
    const key = `${draft.spec.row}/${node}`
    const before = known.get(key)
    if (before !== undefined) return before
    const refusal = refusalOf(context, draft, node)
    known.set(key, refusal)
    return refusal
  }
}

function placeOne(
  context: CloneContext,
  draft: Draft,
  loads: Map<string, Load>,
  refusals: Refusals,
): Place {
  const { placement } = context.request
  const fixed =
    draft.spec.node ?? (placement !== undefined && 'node' in placement ? placement.node : null)
  if (fixed !== null) {
    const refusal = refusals(draft, fixed)
    if (refusal !== null) block(context, draft, [refusal], `${refusal.clause}.`)
    return { node: fixed, reason: `You chose ${fixed}.` }
  }
  const judged = context.inventory.nodes.map((node) => ({
    node,
    refusal: refusals(draft, node.name),
  }))
  const open = judged.filter(({ refusal }) => refusal === null).map(({ node }) => node)
  const refused = judged.map(({ refusal }) => refusal).filter((refusal) => refusal !== null)
  const [only] = open
  if (only === undefined) {
    const clauses = refused.map((refusal) => refusal.clause)
    block(context, draft, refused, `No node can take this VM: ${shortened(clauses)}.`)
    return { node: context.template.node, reason: 'No node can take this VM.' }
  }
  if (open.length === 1) return { node: only.name, reason: onlyReason(context, only, refused) }
  const pack = placement !== undefined && 'strategy' in placement && placement.strategy === 'pack'
  const candidates = open.map((node) => candidateOf(node, draft, loads.get(node.name)))
  const [best] = candidates.toSorted(pack ? byPack : bySpread)
  if (best === undefined) return { node: only.name, reason: onlyReason(context, only, refused) }
  return { node: best.node.name, reason: reasonOf(pack ? 'Packed' : 'Spread', best) }
}

/** The refusal of the template's own node is the one to cure: the others often only say that the template is not theirs. */
function block(context: CloneContext, draft: Draft, refused: Refusal[], message: string): void {
  const home = refused.find((refusal) => !refusal.code.startsWith('template-')) ?? refused[0]
  context.blockers.add({
    code: home?.code ?? 'no-node',
    message,
    field: home?.field ?? nodeField(context, draft.spec),
    vm: draft.spec.name,
  })
}

function candidateOf(node: Node, draft: Draft, load: Load = { vms: 0, memoryMiB: 0 }): Candidate {
  if (node.memoryMiB === null || node.memoryUsedMiB === null)
    return { node, load, squeeze: 0, free: -1 }
  const share = (node.memoryUsedMiB + load.memoryMiB + draft.memoryMiB) / node.memoryMiB
  const squeeze = share > 1 ? 2 : share > TIGHT_SHARE ? 1 : 0
  return { node, load, squeeze, free: Math.floor((1 - share) * 20) }
}

function bySpread(a: Candidate, b: Candidate): number {
  return a.squeeze - b.squeeze || a.load.vms - b.load.vms || b.free - a.free || byName(a, b)
}

/** A node that already has VMs of this plan first, then the fullest that has room. */
function byPack(a: Candidate, b: Candidate): number {
  return a.squeeze - b.squeeze || b.load.vms - a.load.vms || a.free - b.free || byName(a, b)
}

function byName(a: Candidate, b: Candidate): number {
  return a.node.name < b.node.name ? -1 : 1
}

function onlyReason(context: CloneContext, node: Node, refused: Refusal[]): string {
  const [first] = refused
  if (first === undefined) return `${node.name} is the only node.`
  const local = refused.every((refusal) => refusal.code === 'template-is-local')
  return local && node.name === context.template.node
    ? `The template is on local storage of ${node.name}, so its clones are there too.`
    : `Only ${node.name} can take it: ${shortened(refused.map((refusal) => refusal.clause))}.`
}

function reasonOf(strategy: string, { node, load, free }: Candidate): string {
  const memory = free < 0 ? '' : `, and about ${Math.max(free, 0) * 5} % of its memory stays free`
  return `${strategy}: ${node.name} has ${vmCount(load.vms)} of this plan so far${memory}.`
}

function shortened(clauses: string[]): string {
  const more = clauses.length - 3
  return more > 0 ? `${clauses.slice(0, 3).join('; ')}; and ${more} more` : clauses.join('; ')
}
