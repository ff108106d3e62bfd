/** What a guest tells by its agent. Each question may block a third of its node's API for seconds, so few go at once. */
import { explainFailure } from '@deployer/core/messages.ts'
import { macsOf, selectAddress } from '@deployer/core/select-address.ts'
import type { VmAgent } from '@deployer/core/vm.ts'
import { isTimeout } from '@deployer/proxmox/caught.ts'
import type { Api } from '@deployer/proxmox/client.ts'
import { ProxmoxError } from '@deployer/proxmox/errors.ts'
import type { Watchers } from '../deployments/watchers.ts'
import type { Place } from './find.ts'
import { configText, readSettings } from './config.ts'
import { stateOf } from './rows.ts'

const PATIENCE_MS = 12_000

const silent = (reason: string): VmAgent => ({
  silent: reason,
  hostName: null,
  system: null,
  address: null,
  addresses: [],
})

export type AskAgent = (api: Api, place: Place) => Promise<VmAgent>

/** @param inTurn lets few of all questions to guests of one node go at once, those of deployments among them */
export const createAskAgent =
  (inTurn: Watchers['askAgent']): AskAgent =>
  async (api, { node, vmid }) => {
    const at = { node, vmid }
    const [status, config] = await Promise.all([
      api.call('GET /nodes/{node}/qemu/{vmid}/status/current', at),
      api.call('GET /nodes/{node}/qemu/{vmid}/config', at),
    ])
    if (stateOf(status.qmpstatus ?? status.status) !== 'running')
      return silent('The VM does not run.')
    if (!readSettings(configText(config)).agent)
      return silent('The agent is not enabled in the configuration of the VM.')
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const ask = <T>(question: () => Promise<T>) => inTurn(node, question, signal)
    try {
      // The first one finds out whether it answers at all.
      const interfaces = await ask(() =>
        api.call('GET /nodes/{node}/qemu/{vmid}/agent/network-get-interfaces', at, { signal }),
      )
      const [system, host] = await Promise.all([
        ask(() => api.call('GET /nodes/{node}/qemu/{vmid}/agent/get-osinfo', at, { signal })),
        ask(() => api.call('GET /nodes/{node}/qemu/{vmid}/agent/get-host-name', at, { signal })),
      ])
      const list = Array.isArray(interfaces.result) ? interfaces.result : []
      const found = selectAddress(list, { macs: macsOf(config), expected: null })
      return {
        silent: null,
        hostName: 'host-name' in host.result ? host.result['host-name'] : null,
        system: 'error' in system.result ? null : (system.result['pretty-name'] ?? null),
        address: found.address,
        addresses: found.all,
      }
    } catch (error) {
      if (isTimeout(error)) return silent('The agent does not answer.')
      if (!(error instanceof ProxmoxError) || error.failure.kind !== 'answered') throw error
      const { status: code, message, errors } = error.failure
      if (code === 401) throw error
      if (code === 403) return silent(`You may not ask the agent: ${message}`)
      return silent(explainFailure({ source: 'http', status: code, message, errors }).title)
    }
  }
