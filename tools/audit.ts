/** Reads the audit log: counts, prints, exports and verifies it. Works on the files alone, and while the server runs. */
import { codeOf, messageOf } from '@deployer/proxmox/caught.ts'
import {
  type AuditEntry,
  auditEntrySchema,
  auditStatuses,
  parseJson,
} from '@deployer/core/audit.ts'
import {
  csvColumns,
  csvHeader,
  csvLine,
  entriesText,
  filterEntries,
  parseMoment,
  statisticsOf,
  statisticsText,
  withoutClosedIntents,
} from '@deployer/core/audit-report.ts'
import { existsSync, writeFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { logFileIn, logFiles, readLogLines } from '../server/src/audit/log-files.ts'
import { readConfig } from '../server/src/config.ts'
import { verifyAudit } from './audit-verify.ts'

const USAGE = `Usage: npm run audit -- [verify] [options]

Without options it prints statistics. Older files (audit.log.1 and on) are read too.

  --log-file FILE         default: DATA_DIR/logs/audit.log
  --filter-status STATUS  ${auditStatuses.join(', ')}
  --filter-operation NAME vm_creation, template_clone, batch_clone, sign_in, ...
  --filter-user NAME      mira@pve, or a token root@pam!ci
  --since, --until TIME   2026-02-09, 2026-02-09T14:00, 2026-02-09T14:00:00Z; without a zone it is UTC
  --print-entries         the entries instead of statistics
  --export-csv FILE       a table of them
  --json                  statistics, entries or the verdict as JSON
  --all                   intents as well whose outcome is there

verify looks whether entries were changed, removed or moved since they were written, in the database and in the files;
with --log-file in that file alone (an export of the page, for instance). It ends with 1 where something is wrong.`

function fail(sentence: string): never {
  console.error(`Error: ${sentence}`)
  process.exit(1)
}

const options = {
  'log-file': { type: 'string' },
  'export-csv': { type: 'string' },
  'filter-status': { type: 'string' },
  'filter-operation': { type: 'string' },
  'filter-user': { type: 'string' },
  since: { type: 'string' },
  until: { type: 'string' },
  'print-entries': { type: 'boolean' },
  json: { type: 'boolean' },
  all: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

function readArguments() {
  try {
    return parseArgs({ options, allowPositionals: true })
  } catch (error) {
    return fail(`${messageOf(error)}\n\n${USAGE}`)
  }
}

const { values: asked, positionals } = readArguments()
const [command, ...surplus] = positionals
if (asked.help) {
  console.log(USAGE)
  process.exit(0)
}
if (surplus.length > 0 || (command !== undefined && command !== 'verify'))
  fail(`Not understood: ${positionals.join(' ')}\n\n${USAGE}`)
const status = asked['filter-status']
if (status !== undefined && !auditStatuses.some((known) => known === status))
  fail(`--filter-status is one of ${auditStatuses.join(', ')}.`)

const given = asked['log-file']
const file = given === undefined ? logFileIn(readConfig().dataDir) : resolve(given)
if (command === 'verify') {
  const own = given === undefined ? readConfig() : null
  const verdict = verifyAudit({ file, config: own, json: asked.json === true })
  process.exit(await verdict.catch((error: unknown) => fail(reasonOf(error))))
}
report(await readEntries())

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  // PostgreSQL's undefined_table: this version of the server has not run on it yet.
  const unknown = codeOf(error) === '42P01'
  return unknown ? 'The database has no audit log yet: start the server once.' : error.message
}

function moment(name: 'since' | 'until'): number | undefined {
  const text = asked[name]
  if (text === undefined) return undefined
  return (
    parseMoment(text, name) ??
    fail(`--${name} is a time such as 2026-02-09 or 2026-02-09T14:00:00Z, not "${text}".`)
  )
}

async function readEntries(): Promise<AuditEntry[]> {
  const files = logFiles(file)
  if (files.length === 0 || !existsSync(file)) fail(`Audit log not found: ${file}`)
  const entries: AuditEntry[] = []
  for await (const line of readLogLines(files)) {
    const { data } = auditEntrySchema.safeParse(parseJson(line.text))
    if (data) entries.push(data)
    else console.error(`Warning: Invalid JSON on line ${line.number} of ${basename(line.file)}`)
  }
  return entries
}

function report(all: AuditEntry[]): void {
  if (all.length === 0) {
    console.log('No entries found in audit log')
    return
  }
  const operation = asked['filter-operation']
  const shown = asked.all || operation === 'intent' ? all : withoutClosedIntents(all)
  const entries = filterEntries(shown, {
    status,
    operation,
    username: asked['filter-user'],
    since: moment('since'),
    until: moment('until'),
  })
  const table = asked['export-csv']
  if (table !== undefined) exportCsv(entries, table)
  else if (asked.json)
    console.log(JSON.stringify(asked['print-entries'] ? entries : statisticsOf(entries), null, 2))
  else console.log(asked['print-entries'] ? entriesText(entries) : statisticsText(entries))
}

function exportCsv(entries: AuditEntry[], table: string): void {
  if (entries.length === 0) {
    console.log('No entries to export')
    return
  }
  const columns = csvColumns(entries.map(({ operation }) => operation))
  const lines = entries.map((entry) => csvLine(entry, columns))
  writeFileSync(table, csvHeader(columns) + lines.join(''))
  console.log(`✅ Exported ${entries.length} entries to ${table}`)
}
