/** A VM with the hardware that it will have, before it has a node. */
import { fieldOf, gib } from '../context.ts'
import type { Draft } from '../drafts.ts'
import { connected, type PlannedNic } from '../nics.ts'
import type { NetworkSpec, VmSpec } from '../specs.ts'
import type { ScratchContext } from './context.ts'
import { bootOrderOf, disksOf, type ScratchDisk } from './devices.ts'
import { checkHardware, hardwareOf, type ScratchHardware } from './hardware.ts'

export type ScratchDraft = Omit<Draft, 'disks'> & {
  disks: ScratchDisk[]
  hardware: ScratchHardware
  bootOrder: string[]
}

export function scratchDraftOf(context: ScratchContext, spec: VmSpec, vmid: number): ScratchDraft {
  const { recommended } = context.profile
  const cores = spec.cores ?? recommended.cores
  const memoryMiB = spec.memoryMiB ?? recommended.memoryMiB
  const { sizeGiB, grows } = bootSize(context, spec)
  const hardware = hardwareOf(context, spec)
  checkMinimum(context, spec, { cores, memoryMiB, diskGiB: sizeGiB })
  checkHardware(context, spec, hardware, { cores, memoryMiB })
  const nics = nicsOf(context, spec)
  const disks = disksOf(context, spec, hardware, sizeGiB)
  const [boot] = disks
  return {
    spec,
    vmid,
    nics,
    cores,
    memoryMiB,
    disks,
    grow: grows && boot !== undefined ? { disk: boot.key, sizeGiB } : null,
    hardware,
    bootOrder: bootOrderOf(context, spec, hardware, disks, nics),
  }
}

/** An imported disk is as large as its image, and grows after that. A template keeps it small, because clones grow. */
function bootSize(context: ScratchContext, spec: VmSpec): { sizeGiB: number; grows: boolean } {
  const { source, profile, inventory } = context
  const preset = profile.recommended.diskGiB
  if (source.kind === 'iso') return { sizeGiB: spec.diskGiB ?? preset, grows: false }
  const image = inventory.volumes.find(({ volid }) => volid === source.volid)?.diskGiB ?? null
  if (spec.diskGiB !== null && image !== null && spec.diskGiB < image) {
    context.blockers.add({
      code: 'disk-shrinks',
      message: `The image has a disk of ${gib(image)}, and ${gib(spec.diskGiB)} are asked for. Disks grow, never shrink: ask for at least ${gib(Math.ceil(image))}.`,
      field: fieldOf(context, spec, 'diskGiB'),
    })
    return { sizeGiB: image, grows: false }
  }
  if (spec.diskGiB === null && source.convertToTemplate === true)
    return { sizeGiB: image ?? 0, grows: false }
  const sizeGiB = spec.diskGiB ?? Math.max(preset, Math.ceil(image ?? 0))
  return { sizeGiB, grows: sizeGiB !== image }
}

function checkMinimum(
  context: ScratchContext,
  spec: VmSpec,
  { cores, memoryMiB, diskGiB }: { cores: number; memoryMiB: number; diskGiB: number },
): void {
  const { minimum, title } = context.profile
  const add = (code: string, message: string, setting: 'cores' | 'memoryMiB' | 'diskGiB') =>
    context.blockers.add({ code, message, field: fieldOf(context, spec, setting), vm: spec.name })
  const needs = (what: string, has: string) =>
    `${title} needs ${what} or more, and the VM would have ${has}.`
  if (cores < minimum.cores)
    add('cores-below-minimum', needs(`${minimum.cores} vCPUs`, String(cores)), 'cores')
  if (memoryMiB < minimum.memoryMiB) {
    const message = needs(memoryText(minimum.memoryMiB), memoryText(memoryMiB))
    add('memory-below-minimum', message, 'memoryMiB')
  }
  // How large a template's image is, is the image's to say.
  if (context.source.kind === 'iso' && diskGiB < minimum.diskGiB) {
    const message = needs(`a disk of ${gib(minimum.diskGiB)}`, gib(diskGiB))
    add('disk-below-minimum', message, 'diskGiB')
  }
}

function memoryText(memoryMiB: number): string {
  return memoryMiB % 1024 === 0 ? gib(memoryMiB / 1024) : `${memoryMiB} MiB`
}

/** Those of the request, or one on the usual bridge where it names none. */
function nicsOf(context: ScratchContext, spec: VmSpec): PlannedNic[] {
  const { profile, request } = context
  const named =
    request.vms[spec.row]?.networks !== undefined || request.defaults?.networks !== undefined
  const networks = named ? spec.networks : [{ ...noNetwork, field: 'defaults.networks.0' }]
  return networks.flatMap((asked, index): PlannedNic[] => {
    const network = { ...asked, bridge: asked.bridge ?? context.bridge }
    if (network.bridge === null) {
      context.blockers.add({
        code: 'no-bridge',
        message:
          'No node has a bridge that is up and that you may see. Name one, or set one up on Proxmox.',
        field: `${network.field}.bridge`,
      })
      return []
    }
    const key = `net${index}`
    const { model, firewall } = profile.nic
    const nic = { key, model, bridge: null, vlan: null, firewall, options: '' }
    return [{ ...connected(nic, network), index, network, sent: true }]
  })
}

const noNetwork: Omit<NetworkSpec, 'field'> = {
  bridge: null,
  vlan: null,
  ip: null,
  gateway: null,
  ip6: null,
  gateway6: null,
  nameservers: [],
  searchDomains: [],
  model: null,
  firewall: null,
  mac: null,
  rateMBps: null,
}
