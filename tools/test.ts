/** Runs every test, the way a person reads them, and ends with the line `N passed, N failed`. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
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
  vitest('unit and server', []),
  vitest('guests', ['--config', 'boot/vitest.config.ts']),
  vitest('browser', ['--config', 'e2e/vitest.config.ts']),
]
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

/** A run of vitest; one that ends badly without naming a failed test counts as a failure of its own. */
function vitest(title: string, args: string[]): Count {
  console.log(`\n== ${title}`)
  const file = join(folder, `${title}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const ended = spawnSync('vitest', ['run', ...reporters, ...args], { stdio: 'inherit' })
  try {
    const found = report.parse(JSON.parse(readFileSync(file, 'utf8')))
    const failed = found.numFailedTests + (ended.status !== 0 && found.numFailedTests === 0 ? 1 : 0)
    return { passed: found.numPassedTests, failed, skipped: found.numPendingTests }
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}
