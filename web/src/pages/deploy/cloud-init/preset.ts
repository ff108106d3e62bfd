/** How a preset goes into the form. */
import { type Preset, presets } from '@deployer/core/cloud-init/presets.ts'
import type { CloudInitForm } from './state.ts'

/** The preset whose software the form has, exactly; null for none, and for a form that sets nothing. */
export function presetOf(form: CloudInitForm): Preset['id'] | null {
  if (Object.keys(form).length === 0 || form.userData?.mode === 'replace') return null
  const text = softwareText(form)
  return presets.find(({ cloudInit }) => softwareText(cloudInit) === text)?.id ?? null
}

function softwareText({ packages, packageUpgrade, writeFiles, commands }: CloudInitForm): string {
  return JSON.stringify([packages ?? [], packageUpgrade ?? false, writeFiles ?? [], commands ?? []])
}

/**
 * The form with the preset's software in place of another preset's, or after what the person has typed. Plain takes all
 * software out.
 */
export function withPreset(form: CloudInitForm, { id, cloudInit }: Preset): CloudInitForm {
  const { packages, packageUpgrade, writeFiles, commands, ...rest } = form
  if (id === 'plain') return { ...rest, agent: true, openssh: true }
  if (presetOf(form) !== null || softwareText(form) === softwareText({})) {
    return { ...rest, ...cloudInit }
  }
  const paths = new Set((writeFiles ?? []).map(({ path }) => path))
  const files = (cloudInit.writeFiles ?? []).filter(({ path }) => !paths.has(path))
  const before = commands ?? []
  const after = (cloudInit.commands ?? []).filter((each) => !before.includes(each))
  const upgrade = cloudInit.packageUpgrade ?? packageUpgrade
  const both: CloudInitForm = {
    packages: [...new Set([...(packages ?? []), ...(cloudInit.packages ?? [])])],
    writeFiles: [...(writeFiles ?? []), ...files],
    commands: [...before, ...after],
    ...(upgrade !== undefined && { packageUpgrade: upgrade }),
  }
  const set = Object.entries(both).filter(([, value]) => !Array.isArray(value) || value.length > 0)
  return { ...rest, ...Object.fromEntries(set) }
}
