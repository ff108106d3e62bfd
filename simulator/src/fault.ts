/** Bad days, as inputs: what can be wrong with a cluster, and when. */
import { readFileSync } from 'node:fs'
import { z } from 'zod'

const share = z.number().min(0).max(1)
const simulatedSeconds = z.number().min(0)

/** How often a fault strikes: always, a fraction of the times (seeded), or so many times at most. */
const chance = { probability: share.exactOptional(), times: z.int().min(1).exactOptional() }

/** From when on, counted from when the fault is given, and for how long: at once and for good where absent. Simulated time. */
const when = {
  afterSeconds: simulatedSeconds.exactOptional(),
  forSeconds: simulatedSeconds.exactOptional(),
}

/** `POST /nodes/{node}/qemu/{vmid}/clone`, or `POST *`, or `*`. */
const call = z.string().min(1)

export const faultSchema = z.discriminatedUnion('kind', [
  /**
   * A share of the calls meets one of the failures that are known of such a call: locks, lost answers, dropped sockets,
   * slowness, an id that somebody takes in the same moment. Which call meets which hangs on the seed, the call and how
   * often it was made, and not on the order of the calls among each other.
   */
  z.strictObject({ kind: z.literal('known-failures'), call, ...chance, ...when }),
  /** A call answers so instead; with `task-goes-on` it is carried out all the same, as behind a proxy that gave up. */
  z.strictObject({
    kind: z.literal('answer'),
    call,
    status: z.int().min(400).max(599),
    message: z.string().exactOptional(),
    effect: z.enum(['none', 'task-goes-on']).exactOptional(),
    ...chance,
    ...when,
  }),
  /** The connection breaks before or after the call is carried out. */
  z.strictObject({
    kind: z.literal('drop'),
    call,
    acting: z.enum(['before', 'after']),
    ...chance,
    ...when,
  }),
  /** A call takes so many seconds longer. */
  z.strictObject({ kind: z.literal('slow'), call, seconds: simulatedSeconds, ...chance, ...when }),
  /** Tasks of a type fail with this text. */
  z.strictObject({
    kind: z.literal('task-fails'),
    type: z.string(),
    message: z.string(),
    ...chance,
    ...when,
  }),
  /** Nobody can reach the node; what runs on it goes on. */
  z.strictObject({ kind: z.literal('node-down'), node: z.string(), ...when }),
  /** The nodes answer, but nothing can be written. */
  z.strictObject({ kind: z.literal('no-quorum'), ...when }),
  /** As by a backup of it. */
  z.strictObject({ kind: z.literal('guest-locked'), vmid: z.int(), lock: z.string(), ...when }),
  z.strictObject({ kind: z.literal('storage-full'), storage: z.string(), ...when }),
  /** The agent of such guests never answers. `name` is a regular expression. */
  z.strictObject({
    kind: z.literal('agent-silent'),
    name: z.string().exactOptional(),
    ...chance,
    ...when,
  }),
  /** Somebody else makes VMs with the next free id and edits whatever VMs there are, about so often. */
  z.strictObject({
    kind: z.literal('other-client'),
    everySeconds: z.number().min(0.1),
    ...when,
  }),
])

export type Fault = z.infer<typeof faultSchema>
export type FaultKind = Fault['kind']
export type FaultOf<Kind extends FaultKind> = Extract<Fault, { kind: Kind }>

/** A JSON list of faults. Errors, in words for whoever wrote the file: not there, no JSON, no fault that we know. */
export const readFaults = (file: string): Fault[] => {
  const parsed = z.array(faultSchema).safeParse(JSON.parse(readFileSync(file, 'utf8')))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Error(`${file} is no list of faults: ${issue?.path.join('.')} ${issue?.message}`)
}
