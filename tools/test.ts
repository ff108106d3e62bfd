/** Runs every test, the way a person reads them, and ends with the line `N passed, N failed`. */
import { spawn, type StdioOptions } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, openSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'

type Count = { passed: number; failed: number; skipped: number }

/** A disk in memory, on every Linux; a container may have little of it. */
const MEMORY = '/dev/shm'
/** Many times what the tests keep there at once. */
const PLENTY_BYTES = 10 * 1024 ** 3

const report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numFailedTestSuites: z.int(),
})

const folder = scratchFolder()
const removeFolder = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
for (const signal of ['SIGINT', 'SIGTERM'])
  process.once(signal, () => {
    removeFolder()
    process.exit(1)
  })
// For what tests keep for a moment: databases, files, profiles of browsers.
const env = { ...process.env, TMPDIR: folder }

// Tests wait for guests, processes and pages: only side by side do they keep two cores busy.
const guests = beside('guests', ['--config', 'boot/vitest.config.ts'], process.env)
const build = await command('build', ['npm', 'run', '--silent', 'build'])
const unit = beside('unit and server', [])
const counts = [
  build,
  await command('types', ['npm', 'run', '--silent', 'types']),
  await command('lint', ['npm', 'run', '--silent', 'lint']),
  await command('format', ['npm', 'run', '--silent', 'format:check']),
  await vitest('browser', ['--config', 'e2e/vitest.config.ts', '--maxWorkers=2']),
  await guests(),
  await unit(),
]
removeFolder()

const sum = (key: keyof Count) => counts.reduce((total, count) => total + count[key], 0)
if (sum('skipped') > 0) console.log(`\n${sum('skipped')} tests were skipped; each says why above.`)
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`)
process.exit(sum('failed') === 0 ? 0 : 1)

/** In memory where there is plenty of it: databases would wait for the disk otherwise. */
function scratchFolder(): string {
  const made = mkdtempSync(join(hasMemory() ? MEMORY : tmpdir(), 'deployer-test-'))
  // PostgreSQL runs as another account where we are root, and passes through here.
  chmodSync(made, 0o711)
  return made
}

function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return Math.min(bavail * bsize, process.availableMemory()) > PLENTY_BYTES
  } catch {
    return false
  }
}

/** A check that counts as one test. */
async function command(title: string, [program = '', ...args]: string[]): Promise<Count> {
  console.log(`\n== ${title}`)
  const ok = (await statusOf(program, args, 'inherit')) === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
}

async function vitest(title: string, args: string[]): Promise<Count> {
  console.log(`\n== ${title}`)
  return countOf(title, await statusOf('vitest', runOf(title, args), 'inherit'))
}

/** Begins a run now; what it answers waits for its end, and then prints what was said. */
function beside(
  title: string,
  args: string[],
  environment: NodeJS.ProcessEnv = env,
): () => Promise<Count> {
  const said = join(folder, `${title}.txt`)
  const output = openSync(said, 'w')
  const ended = statusOf('vitest', runOf(title, args), ['ignore', output, output], environment)
  return async () => {
    const status = await ended
    console.log(`\n== ${title}\n${readFileSync(said, 'utf8')}`)
    return countOf(title, status)
  }
}

/** Null where a signal ended it. */
async function statusOf(
  program: string,
  args: string[],
  stdio: StdioOptions,
  environment: NodeJS.ProcessEnv = env,
): Promise<number | null> {
  const child = spawn(program, args, { stdio, env: environment })
  await once(child, 'exit')
  return child.exitCode
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
