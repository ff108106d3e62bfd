/** Runs every test, the way a person reads them, and ends with the line `N passed, N failed`. */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

type Count = { passed: number; failed: number; skipped: number }

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numFailedTestSuites: z.int(),
})

const folder = mkdtempSync(join(tmpdir(), 'deployer-test-'))
const counts = [
  command('types', ['npm', 'run', '--silent', 'types']),
  command('lint', ['npm', 'run', '--silent', 'lint']),
  command('format', ['npm', 'run', '--silent', 'format:check']),
  command('build', ['npm', 'run', '--silent', 'build']),
]
// Guests wait for their disks most of the time, so they boot beside the other tests.
const guests = beside('guests', ['--config', 'boot/vitest.config.ts'])
counts.push(
  vitest('unit and server', []),
  await guests(),
  vitest('browser', ['--config', 'e2e/vitest.config.ts']),
)
rmSync(folder, { recursive: true })

const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
if (sum('skipped') > 0) console.log(`\n${sum('skipped')} tests were skipped; each says why above.`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)

/** A check that counts as one test. */
function command(title: string, [program = '', ...args]: string[]): Count {
  console.log(`\n== ${title}`)
  const ok = spawnSync(program, args, { stdio: 'inherit' }).status === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

function vitest(title: string, args: string[]): Count {
  console.log(`\n== ${title}`)
  return countOf(title, spawnSync('vitest', runOf(title, args), { stdio: 'inherit' }).status)
}

/** Begins a run now; what it answers waits for its end, and then prints what was said. */
function beside(title: string, args: string[]): () => Promise<Count> {
  const said = join(folder, `${title}.txt`)
  const output = openSync(said, 'w')
  const run = spawn('vitest', runOf(title, args), { stdio: ['ignore', output, output] })
  const ended = once(run, 'exit')
  return async () => {
    await ended
    console.log(`\n== ${title}\n${readFileSync(said, 'utf8')}`)
    return countOf(title, run.exitCode)
  }
}

function runOf(title: string, args: string[]): string[] {
  const file = `--outputFile.json=${join(folder, `${title}.json`)}`
  return ['run', '--reporter=default', '--reporter=json', file, ...args]
}

/** A run that ends badly without naming a failed test counts as a failure of its own. */
function countOf(title: string, status: number | null): Count {
  try {
    const found = report.parse(JSON.parse(readFileSync(join(folder, `${title}.json`), 'utf8')))
    const failed = found.numFailedTests + (status !== 0 && found.numFailedTests === 0 ? 1 : 0)
    return { passed: found.numPassedTests, failed, skipped: found.numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
