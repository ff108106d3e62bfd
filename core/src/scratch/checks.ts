/** What can be judged of ISOs, images and answers before VMs have nodes. */
import { fieldOf } from '../context.ts'
import { driverFolders } from '../windows/drivers.ts'
import { answerProblems, computerNameOf, computerNameProblem } from '../windows/checks.ts'
import { addressesOf, type VmSpec } from '../specs.ts'
import { hardwareField, mediaOf, type Medium, type ScratchContext } from './context.ts'
import type { ScratchDraft } from './drafts.ts'

export function checkScratch(context: ScratchContext, drafts: ScratchDraft[]): void {
  for (const medium of mediaOf(context)) checkMedium(context, medium)
  checkFormats(context, drafts)
  switch (context.source.kind) {
    case 'iso':
      checkFirstBoots(context, drafts)
      checkDrivers(context, drafts)
      checkAnswers(context, drafts)
      break
    case 'image':
      checkImage(context)
      checkTemplateMaking(context, drafts)
  }
}

/** The name counts for Windows where setup, or Proxmox, gives it to the computer. */
export function osTypeForNames({ source, profile }: ScratchContext): string | null {
  return source.kind === 'image' ? profile.guest : null
}

/** `local:iso/debian-13.iso`: the folder is the kind of content (pve-storage src/PVE/Storage/Plugin.pm, parse_volname). */
function checkMedium({ inventory, blockers }: ScratchContext, medium: Medium): void {
  const { what, volid, storage, field } = medium
  const content = what === 'image' ? 'import' : 'iso'
  if (!volid.startsWith(`${storage}:${content}/`)) {
    const message =
      what === 'image'
        ? `${volid} is no image that can be imported. Images are on storages with the content import: STORAGE:import/NAME.qcow2.`
        : `${volid} is no ISO. ISOs are on storages with the content iso: STORAGE:iso/NAME.iso.`
    blockers.add({ code: 'medium-kind', message, field })
    return
  }
  if (inventory.volumes.some((each) => each.volid === volid)) return
  const places = inventory.storages.filter(({ name }) => name === storage)
  if (places.length === 0) {
    const message = `There is no storage ${storage} that you may see, so nothing is known of ${volid}.`
    blockers.add({ code: 'storage-unknown', message, field })
  } else if (!places.some((place) => place.active && place.content.includes(content))) {
    const [first] = places
    const all = [...(first?.content ?? []), content].toSorted().join(',')
    const message = `Storage ${storage} takes no ${content === 'iso' ? 'ISOs' : 'images to import'}. Run "pvesm set ${storage} --content ${all}" as root on a node.`
    blockers.add({ code: 'storage-content', message, field })
  } else {
    const message = `There is no ${volid}: it was removed or never there. Upload it or download it to ${storage}, or choose another ${what}.`
    blockers.add({ code: 'medium-unknown', message, field })
  }
}

/** Types whose disks are files (pve-storage src/PVE/Storage, plugindata format); others take raw alone. */
export const FILE_TYPES: ReadonlySet<string> = new Set(['dir', 'nfs', 'cifs', 'glusterfs', 'btrfs'])

function checkFormats({ inventory, blockers }: ScratchContext, drafts: ScratchDraft[]): void {
  for (const { disks, spec } of drafts) {
    for (const { format, storage: name, field } of disks) {
      const storage = inventory.storages.find((each) => each.name === name)
      if (format === null || format === 'raw' || storage === undefined) continue
      if (FILE_TYPES.has(storage.type)) continue
      blockers.add({
        code: 'disk-format',
        message: `${name} keeps disks as they are (${storage.type}), not as files, so there is no ${format} on it. Leave the format out.`,
        field: `${field}.format`,
        vm: spec.name,
      })
    }
  }
}

/** An installer asks by itself, or is told by answers; Proxmox has no way into it. */
function checkFirstBoots(context: ScratchContext, drafts: ScratchDraft[]): void {
  const { blockers, source } = context
  const answered = source.kind === 'iso' && source.unattended !== undefined
  for (const { spec } of drafts) {
    if (spec.cloudInit !== null) {
      const message = answered
        ? 'Windows setup is told by the answers; a first boot by cloud-init is for images. Leave it out.'
        : 'An installer reads no first-boot configuration. Leave it out, or deploy from a cloud image.'
      blockers.add({
        code: 'cloud-init-with-iso',
        message,
        field: fieldOf(context, spec, 'cloudInit'),
      })
    }
    if (!answered) checkNoAddress(context, spec)
  }
}

function checkNoAddress({ blockers }: ScratchContext, { networks }: VmSpec): void {
  for (const network of networks) {
    for (const { ip, field } of addressesOf(network)) {
      if (ip === null || ip === 'dhcp' || ip === 'auto') continue
      const message =
        'Who sits at the installer sets the address there: Proxmox cannot. Leave it out.'
      blockers.add({ code: 'address-with-installer', message, field })
    }
  }
}

