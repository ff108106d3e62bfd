/**
 * The list of VMs, once for each identity and kept ready as bytes: Proxmox is asked every few seconds while somebody looks,
 * and nobody waits for it but the first. Ten thousand VMs cost their work once for each change, not once for each call.
 */
import type { VmList, VmRow, VmState } from '@deployer/core/vm.ts'
import { createHash } from 'node:crypto'
import { setImmediate as turn } from 'node:timers/promises'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Caller } from '../identity/caller.ts'
import { remember } from '../inventory/cache.ts'
import type { Resource } from '../inventory/read.ts'
import type { Facts } from './facts.ts'
import { isVm, readRows, type VmResource } from './rows.ts'

export type VmListDeps = {
  resources: (caller: Caller, fresh: boolean) => Promise<Resource[]>
  facts: () => Promise<Facts>
  /** Those of these deployments that the caller sees. */
  visible: (caller: Caller, ids: string[]) => Promise<ReadonlySet<string>>
  deletion: boolean
  now?: () => number
}

export type ReadyList = {
  /** Of the VMs alone: it stays the same while nothing changes. */
  etag: string
  json: Buffer
  gzip: Buffer
}

/** The age from which the list is made anew, behind the answer; and from which one waits for it. */
const STALE_MS = 5000
const TOO_OLD_MS = 15_000
/** Nobody looks any more. */
const FORGOTTEN_MS = 60_000
/** Proxmox reports states every 10 s; what was seen at the VM itself is newer for that long. */
const STATE_HOLDS_MS = 12_000
const FACTS_SECONDS = 2

/** `after`: how often something had been changed from here when it was asked for. */
type Entry = { list: ReadyList; made: number; asked: number; after: number }

const zip = promisify(gzip)

const SLICE = 500

const deploymentsIn = (facts: Facts): string[] => [
  ...new Set([...facts.values()].flatMap(({ deployment }) => deployment?.id ?? [])),
]

/** JSON of the rows, in order of their ids, without the brackets. Others get their turn between the slices. */
const inSlices = async (
  rows: VmResource[],
  read: (slice: VmResource[]) => VmRow[],
): Promise<string> => {
  const sorted = rows.toSorted((a, b) => a.vmid - b.vmid)
  const parts: string[] = []
  for (let at = 0; at < sorted.length; at += SLICE) {
    parts.push(JSON.stringify(read(sorted.slice(at, at + SLICE))).slice(1, -1))
    await turn()
  }
  return parts.join(',')
}

export const createVmList = (deps: VmListDeps) => {
  const { resources, facts, visible, deletion, now = Date.now } = deps
  const entries = new Map<string, Entry>()
  const refreshing = new Map<string, { work: Promise<ReadyList>; after: number }>()
  let changes = 0
  const seen = new Map<number, { state: VmState; until: number }>()
  const sharedFacts = remember<Facts>(FACTS_SECONDS, now)

  const states = (): Map<number, VmState> => {
    for (const [vmid, { until }] of seen) if (until <= now()) seen.delete(vmid)
    return new Map([...seen].map(([vmid, { state }]) => [vmid, state]))
  }

  const make = async (caller: Caller, before: Entry | undefined): Promise<ReadyList> => {
    const fresh = before !== undefined && before.after !== changes
    const [rows, known] = await Promise.all([
      resources(caller, fresh),
      sharedFacts('facts', facts, fresh),
    ])
    const shown = await visible(caller, deploymentsIn(known))
    const vms = await inSlices(rows.filter(isVm), (slice) =>
      readRows(slice, known, shown, states()),
    )
    const etag = `"${createHash('sha1').update(vms).digest('base64url')}"`
    if (before?.list.etag === etag) return before.list
    const asOf = new Date(now()).toISOString()
    const head: Omit<VmList, 'vms'> = { asOf, deletion }
    const json = Buffer.from(`${JSON.stringify(head).slice(0, -1)},"vms":[${vms}]}`)
    return { etag, json, gzip: await zip(json, { level: 1 }) }
  }

  /** One at a time for each identity. */
  const refresh = (caller: Caller): Promise<ReadyList> => {
    const key = caller.username
    const running = refreshing.get(key)
    if (running?.after === changes) return running.work
    // It does not know of the last change yet.
    if (running) return running.work.catch(() => {}).then(() => refresh(caller))
    const after = changes
    const work = make(caller, entries.get(key))
      .then((list) => {
        entries.set(key, { list, made: now(), asked: now(), after })
        return list
      })
      .catch((error: unknown) => {
        // Nothing is answered from a list that cannot be had any more: the sign-in may have lapsed.
        entries.delete(key)
        throw error
      })
      .finally(() => refreshing.delete(key))
    refreshing.set(key, { work, after })
    return work
  }

  const forgetOld = () => {
    for (const [key, { asked }] of entries) if (now() - asked > FORGOTTEN_MS) entries.delete(key)
  }

  return {
    /** As the caller may see them. Rejects as the inventory does. */
    read: async (caller: Caller): Promise<ReadyList> => {
      forgetOld()
      const known = entries.get(caller.username)
      if (known === undefined) return refresh(caller)
      known.asked = now()
      const age = now() - known.made
      if (age > TOO_OLD_MS || known.after !== changes) return refresh(caller)
      if (age > STALE_MS) refresh(caller).catch(() => {})
      return known.list
    },
    /** What was seen of a VM just now: lists show it until Proxmox's own list has it. */
    noteState: (vmid: number, state: VmState) => {
      if (seen.get(vmid)?.state === state) return
      seen.set(vmid, { state, until: now() + STATE_HOLDS_MS })
      for (const entry of entries.values()) entry.made = Math.min(entry.made, now() - STALE_MS - 1)
    },
    /** Something is gone or new: the next one who asks waits for a list that knows it. */
    changed: () => {
      changes += 1
    },
  }
}

export type VmLists = ReturnType<typeof createVmList>
