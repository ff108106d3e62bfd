/** Somebody else at work on the same cluster, who knows nothing of us: as another tool, or a person in the web interface. */
import type { Clock } from './clock.ts'
import type { Random } from './random.ts'
import type { Config, Guest, World } from './world.ts'

/** A VM of theirs, as they left it. */
export type OtherVm = { vmid: number; node: string; config: Config }

export type OtherClient = {
  /** Makes a VM with this id, unless there is one. */
  take: (vmid: number) => void
  /** Makes one with the next free id, or edits one. */
  act: () => void
  vms: () => OtherVm[]
}

const gibibyte = 2 ** 30

const lowestFree = ({ guests }: World): number => {
  const taken = new Set(guests.map(({ vmid }) => vmid))
  let vmid = 100
  while (taken.has(vmid)) vmid += 1
  return vmid
}

export const createOtherClient = (
  world: World,
  clock: Clock,
  random: Random,
  changed: () => void,
): OtherClient => {
  const made = new Set<Guest>()

  /** A disk that must outlive whatever happens around it. */
  const addDisk = (vmid: number): string | undefined => {
    const storage = world.storages.find(
      ({ shared, content }) => shared && content.includes('images'),
    )
    const name = `vm-${vmid}-disk-0`
    if (!storage || world.volumes.some((volume) => volume.name === name)) return undefined
    world.volumes.push({
      storage: storage.storage,
      name,
      content: 'images',
      format: 'raw',
      vmid,
      sizeBytes: gibibyte,
      usedBytes: gibibyte / 2,
      createdAt: clock.now(),
    })
    return `${storage.storage}:${name},size=1G`
  }

  const take = (vmid: number) => {
    const node = random.pick(world.nodes.filter(({ online }) => online))
    if (!node || world.guests.some((guest) => guest.vmid === vmid)) return
    const disk = addDisk(vmid)
    const guest: Guest = {
      vmid,
      type: 'qemu',
      node: node.name,
      config: {
        name: `other-${vmid}`,
        memory: '512',
        description: 'made by somebody else',
        ...(disk === undefined ? {} : { scsi0: disk }),
      },
      pending: {},
      snapshots: [],
    }
    world.guests.push(guest)
    made.add(guest)
    changed()
  }

  /** A setting that is applied at once, even to a running VM, and that hardly anybody else sets. */
  const edit = () => {
    const guest = random.pick(
      world.guests.filter(
        ({ type, config }) =>
          type === 'qemu' && config['lock'] === undefined && config['template'] !== '1',
      ),
    )
    if (!guest) return
    guest.config['startup'] = `order=${Math.floor(random.between(1, 100))}`
    changed()
  }

  return {
    take,
    act: () => (random.next() < 0.4 ? take(lowestFree(world)) : edit()),
    vms: () => [...made].map(({ vmid, node, config }) => ({ vmid, node, config: { ...config } })),
  }
}