const DRIVERS_REMEDY =
  'Download virtio-win.iso on the page Images (it is in the catalogue) and choose it as the driver ISO'

function checkDrivers(
  { source, windows, blockers, warnings }: ScratchContext,
  drafts: ScratchDraft[],
): void {
  if (source.kind !== 'iso' || windows === null || source.driversVolid !== undefined) return
  const field = 'source.driversVolid'
  for (const { hardware, nics, spec } of drafts) {
    const { bus = 'scsi' } = hardware.disk
    const [folder] = driverFolders(windows, bus).filter(({ neededBySetup }) => neededBySetup)
    if (folder !== undefined) {
      const message = `Windows setup sees no disk on ${bus} without its driver (${folder.path}). ${DRIVERS_REMEDY}, or put the disk on sata.`
      const log = source.unattended === undefined ? warnings : blockers
      log.add({ code: 'drivers-missing', message, field })
    } else if (nics.some(({ model }) => model === 'virtio')) {
      const message = `Windows has no driver for the NIC until one is installed. ${DRIVERS_REMEDY}.`
      warnings.add({ code: 'drivers-missing', message, field, vm: spec.name })
    }
  }
}

function checkAnswers(context: ScratchContext, drafts: ScratchDraft[]): void {
  const { source, windows, blockers, warnings } = context
  if (source.kind !== 'iso' || source.unattended === undefined) return
  const field = 'source.unattended'
  if (windows === null) {
    const message =
      'Only Windows setup reads these answers. Choose the Windows that the ISO installs, or leave them out.'
    blockers.add({ code: 'unattended-without-windows', message, field })
    return
  }
  for (const { spec, hardware } of drafts) {
    if (!hardware.agent) {
      blockers.add({
        code: 'agent-missing',
        message: 'The guest agent tells when setup is done. Leave it on.',
        field: hardwareField(context, spec, 'agent'),
      })
    }
    const problem = computerNameProblem(computerNameOf(spec.name))
    if (problem === null) continue
    const code = 'name-too-long-windows'
    blockers.add({ code, message: problem, vm: spec.name, field: `vms.${spec.row}.name` })
  }
  const names = drafts.map(({ spec }) => computerNameOf(spec.name))
  for (const { code, path, message } of answerProblems(source.unattended, windows, names))
    blockers.add({ code, message, field: `${field}.${path}` })
  if (source.unattended.productKey === undefined) {
    const message = 'Without a product key Windows installs all the same. Activate it later.'
    warnings.add({ code: 'no-product-key', message, field: `${field}.productKey` })
  }
  // The agent comes from the driver ISO, and it alone tells when setup is done.
  if (
    source.driversVolid === undefined &&
    !blockers.list().some(({ code }) => code === 'drivers-missing')
  ) {
    const message = `The guest agent is on the driver ISO, and it tells when setup is done. ${DRIVERS_REMEDY}.`
    blockers.add({ code: 'drivers-missing', message, field: 'source.driversVolid' })
  }
}

/** Volumes of the content import are read since 8.3, and other images than OVA can be put there since 8.4. */
function checkImage({ source, inventory, blockers }: ScratchContext): void {
  const { major, minor } = inventory.version
  const field = 'source.volid'
  if (major < 8 || (major === 8 && minor < 4)) {
    const message = `Proxmox VE ${major}.${minor} cannot import images by itself; 8.4 and later can. Make a template from the image on a node ("qm importdisk"), and deploy from it.`
    blockers.add({ code: 'import-version', message, field })
    return
  }
  if (!/\.(qcow2|raw|vmdk)$/i.test(source.volid)) {
    const message = 'Images end in .qcow2, .raw or .vmdk. Upload it under such a name.'
    blockers.add({ code: 'image-format', message, field })
  }
}

function checkTemplateMaking(context: ScratchContext, drafts: ScratchDraft[]): void {
  const { source, warnings } = context
  if (source.kind !== 'image' || source.convertToTemplate !== true) return
  const told = [context.request.defaults, ...context.request.vms].some(
    (settings) => settings?.start === true || settings?.validate !== undefined,
  )
  if (told) {
    const message = 'Templates are not started, so nothing in them is checked.'
    warnings.add({ code: 'not-started', message, field: 'source.convertToTemplate' })
  }
  if (drafts.some(({ hardware }) => hardware.agent)) {
    const message =
      'The agent is enabled in the template, but few images bring it. Where this one does not, let the first boot of the VMs install it.'
    warnings.add({ code: 'agent-in-image', message, field: 'source.convertToTemplate' })
  }
}
