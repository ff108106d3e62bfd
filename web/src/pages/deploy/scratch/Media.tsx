import { osTypeTitles } from '@deployer/core/hardware/profiles.ts'
import { osTypes, type OsType } from '@deployer/core/hardware/request.ts'
import { type Image, storageNameOf } from '@deployer/core/images.ts'
import { CircleStackIcon } from '@heroicons/react/24/outline'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'
import { imageListQuery } from '../../../api/images.ts'
import { ProblemMessage } from '../../../components/ProblemMessage.tsx'
import { Button } from '../../../ui/Button.tsx'
import { Switch } from '../../../ui/Checkbox.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { formatMiB } from '../../../ui/format.ts'
import { HelpMark } from '../../../ui/HelpMark.tsx'
import { Message } from '../../../ui/Message.tsx'
import { Select, type SelectOption } from '../../../ui/Select.tsx'
import { SkeletonRows } from '../../../ui/Skeleton.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { DeployField } from '../DeployField.tsx'
import { controlId, useDeploy } from '../deploy-context.ts'
import type { DeployForm } from '../form.ts'
import { isWindowsSystem, systemOf } from './state.ts'

/** Which ISO or image the VMs are made from, and the system in it. */
export function Media() {
  const images = useQuery(imageListQuery)
  if (images.data === undefined) {
    return images.error === null ? (
      <SkeletonRows rows={1} rowClass="h-16" label="Reading the lists of ISOs and images" />
    ) : (
      <ProblemMessage
        error={images.error}
        action={
          <Button size="sm" onClick={() => void images.refetch()}>
            Try again
          </Button>
        }
      />
    )
  }
  return (
    <>
      <Chosen images={images.data.images} />
      <Unread unread={images.data.unread} />
    </>
  )
}

/** Where something may lie that the list has not. */
function Unread({
  unread,
}: {
  unread: readonly { node: string; storage: string; reason: string }[]
}) {
  if (unread.length === 0) return null
  return (
    <ul className="flex flex-col gap-1 text-xs text-muted">
      {unread.map(({ node, storage, reason }) => (
        <li key={`${node} ${storage}`}>
          {storage} on {node} was not read: {reason}
        </li>
      ))}
    </ul>
  )
}

function Chosen({ images }: { images: readonly Image[] }) {
  const { form, change } = useDeploy()
  const drivers = images.filter((image) => image.kind === 'drivers')
  const kind = form.source === 'image' ? 'image' : 'iso'
  const media = images.filter((image) => image.kind === kind)
  // Chosen on another page, which did not say what it installs.
  const found = media.find(({ volid }) => volid === form.volid)?.os?.osType ?? null
  const recognised = form.osType === null ? found : null
  const recognise = useEffectEvent((osType: OsType) => change(forSystem(form, osType, drivers)))
  useEffect(() => {
    if (recognised !== null) recognise(recognised)
  }, [recognised])
  if (media.length === 0 && form.volid === '') return <NoMedia kind={kind} />
  return (
    <div className="flex flex-col gap-4">
      <div className="grid grid-cols-1 gap-4 sm:grid-cols-[minmax(0,1fr)_200px]">
        <MediaField media={media} drivers={drivers} />
        <SystemField media={media} drivers={drivers} />
        {kind === 'iso' && isWindowsSystem(form.osType) && <DriversField drivers={drivers} />}
      </div>
      {kind === 'image' && <ConvertSwitch />}
      <p className="text-xs">
        <Link to="/images" search={{}} className="link">
          Upload or download {kind === 'iso' ? 'an ISO' : 'an image'}
        </Link>
      </p>
    </div>
  )
}

function MediaField({ media, drivers }: { media: readonly Image[]; drivers: readonly Image[] }) {
  const { form, change, touch } = useDeploy()
  const iso = form.source === 'iso'
  const chosen = media.find(({ volid }) => volid === form.volid)
  const choose = (volid: string) => {
    const image = media.find((each) => each.volid === volid)
    // What the name says nothing about stays as it was chosen.
    change({ volid, ...forSystem(form, image?.os?.osType ?? form.osType, drivers) })
    touch('volid')
  }
  return (
    <DeployField
      name="volid"
      label={iso ? 'Installer ISO' : 'Image'}
      about={
        iso
          ? 'Each VM gets an empty disk and this ISO in its CD drive. It starts from it once, and from the disk when the system is there.'
          : 'A disk with a system that cloud-init sets up. Each VM gets a copy of it as its boot disk.'
      }
      help={chosen === undefined ? undefined : placesOf(chosen)}
    >
      <Select
        mono
        value={form.volid === '' ? null : form.volid}
        onChange={choose}
        placeholder={iso ? 'Choose an ISO' : 'Choose an image'}
        options={withGone(media, form.volid)}
      />
    </DeployField>
  )
}

