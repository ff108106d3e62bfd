/** What the doctor found: the shape of `GET /doctor`, and its text for a terminal. */
import { z } from 'zod'

/**
 * `fail`: stops deployments. `warn`: should be fixed. `info`: worth knowing, and fine as it is if it is meant so.
 */
const levelSchema = z.enum(['ok', 'info', 'warn', 'fail'])

const findingSchema = z.object({
  id: z.string().describe('The same at every run: `certificate pve1:8006`, `feature console`.'),
  level: levelSchema,
  title: z.string(),
  found: z
    .string()
    .describe(
      'A few words where it is fine, else sentences: what was found, and what follows from it.',
    ),
  remedy: z.string().nullable().describe('What to do.'),
  commands: z
    .array(z.object({ where: z.enum(['node', 'here', 'env']), text: z.string() }))
    .describe(
      'To be copied: a command for a shell as root on a node of the cluster (`node`), one for this machine ' +
        '(`here`), or a line for `.env` (`env`).',
    ),
  subject: z
    .string()
    .nullable()
    .describe('What it is about, in two or three words: `pve1, VM 9002`.'),
})

export const doctorReportSchema = z.object({
  checkedAt: z.string(),
  milliseconds: z.number(),
  account: z
    .string()
    .nullable()
    .describe('Whose rights were looked at; null where nobody was signed in.'),
  cluster: z.string().describe("The cluster's name, or the host."),
  findings: z.array(findingSchema),
})

export type Level = z.infer<typeof levelSchema>
export type Finding = z.infer<typeof findingSchema>
export type DoctorReport = z.infer<typeof doctorReportSchema>
export type Command = Finding['commands'][number]

/** A finding that is fine; `found` is a few words. */
export const fine = (id: string, title: string, found: string): Finding => ({
  id,
  level: 'ok',
  title,
  found,
  remedy: null,
  commands: [],
  subject: null,
})

type Trouble = Pick<Finding, 'id' | 'title' | 'found'> &
  Partial<Pick<Finding, 'remedy' | 'commands' | 'subject'>>

export const trouble = (level: Level, about: Trouble): Finding => ({
  remedy: null,
  commands: [],
  subject: null,
  level,
  ...about,
})

const order: Level[] = ['fail', 'warn', 'info', 'ok']

/** The worst first, otherwise in their order. */
export const worstFirst = (findings: Finding[]): Finding[] =>
  order.flatMap((level) => findings.filter((finding) => finding.level === level))

export const countOf = (findings: Finding[], level: Level): number =>
  findings.filter((finding) => finding.level === level).length

const marks: Record<Level, string> = { fail: '✗', warn: '!', info: 'i', ok: '✓' }
const heads: Record<Level, string> = {
  fail: 'Stops deployments',
  warn: 'Should be fixed',
  info: 'Worth knowing',
  ok: 'Fine',
}
const prompts: Record<Command['where'], string> = {
  node: 'on a node  # ',
  here: 'here       $ ',
  env: '.env         ',
}
const WIDTH = 100

/** Breaks a text at blanks; a word that is longer stays whole. */
function wrapped(text: string, indent: string): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > WIDTH) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, indent + line]
}

function findingText(finding: Finding): string[] {
  const { level, title, found, remedy, commands } = finding
  if (level === 'ok') return [`  ${marks.ok} ${title}: ${found}`]
  return [
    `  ${marks[level]} ${title}`,
    ...wrapped(found, '    '),
    ...(remedy === null ? [] : wrapped(remedy, '    ')),
    ...commands.map(({ where, text }) => `      ${prompts[where]}${text}`),
    '',
  ]
}

/** For a terminal, and for pasting into a question. */
export function doctorText(report: DoctorReport): string {
  const { findings, cluster, account, checkedAt, milliseconds } = report
  const sections = order.flatMap((level) => {
    const those = findings.filter((finding) => finding.level === level)
    return those.length === 0 ? [] : ['', heads[level], '', ...those.flatMap(findingText)]
  })
  const counts = order
    .map((level) => `${countOf(findings, level)} ${heads[level].toLowerCase()}`)
    .join(', ')
  const text = [
    `Doctor of Proxmox VM Deployer, ${checkedAt}`,
    `${findings.length} checks against ${cluster} in ${(milliseconds / 1000).toFixed(1)} s, ` +
      (account === null ? 'without an account' : `with the rights of ${account}`),
    counts,
    ...sections,
  ].join('\n')
  return `${text.replaceAll(/\n{3,}/g, '\n\n').trimEnd()}\n`
}
