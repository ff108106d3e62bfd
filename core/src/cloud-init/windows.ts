/**
 * Windows guests with Cloudbase-Init: Proxmox's own drive in the form configdrive2, whose meta_data.json has the
 * administrator's password, keys for SSH and the network (qemu-server src/PVE/QemuServer/Cloudinit.pm,
 * cloudbase_configdrive2). The name is the VM's own. Which user is the administrator says cloudbase-init.conf in the image.
 */
import { type CloudInitRequest, defaultUserOf, hasPassword } from './request.ts'

/** Stands for the administrator's password of a Windows guest, which no plan holds. */
export const ADMIN_PASSWORD = '{adminPassword}'

export const ADMIN_PASSWORD_WARNING =
  'Proxmox keeps the administrator password of a Windows guest as plain text, in the config of the VM and on its cloud-init drive: whoever may read that drive or be root on a node can read it. Change it in the guest after the first sign-in.'

export type ProxmoxVersion = { major: number; minor: number }

/** What Cloudbase-Init cannot be told this way, in words that complete "they cannot …". */
export function windowsGaps(
  cloudInit: CloudInitRequest,
  { major, minor }: ProxmoxVersion,
): [boolean, string][] {
  const own = defaultUserOf(cloudInit)
  // Since 8.3; before, the password is hashed, and Windows cannot use a hash.
  const plainPasswords = major > 8 || (major === 8 && minor >= 3)
  return [
    [(cloudInit.users ?? []).length > 0, 'make users in Windows'],
    [own !== null && hasPassword(own), 'use a hashed password in Windows (set adminPassword)'],
    [
      cloudInit.adminPassword !== undefined && !plainPasswords,
      'set the administrator password of Windows before Proxmox VE 8.3',
    ],
    [cloudInit.packageUpgrade === true, 'upgrade Windows'],
    [cloudInit.agent === true, 'install the guest agent'],
    [cloudInit.openssh === true, 'install the SSH server'],
    [cloudInit.sshPasswordLogin === true, 'let SSH take passwords'],
  ]
}
