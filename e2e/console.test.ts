/** Consoles in the page: the screen by noVNC, read letter by letter from its pixels, and the serial port by xterm. */
import { dotsOf } from '@deployer/simulator/consoles/font.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Deployer, startDeployer } from './deployer.ts'

let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  deployer = await startDeployer()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
})

const patience = { timeout: 30_000 }

const authorization = 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000'

const power = async (vmid: number, action: string) => {
  const answer = await fetch(`${deployer.api}/vms/${vmid}/power`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    body: JSON.stringify({ action }),
  })
  expect(answer.status).toBe(202)
}

/** Also tells what the browser complained of, the content security policy above all. */
const open = async (
  path: string,
  {
    user = 'root',
    realm = 'pam',
    colorScheme = 'dark',
    viewport = wide,
  }: {
    user?: string
    realm?: string
    colorScheme?: 'dark' | 'light'
    viewport?: { width: number; height: number }
  } = {},
) => {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  await signIn(page, deployer.url, user, realm)
  await page.waitForURL(/\/deploy$/)
  complaints.length = 0
  await page.goto(`${deployer.url}${path}`)
  return { page, complaints }
}

/** Letters by their dots in a line. */
const shapes = new Map(
  Array.from({ length: 95 }, (_, index) => String.fromCodePoint(32 + index)).map((character) => [
    dotsOf(character).flat().map(Number).join(''),
    character,
  ]),
)

const withoutCursor = (dots: string) => dots.replace(/1{5}$/, '00000')

/** Runs in the page: which dots of each cell are lit; nothing while there is no picture. */
const readCells = `(() => {
  const canvas = document.querySelector('canvas')
  if (canvas?.width !== 960) return []
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
  const isLit = (x, y) => data[(y * canvas.width + x) * 4] > 96
  const range = (count) => Array.from({ length: count }, (_, index) => index)
  return range(25).map((row) => range(80).map((column) =>
    range(9 * 5).map((dot) => {
      const x = column * 12 + (dot % 5) * 2
      const y = row * 20 + Math.floor(dot / 5) * 2
      return isLit(x, y) ? '1' : '0'
    }).join(''),
  ))
})()`

/** The 25 lines of a screen, from the pixels of the canvas. */
const readScreen = async (page: Page): Promise<string> => {
  const cells = z.array(z.array(z.string())).parse(await page.evaluate(readCells))
  return cells
    .map((line) =>
      line
        .map((dots) => shapes.get(dots) ?? shapes.get(withoutCursor(dots)) ?? '?')
        .join('')
        .trimEnd(),
    )
    .join('\n')
    .trimEnd()
}

test('the screen shows the guest, takes keys and a text, and comes back after it was lost', async () => {
  const { page, complaints } = await open('/vms/104?tab=console')
  await page.getByRole('application', { name: 'Screen of monitoring' }).waitFor()
  await expect
    .poll(() => readScreen(page), patience)
    .toContain('Ubuntu 24.04.3 monitoring tty1\n\nmonitoring login:')
  await page.keyboard.type('Mira\nsecret\n')
  await expect.poll(() => readScreen(page), patience).toContain('Mira@monitoring:~$')
  expect(await readScreen(page)).not.toContain('secret')

  await page.getByRole('button', { name: 'Type a text' }).click()
  await page.getByRole('textbox', { name: 'Text' }).fill('echo "Hello, World!"\n')
  await page.getByRole('button', { name: 'Type it' }).click()
  await expect
    .poll(() => readScreen(page), patience)
    .toContain('\n"Hello, World!"\nMira@monitoring:~$')
  await screenshot(page, 'console-screen-dark')

  await page.getByRole('button', { name: 'Ctrl Alt Del' }).click()
  await expect.poll(() => readScreen(page), patience).toContain('SeaBIOS')
  await expect.poll(() => readScreen(page), patience).toContain('monitoring login:')

  await page.getByRole('button', { name: 'Connect again' }).click()
  await expect.poll(() => readScreen(page), patience).toContain('monitoring login:')
  expect(complaints).toEqual([])
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().close()
})

test('the serial port is a terminal, light as the page, and no rule of the page is broken', async () => {
  const { page, complaints } = await open('/vms/104?tab=console', { colorScheme: 'light' })
  await page.getByText('Serial port', { exact: true }).click()
  const terminal = page.getByRole('region', { name: 'Serial port of monitoring' })
  await terminal.getByText('starting serial terminal on interface serial0').first().waitFor()
  await page.keyboard.type('\nops\nx\nhostname\n')
  await terminal.getByText('ops@monitoring:~$ hostname').first().waitFor()
  const rows = terminal.locator('.xterm-rows')
  await expect.poll(() => rows.innerText(), patience).toMatch(/hostname\s+monitoring/)
  // Its colours and its letters' places come from a style sheet that the policy let pass.
  const style: unknown = await page.evaluate(`(() => {
    const { color, fontFamily } = getComputedStyle(document.querySelector('.xterm-rows'))
    return { color, fontFamily }
  })()`)
  expect(style).toEqual({
    color: 'rgb(13, 23, 38)',
    fontFamily: expect.stringContaining('JetBrains Mono'),
  })
  await screenshot(page, 'console-serial-light')
  expect(complaints).toEqual([])
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().close()
})

test('a VM that is off, that stops and starts again; who may not; a window of its own', async () => {
  const off = await open('/vms/111/console', { viewport: narrow })
  await off.page.getByText('The VM is off').waitFor()
  await screenshot(off.page, 'console-off-390')
  await power(111, 'start')
  await expect.poll(() => readScreen(off.page), patience).toContain('build-02 login:')
  await screenshot(off.page, 'console-window-390')
  await power(111, 'stop')
  await off.page.getByText(/^The VM (has stopped|is off)$/).waitFor()
  expect(await accessibilityProblems(off.page)).toEqual([])
  await off.page.context().close()

  const viewer = await open('/vms/104/console', { user: 'viewer', realm: 'pve' })
  await viewer.page.getByText('Not permitted').waitFor()
  await viewer.page.getByText('Proxmox asks for VM.Console on /vms/104.').waitFor()
  await viewer.page.context().close()
})
