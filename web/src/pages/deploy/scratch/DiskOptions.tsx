import { diskBuses } from '@deployer/core/hardware/request.ts'
import { type ReactNode, useState } from 'react'
import { Badge } from '../../../ui/Badge.tsx'
import { Checkbox } from '../../../ui/Checkbox.tsx'
import { Select } from '../../../ui/Select.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { useDeploy } from '../deploy-context.ts'
import { Part } from './parts.tsx'
import type { DiskOptionsForm } from './state.ts'

/** Folded unless something in it is set or wrong. */
export function OptionsFold({
  title,
  value,
  children,
}: {
  title: string
  value: DiskOptionsForm
  children: ReactNode
}) {
  const { errorOf } = useDeploy()
  const set = Object.keys(value).length
  const [shown, setShown] = useState(set > 0)
  const open = shown || errorOf('drives') !== null
  return (
    <details open={open} onToggle={(event) => setShown(event.currentTarget.open)}>
      <summary className="w-fit text-xs text-muted">
        {title}
        {set > 0 && <span className="text-accent-text">, {set} set by you</span>}
      </summary>
      {open && <div className="flex flex-col gap-3 pt-3">{children}</div>}
    </details>
  )
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
export const PROFILE = '(profile)'

/** What a disk can be set to. What is left out is as the profile has it. */
export function DiskOptionFields({
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
