/** A VM with what it inherits from the template, before it has a node. */
import { type CloneContext, fieldOf, gib } from './context.ts'
import { type PlannedNic, nicsOf } from './nics.ts'
import type { VmSpec } from './specs.ts'

export type DraftDisk = { key: string; templateGiB: number; sizeGiB: number; boot: boolean }

export type Draft = {
  spec: VmSpec
  vmid: number
  nics: PlannedNic[]
  /** vCPUs in all. */
  cores: number
  memoryMiB: number
  /** Without EFI variables and TPM state, which are a few MiB and never change. */
  disks: DraftDisk[]
  /** Set where the boot disk grows. */
  grow: { disk: string; sizeGiB: number } | null
}

export function draftOf(context: CloneContext, spec: VmSpec, vmid: number): Draft {
  const { template } = context
  const boot = template.disks.find((disk) => disk.boot)
  checkStorage(context, spec)
  const wanted = boot === undefined ? null : bootSize(context, spec, boot.key, boot.sizeGiB)
  if (boot === undefined && spec.diskGiB !== null) {
    context.blockers.add({
      code: 'no-boot-disk',
      message: 'The template has no boot disk that could grow. Leave the disk size out.',
      field: fieldOf(context, spec, 'diskGiB'),
    })
  }
  return {
    spec,
    vmid,
    nics: nicsOf(context, spec),
    cores: spec.cores ?? template.cores * template.sockets,
    memoryMiB: spec.memoryMiB ?? template.memoryMiB,
    disks: template.disks
      .filter((disk) => !/^(efidisk|tpmstate)/.test(disk.key))
      .map((disk) => ({
        key: disk.key,
        templateGiB: disk.sizeGiB,
        sizeGiB: disk.boot && wanted !== null ? wanted : disk.sizeGiB,
        boot: disk.boot,
      })),
    grow: boot !== undefined && wanted !== null ? { disk: boot.key, sizeGiB: wanted } : null,
  }
}

/** The size to grow to; null where the template's is kept. Proxmox never shrinks a disk (qemu-server, resize_vm). */
function bootSize(
  context: CloneContext,
  spec: VmSpec,
  key: string,
  templateGiB: number,
): number | null {
  if (spec.diskGiB === null || spec.diskGiB === templateGiB) return null
  if (spec.diskGiB > templateGiB) return spec.diskGiB
  context.blockers.add({
    code: 'disk-shrinks',
    message: `The template's ${key} has ${gib(templateGiB)}, and ${gib(spec.diskGiB)} are asked for. Disks grow, never shrink: ask for at least ${gib(Math.ceil(templateGiB))}.`,
    field: fieldOf(context, spec, 'diskGiB'),
    vm: spec.name,
  })
  return null
}

function checkStorage(context: CloneContext, spec: VmSpec): void {
  if (context.full || spec.storage === null) return
  const home = context.template.disks.find((disk) => disk.boot)?.storage
  context.blockers.add({
    code: 'storage-with-linked',
    message: `Linked clones live where the template does${home === undefined ? '' : `, on ${home}`}. Leave the storage out, or make full clones.`,
    field: fieldOf(context, spec, 'storage'),
  })
}
