import type { Profile } from '@deployer/core/hardware/profiles.ts'
import { displays, scsiControllers } from '@deployer/core/hardware/request.ts'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { client, unwrap } from '../../../api/client.ts'
import { SegmentedControl } from '../../../ui/SegmentedControl.tsx'
import { Select } from '../../../ui/Select.tsx'
import { TextInput } from '../../../ui/TextInput.tsx'
import { withSetting } from '../cloud-init/state.ts'
import { useDeploy } from '../deploy-context.ts'
import { Part } from './parts.tsx'
import type { HardwareForm } from './state.ts'

/** Every setting of the hardware. A value that is the profile's own is not set. */
export function HardwareFields({ profile }: { profile: Profile }) {
  const settings = useSettings(profile)
  return (
    <div className="flex flex-col gap-4 border-t border-line pt-4">
      <div className="grid gap-4 sm:grid-cols-2 xl:grid-cols-3">
        <CpuAndMemory {...settings} />
        <Board {...settings} />
        <Devices {...settings} />
      </div>
    </div>
  )
}

type Settings = ReturnType<typeof useSettings>

function useSettings(profile: Profile) {
  const { form, change } = useDeploy()
  const { hardware } = form
  const usual = profile.hardware
  const set = <Key extends keyof HardwareForm>(key: Key, value: HardwareForm[Key] | undefined) =>
    change({ hardware: withSetting(hardware, key, value) })
  const badge = (key: keyof HardwareForm) => ({
    own: hardware[key] !== undefined,
    given: profile.title,
    onReset: () => set(key, undefined),
  })
  const flag = (key: Flag) => ({
    value: hardware[key] ?? usual[key],
    onChange: (next: boolean) => set(key, next === usual[key] ? undefined : next),
  })
  return { hardware, usual, set, badge, flag }
}

