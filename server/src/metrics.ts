/** What monitoring reads: this process, its calls, and the work of all servers on the database. */
import { sql, type Kysely } from 'kysely'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Tables } from './database/tables.ts'

export type Metrics = {
  /** Prometheus's text format, with the content type of it. */
  read: () => Promise<{ contentType: string; text: string }>
  /** `route` is the pattern, so that the number of series is bounded. */
  requestEnded: (call: { method: string; route: string; status: number; seconds: number }) => void
}

/** At most one question to the database at a time, however many ask for the metrics. */
const PATIENCE_MS = 5000

type Count = { label: string; state: string; count: number }

export function createMetrics(deps: {
  version: string
  db: Kysely<Tables>
  proxmox: () => Promise<{ ok: boolean }>
}): Metrics {
  const { db } = deps
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })

  new Gauge({
    name: 'deployer_build_info',
    help: 'Version of the deployer',
    labelNames: ['version'],
    registers,
  }).set({ version: deps.version }, 1)
  const requests = new Histogram({
    name: 'deployer_http_request_duration_seconds',
    help: 'Calls that this server answered, by pattern of the address',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  })

  const up = (name: string, help: string) => new Gauge({ name, help, registers })
  const databaseUp = up('deployer_database_up', 'Whether the database answers')
  const proxmoxUp = up('deployer_proxmox_up', 'Whether Proxmox answers')
  const deployments = counted('deployer_deployments', 'Deployments by status', 'status', registry)
  const vms = counted('deployer_vms', 'VMs of deployments by status', 'status', registry)
  const sessions = up('deployer_sessions', 'People who are signed in')
  const slots = new Gauge({
    name: 'deployer_slots',
    help: 'Places where Proxmox lets only a few work at once, by kind: held, or waited for',
    labelNames: ['kind', 'state'],
    registers,
  })

  const readDatabase = async () => {
    const counts = await countRows(db)
    for (const gauge of [deployments, vms, slots]) gauge.reset()
    sessions.set(0)
    for (const { label, state, count } of counts) {
      if (label === 'deployment') deployments.set({ status: state }, count)
      else if (label === 'vm') vms.set({ status: state }, count)
      else if (label === 'session') sessions.set(count)
      else slots.set({ kind: label, state }, count)
    }
  }

  let reading: Promise<void> | null = null
  const refresh = (): Promise<void> => {
    reading ??= readDatabase()
      .then(
        () => databaseUp.set(1),
        () => databaseUp.set(0),
      )
      .finally(() => (reading = null))
    return reading
  }

  return {
    read: async () => {
      const [answers] = await Promise.all([deps.proxmox(), inTime(refresh, databaseUp)])
      proxmoxUp.set(answers.ok ? 1 : 0)
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
    requestEnded: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: String(status) }, seconds),
  }
}

const counted = (name: string, help: string, label: string, registry: Registry) =>
  new Gauge({ name, help, labelNames: [label], registers: [registry] })

/** A database that drops packets must not keep the answer back that says so. */
async function inTime(work: () => Promise<void>, databaseUp: Gauge): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      databaseUp.set(0)
      resolve()
    }, PATIENCE_MS)
  })
  await Promise.race([work(), late])
  clearTimeout(timer)
}

/** In one statement: all of them are of the same moment. */
async function countRows(db: Kysely<Tables>): Promise<Count[]> {
  const { rows } = await sql<Count>`
    select 'deployment' as label, status as state, count(*)::int as count from deployment group by status
    union all
    select 'vm', status, count(*)::int from vm group by status
    union all
    select 'session', 'live', count(*)::int from session where expires_at > now()
    union all
    select split_part(key, ':', 1), case when granted then 'held' else 'waiting' end, count(*)::int
      from slot group by 1, 2`.execute(db)
  return rows
}
