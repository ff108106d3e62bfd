/** What people take with them from a finished deployment: hosts, CSV, SSH, JSON. */
import type { VmView } from '@deployer/core/deployment.ts'

export const takeawayKinds = ['hosts', 'csv', 'ssh', 'json'] as const
export type TakeawayKind = (typeof takeawayKinds)[number]

const field = (value: string | number | null) => {
  const text = value === null ? '' : String(value)
  // A leading = + - @ would be a formula to a spreadsheet.
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

const addressed = (vms: readonly VmView[]) =>
  vms.flatMap((vm) => (vm.ip === null ? [] : [{ name: vm.name, ip: vm.ip }]))

/** The text of one kind; lines end with a newline. VMs without a known address are left out of `hosts` and `ssh`. */
export const takeaway = (kind: TakeawayKind, vms: readonly VmView[]): string => {
  switch (kind) {
    case 'hosts': {
      const rows = addressed(vms)
      const width = Math.max(0, ...rows.map(({ ip }) => ip.length))
      return rows.map(({ name, ip }) => `${ip.padEnd(width)}  ${name}\n`).join('')
    }
    case 'csv':
      return [
        'name,vmid,node,ip,status,outcome',
        ...vms.map((vm) =>
          [vm.name, vm.vmid, vm.node, vm.ip, vm.status, vm.validation?.outcome ?? null]
            .map(field)
            .join(','),
        ),
      ]
        .map((line) => `${line}\n`)
        .join('')
    case 'ssh':
      return addressed(vms)
        .map(({ name, ip }) => `Host ${name}\n  HostName ${ip}\n`)
        .join('\n')
    case 'json':
      return `${JSON.stringify(
        vms.map(({ name, vmid, node, ip, status, validation }) => ({
          name,
          vmid,
          node,
          ip,
          status,
          outcome: validation?.outcome ?? null,
        })),
        null,
        2,
      )}\n`
  }
}

export const takeawayFile: Record<TakeawayKind, { name: string; type: string }> = {
  hosts: { name: 'hosts', type: 'text/plain' },
  csv: { name: 'vms.csv', type: 'text/csv' },
  ssh: { name: 'ssh-config', type: 'text/plain' },
  json: { name: 'vms.json', type: 'application/json' },
}
