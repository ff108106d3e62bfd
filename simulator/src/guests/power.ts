import type { Call } from '../call.ts'
import { die } from '../errors.ts'
import { customOf, snippetExists } from '../first-boot/documents.ts'
import { findVolume } from '../storage/storages.ts'
import type { TaskRun } from '../tasks.ts'
import { atLeast } from '../version.ts'
import type { Guest } from '../world.ts'
import { drivesOf, hasVolume, isCdrom, isCloudInit, netsOf } from './drive.ts'
import { checkLock, isTemplate } from './guest.ts'
import { bootedState, settleSetup } from './boot.ts'
import { cpusOf } from './sizing.ts'
import { applyPending } from './update.ts'

/** Simulated seconds. */
export const seconds = { start: 1.8, stop: 0.9, reset: 0.3, guestShutdown: [3, 7] as const }

/** The snippets that a cloud-init drive names have to be there when it is written. */
export const checkSnippets = ({ cluster, node }: Call, guest: Guest) => {
  const cicustom = guest.config['cicustom']
  if (cicustom === undefined || !drivesOf(guest.config).some(isCloudInit)) return
  const parts = customOf(guest)
  for (const name of ['user', 'network', 'meta', 'vendor']) {
    const volid = parts.get(name)
    if (volid === undefined) continue
    if (!/:snippets\//.test(volid)) die(`${volid} is not in the snippets directory`)
    if (!snippetExists(cluster, volid, node)) die(`volume '${volid}' does not exist`)
  }
}

const checkMachineVersion = ({ cluster }: Call, machine: string) => {
  const [, wanted] = /-(\d+\.\d+)/.exec(machine) ?? []
  const [major = 0, minor = 0] = cluster.world.qemuVersion.split('.').map(Number)
  const [wantedMajor = 0, wantedMinor = 0] = (wanted ?? '0.0').split('.').map(Number)
  if (wantedMajor > major || (wantedMajor === major && wantedMinor > minor))
    die(
      `Installed QEMU version '${cluster.world.qemuVersion}' is too old to run machine type '${machine.split(',')[0]}', please upgrade node '${cluster.world.entryNode}'`,
    )
}

const checkHost = (call: Call, guest: Guest) => {
  const { cluster } = call
  const node = cluster.world.nodes.find(({ name }) => name === guest.node)
  if (!node) return
  if (cpusOf(guest.config) > node.cpus) die(`MAX ${node.cpus} vcpus allowed per VM on this node`)
  for (const { net } of netsOf(guest.config)) {
    const { bridge } = net.options
    if (bridge === undefined || node.bridges.some(({ iface }) => iface === bridge)) continue
    die(
      atLeast(cluster.version, 9)
        ? `bridge '${bridge}' does not exist`
        : 'start failed: QEMU exited with code 1',
    )
  }
}

const checkVolumes = ({ cluster }: Call, guest: Guest) => {
  for (const drive of drivesOf(guest.config)) {
    if (!hasVolume(drive) || findVolume(cluster, drive.file, guest.node)) continue
    die(`volume '${drive.file}' does not exist`)
  }
}

const warnings = (guest: Guest, task: TaskRun) => {
  const { config } = guest
  const single = config['scsihw'] === 'virtio-scsi-single'
  for (const drive of drivesOf(config))
    if (
      drive.key.startsWith('scsi') &&
      drive.options['iothread'] === '1' &&
      !single &&
      !isCdrom(drive)
    )
      task.warn(
        'iothread is only valid with virtio disk or virtio-scsi-single controller, ignoring',
      )
  if (config['bios'] === 'ovmf' && config['efidisk0'] === undefined)
    task.warn('no efidisk configured! Using temporary efivars disk.')
}

/** qemu-server src/PVE/QemuServer.pm, vm_start; the flock is held by the caller. */
export const startGuest = async (
  call: Call,
  guest: Guest,
  task: TaskRun,
  skipLock = false,
): Promise<void> => {
  const { cluster } = call
  if (isTemplate(guest)) die("you can't start a vm if it's a template")
  if (!skipLock && guest.config['lock'] !== 'suspended') checkLock(guest)
  if (guest.running) die(`VM ${guest.vmid} already running`)
  await applyPending(call, guest)
  if (drivesOf(guest.config).some(isCloudInit)) {
    checkSnippets(call, guest)
    task.log('generating cloud-init ISO')
  }
  checkVolumes(call, guest)
  checkMachineVersion(call, guest.config['machine'] ?? '')
  checkHost(call, guest)
  warnings(guest, task)
  await task.sleep(seconds.start)
  Reflect.deleteProperty(guest.config, 'lock')
  guest.running = bootedState(cluster, guest, cluster.faults.isSilent(guest.config['name'] ?? ''))
  cluster.changed()
}

const powerOff = async (call: Call, guest: Guest) => {
  settleSetup(call.cluster, guest)
  guest.running = undefined
  await applyPending(call, guest)
  call.cluster.changed()
}

/** Hard stop; what was pending is applied (QemuServer.pm, vm_stop). */
export const stopGuest = async (call: Call, guest: Guest, task: TaskRun): Promise<void> => {
  if (!guest.running) return
  await task.sleep(seconds.stop)
  await powerOff(call, guest)
}

/** A guest reacts to ACPI or the agent once it has booted. */
const reacts = (call: Call, guest: Guest) =>
  guest.running?.state === 'running' &&
  guest.running.portsAt !== undefined &&
  guest.running.portsAt <= call.cluster.clock.now()

export type ShutdownOptions = { timeoutSeconds: number; forceStop: boolean }

/** QemuServer.pm, vm_stop with shutdown: waits for the guest, kills it afterwards only when asked to. */
export const shutdownGuest = async (
  call: Call,
  guest: Guest,
  task: TaskRun,
  { timeoutSeconds, forceStop }: ShutdownOptions,
): Promise<void> => {
  if (!guest.running) return
  const { random } = call.cluster
  const needed = reacts(call, guest)
    ? random.between(...seconds.guestShutdown)
    : Number.POSITIVE_INFINITY
  try {
    await task.sleep(Math.min(needed, timeoutSeconds))
  } catch {
    die('received interrupt')
  }
  if (needed > timeoutSeconds) {
    if (!forceStop) die('VM quit/powerdown failed - got timeout')
    task.log('VM still running - terminating now with SIGTERM')
  }
  await powerOff(call, guest)
}

/** The guest boots again in the same QEMU. */
export const resetGuest = async (call: Call, guest: Guest, task: TaskRun): Promise<void> => {
  await task.sleep(seconds.reset)
  if (!guest.running) return
  const { pid, startedAt, config } = guest.running
  guest.running = { ...bootedState(call.cluster, guest, false), pid, startedAt, config }
  call.cluster.changed()
}
