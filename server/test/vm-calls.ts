/** What tests of VMs do again and again. */
import { startedSchema, vmDetailSchema } from '@deployer/core/vm.ts'
import type { Simulator } from '@deployer/simulator/simulator.ts'
import { Client } from 'pg'
import { expect } from 'vitest'
import { z } from 'zod'
import { apiToken, type Answer, type TestServer } from './test-server.ts'

const taskSchema = z.object({ status: z.string(), message: z.string().nullable() })
const entriesSchema = z.object({
  entries: z.array(z.looseObject({ operation: z.string(), status: z.string() })),
})

export function vmCalls(serverOf: () => TestServer) {
  const headers = { authorization: apiToken }
  const api = (
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    path: string,
    body?: object,
    as: object = { headers },
  ): Promise<Answer> =>
    serverOf().call(method, `/api/v1${path}`, { ...as, ...(body !== undefined && { body }) })

  const task = async (upid: string) =>
    taskSchema.parse((await api('GET', `/tasks/${encodeURIComponent(upid)}`)).body)

  return {
    headers,
    api,
    detail: async (vmid: number) => vmDetailSchema.parse((await api('GET', `/vms/${vmid}`)).body),
    /** Of a change that was taken on: what became of its task. */
    ended: async (answer: Answer) => {
      expect(answer).toMatchObject({ status: 202 })
      const { upid } = startedSchema.parse(answer.body)
      if (upid === null) return { status: 'ok', message: null }
      await expect
        .poll(() => task(upid), { timeout: 15_000, interval: 30 })
        .not.toMatchObject({ status: 'running' })
      return task(upid)
    },
    guest: (vmid: number) => serverOf().simulator.world.guests.find((one) => one.vmid === vmid),
    /** Of the audit log, of one VM, newest first. */
    entries: async (vmid: number) =>
      entriesSchema.parse((await api('GET', `/audit?vm=${vmid}&limit=20`)).body).entries,
  }
}

/** VM 700, running, with a cloud-init drive. */
export function addSeeded({ world }: Pick<Simulator, 'world'>): void {
  const template = world.guests.find(({ vmid }) => vmid === 9000)
  if (!template) throw new Error('the demo has no template 9000')
  const { template: _, scsi0: __, ...config } = template.config
  const own = { ...config, name: 'seeded', ide2: 'ceph-vm:vm-700-cloudinit,media=cdrom' }
  world.guests.push({
    vmid: 700,
    type: 'qemu',
    node: 'pve1',
    config: own,
    pending: {},
    snapshots: [],
    running: { pid: 7, startedAt: Date.now(), state: 'running', config: { ...own } },
  })
}

/** What the audit log says of power actions on a VM, read from the database of a server that is stopped. */
export async function outcomesOf(databaseUrl: string, vmid: number): Promise<unknown[]> {
  const client = new Client(databaseUrl)
  await client.connect()
  const { rows } = await client.query<{ status: string; reason: string | null }>(
    `select entry ->> 'status' as status, entry ->> 'reason' as reason from audit_entry
      where entry ->> 'vm_id' = $1 and entry ->> 'operation' = 'vm_power'`,
    [String(vmid)],
  )
  await client.end()
  return rows
}
