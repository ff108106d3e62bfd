import type { Command, Finding, Level } from '@deployer/core/doctor/report.ts'
import { CodeBlock } from '../../ui/CodeBlock.tsx'
import { type GlyphKind, StatusGlyph } from '../../ui/StatusGlyph.tsx'

export const glyphs: Record<Level, GlyphKind> = {
  fail: 'failed',
  warn: 'warning',
  info: 'info',
  ok: 'done',
}

const levelNames: Record<Level, string> = {
  fail: 'Stops deployments',
  warn: 'Should be fixed',
  info: 'Worth knowing',
  ok: 'Fine',
}

/** What was found, what follows from it, what to do, and the commands for it, folded where they are not needed. */
export function FindingItem({ finding }: { finding: Finding }) {
  const { level, title, found, remedy, commands, subject } = finding
  return (
    <li className="flex gap-3 px-4 py-4 sm:px-5">
      <StatusGlyph
        kind={glyphs[level]}
        size={16}
        label={levelNames[level]}
        className="mt-0.5 flex-none"
      />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-baseline gap-x-4">
          <h3 className="min-w-0 flex-1 basis-60 text-sm font-semibold wrap-anywhere">{title}</h3>
          {subject !== null && <p className="text-2xs text-muted">{subject}</p>}
        </div>
        <p className="mt-0.5 max-w-[80ch] text-xs wrap-anywhere">{found}</p>
        {level === 'info' && commands.length > 0 ? (
          <details className="mt-1">
            <summary className="flex min-h-11 w-fit cursor-pointer items-center text-xs text-accent-text sm:min-h-6">
              What to do
              <span className="sr-only">: {title}</span>
            </summary>
            <Remedy remedy={remedy} commands={commands} />
          </details>
        ) : (
          <Remedy remedy={remedy} commands={commands} />
        )}
      </div>
    </li>
  )
}

function Remedy({ remedy, commands }: Pick<Finding, 'remedy' | 'commands'>) {
  return (
    <>
      {remedy !== null && <p className="mt-1.5 max-w-[80ch] text-xs wrap-anywhere">{remedy}</p>}
      {commands.length > 0 && <Commands commands={commands} />}
    </>
  )
}

const places: Record<Command['where'], string> = {
  node: 'On a node, as root',
  here: 'On this server',
  env: 'In .env',
}

/** Those for the same place stand together. */
function Commands({ commands }: { commands: readonly Command[] }) {
  const groups = commands.reduce<{ where: Command['where']; lines: string[] }[]>(
    (before, { where, text }) => {
      const last = before.at(-1)
      if (last?.where !== where) return [...before, { where, lines: [text] }]
      return [...before.slice(0, -1), { where, lines: [...last.lines, text] }]
    },
    [],
  )
  return (
    <div className="mt-2 space-y-2">
      {groups.map(({ where, lines }) => (
        <div key={`${where} ${lines[0]}`}>
          <p className="mb-1 text-2xs text-muted">{places[where]}</p>
          <CodeBlock
            text={lines.join('\n')}
            wrap
            label={
              where === 'env' ? 'the line' : lines.length === 1 ? 'the command' : 'the commands'
            }
          />
        </div>
      ))}
    </div>
  )
}
