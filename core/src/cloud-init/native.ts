/** Proxmox's own cloud-init keys: what they can express, and their exact form. */
import { cidrText } from '../addresses.ts'
import type { NetworkSpec } from '../specs.ts'

/**
 * The value of `ipconfigN`: `ip=10.0.0.5/24,gw=10.0.0.1,ip6=auto`; null where the request sets no address
 * (qemu-server src/PVE/QemuServer.pm, pve-qm-ipconfig).
 */
export function ipConfig(
  network: Pick<NetworkSpec, 'ip' | 'gateway' | 'ip6' | 'gateway6'>,
): string | null {
  const { ip, gateway, ip6, gateway6 } = network
  const parts = [...ipParts(ip, gateway), ...ipParts(ip6, gateway6, '6')]
  return parts.length === 0 ? null : parts.join(',')
}

function ipParts(ip: NetworkSpec['ip6'], gateway: NetworkSpec['gateway'], suffix = ''): string[] {
  if (ip === null) return []
  if (ip === 'dhcp' || ip === 'auto') return [`ip${suffix}=${ip}`]
  const family = ip.family === 6 ? '6' : ''
  return [
    `ip${family}=${cidrText(ip)}`,
    ...(gateway === null ? [] : [`gw${family}=${gateway.text}`]),
  ]
}
