import type { VmDetail, VmDrive } from '@deployer/core/vm.ts'
import { useState } from 'react'
import { ProblemMessage } from '../../components/ProblemMessage.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import { formatGiB, formatMiB, plural } from '../../ui/format.ts'
import { KeyValue } from '../../ui/KeyValue.tsx'
import { Message } from '../../ui/Message.tsx'
import { toast } from '../../ui/Toast.tsx'
import { useVmSettings } from '../vms/queries.ts'
import { systemText } from '../vms/words.ts'
import { ResizeDialog } from './ResizeDialog.tsx'
import { SizeDialog } from './SizeDialog.tsx'
import { lacking, useWork } from './work.ts'

type Open = { kind: 'size' } | { kind: 'resize'; drive: VmDrive }

const kinds: Record<VmDrive['kind'], string> = {
  disk: 'Disk',
  cd: 'CD',
  'cloud-init': 'Cloud-init',
  efi: 'EFI variables',
  tpm: 'TPM state',
  unused: 'Not attached',
}

/** Size, drives, NICs, and what waits for a restart. */
export function HardwareTab({ vm }: { vm: VmDetail }) {
  const [open, setOpen] = useState<Open | null>(null)
  const { hardware } = vm
  const { busy } = useWork()
  const wait = busy ? 'Something is being done to it' : null
  const noSize = wait ?? lacking(vm, 'VM.Config.CPU') ?? lacking(vm, 'VM.Config.Memory')
  return (
    <div className="space-y-4">
      {vm.pending.length > 0 && <Pending vm={vm} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <section aria-label="Size" className="card p-4">
          <div className="mb-2 flex items-center justify-between gap-3">
            <h2 className="text-md">Size and machine</h2>
            <Button
              size="sm"
              blocked={noSize}
              hideReason
              title={noSize ?? undefined}
              onClick={() => setOpen({ kind: 'size' })}
            >
              Change size
            </Button>
          </div>
          <KeyValue
            items={[
              [
                'Cores',
                hardware.sockets === 1
                  ? String(hardware.cores)
                  : `${hardware.cores * hardware.sockets} (${plural(hardware.sockets, 'socket')} with ${hardware.cores})`,
              ],
              ['CPU type', hardware.cpuType ?? 'kvm64'],
              ['Memory', formatMiB(hardware.memoryMiB)],
              [
                'Ballooning',
                hardware.balloonMiB === 0
                  ? 'off'
                  : hardware.balloonMiB === null
                    ? 'on'
                    : `down to ${formatMiB(hardware.balloonMiB)}`,
              ],
              ['Firmware', hardware.bios === 'ovmf' ? 'UEFI (ovmf)' : 'BIOS (seabios)'],
              ['Machine', hardware.machine ?? 'i440fx'],
              ['SCSI controller', hardware.scsiController ?? 'lsi'],
              ['Display', hardware.display ?? 'standard'],
              ['Serial ports', hardware.serialPorts.join(', ') || 'none'],
              ['System', systemText(vm.osType)],
              ['Agent', vm.agent ? 'enabled' : 'not enabled'],
            ]}
          />
        </section>
        <Settings vm={vm} wait={wait} />
      </div>
      <Drives vm={vm} wait={wait} onResize={(drive) => setOpen({ kind: 'resize', drive })} />
      <Nics vm={vm} />
      {open?.kind === 'size' && <SizeDialog vm={vm} onClose={() => setOpen(null)} />}
      {open?.kind === 'resize' && (
        <ResizeDialog vm={vm} drive={open.drive} onClose={() => setOpen(null)} />
      )}
    </div>
  )
}

const units: Record<string, string> = { memory: 'MiB', balloon: 'MiB' }

const withUnit = (key: string, value: string | null): string | null => {
  const unit = units[key]
  return value === null || unit === undefined ? value : `${value} ${unit}`
}

function Pending({ vm }: { vm: VmDetail }) {
  return (
    <Message
      tone="info"
      title={`${plural(vm.pending.length, 'change waits', 'changes wait')} for a restart`}
    >
      <ul className="mt-1 font-mono text-2xs">
        {vm.pending.map(({ key, value, pending }) => (
          <li key={key} className="wrap-anywhere">
            {key}: {withUnit(key, value) ?? 'not set'} → {withUnit(key, pending) ?? 'removed'}
          </li>
        ))}
      </ul>
      <p className="mt-1">
        Shut it down and start it again: a restart from inside the guest is not enough.
      </p>
    </Message>
  )
}

function Settings({ vm, wait }: { vm: VmDetail; wait: string | null }) {
  const change = useVmSettings(vm.vmid)
  const blocked = wait ?? lacking(vm, 'VM.Config.Options')
  const set = (body: { protection?: boolean; startsWithNode?: boolean }, done: string) =>
    change.mutate(body, { onSuccess: () => toast('ok', `${vm.name}: ${done}`) })
  return (
    <section aria-label="Settings" className="card space-y-3 p-4">
      <h2 className="text-md">Settings</h2>
      <Switch
        checked={vm.startsWithNode}
        disabled={blocked !== null}
        onChange={(on) =>
          set({ startsWithNode: on }, on ? 'starts with its node' : 'does not start by itself')
        }
        label="Start with the node"
        help={blocked ?? 'When the node boots, so does the VM.'}
      />
      <Switch
        checked={vm.protection}
        disabled={blocked !== null}
        onChange={(on) => set({ protection: on }, on ? 'protected' : 'not protected any more')}
        label="Protection"
        help={blocked ?? 'Proxmox then refuses to delete the VM or one of its disks.'}
      />
      {change.error && <ProblemMessage error={change.error} />}
    </section>
  )
}

function Drives({
  vm,
  wait,
  onResize,
}: {
  vm: VmDetail
  wait: string | null
  onResize: (drive: VmDrive) => void
}) {
  const blocked = wait ?? lacking(vm, 'VM.Config.Disk')
  return (
    <section aria-label="Drives" tabIndex={0} className="card relative overflow-x-auto">
      <table className="w-full text-xs">
        <thead className="border-b border-line bg-raised">
          <tr>
            {['Drive', 'Kind', 'Volume', 'Size', 'Options', ''].map((title) => (
              <th
                key={title}
                scope="col"
                className={cx('th first:pl-4', title === 'Size' && 'text-right!')}
              >
                {title || <span className="sr-only">Actions</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {vm.hardware.drives.map((drive) => (
            <tr key={drive.key}>
              <th scope="row" className="td pl-4 text-left font-mono font-normal text-ink">
                {drive.key}
              </th>
              <td className="td">
                <span className="inline-flex items-center gap-2">
                  {kinds[drive.kind]}
                  {drive.boot && <Badge>boots</Badge>}
                </span>
              </td>
              <td className="td max-w-80 truncate font-mono text-2xs" title={drive.volid}>
                {drive.volid}
              </td>
              <td className="td text-right">
                {drive.sizeGiB > 0 && formatGiB(Math.round(drive.sizeGiB * 100) / 100)}
              </td>
              <td
                className="td max-w-60 truncate font-mono text-2xs text-muted"
                title={drive.options}
              >
                {drive.options}
              </td>
              <td className="td pr-3 text-right">
                {drive.kind === 'disk' && (
                  <Button
                    size="sm"
                    blocked={blocked}
                    hideReason
                    title={blocked ?? undefined}
                    aria-label={`Grow ${drive.key}`}
                    onClick={() => onResize(drive)}
                  >
                    Grow
                  </Button>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Nics({ vm }: { vm: VmDetail }) {
  if (vm.hardware.nics.length === 0) return null
  return (
    <section aria-label="Network" tabIndex={0} className="card relative overflow-x-auto">
      <table className="w-full text-xs">
        <thead className="border-b border-line bg-raised">
          <tr>
            {['NIC', 'Bridge', 'VLAN', 'MAC address', 'Model', 'Firewall'].map((title) => (
              <th key={title} scope="col" className="th first:pl-4">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {vm.hardware.nics.map((nic) => (
            <tr key={nic.key}>
              <th scope="row" className="td pl-4 text-left font-mono font-normal text-ink">
                {nic.key}
              </th>
              <td className="td">{nic.bridge ?? 'not connected'}</td>
              <td className="td">{nic.vlan ?? 'none'}</td>
              <td className="td font-mono">{nic.mac}</td>
              <td className="td">{nic.model}</td>
              <td className="td">{nic.firewall ? 'on' : 'off'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
