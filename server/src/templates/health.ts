/** The health of the templates that a caller may see, and the linked clones that hang on them. */
import {
  templateHealth,
  type TemplateHardware,
  type TemplateHealth,
} from '@deployer/core/template-health.ts'
import type { Template } from '@deployer/core/inventory.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import type { Calls } from '@deployer/proxmox/generated/calls.ts'
import { parseProperties } from '@deployer/proxmox/property-string.ts'
import { remember } from '../inventory/cache.ts'
import { concernsOneNode } from '../inventory/calls.ts'
import type { InventoryReader } from '../inventory/inventory.ts'
import type { Caller } from '../identity/caller.ts'

const CONFIG_SECONDS = 30
const CONTENT_SECONDS = 3
const PATIENCE_MS = 10_000

type Rows = Calls['GET /nodes/{node}/storage/{storage}/content']['returns']

const patience = () => ({ signal: AbortSignal.timeout(PATIENCE_MS) })

export function createTemplateHealth(deps: {
  connection: Pick<Connection, 'api'>
  inventory: Pick<InventoryReader, 'templates' | 'resources'>
  now: () => Date
}) {
  const { connection, inventory, now } = deps
  const hardwares = remember<TemplateHardware>(CONFIG_SECONDS)
  const contents = remember<Rows | null>(CONTENT_SECONDS)

  const hardwareOf = (caller: Caller, { vmid, node }: Template) =>
    hardwares(`${caller.username} ${node} ${vmid}`, async () => {
      const api = connection.api(caller.credentials)
      return readHardware(
        await api.call('GET /nodes/{node}/qemu/{vmid}/config', { node, vmid }, patience()),
      )
    })

  /** Null where the caller may not list them, or the storage does not answer. */
  const imagesOn = (caller: Caller, node: string, storage: string) =>
    contents(`${caller.username} ${node} ${storage}`, async () => {
      try {
        return await connection
          .api(caller.credentials)
          .call(
            'GET /nodes/{node}/storage/{storage}/content',
            { node, storage, content: 'images' },
            patience(),
          )
      } catch (error) {
        if (!concernsOneNode(error)) throw error
        return null
      }
    })

  const clonesOf = async (
    caller: Caller,
    { vmid, node, disks, linkedClone }: Template,
  ): Promise<TemplateHealth['linkedClones']> => {
    if (!linkedClone.possible) return []
    const storages = [...new Set(disks.map(({ storage }) => storage))].filter((name) => name !== '')
    const lists = await Promise.all(storages.map((storage) => imagesOn(caller, node, storage)))
    if (lists.includes(null)) return null
    const ids = lists
      .flatMap((rows) => rows ?? [])
      .filter((row) => isLayerOver(vmid, row))
      .map((row) => row.vmid)
    const resources = await inventory.resources(caller)
    return [...new Set(ids)]
      .flatMap((id) => (id === undefined ? [] : [id]))
      .map((id) => {
        const row = resources.find((each) => each.vmid === id)
        return { vmid: id, name: row?.name ?? null, node: row?.node ?? node }
      })
      .toSorted((a, b) => a.vmid - b.vmid)
  }

  return {
    /** One that does not answer is left out. */
    read: async (caller: Caller): Promise<TemplateHealth[]> => {
      const templates = await inventory.templates(caller)
      const found = await Promise.all(
        templates.map(async (template) => {
          try {
            const [hardware, linkedClones] = await Promise.all([
              hardwareOf(caller, template),
              clonesOf(caller, template),
            ])
            return [templateHealth({ template, hardware, linkedClones, now: now() })]
          } catch (error) {
            if (!concernsOneNode(error)) throw error
            return []
          }
        }),
      )
      return found.flat()
    },
  }
}

export type TemplateHealthReader = ReturnType<typeof createTemplateHealth>

/**
 * What a linked clone names as its base: `base-9000-disk-0`, with a snapshot on some storages (`…@__base__`), relative on
 * file storages (`../9000/base-9000-disk-0.qcow2`). See `list_images` of the plugins in pve-storage.
 */
const isLayerOver = (template: number, { vmid, parent }: Rows[number]): boolean =>
  vmid !== template && new RegExp(`(^|/)base-${template}-disk-`).test(parent ?? '')

type Config = Calls['GET /nodes/{node}/qemu/{vmid}/config']['returns']

function readHardware(config: Config): TemplateHardware {
  const text = new Map(Object.entries(config).map(([key, value]) => [key, String(value ?? '')]))
  const efi = text.get('efidisk0')
  return {
    machine: parseProperties(text.get('machine') ?? '', 'type').get('type') ?? null,
    bios: text.get('bios') ?? 'seabios',
    // Proxmox's own default (qemu-server src/PVE/QemuServer.pm, scsihw).
    scsiController: text.get('scsihw') ?? 'lsi',
    serial: text.has('serial0'),
    efiType: efi === undefined ? null : (parseProperties(efi, 'file').get('efitype') ?? '2m'),
    tpm: text.has('tpmstate0'),
  }
}
