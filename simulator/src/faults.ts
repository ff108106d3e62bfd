/** The bad days of one cluster: which faults are in force now, and whom they strike. */
import type { Clock } from './clock.ts'
import type { ApiRequest } from './dispatch.ts'
import type { Fault, FaultOf } from './fault.ts'
import { knownFailure, type Trouble } from './known-failures.ts'
import { createOtherClient, type OtherVm } from './other-client.ts'
import { createRandom, seedOf, type Random } from './random.ts'
import type { World } from './world.ts'

type TaskFailure = { message: string; acting: 'before' | 'after' }

/** What was wrong so far. */
export type FaultReport = {
  /** How often each trouble struck, by its name. */
  strikes: Record<string, number>
  /** When lasting ones began and ended: milliseconds since 1970. */
  log: { at: number; text: string }[]
  otherVms: OtherVm[]
}

export type Faults = {
  add: (fault: Fault) => void
  clear: () => void
  delaySeconds: (call: string) => number
  /** What becomes of this call instead of being carried out as usual. `call`: `POST /nodes/{node}/qemu/{vmid}/clone`. */
  troubleOf: (call: string, request: ApiRequest) => Trouble | undefined
  /** Carries out a call whose task, where it starts one before its first pause, fails so. */
  withFailingTask: <T>(failure: TaskFailure, run: () => T) => T
  /** How a starting task has to fail. */
  taskFailure: (type: string) => TaskFailure | undefined
  hasQuorum: () => boolean
  isFull: (storage: string) => boolean
  isSilent: (guestName: string) => boolean
  /** Somebody else makes a VM with this id. */
  takeId: (vmid: number) => void
  report: () => FaultReport
  /** Nothing begins or ends from now on. */
  stop: () => void
}

type Part = { world: World; clock: Clock; random: Random; seed: number; changed: () => void }

const covers = (pattern: string, call: string) =>
  pattern === '*' || pattern === call || pattern === `${call.split(' ')[0]} *`

const isLasting = ({ kind }: Fault) =>
  ['node-down', 'no-quorum', 'guest-locked', 'storage-full'].includes(kind)

const nameOf = (fault: Fault): string => {
  switch (fault.kind) {
    case 'node-down':
      return `${fault.node} is down`
    case 'no-quorum':
      return 'no quorum'
    case 'guest-locked':
      return `VM ${fault.vmid} is locked (${fault.lock})`
    case 'storage-full':
      return `${fault.storage} is full`
    case 'answer':
      return `${fault.status} ${fault.message ?? ''}`.trim()
    case 'known-failures':
    case 'drop':
    case 'slow':
    case 'task-fails':
    case 'agent-silent':
    case 'other-client':
      return fault.kind
  }
}

const troubleName = (trouble: Trouble): string => {
  switch (trouble.kind) {
    case 'answer':
      return `${trouble.status} ${trouble.message}${trouble.acting ? ', carried out' : ''}`
    case 'drop':
      return `connection dropped ${trouble.acting} acting`
    case 'slow':
      return trouble.seconds > 30 ? 'slower than 30 s' : 'slow'
    case 'task-fails':
      return `task: ${trouble.message}`
    case 'id-taken':
      return 'id taken in the same moment'
  }
}

const defaultText: Record<number, string> = { 595: 'No route to host', 596: 'Connection timed out' }

