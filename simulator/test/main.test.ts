import { spawn } from 'node:child_process'
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
