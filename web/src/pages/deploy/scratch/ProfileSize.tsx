import type { ProfileSize as Size } from '@deployer/core/hardware/profiles.ts'
import { useState } from 'react'
import { formatGiB, formatMiB, plural } from '../../../ui/format.ts'
import { OptionCard, OptionGroup } from '../../../ui/OptionCard.tsx'
import { useDeploy } from '../deploy-context.ts'
import type { DeployForm } from '../form.ts'
import { memoryText, parseMemoryMiB, parseSizeGiB } from '../reading.ts'
import { OwnSize } from '../SizeSection.tsx'
import type { Basis } from './basis.ts'

/** Sizes that fit the system, the recommended one first chosen, or one's own. */
export function ProfileSize() {
  const { form, change, template } = useDeploy()
  const [own, setOwn] = useState(false)
  const profile = template?.profile
  if (template === null || profile === undefined) {
    return <p className="text-xs text-muted">Choose the operating system first.</p>
  }
  const { recommended, presets, minimum } = profile
  const now = sizeNow(form, template)
  const chosen = own ? undefined : presets.find((preset) => isSame(preset, now))
  const choose = (preset: Size) => {
    setOwn(false)
    change(
      isSame(preset, recommended)
        ? { size: 'template', cores: '', memory: '', disk: '' }
        : { ...textsOf(preset), disk: template.disks.length === 0 ? '' : String(preset.diskGiB) },
    )
  }
  return (
    <>
      <OptionGroup label="Size" className="grid grid-cols-2 gap-2.5 sm:grid-cols-4">
        {(name) => (
          <>
            {presets.map((preset) => (
              <OptionCard
                key={preset.id}
                name={name}
                value={preset.id}
                checked={chosen?.id === preset.id}
                onSelect={() => choose(preset)}
                title={preset.title}
              >
                <span className="block">
                  {plural(preset.cores, 'core')}, {formatMiB(preset.memoryMiB)}
                </span>
                <span className="block">
                  {template.disks.length === 0
                    ? 'Disk of the image'
                    : `Disk ${formatGiB(preset.diskGiB)}`}
                </span>
                {isSame(preset, recommended) && <span className="block">Recommended</span>}
              </OptionCard>
            ))}
            <OptionCard
              name={name}
              value="custom"
              checked={chosen === undefined}
              onSelect={() => {
                setOwn(true)
                change(textsOf(now))
              }}
              title="Custom"
            >
              <span className="block">Set your own</span>
            </OptionCard>
          </>
        )}
      </OptionGroup>
      {chosen === undefined && <OwnSize />}
      <p className="text-xs text-muted">
        {profile.title} needs at least {plural(minimum.cores, 'core')},{' '}
        {formatMiB(minimum.memoryMiB)} and a disk of {formatGiB(minimum.diskGiB)}.
      </p>
    </>
  )
}

/** What the fields say, where they are empty the profile's. */
function sizeNow(form: DeployForm, template: Basis): Size {
  const own = form.size === 'custom'
  const cores = own ? Number(form.cores.trim() || template.cores) : template.cores
  const memoryMiB = own && form.memory.trim() !== '' ? parseMemoryMiB(form.memory) : null
  const disk = template.disks[0]?.sizeGiB
  return {
    cores,
    memoryMiB: memoryMiB ?? template.memoryMiB,
    diskGiB: parseSizeGiB(form.disk) ?? disk ?? 0,
  }
}

/** The disk of an image has the image's size. */
function isSame(one: Size, other: Size): boolean {
  return (
    one.cores === other.cores &&
    one.memoryMiB === other.memoryMiB &&
    (one.diskGiB === other.diskGiB || other.diskGiB === 0)
  )
}

function textsOf({ cores, memoryMiB }: Size): Pick<DeployForm, 'size' | 'cores' | 'memory'> {
  return { size: 'custom', cores: String(cores), memory: memoryText(memoryMiB) }
}
