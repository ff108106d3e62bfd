import type { Access } from '../access/permissions.ts'
import { die } from '../errors.ts'
import { isDriveKey, isNetKey, netsOf } from './drive.ts'
import type { Version } from '../version.ts'
import type { Config } from '../world.ts'

const groups: [RegExp, string[]][] = [
  [/^(cores|sockets|cpu|cpulimit|cpuunits|numa|numa\d+|smp|vcpus)$/, ['VM.Config.CPU']],
  [/^(memory|balloon|shares|allow-ksm)$/, ['VM.Config.Memory']],
  [
    /^(acpi|hotplug|kvm|machine|scsihw|smbios1|tablet|vga|watchdog|audio0|rng0)$/,
    ['VM.Config.HWType'],
  ],
  [
    /^(agent|autostart|bios|description|keyboard|localtime|migrate_downtime|migrate_speed|name|onboot|ostype|protection|reboot|startdate|startup|tdf|template)$/,
    ['VM.Config.Options'],
  ],
  [/^freeze$/, ['VM.PowerMgmt']],
  [/^(boot|bootdisk|vmstatestorage)$/, ['VM.Config.Disk']],
  [/^net\d+$/, ['VM.Config.Network']],
]
const cloudInitKeys =
  /^(cicustom|cipassword|citype|ciuser|ciupgrade|nameserver|searchdomain|sshkeys|ipconfig\d+)$/
/** Checked elsewhere: the privilege depends on the value. */
const checkedByValue = /^((unused|serial|usb|hostpci|virtiofs)\d+|cdrom|tags)$/

/** A check on the guest, where rights on the pool that it will belong to count as well (RPCEnvironment.pm, check_vm_perm). */
export const checkVmPrivilege = (
  access: Access,
  vmid: number,
  pool: string | undefined,
  privileges: string[],
  any = false,
): void => {
  if (pool !== undefined && access.has(`/pool/${pool}`, privileges, any)) return
  access.check(`/vms/${vmid}`, privileges, any)
}

/** qemu-server src/PVE/API2/Qemu.pm, check_vm_modify_config_perm. */
export const checkConfigPrivileges = (
  caller: string,
  access: Access,
  vmid: number,
  pool: string | undefined,
  keys: string[],
): void => {
  if (caller === 'root@pam') return
  for (const key of keys) {
    if (isDriveKey(key) || checkedByValue.test(key)) continue
    if (cloudInitKeys.test(key)) {
      checkVmPrivilege(access, vmid, pool, ['VM.Config.Cloudinit', 'VM.Config.Network'], true)
      continue
    }
    const group = groups.find(([pattern]) => pattern.test(key))
    if (!group) die(`only root can set '${key}' config`)
    else checkVmPrivilege(access, vmid, pool, group[1])
    if (key === 'startup') access.check('/', ['Sys.Modify'])
  }
}

/** SDN.Use on every bridge and VLAN tag that is used (qemu-server src/PVE/QemuServer.pm, check_bridge_access), 8.0 and later. */
export const checkBridges = (
  caller: string,
  access: Access,
  version: Version,
  config: Config,
): void => {
  if (caller === 'root@pam' || version === '7.4') return
  const nets = Object.fromEntries(Object.entries(config).filter(([key]) => isNetKey(key)))
  for (const { net } of netsOf(nets)) {
    const { bridge, tag, trunks } = net.options
    if (bridge === undefined) {
      if (version === '8.4') die('no sdn vnet ID specified')
      continue
    }
    const path = `/sdn/zones/localnetwork/${bridge}`
    const tags = [tag, ...(trunks?.split(';') ?? [])].filter((value) => value !== undefined)
    if (tags.length === 0) access.check(path, ['SDN.Use'])
    for (const value of tags) access.check(`${path}/${value}`, ['SDN.Use'])
  }
}
