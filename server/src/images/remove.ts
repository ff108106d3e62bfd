/** Deleting an ISO or image: only when nobody uses it, unless told otherwise. */
import { type Image, storageNameOf } from '@deployer/core/images.ts'
import type { Connection } from '@deployer/proxmox/client.ts'
import { parseUpid } from '@deployer/proxmox/upid.ts'
import { createTaskWatcher } from '@deployer/proxmox/tasks.ts'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import { explainFailure } from '@deployer/core/messages.ts'
import type { Tables } from '../database/tables.ts'
import { concernsOneNode } from '../inventory/calls.ts'
import type { Caller } from '../identity/caller.ts'
import { ProblemError } from '../problem.ts'
import type { Images } from './list.ts'
import { imageInUse, nodeNeeded, noSuchImage } from './problems.ts'

const LOOK_PATIENCE_MS = 20_000
const DELETE_PATIENCE_MS = 60_000

export const usesSchema = z.object({
  vms: z
    .array(
      z.object({
        vmid: z.int(),
        name: z.string().nullable(),
        node: z.string(),
        drive: z.string(),
        template: z.boolean(),
      }),
    )
    .describe('VMs and templates with it in a drive.'),
  deployments: z
    .array(z.object({ id: z.string(), name: z.string().nullable() }))
    .describe('Running deployments that install from it.'),
  complete: z.boolean().describe('False where not every VM could be looked at.'),
})

export type Uses = z.infer<typeof usesSchema>

export function createRemoval(deps: {
  connection: Pick<Connection, 'api'>
  images: Images
  db: Kysely<Tables>
  /** Those of these deployments that the caller sees. */
  visible: (caller: Caller, ids: string[]) => Promise<ReadonlySet<string>>
}) {
  const { connection, images, db, visible } = deps

  /** @throws {ProblemError} where there is none, or several on local storages and none of them is named */
  const find = async (caller: Caller, volid: string, node: string | undefined): Promise<Image> => {
    const { images: all } = await images.list(caller, { fresh: true })
    const same = all.filter((image) => image.volid === volid)
    const fitting = same.filter((image) => node === undefined || image.nodes.includes(node))
    const [image] = fitting
    if (image === undefined) throw noSuchImage(volid)
    const nodes = fitting.flatMap((each) => each.nodes)
    if (!image.shared && node === undefined && nodes.length > 1) throw nodeNeeded(volid, nodes)
    return image
  }

  const vmsWith = async (caller: Caller, { volid, shared }: Image, node: string) => {
    const api = connection.api(caller.credentials)
    const signal = AbortSignal.timeout(LOOK_PATIENCE_MS)
    const rows = await api.call('GET /cluster/resources', { type: 'vm' })
    let complete = true
    const found = await Promise.all(
      rows
        .filter((row) => row.type === 'qemu' && (shared || row.node === node))
        .map(async ({ vmid = 0, node: at = '', template }) => {
          try {
            const config = await api.call(
              'GET /nodes/{node}/qemu/{vmid}/config',
              { node: at, vmid },
              { signal },
            )
            const drive = Object.entries(config).find(
              ([key, value]) => DRIVE.test(key) && holds(String(value), volid),
            )
            if (drive === undefined) return []
            // The list has no name yet of a VM that has just been made.
            const name = config.name ?? null
            return [{ vmid, name, node: at, drive: drive[0], template: Number(template) === 1 }]
          } catch (error) {
            if (!concernsOneNode(error)) throw error
            complete = false
            return []
          }
        }),
    )
    return { vms: found.flat().toSorted((a, b) => a.vmid - b.vmid), complete }
  }

  const deploymentsWith = async (caller: Caller, volid: string): Promise<Uses['deployments']> => {
    const rows = await db
      .selectFrom('deployment')
      .select(['id', 'name', 'request'])
      .where('finished_at', 'is', null)
      .execute()
    const using = rows.filter(({ request }) => {
      const { source } = installingSchema.parse(request)
      return source.volid === volid || source.driversVolid === volid
    })
    const seen = await visible(
      caller,
      using.map(({ id }) => id),
    )
    return using.map(({ id, name }) => ({ id, name: seen.has(id) ? name : null }))
  }

  const usesOf = async (caller: Caller, image: Image, node: string): Promise<Uses> => {
    const [{ vms, complete }, deployments] = await Promise.all([
      vmsWith(caller, image, node),
      deploymentsWith(caller, image.volid),
    ])
    return { vms, deployments, complete }
  }

  return {
    uses: async (caller: Caller, volid: string, node: string | undefined): Promise<Uses> => {
      const image = await find(caller, volid, node)
      return usesOf(caller, image, placeOf(image, node))
    },

    /** Answers the UPID of the task, once it has ended; null where Proxmox needed none. */
    remove: async (
      caller: Caller,
      volid: string,
      { node, force }: { node: string | undefined; force: boolean },
    ): Promise<string | null> => {
      const image = await find(caller, volid, node)
      const at = placeOf(image, node)
      if (!force) {
        const users = userWords(await usesOf(caller, image, at))
        if (users.length > 0) throw imageInUse(users)
      }
      const api = connection.api(caller.credentials)
      const upid = await api.call('DELETE /nodes/{node}/storage/{storage}/content/{volume}', {
        node: at,
        storage: storageNameOf(volid),
        volume: volid,
      })
      images.forget()
      if (upid === null || parseUpid(upid) === null) return null
      const watcher = createTaskWatcher({ api, node: parseUpid(upid)?.node ?? at })
      const ended = await watcher.follow(upid, { signal: AbortSignal.timeout(DELETE_PATIENCE_MS) })
      images.forget()
      if (ended.outcome === 'failed') throw deletionFailed(ended.message)
      return upid
    },
  }
}

export type Removal = ReturnType<typeof createRemoval>

const placeOf = ({ nodes }: Image, node: string | undefined): string => node ?? nodes[0] ?? ''

const DRIVE = /^(ide|sata|scsi|virtio)\d+$/

/** `local:iso/a.iso,media=cdrom`, or the long form with `file=`. */
const holds = (drive: string, volid: string): boolean =>
  drive.split(',').some((part) => part === volid || part === `file=${volid}`)

const installingSchema = z.object({
  source: z.object({ volid: z.string().optional(), driversVolid: z.string().optional() }),
})

function userWords({ vms, deployments, complete }: Uses): string[] {
  const users = vms
    .slice(0, 10)
    .map(
      ({ vmid, name, drive, template }) =>
        `${template ? 'Template' : 'VM'} ${name ?? vmid} (${vmid}) has it in ${drive}`,
    )
  const more = vms.length > 10 ? [`So have ${vms.length - 10} more`] : []
  const running = deployments.map(({ id, name }) => `Deployment ${name ?? id} installs from it`)
  const unknown = complete ? [] : ['Not every VM could be looked at']
  return [...users, ...more, ...running, ...unknown]
}

function deletionFailed(message: string): ProblemError {
  const { title, cause, remedy, proxmox } = explainFailure({ source: 'task', message })
  return new ProblemError({
    kind: 'proxmox-error',
    status: 502,
    title: 'It was not deleted',
    detail: `${title}. ${cause}`,
    hint: remedy,
    proxmox: { status: 200, message: proxmox },
  })
}
