/** What the server's own database says when everything is over. */
import { deploymentEventSchema, type DeploymentEvent } from '@deployer/core/deployment.ts'
import { stepSpecSchema, type StepSpec } from '@deployer/core/plan.ts'
import { Client } from 'pg'
import { z } from 'zod'

export type Records = {
  /** The planned steps of each VM, by its id. */
  specs: Map<string, StepSpec[]>
  /** Oldest first. */
  events: DeploymentEvent[]
  /** The audit log's lines, oldest first. */
  audit: string[]
  /** What must be nothing at the end, in words. */
  left: string[]
}

const specRows = z.array(z.object({ vm_id: z.string(), spec: stepSpecSchema }))
const eventRows = z.array(z.object({ data: deploymentEventSchema }))
const lineRows = z.array(z.object({ line: z.string() }))
const countRows = z.array(z.object({ count: z.number() }))

/** Of what belongs to work in progress only. */
const leftovers = [
  ['slots', 'select count(*)::int from slot'],
  ['reserved VMIDs', 'select count(*)::int from vmid_reservation'],
  ['kept credentials', 'select count(*)::int from credential'],
  [
    'unfinished workflows',
    "select count(*)::int from dbos.workflow_status where status in ('PENDING', 'ENQUEUED')",
  ],
] as const

export async function readRecords(databaseUrl: string): Promise<Records> {
  const client = new Client({ connectionString: databaseUrl })
  await client.connect()
  const rows = async (query: string) => {
    const { rows: answer } = await client.query<Record<string, unknown>>(query)
    return answer
  }
  try {
    const specs = new Map<string, StepSpec[]>()
    for (const row of specRows.parse(await rows('select vm_id, spec from step order by position')))
      specs.set(row.vm_id, [...(specs.get(row.vm_id) ?? []), row.spec])
    const events = eventRows.parse(await rows('select data from event order by id'))
    const left: string[] = []
    for (const [what, query] of leftovers) {
      const [row] = countRows.parse(await rows(query))
      if (row !== undefined && row.count > 0) left.push(`${row.count} ${what} are left`)
    }
    const audit = lineRows.parse(await rows('select line from audit_entry order by id'))
    return {
      specs,
      left,
      audit: audit.map(({ line }) => line),
      events: events.map(({ data }) => data),
    }
  } finally {
    await client.end()
  }
}
