/** axe on every screen, dark and light; what stands behind a click has its check where it is tested. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, signIn, wide } from './browser.ts'
import { type Deployer, startDeployer } from './deployer.ts'
import { authorization } from './proxmox.ts'

let deployer: Deployer
let browser: Browser
let page: Page
let deployment: string

beforeAll(async () => {
  deployer = await startDeployer()
  browser = await openBrowser()
  const context = await browser.newContext({ viewport: wide, reducedMotion: 'reduce' })
  page = await context.newPage()
  const request = {
    name: 'two',
    source: { kind: 'template', vmid: 9000, clone: 'linked' },
    defaults: { validate: {}, networks: [{ bridge: 'vmbr0', ip: 'dhcp' }] },
    vms: [{ name: 'two-{1..2}' }],
  }
  const answer = await fetch(`${deployer.api}/deployments`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ request }),
  })
  deployment = /\/(d-\w+)$/.exec(answer.headers.get('location') ?? '')?.[1] ?? ''
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
})

/** What axe finds on the screen that is open, in both themes. */
async function problems(): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    for (const problem of await accessibilityProblems(page))
      found.push(`${colorScheme}: ${problem}`)
  }
  return found
}

test('the sign-in page', async () => {
  await page.goto(deployer.url)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(await problems()).toEqual([])
  await signIn(page, deployer.url, 'root', 'pam')
  await page.getByRole('heading', { name: 'Deploy', level: 1 }).waitFor()
})

// The address, and what shows that the screen is there.
test.each([
  ['/deploy?template=9000', /^Deploy$/],
  ['/deployments', /^Deployments$/],
  ['/blueprints', /^Blueprints$/],
  ['/nothing-here', /^Nothing here$/],
  ['/deployments/d-00000000', /^No such deployment$/],
])('%s', async (path, heading) => {
  await page.goto(`${deployer.url}${path}`)
  await page.getByRole('heading', { name: heading, level: 1 }).waitFor()
  expect(await problems()).toEqual([])
})

test('the shortcuts', async () => {
  await page.goto(`${deployer.url}/deployments`)
  await page.getByRole('heading', { name: 'Deployments', level: 1 }).waitFor()
  await page.keyboard.press('?')
  await page.getByRole('dialog').waitFor()
  expect(await problems()).toEqual([])
})

test('a deployment: its checks, steps and times, with a VM opened', async () => {
  await page.goto(`${deployer.url}/deployments/${deployment}`)
  await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 60_000 })
  await page.getByRole('button', { name: /^two-1/ }).click()
  await page
    .getByText(/^Steps/)
    .first()
    .waitFor()
  for (const view of ['Checks', 'Steps', 'Timeline']) {
    await page.getByRole('radio', { name: view }).check()
    expect(await problems()).toEqual([])
  }
})

/** A server that was upgraded has no files of its earlier version. */
test('a page from before an upgrade loads itself anew, once', async () => {
  let refused = 0
  await page.goto(`${deployer.url}/deployments/${deployment}?view=steps`)
  await page.getByRole('radio', { name: 'Timeline' }).waitFor()
  await page.route('**/assets/Timeline-*.js', (route) => {
    refused += 1
    return refused === 1 ? route.abort() : route.continue()
  })
  await page.evaluate('performance.mark("before")')
  await page.getByRole('radio', { name: 'Timeline' }).check()
  await page.getByRole('heading', { name: 'Where the time went' }).waitFor()
  expect(await page.evaluate('performance.getEntriesByName("before").length')).toBe(0)
  expect(refused).toBeGreaterThan(0)
})
