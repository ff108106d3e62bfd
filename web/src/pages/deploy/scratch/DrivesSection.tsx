import { CircleStackIcon, CpuChipIcon } from '@heroicons/react/16/solid'
import { PlusIcon, ServerStackIcon } from '@heroicons/react/16/solid'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { useDeploy } from '../deploy-context.ts'
import { DiskOptionFields, OptionsFold, PROFILE } from './DiskOptions.tsx'
import { Part, PartsOf } from './parts.tsx'
import { type PlannedDrive, plannedDrives } from './planned-drives.ts'
import { isUnattended, type MoreDisk } from './state.ts'

/** The disks and CD drives of each VM, and what of them can be chosen. */
export function DrivesSection() {
  const { form, change } = useDeploy()
  const { drives } = form
  const set = (patch: Partial<typeof drives>) => change({ drives: { ...drives, ...patch } })
  return (
    <PartsOf field="drives">
      <PlannedList />
      <OptionsFold title="Options of the boot disk" value={drives.boot}>
        <DiskOptionFields path="disk" value={drives.boot} onChange={(boot) => set({ boot })} />
      </OptionsFold>
      {drives.more.map((disk, index) => (
        <ExtraDisk
          // Disks have no identity but their place.
          key={index}
          index={index}
          disk={disk}
          onChange={(next) => set({ more: drives.more.with(index, next) })}
          onRemove={() => set({ more: drives.more.toSpliced(index, 1) })}
        />
      ))}
      <div className="flex flex-wrap items-end justify-between gap-4">
        <Button
          size="sm"
          icon={PlusIcon}
          onClick={() => set({ more: [...drives.more, { size: '32', storage: '' }] })}
        >
          Add a disk
        </Button>
        <Part
          path="bootOrder"
          label="Boot order"
          optional
          own={drives.order !== ''}
          onReset={() => set({ order: '' })}
          about="Devices in the order in which they are tried. Only devices that the VM has. Left empty: the disk first, then the ISO, so that an installer runs once and never again."
          className="w-full sm:w-64"
        >
          <TextInput
            mono
            value={drives.order}
            placeholder="scsi0, ide2, net0"
            onChange={(order) => set({ order })}
          />
        </Part>
      </div>
    </PartsOf>
  )
}

function PlannedList() {
  const { form, plan } = useDeploy()
  const drives = plannedDrives(plan.plan, form)
  if (drives.length === 0) {
    return (
      <p className="text-xs text-muted">
        The drives stand here as soon as there is a plan: it needs{' '}
        {form.source === 'image' ? 'an image' : 'an ISO'} and a name.
      </p>
    )
  }
  return (
    <ul aria-label="Drives" className="divide-y divide-line rounded-md border border-line">
      {drives.map((drive) => (
        <DriveRow key={drive.key} drive={drive} unattended={isUnattended(form)} />
      ))}
    </ul>
  )
}

function DriveRow({ drive, unattended }: { drive: PlannedDrive; unattended: boolean }) {
  const { key, kind, title, boot } = drive
  const Icon =
    kind === 'disk' || kind === 'image'
      ? ServerStackIcon
      : kind === 'tpm' || kind === 'efi'
        ? CpuChipIcon
        : CircleStackIcon
  return (
    <li className="flex items-center gap-3 px-3 py-2">
      <span className="w-20 flex-none rounded-sm border border-line bg-raised px-1.5 py-0.5 text-center font-mono text-2xs text-body">
        {key}
      </span>
      <Icon className="size-4 flex-none text-muted" aria-hidden />
      <span className="min-w-0 flex-1">
        <span className="block truncate font-mono text-xs text-ink">{title}</span>
        <span className="block text-2xs text-muted">{driveWords(drive, unattended)}</span>
      </span>
      {kind === 'answers' ? (
        <Badge tone="you">you</Badge>
      ) : (
        boot !== null && <Badge>boot {boot}</Badge>
      )}
    </li>
  )
}

function driveWords({ kind, boot }: PlannedDrive, unattended: boolean): string {
  switch (kind) {
    case 'disk':
      return boot === null ? 'New disk' : 'New disk, empty until the system is on it'
    case 'image':
      return 'New disk, filled from the image'
    case 'installer':
      return 'Installer, starts while the disk is empty'
    case 'drivers':
      return unattended ? 'Drivers and guest agent, loaded by setup' : 'Drivers and guest agent'
    case 'cloud-init':
      return 'Proxmox’s cloud-init drive'
    case 'answers':
      return 'Answer file, made for each VM, removed when setup is done'
    case 'cd':
      return 'CD drive'
    case 'efi':
      return 'Settings of the UEFI firmware'
    case 'tpm':
      return 'State of the TPM'
  }
}

function ExtraDisk({
  index,
  disk,
  onChange,
  onRemove,
}: {
  index: number
  disk: MoreDisk
  onChange: (disk: MoreDisk) => void
  onRemove: () => void
}) {
  const { size, storage, ...options } = disk
  return (
    <fieldset className="flex flex-col gap-3 border-t border-line pt-4">
      <legend className="sr-only">Disk {index + 2}</legend>
      <div className="flex items-center justify-between">
        <span aria-hidden className="text-sm font-medium text-ink">
          Disk {index + 2}
        </span>
        <Button size="sm" variant="ghost" onClick={onRemove}>
          Remove<span className="sr-only"> disk {index + 2}</span>
        </Button>
      </div>
      <div className="grid gap-4 sm:grid-cols-2">
        <Part path={`disks.${index}.sizeGiB`} label="Size" about="1t and 20480 MiB work too.">
          <TextInput
            value={size}
            unit={/[a-z]/i.test(size) ? undefined : 'GiB'}
            onChange={(text) => onChange({ ...disk, size: text })}
          />
        </Part>
        <Part
          path={`disks.${index}.storage`}
          label="Storage"
          about="Left as it is, the disk goes where the boot disk goes."
        >
          <StorageSelect
            value={storage}
            onChange={(next) => onChange({ ...disk, storage: next })}
          />
        </Part>
      </div>
      <OptionsFold title={`Options of disk ${index + 2}`} value={options}>
        <DiskOptionFields
          path={`disks.${index}`}
          value={options}
          onChange={(next) => onChange({ ...next, size, storage })}
        />
      </OptionsFold>
    </fieldset>
  )
}

function StorageSelect({ value, onChange }: { value: string; onChange: (name: string) => void }) {
  const { inventory } = useDeploy()
  const names = new Set(
    inventory.storages
      .filter((storage) => storage.content.includes('images'))
      .map((storage) => storage.name),
  )
  if (value !== '') names.add(value)
  return (
    <Select
      value={value === '' ? PROFILE : value}
      onChange={(next) => onChange(next === PROFILE ? '' : next)}
      options={[
        { value: PROFILE, label: 'As the boot disk' },
        ...[...names].map((name) => ({ value: name, label: name })),
      ]}
    />
  )
}