/** Windows needs drivers: the newest, where none were chosen. */
function forSystem(
  form: DeployForm,
  osType: OsType | null,
  drivers: readonly Image[],
): Pick<DeployForm, 'osType' | 'drivers' | 'answers'> {
  const newest = drivers.find((each) => each.preferred) ?? drivers[0]
  const fresh = isWindowsSystem(osType) && !isWindowsSystem(form.osType)
  return {
    osType,
    drivers: fresh && form.drivers === '' ? (newest?.volid ?? '') : form.drivers,
    // An edition is of one system.
    answers:
      osType === form.osType ? form.answers : withSetting(form.answers, 'edition', undefined),
  }
}

/** A volume of an earlier request stays chosen where the list has it no longer; the plan says what is so. */
function withGone(media: readonly Image[], volid: string): SelectOption<string>[] {
  const options = media.map(optionOf)
  return volid === '' || options.some((option) => option.value === volid)
    ? options
    : [{ value: volid, label: volid, hint: 'not in the list' }, ...options]
}

function optionOf({ volid, name, sizeBytes }: Image): SelectOption<string> {
  const size = sizeBytes === null ? [] : [formatMiB(sizeBytes / 2 ** 20)]
  return { value: volid, label: name, hint: [...size, storageNameOf(volid)].join(', ') }
}

function placesOf({ nodes, shared }: Image): string {
  const list = new Intl.ListFormat('en').format(nodes)
  return shared ? `On ${list}, shared` : `On ${list}`
}

function SystemField({ media, drivers }: { media: readonly Image[]; drivers: readonly Image[] }) {
  const { form, change } = useDeploy()
  const system = systemOf(form)
  const recognised = media.find(({ volid }) => volid === form.volid)?.os ?? null
  const help =
    recognised?.osType === undefined || recognised.osType === null
      ? 'Its hardware follows from it'
      : recognised.osType === system
        ? `Recognised: ${recognised.name}`
        : `The name of the file says ${recognised.name}`
  return (
    <DeployField
      name="osType"
      label="Operating system"
      about="The hardware below is chosen so that this system installs and runs well. Recognised from the name of the file; choose another one where that is wrong."
      help={help}
    >
      <Select<OsType>
        value={system}
        onChange={(osType) => change(forSystem(form, osType, drivers))}
        placeholder="Choose a system"
        options={osTypes.map((value) => ({ value, label: osTypeTitles[value] }))}
      />
    </DeployField>
  )
}

/** No volume can be called this. */
const NONE = '(none)'

function DriversField({ drivers }: { drivers: readonly Image[] }) {
  const { form, change } = useDeploy()
  return (
    <div className="flex flex-col gap-4 sm:col-span-2">
      <DeployField
        name="drivers"
        label="Drivers ISO"
        about="Windows has no drivers for VirtIO disks and networks. Setup loads them from this second ISO, so that it finds its disk."
        help={
          form.drivers === ''
            ? 'Without it, setup finds no disk on a VirtIO bus'
            : drivers.find(({ volid }) => volid === form.drivers)?.preferred === true
              ? 'The newest that is there'
              : undefined
        }
      >
        <Select
          mono
          value={form.drivers === '' ? NONE : form.drivers}
          onChange={(volid) => change({ drivers: volid === NONE ? '' : volid })}
          options={[...withGone(drivers, form.drivers), { value: NONE, label: 'None' }]}
        />
      </DeployField>
      {drivers.length === 0 && (
        <Message
          tone="warn"
          title="No VirtIO drivers on the storages"
          action={
            <Link to="/images" search={{ tab: 'catalogue' }} className="link">
              Get them
            </Link>
          }
        >
          Download virtio-win.iso from the catalogue: one step, and the cluster fetches it itself.
        </Message>
      )}
    </div>
  )
}

function ConvertSwitch() {
  const { form, change } = useDeploy()
  return (
    <div id={controlId('convert')}>
      <Switch
        checked={form.convert}
        onChange={(convert) => change({ convert })}
        label="Convert to template"
        help="Instead of a VM that runs: a template, to be cloned from now on"
        mark={
          <HelpMark about="Convert to template">
            The disk is imported, the VM gets its hardware and a cloud-init drive, and is turned
            into a template without being started. What is set under Access and first boot belongs
            to the clones, not to the template.
          </HelpMark>
        }
      />
    </div>
  )
}

function NoMedia({ kind }: { kind: 'iso' | 'image' }) {
  return (
    <EmptyState
      icon={CircleStackIcon}
      title={kind === 'iso' ? 'No ISOs here' : 'No disk images here'}
      action={
        <Link to="/images" search={{}} className="link">
          Upload or download {kind === 'iso' ? 'an ISO' : 'an image'}
        </Link>
      }
    >
      {kind === 'iso'
        ? 'No storage with content “ISO image” has an installer on it, or your account may not see it.'
        : 'No storage with content “Import” has a disk image on it, or your account may not see it.'}
    </EmptyState>
  )
}