function CpuAndMemory({ hardware, usual, set, badge }: Settings) {
  const cpuTypes = useCpuTypes()
  return (
    <>
      <Part
        path="cpuType"
        label="CPU type"
        {...badge('cpuType')}
        about="What CPU the guest sees. x86-64-v2-AES works on every server of the last ten years, so that the VM can move between unlike nodes. host shows all that this node's CPU can do: fastest, but the VM moves to nodes with the same CPU only."
        help={hardware.cpuType === 'host' ? 'Moves to nodes with the same CPU only' : undefined}
      >
        <TextInput
          mono
          list="cpu-types"
          value={hardware.cpuType ?? ''}
          placeholder={usual.cpuType}
          onChange={(cpuType) => set('cpuType', cpuType)}
        />
      </Part>
      <Part
        path="sockets"
        label="Sockets"
        {...badge('sockets')}
        about="The cores are spread over them evenly. More than one only where a licence counts sockets."
      >
        <TextInput
          inputMode="numeric"
          value={hardware.sockets ?? ''}
          placeholder="1"
          onChange={(sockets) => set('sockets', sockets)}
        />
      </Part>
      <Part
        path="balloonMiB"
        label="Least memory"
        {...badge('balloon')}
        about="When the node runs short, Proxmox takes memory back from the VM, down to this much (ballooning). 0 turns it off. The guest needs the balloon driver."
        help="0 for no ballooning"
      >
        <TextInput
          value={hardware.balloon ?? ''}
          placeholder="all of it"
          unit={/[a-z]/i.test(hardware.balloon ?? '') ? undefined : 'GiB'}
          onChange={(balloon) => set('balloon', balloon)}
        />
      </Part>
      <datalist id="cpu-types">
        {cpuTypes.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </>
  )
}

function Board({ hardware, usual, set, badge, flag }: Settings) {
  const uefi = (hardware.firmware ?? usual.firmware) === 'uefi'
  return (
    <>
      <Part
        path="firmware"
        label="Firmware"
        {...badge('firmware')}
        about="UEFI is what systems of today expect, and what Secure Boot needs; it keeps its settings on a small EFI disk. BIOS boots systems of any age."
      >
        <SegmentedControl
          stretch
          value={hardware.firmware ?? usual.firmware}
          onChange={(next) => set('firmware', next === usual.firmware ? undefined : next)}
          options={[
            { value: 'uefi', label: 'UEFI' },
            { value: 'bios', label: 'BIOS' },
          ]}
        />
      </Part>
      <OnOff
        path="secureBoot"
        label="Secure Boot keys"
        badge={badge('secureBoot')}
        {...flag('secureBoot')}
        blocked={uefi ? null : 'Secure Boot needs UEFI'}
        about="Puts Microsoft's keys into the EFI disk, so that Secure Boot is on from the first start. Only loaders that are signed for it boot then."
      />
      <OnOff
        path="tpm"
        label="TPM 2.0"
        badge={badge('tpm')}
        {...flag('tpm')}
        about="A chip that keeps keys. Windows 11 does not install without it; BitLocker uses it."
      />
      <Part
        path="machine"
        label="Machine"
        {...badge('machine')}
        about="The board that the guest sees. q35 has PCI Express; pc is the older i440fx. A version such as pc-q35-9.0 keeps it the same when Proxmox gets newer; for Windows Proxmox does that by itself."
      >
        <TextInput
          mono
          list="machines"
          value={hardware.machine ?? ''}
          placeholder={usual.machine}
          onChange={(machine) => set('machine', machine)}
        />
      </Part>
      <datalist id="machines">
        <option value="q35" />
        <option value="pc" />
      </datalist>
    </>
  )
}

function Devices({ hardware, usual, set, badge, flag }: Settings) {
  return (
    <>
      <Part
        path="scsiController"
        label="SCSI controller"
        {...badge('scsiController')}
        about="What the SCSI disks hang on. VirtIO SCSI single gives each disk a thread of its own. The others are for systems without a VirtIO driver."
      >
        <Select
          mono
          value={hardware.scsiController ?? usual.scsiController}
          onChange={(next) =>
            set('scsiController', next === usual.scsiController ? undefined : next)
          }
          options={scsiControllers.map((value) => ({ value, label: value }))}
        />
      </Part>
      <Part
        path="display"
        label="Display"
        {...badge('display')}
        about="The graphics card of the console. std works everywhere; serial0 puts the console on the serial port, for systems that talk to it."
      >
        <Select
          mono
          value={hardware.display ?? usual.display}
          onChange={(next) => set('display', next === usual.display ? undefined : next)}
          options={displays.map((value) => ({ value, label: value }))}
        />
      </Part>
      <OnOff
        path="serialConsole"
        label="Serial console"
        badge={badge('serialConsole')}
        {...flag('serialConsole')}
        about="A serial port that the console page can open as text. Most cloud images write their boot messages to it."
      />
      <OnOff
        path="agent"
        label="Guest agent"
        badge={badge('agent')}
        {...flag('agent')}
        about="The device over which Proxmox talks to the agent in the guest: the address, a clean shutdown, a consistent backup. The guest needs the agent itself as well."
      />
      <OnOff
        path="tablet"
        label="Tablet pointer"
        badge={badge('tablet')}
        {...flag('tablet')}
        about="The pointer in the console is where your own is. Off saves a little CPU where nobody opens a graphical console."
      />
    </>
  )
}

type Flag = 'secureBoot' | 'tpm' | 'serialConsole' | 'agent' | 'tablet'

/** Those that every node knows, or of the one where all VMs go; usual ones until they are known. */
function useCpuTypes(): readonly string[] {
  const { form } = useDeploy()
  const { data = [] } = useQuery(cpuTypesQuery)
  const nodes = form.placement === 'node' ? data.filter(({ node }) => node === form.node) : data
  const [first, ...others] = nodes
  if (first === undefined) return usualCpuTypes
  return first.names.filter((name) => others.every(({ names }) => names.includes(name)))
}

const cpuTypesQuery = queryOptions({
  queryKey: ['cpu-types'],
  queryFn: async ({ signal }) =>
    (await unwrap(client.GET('/api/v1/cpu-types', { signal }))).cpuTypes,
  staleTime: 300_000,
})

const usualCpuTypes = ['x86-64-v2-AES', 'x86-64-v3', 'x86-64-v4', 'host']

function OnOff({
  path,
  label,
  about,
  badge,
  value,
  onChange,
  blocked = null,
}: {
  path: Flag
  label: string
  about: string
  badge: { own: boolean; given: string; onReset: () => void }
  value: boolean
  onChange: (value: boolean) => void
  blocked?: string | null
}) {
  return (
    <Part path={path} label={label} about={about} help={blocked ?? undefined} {...badge}>
      <SegmentedControl
        stretch
        value={value && blocked === null ? 'on' : 'off'}
        onChange={(next) => onChange(next === 'on')}
        options={[
          { value: 'on', label: 'On', blocked },
          { value: 'off', label: 'Off' },
        ]}
      />
    </Part>
  )
}
