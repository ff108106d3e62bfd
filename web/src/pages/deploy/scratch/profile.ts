/** What the profile of the chosen system means for the page. */
import type { DeployForm } from '../form.ts'
import type { Basis } from './basis.ts'
import { isUnattended, isWindowsSystem, systemOf } from './state.ts'
import { systemTitles } from './systems.ts'

/** What is not set is as here; null until a system is chosen. */
export function basisOf(form: DeployForm): Basis | null {
  const osType = systemOf(form)
  if (osType === null) return null
  const windows = isWindowsSystem(osType)
  const image = form.source === 'image'
  return {
    name: systemTitles[osType],
    profile: systemTitles[osType],
    byHand: (!image && !isUnattended(form)) || form.convert,
    description: null,
    osType: windows ? 'win11' : 'l26',
    cores: windows ? 4 : 2,
    sockets: 1,
    memoryMiB: windows ? 8192 : 2048,
    disks: image
      ? []
      : [{ key: 'scsi0', storage: '', volid: '', sizeGiB: windows ? 64 : 32, boot: true }],
    nics: [],
    // Something in the guest reads the address: cloud-init, or the answers of Windows setup.
    cloudInitDrive: image || isUnattended(form) ? 'ide2' : null,
    agent: true,
    tags: [],
    linkedClone: { possible: false, reason: null },
  }
}
