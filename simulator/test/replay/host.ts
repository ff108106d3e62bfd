import { guestById, lockFile } from '../../src/guests/guest.ts'
import { reportAll } from '../../src/pvestatd.ts'
import type { Simulator } from '../../src/simulator.ts'
import type { Volume } from '../../src/world.ts'
import type { Step } from './transcripts.ts'

/** Takes a lock file; resolves when it is held, and lets it go so many seconds later. */
const holdFile = async (
  { cluster }: Simulator,
  path: string,
  seconds: number,
  exclusive: boolean,
): Promise<{ over: Promise<void> }> => {
  const node = cluster.world.entryNode
  const release = await cluster.locks.flock(node, path, { exclusive, timeoutSeconds: 60 })
  return { over: cluster.clock.sleep(seconds).then(release) }
}

const holdBackToBack = async (
  simulator: Simulator,
  path: string,
  seconds: number,
  times: number,
) => {
  let held = await holdFile(simulator, path, seconds, true)
  const goOn = async () => {
    for (let time = 1; time < times; time += 1) {
      await held.over
      held = await holdFile(simulator, path, seconds, true)
    }
  }
  void goOn().catch(() => {})
}

const addFile = (
  { cluster }: Simulator,
  storage: string,
  name: string,
  content: string,
  more: Partial<Volume> = {},
) => {
  cluster.world.volumes.push({
    storage,
    name,
    content,
    node: cluster.world.entryNode,
    format: { snippets: 'snippet', import: 'qcow2' }[content] ?? content,
    sizeBytes: content === 'iso' ? tinyBytes : 14,
    usedBytes: 14,
    createdAt: cluster.clock.now(),
    ...more,
  })
}

/** Of tiny.iso. */
const tinyBytes = 358_400
export const tinyUrl = 'http://127.0.0.1:18080/tiny.iso'

const deleteFirstDisk = ({ world }: Simulator, vmid: number) => {
  const volid = world.guests.find((guest) => guest.vmid === vmid)?.config['scsi0']?.split(',')[0]
  world.volumes = world.volumes.filter((volume) => `${volume.storage}:${volume.name}` !== volid)
}

type HostAction = [RegExp, (simulator: Simulator, found: RegExpExecArray) => Promise<void> | void]

/** What was done on the node, outside of the API. */
const hostActions: HostAction[] = [
  [
    /^qm set (\d+) --lock (\w+)/,
    ({ cluster }, [, vmid, lock = '']) => {
      const guest = guestById(cluster, Number(vmid))
      if (guest) guest.config['lock'] = lock
    },
  ],
  [
    /^qm unlock (\d+)/,
    ({ cluster }, [, vmid]) => {
      const guest = guestById(cluster, Number(vmid))
      if (guest) Reflect.deleteProperty(guest.config, 'lock')
    },
  ],
  [
    /config flock of VM (\d+) exclusively for (\d+) s/,
    async (simulator, [, vmid, seconds]) => {
      await holdFile(simulator, lockFile(Number(vmid)), Number(seconds), true)
    },
  ],
  [
    /^flock -s on lock-(\d+)\.conf for (\d+) s/,
    async (simulator, [, vmid, seconds]) => {
      await holdFile(simulator, lockFile(Number(vmid)), Number(seconds), false)
    },
  ],
  [
    /^hold (\/var\S+) five times 8 s/,
    (simulator, [, path = '']) => holdBackToBack(simulator, path, 8, 5),
  ],
  [
    /^hold (\/var\/lock\S+) for (\d+) s/,
    async (simulator, [, path = '', seconds]) => {
      await holdFile(simulator, path, Number(seconds), true)
    },
  ],
  [
    /^create \/mnt\/store2\/snippets\/u\.yaml/,
    (simulator, found) => {
      addFile(simulator, 'store2', 'snippets/u.yaml', 'snippets')
      if (found.input.includes('tiny.iso')) addFile(simulator, 'store2', 'iso/tiny.iso', 'iso')
    },
  ],
  [
    /^create an empty container config \S+\/(\d+)\.conf/,
    ({ cluster }, [, vmid]) => {
      const { world } = cluster
      const container = { type: 'lxc' as const, node: world.entryNode, config: {} }
      world.guests.push({ ...container, vmid: Number(vmid), pending: {}, snapshots: [] })
    },
  ],
  [
    /^place a 100 MiB qcow2 at/,
    (simulator) => {
      const virtualBytes = 100 * 2 ** 20
      addFile(simulator, 'local', 'import/rec.qcow2', 'import', { virtualBytes })
      addFile(simulator, 'local', 'iso/rec.img', 'iso')
    },
  ],
  [
    /^web server on 127\.0\.0\.1:18080/,
    ({ cluster }) => {
      const mimetype = 'application/x-iso9660-image'
      cluster.world.internet.push({ url: tinyUrl, sizeBytes: tinyBytes, mimetype })
    },
  ],
  [
    /^copy tiny\.iso to rec1\.iso and rec2\.iso/,
    (simulator) => {
      for (const name of ['rec1', 'rec2']) addFile(simulator, 'local', `iso/${name}.iso`, 'iso')
    },
  ],
  [/^delete the file of scsi0/, (simulator) => deleteFirstDisk(simulator, 1501)],
]

/** Carries out a step of a recording that was no API call. Error: one that nobody knows. */
export const doOnHost = async (simulator: Simulator, { host, note }: Step): Promise<void> => {
  if (note !== undefined && !note.startsWith('wait ')) return
  if (note !== undefined) return reportAll(simulator.cluster)
  for (const [pattern, act] of hostActions) {
    const found = pattern.exec(host ?? '')
    if (found) return act(simulator, found)
  }
  throw new Error(`nobody knows how to do this on the host: ${host ?? note ?? ''}`)
}

/** The user's rights become this one privilege. */
export const giveOnly = (simulator: Simulator, ugid: string, privilege: string): void => {
  const { world } = simulator
  world.roles = [{ roleid: 'RecK', privs: [privilege] }]
  world.acl = world.acl.filter((entry) => entry.ugid !== ugid)
  world.acl.push({ path: '/', type: 'user', ugid, roleid: 'RecK', propagate: true })
}
