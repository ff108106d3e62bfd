import { sizes } from '@deployer/core/sizes.ts'
import { lazy } from 'react'
import { formatGiB, formatMiB, plural } from '../../ui/format.ts'
import { OptionCard, OptionGroup } from '../../ui/OptionCard.tsx'
import { TextInput } from '../../ui/TextInput.tsx'
import { DeployField, ErrorLine } from './DeployField.tsx'
import { controlId, useDeploy } from './deploy-context.ts'
import { bootDisk } from './form.ts'
import { memoryText } from './reading.ts'

/** Comes where VMs are made from an ISO or an image. */
const ProfileSize = lazy(async () => ({
  default: (await import('./scratch/ProfileSize.tsx')).ProfileSize,
}))

/** Cores, memory and disk of each VM. */
export function SizeSection() {
  const { form } = useDeploy()
  return (
    <div className="flex flex-col gap-4">
      {form.source === 'template' ? <TemplateSize /> : <ProfileSize />}
      <DiskField />
    </div>
  )
}

/** As the template, one of our sizes, or one's own. */
function TemplateSize() {
  const { form, change, template, errorOf } = useDeploy()
  const choose = (size: string) =>
    change(size === 'custom' ? { size, ...customStart(form.size, template) } : { size })
  const error = errorOf('size')
  return (
    <>
      <OptionGroup label="Size" className="grid grid-cols-2 gap-2.5 sm:grid-cols-3 xl:grid-cols-6">
        {(name) => (
          <>
            <OptionCard
              name={name}
              value="template"
              checked={form.size === 'template'}
              onSelect={() => choose('template')}
              title="Template"
            >
              {template === null ? (
                <TwoLines first="Its cores" second="and memory" />
              ) : (
                <TwoLines
                  first={plural(template.cores * template.sockets, 'core')}
                  second={formatMiB(template.memoryMiB)}
                />
              )}
            </OptionCard>
            {sizes.map((size) => (
              <OptionCard
                key={size.id}
                name={name}
                value={size.id}
                checked={form.size === size.id}
                onSelect={() => choose(size.id)}
                title={size.title}
              >
                <TwoLines first={plural(size.cores, 'core')} second={formatMiB(size.memoryMiB)} />
              </OptionCard>
            ))}
            <OptionCard
              name={name}
              value="custom"
              checked={form.size === 'custom'}
              onSelect={() => choose('custom')}
              title="Custom"
            >
              <TwoLines first="Set your" second="own" />
            </OptionCard>
          </>
        )}
      </OptionGroup>
      {error !== null && (
        <div id={controlId('size')}>
          <ErrorLine>{error}</ErrorLine>
        </div>
      )}
      {form.size === 'custom' && <OwnSize />}
    </>
  )
}

/** Cores and memory as one types them. */
export function OwnSize() {
  const { form, change, template } = useDeploy()
  return (
    <div className="grid grid-cols-2 gap-4 sm:grid-cols-[160px_160px]">
      <DeployField
        name="cores"
        label="Cores"
        about="Virtual CPU cores of each VM, 1 to 512. Left empty, as many as the template or the system's profile has."
      >
        <TextInput
          inputMode="numeric"
          value={form.cores}
          placeholder={template === null ? undefined : String(template.cores)}
          onChange={(cores) => change({ cores })}
        />
      </DeployField>
      <DeployField
        name="memory"
        label="Memory"
        about="Memory of each VM. A bare number counts GiB; 512 MiB and 1.5g work too. Left empty, as much as the template or the system's profile has."
      >
        <TextInput
          value={form.memory}
          unit={/[a-z]/i.test(form.memory) ? undefined : 'GiB'}
          placeholder={template === null ? undefined : memoryText(template.memoryMiB)}
          onChange={(memory) => change({ memory })}
        />
      </DeployField>
    </div>
  )
}

/** Custom starts with the figures of the size that was chosen before. */
function customStart(before: string, template: { cores: number; memoryMiB: number } | null) {
  const size = sizes.find(({ id }) => id === before) ?? (before === 'template' ? template : null)
  return size === null || size === undefined
    ? {}
    : { cores: String(size.cores), memory: memoryText(size.memoryMiB) }
}

function TwoLines({ first, second }: { first: string; second: string }) {
  return (
    <>
      <span className="block">{first}</span>
      <span className="block">{second}</span>
    </>
  )
}

const grows = 'Disks grow, never shrink; the file system follows at first boot.'

const diskWords = {
  template: (size: string | null) => (size === null ? grows : `The template has ${size}. ${grows}`),
  image: () => `At least as large as the image's. ${grows}`,
  iso: () => 'A new disk, empty. It can grow later, not shrink.',
} as const

function DiskField() {
  const { form, change, template, errorOf } = useDeploy()
  const disk = template === null ? null : bootDisk(template)
  const wrong = errorOf('disk') !== null
  const fromTemplate = form.source === 'template'
  return (
    <DeployField
      name="disk"
      label="Disk"
      about="Size of the boot disk. Left empty, it is as large as the template's or the image's, or as the system needs it. 1t and 20480 MiB work too."
      errorAction={
        disk !== null && wrong && fromTemplate ? (
          <button type="button" className="link" onClick={() => change({ disk: '' })}>
            Use {formatGiB(disk.sizeGiB)}
          </button>
        ) : undefined
      }
    >
      <div className="flex flex-col gap-x-4 gap-y-1.5 sm:flex-row sm:items-center">
        <TextInput
          value={form.disk}
          unit={/[a-z]/i.test(form.disk) ? undefined : 'GiB'}
          placeholder={disk === null ? undefined : String(disk.sizeGiB)}
          onChange={(text) => change({ disk: text })}
          className="sm:w-40! sm:flex-none"
        />
        {!wrong && (
          <p className="text-xs text-muted">
            {diskWords[form.source](disk === null ? null : formatGiB(disk.sizeGiB))}
          </p>
        )}
      </div>
    </DeployField>
  )
}
