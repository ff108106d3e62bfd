import { csvColumns, csvHeader, csvLine } from '@deployer/core/audit-report.ts'
import { Readable } from 'node:stream'
import { z } from 'zod'
import {
  type AuditDetail,
  auditEntryViewSchema,
  type AuditHead,
  auditHeadSchema,
  type AuditQuery,
  type AuditStatistics,
  auditStatisticsSchema,
} from '../audit/reading.ts'
import type { Verified } from '../audit/verifier.ts'
import type { AuditEntry } from '@deployer/core/audit.ts'
import type { Caller } from '../identity/caller.ts'
import { notFound, ProblemError } from '../problem.ts'
import { type App, callerOf, problems } from './http.ts'

export type AuditDeps = {
  list: (
    query: AuditQuery,
    page: { limit: number; before?: number | undefined },
  ) => Promise<{ entries: AuditHead[]; next: number | null }>
  statistics: (query: AuditQuery) => Promise<AuditStatistics>
  read: (id: number, visibleTo: string | null) => Promise<AuditDetail | null>
  /** Oldest first, page by page, intents too. */
  lines: (query: AuditQuery) => AsyncIterable<{ line: string; entry: AuditEntry }[]>
  /** Names of the operations among them. */
  operations: (query: AuditQuery) => Promise<string[]>
  verify: () => Promise<Verified>
  lastVerified: () => Verified | null
  /** Whether the caller may see what others did. */
  seesAll: (caller: Caller) => Promise<boolean>
}

const short = z.string().min(1).max(200)

const filters = {
  since: z.iso.datetime({ offset: true }).optional().describe('Inclusive.'),
  until: z.iso.datetime({ offset: true }).optional().describe('Inclusive.'),
  actor: short.optional().describe('Person or token: `mira@pve`.'),
  operation: short.optional().describe('Such as `vm_power`; entries have its name.'),
  status: z.enum(['success', 'partial', 'failed', 'pending']).optional(),
  deployment: short.optional().describe('Id of a deployment.'),
  vm: short.optional().describe('Name or VMID.'),
  os: short.optional().describe('Of created VMs.'),
  q: short.optional().describe('In names, ids, addresses, tasks and errors.'),
}

const faultSchema = z.object({
  kind: z.enum(['changed', 'missing', 'reordered', 'foreign']),
  id: z.int().describe('Number of the first entry that is not as it must be.'),
  message: z.string(),
})
const lastSchema = z.object({ id: z.int(), hash: z.string() })

const verifiedSchema = z.object({
  ok: z.boolean().describe('Neither the database nor the files of this server have a fault.'),
  verifiedAt: z.string(),
  milliseconds: z.number(),
  database: z.object({
    entries: z.int(),
    last: lastSchema
      .extend({ at: z.string() })
      .nullable()
      .describe('Keep its hash elsewhere: whoever rewrites the whole chain cannot rewrite that.'),
    fault: faultSchema.nullable(),
  }),
  files: z.object({
    entries: z.int(),
    first: z.int().nullable().describe('Older ones were rotated away.'),
    last: lastSchema.nullable(),
    unchained: z.int().describe('Lines in front, of another program.'),
    fault: faultSchema.extend({ file: z.string(), line: z.int() }).nullable(),
  }),
})

const verifiedView = ({ at, milliseconds, database, files }: Verified) => ({
  ok: database.fault === null && files.fault === null,
  verifiedAt: at.toISOString(),
  milliseconds: Math.round(milliseconds),
  database,
  files,
})

const WHO = 'Who holds Sys.Audit on / sees everything, others what they did themselves.'

export function auditRoutes(app: App, deps: AuditDeps): void {
  const queryOf = createQueryOf(deps.seesAll)

  listRoutes(app, deps, queryOf)
  exportRoute(app, deps, queryOf)
  verificationRoute(app, deps)
  entryRoute(app, deps, queryOf)
}

