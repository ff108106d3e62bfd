import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

const runMain = (options: string[]) => {
  const child = spawn(process.execPath, [main, ...options])
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8')
    })
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const printed = async (pattern: RegExp) => {
    while (!pattern.test(text) && child.exitCode === null)
      await new Promise((resolve) => setTimeout(resolve, 20))
    return text
  }
  return { child, ended, printed }
}

/** Null where the connection broke; the certificate is of no interest here. */
const statusOf = (url: string) =>
  new Promise<number | null>((resolve) => {
    const asked = get(url, { rejectUnauthorized: false, timeout: 1000 }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? null)
    })
    asked.on('timeout', () => asked.destroy())
    asked.on('error', () => resolve(null))
  })

test('the program prints where it is and who can sign in, and stops when it is told to', async () => {
  const { child, ended, printed } = runMain(['--port', '0', '--version', '8.4', '--speed', '10'])
  const text = await printed(/viewer@pve/)
  expect(text).toMatch(/https:\/\/127\.0\.0\.1:\d+/)
  expect(text).toMatch(/([0-9A-F]{2}:){31}[0-9A-F]{2}/)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})

test('a version that is not simulated is refused with those that are', async () => {
  const { ended, printed } = runMain(['--version', '6.4'])
  expect(await ended).not.toBe(0)
  expect(await printed(/$/)).toContain('7.4')
})

test('a file that is no list of faults is refused with what is wrong in it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'faults-'))
  const file = join(folder, 'faults.json')
  writeFileSync(file, '[{"kind": "node-down"}]')
  try {
    const { ended, printed } = runMain(['--faults', file])
    expect(await ended).toBe(2)
    expect(await printed(/$/)).toContain('is no list of faults: 0.node')
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test('a bad day out of a seed begins at once', async () => {
  const { child, ended, printed } = runMain(['--port', '0', '--fault-share', '1', '--seed', '3'])
  const [, url = ''] = /address +(\S+)/.exec(await printed(/Ctrl\+C/)) ?? []
  const statuses = new Set<unknown>()
  for (let count = 0; count < 8; count += 1)
    statuses.add(await statusOf(`${url}/api2/json/access/domains`))
  expect([...statuses].some((status) => status !== 200)).toBe(true)
  child.kill('SIGTERM')
  expect(await ended).toBe(0)
})
