/** What a VM may be called. */

const MAX_LABEL = 63
const MAX_NAME = 253
/** NetBIOS: longer computer names are cut by Windows, so that two VMs could end up with the same one. */
const MAX_WINDOWS_NAME = 15

export type NameProblem = {
  code: 'name-empty' | 'name-characters' | 'name-too-long' | 'name-too-long-windows'
  message: string
}

/** Whether an `ostype` of Proxmox stands for a Windows guest. */
export function isWindows(osType: string | null): boolean {
  return osType !== null && /^(win|wxp|w2k|wvista)/.test(osType)
}

/**
 * Why a VM cannot have this name; null where it can. Characters as Proxmox checks them (pve-common
 * src/PVE/JSONSchema.pm, format dns-name); lengths are those of DNS, which Proxmox does not check and guests need.
 */
export function nameProblem(name: string, osType: string | null): NameProblem | null {
  if (name === '') return { code: 'name-empty', message: 'The VM has no name.' }
  const labels = name.split('.')
  const wrong = labels.some((label) => !/^[a-z\d]([a-z\d-]*[a-z\d])?$/i.test(label))
  if (wrong) {
    return {
      code: 'name-characters',
      message: `${name} is no DNS name. Names have letters, digits and hyphens, with dots between parts; no part starts or ends with a hyphen.`,
    }
  }
  if (labels.some((label) => label.length > MAX_LABEL) || name.length > MAX_NAME) {
    return {
      code: 'name-too-long',
      message: `${name} is too long. A part of a name has at most ${MAX_LABEL} characters, the whole at most ${MAX_NAME}.`,
    }
  }
  const host = labels[0] ?? ''
  if (isWindows(osType) && host.length > MAX_WINDOWS_NAME) {
    return {
      code: 'name-too-long-windows',
      message: `${host} has ${host.length} characters. Windows computer names have at most ${MAX_WINDOWS_NAME}.`,
    }
  }
  return null
}