export const createFaults = (initial: Fault[], part: Part): Faults => {
  const { world, clock, random, seed, changed } = part
  const stopping = new AbortController()
  const otherClient = createOtherClient(world, clock, createRandom(seed + 1), changed)
  let faults: Fault[] = []
  let waiting = new Set<Fault>()
  let nextTask: TaskFailure | undefined
  const counts = new Map<Fault, number>()
  const calls = new Map<string, number>()
  const strikes = new Map<string, number>()
  const log: FaultReport['log'] = []

  const inForce = <Kind extends Fault['kind']>(kind: Kind) =>
    faults.filter((fault): fault is FaultOf<Kind> => fault.kind === kind)

  const hits = (fault: Fault & { times?: number; probability?: number }, dice = random) => {
    const count = counts.get(fault) ?? 0
    if (fault.times !== undefined && count >= fault.times) return false
    if (fault.probability !== undefined && dice.next() >= fault.probability) return false
    counts.set(fault, count + 1)
    return true
  }

  const tell = (fault: Fault, what: string) => {
    if (isLasting(fault)) log.push({ at: clock.now(), text: `${nameOf(fault)}${what}` })
  }

  const strike = (trouble: Trouble) => {
    const name = troubleName(trouble).replaceAll(/\d{3,}(?=\.conf)|(?<=VM |-id )\d+/g, 'N')
    strikes.set(name, (strikes.get(name) ?? 0) + 1)
    return trouble
  }

  const setState = (fault: Fault, active: boolean) => {
    if (fault.kind === 'node-down')
      for (const node of world.nodes) if (node.name === fault.node) node.online = !active
    if (fault.kind !== 'guest-locked') return
    for (const { vmid, config } of world.guests) {
      if (vmid !== fault.vmid) continue
      if (active) config['lock'] ??= fault.lock
      else if (config['lock'] === fault.lock) Reflect.deleteProperty(config, 'lock')
    }
  }

  const end = (fault: Fault) => {
    if (!faults.includes(fault)) return
    faults = faults.filter((other) => other !== fault)
    setState(fault, false)
    tell(fault, ', over')
    changed()
  }

  const later = async (seconds: number, work: () => void) => {
    await clock.sleep(seconds, stopping.signal).catch(() => {})
    if (!stopping.signal.aborted) work()
  }

  const workOn = (fault: FaultOf<'other-client'>) => {
    void later(fault.everySeconds * random.between(0.5, 1.5), () => {
      if (!faults.includes(fault)) return
      otherClient.act()
      workOn(fault)
    })
  }

  const begin = (fault: Fault) => {
    if (fault.afterSeconds !== undefined && !waiting.delete(fault)) return
    faults.push(fault)
    setState(fault, true)
    tell(fault, '')
    changed()
    if (fault.kind === 'other-client') workOn(fault)
    if (fault.forSeconds !== undefined) void later(fault.forSeconds, () => end(fault))
  }

  const add = (fault: Fault) => {
    if (fault.afterSeconds === undefined) return begin(fault)
    waiting.add(fault)
    void later(fault.afterSeconds, () => begin(fault))
  }
  for (const fault of initial) add(fault)

  /** The n-th call of its kind meets the same trouble whatever happens around it. */
  const diceFor = ({ method, path, params }: ApiRequest): Random => {
    const newid = params['newid']
    const name = `${method} ${path} ${typeof newid === 'string' ? newid : ''}`
    const count = (calls.get(name) ?? 0) + 1
    calls.set(name, count)
    return createRandom(seedOf(`${seed} ${name} ${count}`))
  }

  const find = (call: string, request: ApiRequest): Trouble | undefined => {
    for (const fault of inForce('answer'))
      if (covers(fault.call, call) && hits(fault))
        return {
          kind: 'answer',
          status: fault.status,
          message: fault.message ?? defaultText[fault.status] ?? 'fault',
          acting: fault.effect === 'task-goes-on',
        }
    for (const fault of inForce('drop'))
      if (covers(fault.call, call) && hits(fault)) return { kind: 'drop', acting: fault.acting }
    for (const fault of inForce('known-failures')) {
      if (!covers(fault.call, call)) continue
      const dice = diceFor(request)
      if (hits(fault, dice)) return knownFailure({ world }, call, request, dice)
    }
    return undefined
  }

  return {
    add,
    clear: () => {
      waiting = new Set()
      for (const fault of faults) setState(fault, false)
      faults = []
    },
    delaySeconds: (call) =>
      inForce('slow').find((fault) => covers(fault.call, call) && hits(fault))?.seconds ?? 0,
    troubleOf: (call, request) => {
      const trouble = find(call, request)
      return trouble && strike(trouble)
    },
    withFailingTask: (failure, run) => {
      nextTask = failure
      try {
        return run()
      } finally {
        nextTask = undefined
      }
    },
    taskFailure: (type) => {
      if (nextTask) return nextTask
      const fault = inForce('task-fails').find((each) => each.type === type && hits(each))
      return fault && { message: fault.message, acting: 'before' }
    },
    hasQuorum: () => inForce('no-quorum').length === 0,
    isFull: (storage) => inForce('storage-full').some((fault) => fault.storage === storage),
    isSilent: (name) =>
      inForce('agent-silent').some(
        (fault) => (fault.name === undefined || new RegExp(fault.name).test(name)) && hits(fault),
      ),
    takeId: otherClient.take,
    report: () => ({
      strikes: Object.fromEntries(strikes),
      log: [...log],
      otherVms: otherClient.vms(),
    }),
    stop: () => stopping.abort(),
  }
}
