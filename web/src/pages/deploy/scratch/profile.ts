/** What the profile of the chosen system means for the page. */
import {
  type Profile,
  type ProfileContext,
  profileOf,
  type ProfileRow,
} from '@deployer/core/hardware/profiles.ts'
import type { OsType } from '@deployer/core/hardware/request.ts'
import type { DeployForm } from '../form.ts'
import type { Basis } from './basis.ts'
import { isUnattended, systemOf } from './state.ts'

/** Images of Linux talk to a serial console, and some stop without one. */
function profileFor(
  osType: OsType,
  source: DeployForm['source'],
  context: ProfileContext,
): Profile {
  const profile = profileOf(osType, context)
  if (source !== 'image' || profile.guest !== 'l26') return profile
  const serial: ProfileRow = {
    setting: 'serialConsole',
    key: 'serial0',
    label: 'Serial console',
    value: 'serial0',
    reason: 'Images write what they do at boot to it, and some stop without one',
  }
  return {
    ...profile,
    hardware: { ...profile.hardware, serialConsole: true },
    rows: [...profile.rows, serial],
  }
}

/** What is not set is as here; null until a system is chosen. */
export function basisOf(form: DeployForm, context: ProfileContext): Basis | null {
  const osType = systemOf(form)
  if (osType === null) return null
  const profile = profileFor(osType, form.source, context)
  const { cores, memoryMiB, diskGiB } = profile.recommended
  const image = form.source === 'image'
  const readsAddress = image || isUnattended(form)
  return {
    name: profile.title,
    profile,
    byHand: !readsAddress,
    description: null,
    osType: profile.guest,
    cores,
    sockets: 1,
    memoryMiB,
    // A template keeps the disk as small as the image, because clones grow.
    disks:
      image && form.convert
        ? []
        : [{ key: 'scsi0', storage: '', volid: '', sizeGiB: diskGiB, boot: true }],
    nics: [],
    // By cloud-init, or by the answers of Windows setup.
    cloudInitDrive: readsAddress ? 'ide2' : null,
    agent: profile.hardware.agent,
    tags: [],
    linkedClone: { possible: false, reason: null },
  }
}
