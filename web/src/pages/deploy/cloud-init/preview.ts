/** What one VM will get, made in the browser by the same code as on the server. */
import { generateMetaData } from '@deployer/core/cloud-init/meta-data.ts'
import { generateNetworkConfig } from '@deployer/core/cloud-init/network-config.ts'
import { withMaskedPasswords } from '@deployer/core/cloud-init/passwords.ts'
import { cloudInitOf, hostNamesOf } from '@deployer/core/cloud-init/request.ts'
import { generateUserData } from '@deployer/core/cloud-init/user-data.ts'
import { createIssueLog } from '@deployer/core/issues.ts'
import type { PlannedVm } from '@deployer/core/plan.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import { expandRequest } from '@deployer/core/specs.ts'

export type Documents = {
  'user-data': string
  'network-config': string
  'meta-data': string
  /** Settings of the form over which the document won, as `path` and the value before. */
  replaced: { path: string; value: string }[]
}

/** Names of the VMs, in order. */
export function vmNamesOf(request: DeploymentRequest): string[] {
  return expandRequest(request, createIssueLog()).map(({ name }) => name)
}

/** The documents of one VM; null where the request has none for it. `planned`: the plan's VM, which knows the MACs. */
export function documentsOf(
  request: DeploymentRequest,
  vmName: string,
  planned: PlannedVm | null,
): Documents | null {
  const spec = expandRequest(request, createIssueLog()).find(({ name }) => name === vmName)
  const asked = cloudInitOf(request.defaults?.cloudInit, request.vms[spec?.row ?? 0]?.cloudInit)
  if (spec === undefined || asked === null) return null
  const cloudInit = withMaskedPasswords(asked)
  const { text, origins } = generateUserData(cloudInit, vmName)
  const nics = spec.networks.length === 0 ? [null] : spec.networks
  const carried = carriedBy(planned)
  return {
    'user-data': text,
    'network-config':
      carried['network-config'] ??
      generateNetworkConfig(
        nics.map((network, index) => ({ index, mac: macOf(planned, index), network })),
      ),
    'meta-data':
      carried['meta-data'] ??
      generateMetaData(`{deployment}-${vmName}`, hostNamesOf(cloudInit, vmName)),
    replaced: origins.flatMap(({ path, replaced }) =>
      replaced === undefined ? [] : [{ path, value: replaced }],
    ),
  }
}

/** What the plan itself carries to the VM. */
function carriedBy(planned: PlannedVm | null): Partial<Record<string, string>> {
  for (const { spec } of planned?.steps ?? []) {
    if (spec.kind === 'upload-seed') return spec.documents
    if (spec.kind === 'write-snippet') {
      const file = Object.keys(spec.files).find((name) => name.endsWith('-network.yaml'))
      return file === undefined ? {} : { 'network-config': spec.files[file] }
    }
  }
  return {}
}

/** The MAC that the plan gives a NIC; in words until then. */
function macOf(planned: PlannedVm | null, index: number): string {
  for (const { calls } of planned?.steps ?? []) {
    for (const { params } of calls) {
      const mac = /(?:[0-9a-f]{2}:){5}[0-9a-f]{2}/i.exec(String(params[`net${index}`] ?? ''))?.[0]
      if (mac !== undefined) return mac
    }
  }
  return `(the address of net${index})`
}

const nativeKey = /^(ci\w+|sshkeys|ipconfig\d+|nameserver|searchdomain)$/

/** Proxmox's own settings, where these carry it. */
export function nativeSettings(planned: PlannedVm | null): [string, string][] {
  const configure = planned?.steps.find(({ kind }) => kind === 'configure')
  return (configure?.calls ?? []).flatMap(({ params }) =>
    Object.entries(params)
      .filter(([key]) => nativeKey.test(key))
      .map(([key, value]): [string, string] => [key, readable(key, String(value))]),
  )
}

/** Proxmox wants keys percent-encoded. */
function readable(key: string, value: string): string {
  if (key !== 'sshkeys') return value
  try {
    return decodeURIComponent(value).trim()
  } catch {
    return value
  }
}
