/** The meta-data document: which guest this is. */
import type { HostNames } from './request.ts'
import { toYaml } from './yaml.ts'

/**
 * @param instanceId never the same for two guests, and the same as long as a guest shall not be set up again: cloud-init
 *   runs everything once for each id
 */
export function generateMetaData(instanceId: string, { hostname, fqdn }: HostNames): string {
  return toYaml({ 'instance-id': instanceId, 'local-hostname': fqdn ?? hostname })
}