const listRoutes = (app: App, deps: AuditDeps, queryOf: QueryOf): void => {
  app.get(
    '/audit',
    {
      schema: {
        summary: 'What was asked for and what came of it, newest first',
        description: `An intent is listed until its outcome is there. ${WHO}`,
        tags: ['Audit'],
        querystring: z.strictObject({
          ...filters,
          limit: z.coerce
            .number()
            .int()
            .min(1)
            .max(500)
            .optional()
            .describe('How many at most. Left out = 100.'),
          before: z.coerce
            .number()
            .int()
            .min(1)
            .optional()
            .describe('Number of the last one of the page before.'),
        }),
        response: {
          200: z.object({
            entries: z.array(auditHeadSchema),
            next: z.int().nullable().describe('For `before`; null on the last page.'),
            all: z.boolean().describe("Whether it is everybody's entries, or the caller's own."),
            verified: verifiedSchema
              .nullable()
              .describe(
                'What the last verification found; null for who may not see everything, and before the first.',
              ),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { limit = 100, before, ...rest } = request.query
      const query = await queryOf(callerOf(request), rest)
      const all = query.visibleTo === null
      const last = all ? deps.lastVerified() : null
      const page = await deps.list(query, { limit, before })
      return { ...page, all, verified: last && verifiedView(last) }
    },
  )

  app.get(
    '/audit/statistics',
    {
      schema: {
        summary: 'How many of each kind',
        description: `Takes the filters of \`GET /audit\`. ${WHO}`,
        tags: ['Audit'],
        querystring: z.strictObject(filters),
        response: { 200: auditStatisticsSchema, ...problems },
      },
    },
    async (request) => deps.statistics(await queryOf(callerOf(request), request.query)),
  )
}

const exportRoute = (app: App, deps: AuditDeps, queryOf: QueryOf): void => {
  app.get(
    '/audit/export',
    {
      schema: {
        summary: 'All of them, as JSON Lines or CSV, oldest first',
        description:
          'JSON Lines are those of the log file, intents too; without filters, `npm run audit -- verify --log-file` ' +
          `can verify them. CSV has no intents whose outcome is there. ${WHO}`,
        tags: ['Audit'],
        querystring: z.strictObject({ ...filters, format: z.enum(['jsonl', 'csv']) }),
        response: { 200: z.unknown().describe('The file, as it is read'), ...problems },
      },
    },
    async (request, reply) => {
      const { format, ...rest } = request.query
      const query = await queryOf(callerOf(request), rest)
      const pages = format === 'csv' ? await csvPages(deps, query) : jsonPages(deps, query)
      return reply
        .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/jsonl; charset=utf-8')
        .header('content-disposition', `attachment; filename="audit.${format}"`)
        .send(Readable.from(pages))
    },
  )
}

const verificationRoute = (app: App, { seesAll, verify }: AuditDeps): void => {
  app.get(
    '/audit/verify',
    {
      schema: {
        summary: 'Whether entries were changed, removed or moved since they were written',
        description:
          'Reads the whole chain in the database, and the log files of the server that answers. For holders of Sys.Audit on /.',
        tags: ['Audit'],
        response: { 200: verifiedSchema, ...problems },
      },
    },
    async (request) => {
      if (!(await seesAll(callerOf(request)))) throw mayNotVerify()
      return verifiedView(await verify())
    },
  )
}

const entryRoute = (app: App, deps: AuditDeps, queryOf: QueryOf): void => {
  app.get(
    '/audit/:id',
    {
      schema: {
        summary: 'One entry whole, and those that belong to it',
        description: WHO,
        tags: ['Audit'],
        params: z.strictObject({ id: z.coerce.number().int().min(1) }),
        response: {
          200: z.object({
            head: auditHeadSchema,
            entry: auditEntryViewSchema,
            related: z.array(auditHeadSchema),
          }),
          ...problems,
        },
      },
    },
    async (request) => {
      const { visibleTo } = await queryOf(callerOf(request), {})
      const found = await deps.read(request.params.id, visibleTo)
      if (found === null)
        throw notFound(
          `There is no entry ${request.params.id}, or you may not see it.`,
          'Proxmox asks for Sys.Audit on / to see what others did.',
        )
      return found
    },
  )
}

type QueryOf = ReturnType<typeof createQueryOf>

const createQueryOf =
  (seesAll: AuditDeps['seesAll']) =>
  async (
    caller: Caller,
    { since, until, ...rest }: Omit<AuditQuery, 'visibleTo'>,
  ): Promise<AuditQuery> => ({
    ...rest,
    visibleTo: (await seesAll(caller)) ? null : caller.username,
    ...(since !== undefined && { since: stored(since) }),
    ...(until !== undefined && { until: stored(until) }),
  })

async function* jsonPages({ lines }: Pick<AuditDeps, 'lines'>, query: AuditQuery) {
  for await (const page of lines(query)) yield page.map(({ line }) => `${line}\n`).join('')
}

async function csvPages(
  { lines, operations }: Pick<AuditDeps, 'lines' | 'operations'>,
  query: AuditQuery,
) {
  const columns = csvColumns(await operations(query))
  return (async function* () {
    yield csvHeader(columns)
    for await (const page of lines(query))
      yield page
        .filter(({ entry }) => entry.operation !== 'intent')
        .map(({ entry }) => csvLine(entry, columns))
        .join('')
  })()
}

/** As times are written in the log, so that they compare as texts. */
const stored = (time: string): string => new Date(time).toISOString().replace('Z', '000Z')

const mayNotVerify = () =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail: 'Verifying reads the whole audit log. That needs Sys.Audit on /.',
    hint: 'Ask an administrator of the cluster.',
  })
