/** From an earlier request back to the form. Pure; apart from the way there, because most people come without one. */
import type {
  DeploymentRequest,
  NetworkRequest,
  TemplateSource,
  VmSettings,
} from '@deployer/core/request.ts'
import { sizes } from '@deployer/core/sizes.ts'
import { fromCloudInit } from './cloud-init/state.ts'
import { type Addressing, type DeployForm, emptyForm } from './form.ts'
import { countInPattern } from './names.ts'
import { memoryText } from './reading.ts'
import {
  fromHardware,
  fromNic,
  fromSource,
  type OpenScratchSource,
} from './scratch/from-request.ts'
import { fromRows, type OpenRow, type OpenSettings } from './table/from-rows.ts'
import { isFixed6 } from './table/rows.ts'

/** A request whose template may still have to be chosen. */
export type OpenRequest = Omit<DeploymentRequest, 'source' | 'defaults' | 'vms'> & {
  defaults?: OpenSettings | undefined
  vms: readonly OpenRow[]
  source:
    | {
        kind?: 'template' | undefined
        vmid?: number | undefined | null
        clone?: TemplateSource['clone'] | undefined | null
      }
    | OpenScratchSource
}

/** The form for an earlier request: all of it, but for VMIDs, which are given out anew. */
export function fromRequest(request: OpenRequest): DeployForm {
  const { rows, node, settings } = asFields(withoutSingle(request))
  const placement = node === undefined ? (request.placement ?? { strategy: 'spread' }) : { node }
  const { namePattern, quantity, networks, table } = fromRows(rows, settings)
  const [network = {}, ...further] = networks
  return {
    ...emptyForm,
    ...sourceFields(request.source),
    ...fromHardware(settings.hardware),
    nic: fromNic(network),
    deploymentName: request.name ?? '',
    namePattern,
    quantity: countInPattern(namePattern) ?? quantity,
    ...sizeFields(settings),
    disk: numberText(settings.diskGiB),
    placement: 'node' in placement ? 'node' : placement.strategy,
    node: 'node' in placement ? placement.node : '',
    storage: settings.storage ?? '',
    pool: request.pool ?? '',
    bridge: network.bridge ?? '',
    vlan: numberText(network.vlan),
    addressing: addressingOf(network),
    range: addressingOf(network) === 'range' ? (network.ip ?? '') : '',
    gateway: network.gateway ?? '',
    nameservers: (network.nameservers ?? []).join(', '),
    ip6: network.ip6 ?? '',
    gateway6: isFixed6(network.ip6) ? (network.gateway6 ?? '') : '',
    searchDomains: (network.searchDomains ?? []).join(', '),
    cloudInit: fromCloudInit(settings.cloudInit),
    start: settings.start ?? true,
    ports: (settings.validate?.ports ?? []).join(', '),
    tags: (settings.tags ?? []).join(', '),
    description: settings.description ?? '',
    onBoot: settings.onBoot === undefined ? 'template' : settings.onBoot ? 'yes' : 'no',
    kept: {
      networks: further,
      agentTimeoutSeconds: settings.validate?.agentTimeoutSeconds ?? null,
    },
    table,
  }
}

function sourceFields(source: OpenRequest['source']): Partial<DeployForm> {
  return source.kind === 'iso' || source.kind === 'image'
    ? fromSource(source)
    : { template: source.vmid ?? null, clone: source.clone ?? null }
}

type Parts = { rows: readonly OpenRow[]; node: string | undefined; settings: OpenSettings }

/** An empty field means "as the template has it", so that no tags and no description are the rows' to say. */
function asFields({ rows, node, settings: { tags, description, ...settings } }: Parts): Parts {
  const nothing = {
    ...(tags?.length === 0 && { tags }),
    ...(description?.trim() === '' && { description }),
  }
  return {
    rows: rows.map((row) => ({ ...nothing, ...row })),
    node,
    settings: {
      ...settings,
      ...(tags !== undefined && tags.length > 0 && { tags }),
      ...(description !== undefined && description.trim() !== '' && { description }),
    },
  }
}

/** With one row its own settings are the settings of all. */
function withoutSingle(request: OpenRequest): Parts {
  const [first, second] = request.vms
  if (first === undefined || second !== undefined) {
    return { rows: request.vms, node: undefined, settings: request.defaults ?? {} }
  }
  const { name, count, vmid: _vmid, node, ...own } = first
  const settings = { ...request.defaults, ...own }
  const parts = [request.defaults?.cloudInit, own.cloudInit].filter((part) => part !== undefined)
  if (parts.length > 0) settings.cloudInit = Object.assign({}, ...parts)
  if (own.hardware !== undefined) {
    settings.hardware = { ...request.defaults?.hardware, ...own.hardware }
  }
  return { rows: [{ name, count }], node, settings }
}

function addressingOf(network: NetworkRequest): Addressing {
  if (network.ip === undefined) return 'template'
  return network.ip === 'dhcp' ? 'dhcp' : 'range'
}

function sizeFields({
  cores,
  memoryMiB,
}: VmSettings): Pick<DeployForm, 'size' | 'cores' | 'memory'> {
  if (cores === undefined && memoryMiB === undefined) {
    return { size: 'template', cores: '', memory: '' }
  }
  const preset = sizes.find((size) => size.cores === cores && size.memoryMiB === memoryMiB)
  return {
    size: preset?.id ?? 'custom',
    cores: preset ? '' : numberText(cores),
    memory: preset || memoryMiB === undefined ? '' : memoryText(memoryMiB),
  }
}

function numberText(value: number | undefined): string {
  return value === undefined ? '' : String(value)
}
