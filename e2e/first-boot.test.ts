/** Users, keys, packages and documents of the first boot: from the form to what cloud-init says of it. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Deployer, startDeployer } from './deployer.ts'

const key =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAu4sH7Rb44Lc6W68uoRl3/1AOkJnEGRjce6t8n9UKiD mira@laptop'
const fingerprint = 'SHA256:pp8NfcowMXimtlT0khJdqfjwuPMGCctBHcZrtWUwXvY'

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

/** The Deploy page with a template, a name and the section unfolded. */
async function openSection(
  template: RegExp,
  pattern: string,
  colorScheme: 'dark' | 'light' = 'dark',
  viewport = wide,
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page.getByRole('radio', { name: template }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill(pattern)
  await page.getByRole('button', { name: 'Access, first boot' }).click()
  return page
}

const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })
const section = (page: Page) => page.getByRole('region', { name: /^Access/ })
const stored = (page: Page) => page.evaluate<string>('JSON.stringify({ ...localStorage })')

async function addUser(page: Page, name: string) {
  await section(page).getByRole('button', { name: 'Add a user' }).click()
  await section(page).getByRole('textbox', { name: 'User name' }).last().fill(name)
}

/** Deploys and waits until the page says how it ended. */
async function deploy(page: Page, outcome: string) {
  await plan(page).getByText('Checked against the cluster').waitFor()
  await plan(page)
    .getByRole('button', { name: /^Deploy/ })
    .click()
  await page.waitForURL(/\/deployments\/d-/)
  await page.getByText(outcome, { exact: true }).first().waitFor({ timeout: 60_000 })
}

test('a user with a key and a password, a preset and a document: to a healthy VM and cloud-init’s word', async () => {
  const page = await openSection(/ubuntu-24\.04/, 'web-{01..02}')
  await addUser(page, 'ops')
  await section(page).getByRole('button', { name: 'Add a key' }).click()
  const keys = page.getByRole('dialog', { name: 'Your SSH keys' })
  await keys.getByRole('textbox', { name: 'Public keys' }).fill(`${key}\nssh-ed25519 cut`)
  await keys.getByText('Line 2: The key is cut off or altered').waitFor()
  await keys.getByRole('button', { name: 'Add key' }).click()
  await keys.getByText(fingerprint).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'ssh-keys-dark')
  await keys.getByRole('button', { name: 'Close' }).last().click()
  await section(page)
    .getByRole('checkbox', { name: /mira@laptop/ })
    .waitFor()

  await section(page).getByRole('textbox', { name: 'Password' }).fill('correct horse')
  await section(page).getByRole('radio', { name: 'Docker host' }).check()
  await section(page).getByText('Docker host put in: 1 package, 1 command').waitFor()
  const packages = section(page).getByRole('textbox', { name: 'Packages' })
  expect(await packages.inputValue()).toBe('docker.io')
  await section(page).getByRole('button', { name: 'Undo' }).click()
  expect(await packages.inputValue()).toBe('')
  await section(page).getByRole('radio', { name: 'Docker host' }).check()
  await plan(page).getByText('By a seed image').waitFor()
  await section(page).getByText('More', { exact: true }).click()
  await section(page).getByText('What the VM will get').click()
  await section(page).getByText('lock_passwd: false').waitFor()
  expect(await section(page).getByText('correct horse').count()).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'first-boot-dark', true)

  await section(page).getByRole('radio', { name: 'YAML' }).check()
  const editor = page.getByRole('textbox', { name: 'User-data document' })
  await editor.click()
  await page.keyboard.type('#cloud-config\npakages: [htop]')
  await section(page).getByRole('button', { name: '2:1' }).waitFor()
  await section(page).getByText('packages is the nearest that it knows').waitFor()
  await plan(page).getByRole('button', { name: 'Deploy 2 VMs' }).waitFor()
  await plan(page).getByText('Resolve 1 blocker first').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'user-data-dark', true)
  await editor.press('ControlOrMeta+A')
  await page.keyboard.type('#cloud-config\npack')
  await page.getByRole('option', { name: /^packages/ }).click()
  await page.keyboard.type('[htop]')
  await section(page)
    .getByText(/^\s*- htop$/m)
    .waitFor()

  // The password is nowhere in the browser's storage, and is asked for again after a reload.
  expect(await stored(page)).not.toContain('correct horse')
  await page.reload()
  await section(page).getByRole('button', { name: 'Access, first boot' }).click()
  await section(page).getByText('Give the password of ops again').waitFor()
  await plan(page).getByText('Put 1 field right first').waitFor()
  await section(page).getByRole('textbox', { name: 'Password' }).fill('correct horse')

  await deploy(page, 'Finished')
  const row = page.getByRole('row', { name: /^web-01 / })
  await row.getByRole('button').first().click()
  await page.getByRole('button', { name: /^done Read cloud-init's verdict/i }).click()
  await page.getByText('/var/log/cloud-init-output.log').waitFor()
  await page.getByText(/^Done, DataSourceNoCloud/).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'first-boot-done-dark', true)
  expect(deployer.log()).not.toContain('correct horse')
})

test('an image whose cloud-init fails says which module and why', async () => {
  const page = await openSection(/ubuntu-broken-cloud-init/, 'broken')
  await addUser(page, 'ops')
  await section(page).getByRole('textbox', { name: 'Password' }).fill('correct horse')
  await deploy(page, 'Failed')
  await page.getByText('cloud-init failed in ntp').first().waitFor()
  await page
    .getByRole('row', { name: /^broken / })
    .getByRole('button')
    .first()
    .click()
  await page.getByRole('button', { name: /Read cloud-init's verdict/ }).click()
  await page.getByText('/var/log/cloud-init-output.log').waitFor()
  await screenshot(page, 'first-boot-failed-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('single VMs have packages and users of their own in the table', async () => {
  const page = await openSection(/ubuntu-24\.04/, 'app-{1..2}', 'light')
  await addUser(page, 'ops')
  await section(page).getByRole('textbox', { name: 'Packages' }).fill('nginx')
  await screenshot(page, 'first-boot-light', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('radio', { name: 'Table', exact: true }).check()
  await page.getByRole('button', { name: 'Columns' }).click()
  for (const column of ['Users', 'Packages']) {
    await page.getByRole('checkbox', { name: column, exact: true }).check()
  }
  await page.keyboard.press('Escape')
  const heads = await page.getByRole('columnheader').allTextContents()
  const cells = page.locator('[aria-rowindex="3"]').getByRole('gridcell')
  const cell = cells.nth(heads.indexOf('Packages') - 1)
  expect(await cell.textContent()).toBe('nginx')
  await cell.click()
  await page.keyboard.type('postgresql')
  await page.keyboard.press('Enter')
  expect(await cell.textContent()).toBe('postgresql')
  await plan(page).getByText('Checked against the cluster').waitFor()
  await screenshot(page, 'first-boot-table-light', true)
})

test('on a phone', async () => {
  const page = await openSection(/ubuntu-24\.04/, 'small', 'dark', narrow)
  await addUser(page, 'ops')
  await screenshot(page, 'first-boot-390-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate<number>(overflow)).toBe(0)
})
