/** What this server itself needs: database, disk, audit log, secret, service account, settings. */
import { fine, type Finding, trouble } from './report.ts'

export type OwnFacts = {
  database: {
    kind: 'embedded' | 'external'
    state:
      | { kind: 'ready'; version: string; milliseconds: number; missingMigrations: string[] }
      /** Embedded, and the server that starts it does not run. */
      | { kind: 'not-started'; exists: boolean }
      | { kind: 'away'; reason: string }
  }
  /** Null where the file system does not tell. */
  disk: { folder: string; freeBytes: number; totalBytes: number } | null
  audit: { file: string; problem: string | null }
  /** What encrypts tickets in the database. */
  secret: { kind: 'set' | 'generated' | 'not-yet' }
  service: null | {
    username: string
    state: 'ok' | 'refused' | 'unknown'
    lacking: string[]
    reason?: string
  }
  /** What became of variables of another name. */
  notices: string[]
}

export function ownFindings(facts: OwnFacts): Finding[] {
  return [
    database(facts.database),
    ...disk(facts.disk),
    audit(facts.audit),
    secret(facts),
    service(facts.service),
    ...facts.notices.map((notice, index) =>
      trouble('info', {
        id: `setting ${index + 1}`,
        title: notice.split(' ')[0] ?? 'A setting',
        found: notice,
        subject: 'settings',
      }),
    ),
  ]
}

function database({ kind, state }: OwnFacts['database']): Finding {
  const id = 'database'
  switch (state.kind) {
    case 'ready': {
      const { version, milliseconds, missingMigrations } = state
      if (missingMigrations.length === 0)
        return fine(id, 'Database', `PostgreSQL ${version}, ${kind}, ${milliseconds.toFixed(1)} ms`)
      return trouble('warn', {
        id,
        title: 'The database is of an earlier version',
        found: `${missingMigrations.length} migrations are missing: ${missingMigrations.join(', ')}.`,
        remedy: 'The next start of the server brings it up to date. Make a backup first.',
        commands: [
          { where: 'here', text: 'npm run backup' },
          { where: 'here', text: './stop.sh; ./start.sh' },
        ],
      })
    }
    case 'not-started':
      return trouble('info', {
        id,
        title: state.exists ? 'The database does not run' : 'There is no database yet',
        found: state.exists
          ? 'It is started with the server, which does not run on this data folder.'
          : 'It is made at the first start of the server.',
        commands: [{ where: 'here', text: './start.sh' }],
      })
    case 'away':
      return trouble('fail', {
        id,
        title: 'The database does not answer',
        found: `${state.reason}. Nothing is deployed that cannot be recorded.`,
        remedy:
          kind === 'external'
            ? 'Check DATABASE_URL, and whether PostgreSQL runs and lets this machine in.'
            : 'See the log of the server; a restart starts the database again.',
      })
  }
}

const GIB = 1024 ** 3
const LITTLE_GIB = 5
const HARDLY_GIB = 1

function disk(facts: OwnFacts['disk']): Finding[] {
  if (facts === null) return []
  const { folder, freeBytes } = facts
  const free = freeBytes / GIB
  const text = `${free >= 10 ? Math.round(free) : free.toFixed(1)} GiB free`
  if (free >= LITTLE_GIB) return [fine('disk', 'Disk here', text)]
  return [
    trouble(free < HARDLY_GIB ? 'fail' : 'warn', {
      id: 'disk',
      title: `Only ${text} here`,
      found: `${folder} holds the database, the audit log and uploads on their way. When it is full, nothing is deployed.`,
      remedy: 'Free some space, or move it to a larger disk (DATA_DIR).',
      commands: [{ where: 'here', text: `du -sh ${folder}/*` }],
    }),
  ]
}

function audit({ file, problem }: OwnFacts['audit']): Finding {
  if (problem === null) return fine('audit', 'Audit log', 'can be written')
  return trouble('warn', {
    id: 'audit',
    title: 'The audit log cannot be written',
    found: `${file}: ${problem}. The entries are in the database, and follow when it can be written again.`,
    remedy: 'Check that the user of the server may write there.',
    commands: [{ where: 'here', text: `ls -ld ${file.replace(/[^/]*$/, '')}` }],
  })
}

function secret({ secret: { kind }, database: { kind: where } }: OwnFacts): Finding {
  const id = 'secret'
  if (kind === 'set') return fine(id, 'Secret', 'APP_SECRET is set')
  if (kind === 'not-yet') return fine(id, 'Secret', 'is made at the first start')
  if (where === 'embedded') return fine(id, 'Secret', 'made here, in the data folder')
  return trouble('info', {
    id,
    title: 'The secret lies in the data folder',
    found:
      'Tickets in the database are encrypted with it. Other servers on that database cannot read them, and without the folder nobody can.',
    remedy: 'Set one, the same for all servers; people sign in again then.',
    commands: [
      { where: 'here', text: 'openssl rand -base64 32' },
      { where: 'env', text: 'APP_SECRET=…' },
    ],
  })
}

function service(facts: OwnFacts['service']): Finding {
  const id = 'service account'
  if (facts === null) return fine(id, 'Service account', 'none: work runs as who asked for it')
  const { username, state, lacking, reason } = facts
  const subject = username
  switch (state) {
    case 'unknown':
      return trouble('info', {
        id,
        title: 'The service account could not be looked at',
        found: reason ?? `Proxmox did not tell of ${username}.`,
        subject,
      })
    case 'refused':
      return trouble('fail', {
        id,
        title: `Proxmox refuses the service account ${username}`,
        found:
          reason ??
          'Its password or secret is wrong, it has a second factor, or it is disabled. It does the work of all deployments.',
        remedy: 'Correct it in the settings, and start again. A token needs no second factor.',
        commands: [
          {
            where: 'node',
            text: `pveum user token add ${username.split('!')[0]} vm-deployer --privsep 0`,
          },
          { where: 'env', text: `PROXMOX_TOKEN_ID=${username.split('!')[0]}!vm-deployer` },
        ],
        subject,
      })
    case 'ok':
      if (lacking.length === 0)
        return fine(id, 'Service account', `${username} has what deployments need`)
      return trouble('fail', {
        id,
        title: `The service account ${username} lacks rights`,
        found: `It holds ${lacking.join(', ')} nowhere. It does the work, so plans that need it are blocked.`,
        remedy: 'Give it the role of docs/proxmox.md.',
        commands: [
          {
            where: 'node',
            text: `pveum role add VMDeployer-service --privs "${lacking.join(' ')}"`,
          },
          {
            where: 'node',
            text: `pveum acl modify / ${username.includes('!') ? `--tokens '${username}'` : `--users ${username}`} --roles VMDeployer-service`,
          },
        ],
        subject,
      })
  }
}
