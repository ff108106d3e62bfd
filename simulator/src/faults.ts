import type { Random } from './random.ts'
import type { World } from './world.ts'

/** How often a fault strikes: always, a fraction of the times (seeded), or so many times at most. */
type Chance = { probability?: number; times?: number }

/** Bad days, as inputs. */
export type Fault =
  /** A call answers so instead; with `task-goes-on` it is carried out all the same, as behind a proxy that gave up. */
  | ({
      kind: 'answer'
      /** `POST /nodes/{node}/qemu/{vmid}/clone`, or `POST *`, or `*`. */
      call: string
      status: number
      message?: string
      effect?: 'none' | 'task-goes-on'
    } & Chance)
  /** A call takes so many simulated seconds longer. */
  | ({ kind: 'slow'; call: string; seconds: number } & Chance)
  /** Tasks of a type fail with this text. */
  | ({ kind: 'task-fails'; type: string; message: string } & Chance)
  | { kind: 'node-down'; node: string }
  | { kind: 'guest-locked'; vmid: number; lock: string }
  | { kind: 'storage-full'; storage: string }
  /** The agent of such guests never answers. `name` is a regular expression. */
  | ({ kind: 'agent-silent'; name?: string } & Chance)

export type Faults = {
  add: (fault: Fault) => void
  clear: () => void
  answer: (call: string) => Extract<Fault, { kind: 'answer' }> | undefined
  delaySeconds: (call: string) => number
  /** The text that a starting task has to fail with. */
  taskFailure: (type: string) => string | undefined
  isFull: (storage: string) => boolean
  isSilent: (guestName: string) => boolean
}

const covers = (pattern: string, call: string) =>
  pattern === '*' || pattern === call || pattern === `${call.split(' ')[0]} *`

export const createFaults = (initial: Fault[], world: World, random: Random): Faults => {
  let faults: Fault[] = []
  const strikes = new Map<Fault, number>()

  const hits = (fault: Fault & Chance) => {
    const count = strikes.get(fault) ?? 0
    if (fault.times !== undefined && count >= fault.times) return false
    if (fault.probability !== undefined && random.next() >= fault.probability) return false
    strikes.set(fault, count + 1)
    return true
  }

  const add = (fault: Fault) => {
    faults.push(fault)
    if (fault.kind === 'node-down')
      for (const node of world.nodes) if (node.name === fault.node) node.online = false
    if (fault.kind === 'guest-locked')
      for (const guest of world.guests)
        if (guest.vmid === fault.vmid) guest.config['lock'] = fault.lock
  }
  for (const fault of initial) add(fault)

  return {
    add,
    clear: () => {
      faults = []
      for (const node of world.nodes) node.online = true
    },
    answer: (call) => {
      for (const fault of faults)
        if (fault.kind === 'answer' && covers(fault.call, call) && hits(fault)) return fault
      return undefined
    },
    delaySeconds: (call) => {
      const slow = faults.find(
        (fault) => fault.kind === 'slow' && covers(fault.call, call) && hits(fault),
      )
      return slow?.kind === 'slow' ? slow.seconds : 0
    },
    taskFailure: (type) => {
      for (const fault of faults)
        if (fault.kind === 'task-fails' && fault.type === type && hits(fault)) return fault.message
      return undefined
    },
    isFull: (storage) =>
      faults.some((fault) => fault.kind === 'storage-full' && fault.storage === storage),
    isSilent: (name) =>
      faults.some(
        (fault) =>
          fault.kind === 'agent-silent' &&
          (fault.name === undefined || new RegExp(fault.name).test(name)) &&
          hits(fault),
      ),
  }
}
