import { diskBuses } from '@deployer/core/hardware/request.ts'
import { CircleStackIcon, CpuChipIcon } from '@heroicons/react/16/solid'
import { PlusIcon, ServerStackIcon } from '@heroicons/react/16/solid'
import { Badge } from '../../../ui/Badge.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { useDeploy } from '../deploy-context.ts'
import { Part, PartsOf } from './parts.tsx'
import { type PlannedDrive, plannedDrives } from './planned-drives.ts'
import { type DiskOptionsForm, isUnattended, type MoreDisk } from './state.ts'

/** The disks and CD drives of each VM, and what of them can be chosen. */
export function DrivesSection() {
  const { form, change } = useDeploy()
  const { drives } = form
  const set = (patch: Partial<typeof drives>) => change({ drives: { ...drives, ...patch } })
  return (
    <PartsOf field="drives">
      <PlannedList />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 text-sm font-medium text-ink">Boot disk</legend>
        <DiskOptionFields path="disk" value={drives.boot} onChange={(boot) => set({ boot })} />
      </fieldset>
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
    kind === 'disk'
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

const busWords = {
  scsi: 'SCSI, the fastest with VirtIO',
  virtio: 'VirtIO Block',
  sata: 'SATA, needs no driver',
  ide: 'IDE, for old systems',
} as const

const caches = ['none', 'writeback', 'writethrough', 'directsync', 'unsafe'] as const
const formats = ['raw', 'qcow2', 'vmdk'] as const

/** As the profile has it. */
const PROFILE = '(profile)'

/** What a disk can be set to. What is left out is as the profile has it. */
function DiskOptionFields({
  path,
  value,
  onChange,
}: {
  path: string
  value: DiskOptionsForm
  onChange: (value: DiskOptionsForm) => void
}) {
  const { template } = useDeploy()
  const given = template?.profile?.title ?? 'the system'
  const usual = template?.profile?.hardware.disk
  const set = <Key extends keyof DiskOptionsForm>(
    key: Key,
    next: DiskOptionsForm[Key] | undefined,
  ) => onChange(withSetting(value, key, next))
  const back = (key: keyof DiskOptionsForm) => ({
    own: value[key] !== undefined,
    given,
    onReset: () => set(key, undefined),
  })
  const asProfile = { value: PROFILE, label: `As ${given} needs it` }
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <Part
          path={`${path}.bus`}
          label="Bus"
          {...back('bus')}
          about="How the disk is attached. SCSI with the VirtIO controller is the fastest and can do all that is offered here. SATA and IDE need no driver in the guest."
        >
          <Select
            value={value.bus ?? PROFILE}
            onChange={(next) =>
              set(
                'bus',
                diskBuses.find((bus) => bus === next),
              )
            }
            options={[asProfile, ...diskBuses.map((bus) => ({ value: bus, label: busWords[bus] }))]}
          />
        </Part>
        <Part
          path={`${path}.cache`}
          label="Cache"
          {...back('cache')}
          about="How the node caches writes. None is safe and what Proxmox takes by itself; writeback is faster and loses what is not written yet when the node dies; unsafe is for throwaway VMs."
        >
          <Select
            value={value.cache ?? PROFILE}
            onChange={(next) =>
              set(
                'cache',
                caches.find((cache) => cache === next),
              )
            }
            options={[asProfile, ...caches.map((cache) => ({ value: cache, label: cache }))]}
          />
        </Part>
        <Part
          path={`${path}.format`}
          label="Format"
          {...back('format')}
          about="Only where the storage keeps files (directory, NFS, CIFS): qcow2 can do snapshots, raw is faster. Other storages keep disks as they are."
        >
          <Select
            value={value.format ?? PROFILE}
            onChange={(next) =>
              set(
                'format',
                formats.find((format) => format === next),
              )
            }
            options={[
              { value: PROFILE, label: 'As the storage has it' },
              ...formats.map((format) => ({ value: format, label: format })),
            ]}
          />
        </Part>
      </div>
      <div className="grid gap-x-4 gap-y-2 sm:grid-cols-3">
        {toggles.map(({ key, label, help }) => (
          <Toggle
            key={key}
            label={label}
            help={help}
            value={value[key]}
            usual={usual === undefined ? true : usual[key]}
            onChange={(next) => set(key, next)}
          />
        ))}
      </div>
    </>
  )
}

const toggles = [
  { key: 'discard', label: 'Discard', help: 'Freed space goes back to the storage' },
  { key: 'ssd', label: 'SSD', help: 'The guest sees an SSD. Not with VirtIO Block' },
  { key: 'iothread', label: 'IO thread', help: 'A thread of its own. SCSI and VirtIO Block' },
] as const

/** As the profile has it, until somebody says otherwise. */
function Toggle({
  label,
  help,
  value,
  usual,
  onChange,
}: {
  label: string
  help: string
  value: boolean | undefined
  /** The profile's. */
  usual: boolean
  onChange: (value: boolean | undefined) => void
}) {
  return (
    <div className="flex items-start gap-1">
      <Checkbox
        className="flex-1"
        label={value === undefined ? label : <strong>{label}</strong>}
        help={help}
        checked={value ?? usual}
        onChange={(on) => onChange(on === usual ? undefined : on)}
      />
      {value !== undefined && (
        <button
          type="button"
          aria-label={`${label}: back to the profile's value`}
          onClick={() => onChange(undefined)}
          className="rounded-sm"
        >
          <Badge tone="you">you</Badge>
        </button>
      )}
    </div>
  )
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
      <DiskOptionFields
        path={`disks.${index}`}
        value={options}
        onChange={(next) => onChange({ ...next, size, storage })}
      />
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
