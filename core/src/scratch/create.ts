/**
 * What the create call sends: Proxmox's own config keys (qemu-server src/PVE/QemuServer.pm and QemuServer/Drive.pm). Values
 * that are Proxmox's own anyway are left out where they say nothing to people.
 */
import type { Delivered } from '../delivery.ts'
import { macOf, type Macs, nicSetting } from '../nics.ts'
import type { Place } from '../placement.ts'
import type { SpecOf } from '../steps.ts'
import { CLOUD_INIT_DRIVE, type ScratchContext } from './context.ts'
import { cdsOf } from './devices.ts'
import type { ScratchDraft } from './drafts.ts'

type Settings = SpecOf<'create'>['settings']

export type Made = {
  draft: ScratchDraft
  place: Place
  delivered: Delivered | null
}

export function createSettings(context: ScratchContext, made: Made, macs: Macs): Settings {
  const { draft } = made
  const { spec, hardware } = draft
  const { cpuType, sockets, balloonMiB, display, agent, tablet, scsiController } = hardware
  return {
    ostype: context.profile.guest,
    machine: hardware.machine,
    ...firmware(made),
    cpu: cpuType,
    sockets,
    cores: Math.floor(draft.cores / sockets),
    memory: draft.memoryMiB,
    ...(balloonMiB !== null && { balloon: balloonMiB }),
    scsihw: scsiController,
    ...diskSettings(context, made),
    ...cdSettings(context, made),
    ...Object.fromEntries(
      draft.nics.map((nic) => [
        nic.key,
        nicSetting(nic, macOf(nic, { name: spec.name, vmid: draft.vmid }, macs)),
      ]),
    ),
    ...(display !== 'std' && { vga: display }),
    ...(hardware.serialConsole && { serial0: 'socket' }),
    agent: agent ? 'enabled=1' : 'enabled=0',
    tablet,
    ...(spec.onBoot !== null && { onboot: spec.onBoot }),
    ...(draft.bootOrder.length > 0 && { boot: `order=${draft.bootOrder.join(';')}` }),
  }
}

/** Their sizes are Proxmox's to know, but a number must be there; without efitype and version it takes old ones. */
function firmware({ draft: { hardware }, place }: Made): Settings {
  const storage = bootStorage(place)
  const keys = hardware.secureBoot ? 1 : 0
  return {
    ...(hardware.firmware === 'uefi'
      ? { bios: 'ovmf', efidisk0: `${storage}:1,efitype=4m,pre-enrolled-keys=${keys}` }
      : { bios: 'seabios' }),
    ...(hardware.tpm && { tpmstate0: `${storage}:1,version=v2.0` }),
  }
}

export function bootStorage({ disks }: Place): string {
  return (disks.find((disk) => disk.boot) ?? disks[0])?.target ?? ''
}

/** A new disk is `STORAGE:GiB`; one that is imported is as large as its image. */
function diskSettings({ source }: ScratchContext, { draft, place }: Made): Settings {
  return Object.fromEntries(
    draft.disks.map(({ key, sizeGiB, boot, options }) => {
      const target = place.disks.find((disk) => disk.key === key)?.target ?? ''
      const imported = source.kind === 'image' && boot
      const made = imported ? `${target}:0,import-from=${source.volid}` : `${target}:${sizeGiB}`
      return [key, `${made}${options}`]
    }),
  )
}

function cdSettings(context: ScratchContext, { place, delivered }: Made): Settings {
  // A seed takes the place of Proxmox's own drive: a guest reads one of them only.
  const ownDrive = context.source.kind === 'image' && delivered?.delivery.kind !== 'seed'
  return {
    ...Object.fromEntries(
      cdsOf(context).map(({ drive, volid }) => [drive, `${volid},media=cdrom`]),
    ),
    ...(ownDrive && { [CLOUD_INIT_DRIVE]: `${bootStorage(place)}:cloudinit` }),
  }
}
