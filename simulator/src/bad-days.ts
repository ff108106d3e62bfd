/** A bad day out of a seed: everything that is known to go wrong with a cluster, at once. */
import type { Fault } from './fault.ts'
import { createRandom } from './random.ts'
import type { World } from './world.ts'

/**
 * `share` of all calls meets a known failure; each of the lasting faults comes once within the first `seconds`: a node that
 * is down for a minute, a cluster without quorum, a backup of a template, a storage that runs full. Some agents stay
 * silent, and somebody else works on the same cluster. Simulated seconds.
 */
export const badDays = (
  world: Pick<World, 'nodes' | 'guests' | 'storages' | 'entryNode'>,
  { seed, share, seconds }: { seed: number; share: number; seconds: number },
): Fault[] => {
  const random = createRandom(seed)
  const within = () => Math.round(random.between(0, seconds))
  const node = random.pick(world.nodes.filter(({ name }) => name !== world.entryNode))
  const template = random.pick(world.guests.filter(({ config }) => config['template'] === '1'))
  const storage = random.pick(world.storages.filter(({ content }) => content.includes('images')))
  return [
    { kind: 'known-failures', call: '*', probability: share },
    { kind: 'other-client', everySeconds: 8, forSeconds: seconds },
    { kind: 'agent-silent', probability: share / 10 },
    { kind: 'no-quorum', afterSeconds: within(), forSeconds: 40 },
    ...(node
      ? [{ kind: 'node-down', node: node.name, afterSeconds: within(), forSeconds: 60 } as const]
      : []),
    ...(template
      ? [
          {
            kind: 'guest-locked',
            vmid: template.vmid,
            lock: 'backup',
            afterSeconds: within(),
            forSeconds: 60,
          } as const,
        ]
      : []),
    ...(storage
      ? [
          {
            kind: 'storage-full',
            storage: storage.storage,
            afterSeconds: within(),
            forSeconds: 20,
          } as const,
        ]
      : []),
  ]
}
