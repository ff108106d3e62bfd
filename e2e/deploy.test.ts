import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { startCluster, startDeployer, type Deployer } from './deployer.ts'

let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})

afterAll(() => browser?.close())

// A cluster of its own for each test: where VMs of another one are just starting, a plan may change under the form.
beforeEach(async () => {
  deployer = await startDeployer()
})

afterEach(() => deployer?.stop())

async function newPage(colorScheme: 'dark' | 'light' = 'dark', viewport = wide): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  return context.newPage()
}

/** Fills the form for linked clones of the Ubuntu template; the plan follows by itself. */
async function fillForm(page: Page, pattern: string) {
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill(pattern)
}

const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })
async function healthy(page: Page, count: number) {
  await expect.poll(() => page.getByText('Healthy', { exact: true }).count()).toBe(count)
}
const vmRow = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) })

test('three linked clones from sign-in to proof', async () => {
  const page = await newPage()
  await page.goto(deployer.url)
  await page.getByRole('heading', { name: 'Sign in to the demo' }).waitFor()
  await screenshot(page, 'sign-in-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await signIn(page, deployer.url, 'root', 'pam')

  await fillForm(page, 'web-{01..03}')
  await plan(page).getByRole('button', { name: 'Deploy 3 VMs' }).waitFor()
  await plan(page).getByText('Checked against the cluster').waitFor()
  await screenshot(page, 'deploy-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await plan(page).getByRole('button', { name: 'Show calls' }).click()
  const drawer = page.getByRole('dialog', { name: 'What will happen on Proxmox' })
  await drawer.getByText('/qemu/9000/clone').waitFor()
  await screenshot(page, 'calls-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })

  await plan(page).getByRole('button', { name: 'Deploy 3 VMs' }).click()
  await page.waitForURL(/\/deployments\/d-/)
  await page
    .getByRole('cell', { name: /^Clone, (running|done)/ })
    .first()
    .waitFor()
  await screenshot(page, 'live-dark')

  await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 60_000 })
  for (const name of ['web-01', 'web-02', 'web-03']) {
    await vmRow(page, name).getByText('Healthy').waitFor()
    await vmRow(page, name)
      .getByText(/^10\.10\.0\.\d+$/)
      .waitFor()
  }
  await screenshot(page, 'finished-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByRole('radio', { name: 'Steps' }).check()
  for (const step of ['ID', 'Clone', 'Config', 'Start', 'Agent', 'Address', 'Port 22']) {
    expect(await page.getByRole('cell', { name: new RegExp(`^${step}, done`) }).count()).toBe(3)
  }

  await page.getByRole('link', { name: 'Deployments' }).first().click()
  await page.getByRole('link', { name: '3 VMs from ubuntu-24.04', exact: true }).waitFor()
  await screenshot(page, 'deployments-dark')
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the same screens in light and on a phone', async () => {
  const page = await newPage('light')
  await signIn(page, deployer.url, 'root', 'pam')
  await fillForm(page, 'light-{1..2}')
  await plan(page).getByText('Checked against the cluster').waitFor()
  await screenshot(page, 'deploy-light', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await plan(page).getByRole('button', { name: 'Deploy 2 VMs' }).click()
  await page.waitForURL(/\/deployments\/d-/)
  await page
    .getByRole('cell', { name: /^Agent, running/ })
    .first()
    .waitFor()
  await screenshot(page, 'live-light')
  expect(await accessibilityProblems(page)).toEqual([])
  const address = page.url()

  const phone = await newPage('dark', narrow)
  await signIn(phone, deployer.url, 'root', 'pam')
  await fillForm(phone, 'phone-{1..2}')
  await phone.getByRole('button', { name: 'Deploy 2 VMs' }).waitFor()
  await screenshot(phone, 'deploy-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  await phone.goto(address)
  await phone.getByText('light-1').first().waitFor()
  await screenshot(phone, 'live-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  const overflow = await phone.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(overflow).toBe(0)
})

test('a reload in the middle shows the same state, and the form comes back from its draft', async () => {
  const page = await newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await fillForm(page, 'again-{1..2}')
  await page.getByText('Draft saved on this device').waitFor()
  await page.reload()
  const pattern = page.getByRole('textbox', { name: 'Name pattern' })
  // The form comes with its draft, never before it.
  expect(await pattern.inputValue()).toBe('again-{1..2}')

  await plan(page).getByRole('button', { name: 'Deploy 2 VMs' }).click()
  await page.waitForURL(/\/deployments\/d-/)
  await page
    .getByRole('cell', { name: /^Clone, done/ })
    .first()
    .waitFor()
  await page.reload()
  await page
    .getByRole('cell', { name: /^Clone, done/ })
    .first()
    .waitFor()
  await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 60_000 })
  await healthy(page, 2)
})

test('the live page follows through a crash of the server', async () => {
  const cluster = await startCluster()
  const crashing = await startDeployer({ cluster })
  try {
    const page = await newPage()
    await signIn(page, crashing.url, 'root', 'pam')
    await fillForm(page, 'crash-{1..3}')
    await plan(page).getByRole('button', { name: 'Deploy 3 VMs' }).click()
    await page.waitForURL(/\/deployments\/d-/)
    await page
      .getByRole('cell', { name: /^Agent, running/ })
      .first()
      .waitFor()
    await crashing.crashAndRestart()
    await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 90_000 })
    await healthy(page, 3)
    expect(await page.title()).toMatch(/^Finished/)
  } finally {
    await crashing.stop()
    await cluster.stop()
  }
})
