import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { startDeployer, type Deployer } from './deployer.ts'

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

async function signedIn(user: string, realm: string): Promise<Page> {
  const context = await browser.newContext({ viewport: wide, colorScheme: 'dark' })
  const page = await context.newPage()
  await signIn(page, deployer.url, user, realm)
  return page
}

const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })

test('a wrong password says so and keeps the name', async () => {
  const page = await (await browser.newContext({ viewport: wide })).newPage()
  await signIn(page, deployer.url, 'root', 'pam', 'wrong')
  await page.getByRole('alert').waitFor()
  expect(await page.getByRole('alert').textContent()).toMatch(/password/i)
  expect(await page.getByLabel('User name').inputValue()).toBe('root')
  await screenshot(page, 'sign-in-refused')
})

test('a viewer sees everything and is told what is missing to deploy', async () => {
  const page = await signedIn('viewer', 'pve')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('no-{1..2}')
  await plan(page).getByText('VM.Clone').first().waitFor()
  await screenshot(page, 'viewer-blocked', true)
  expect(await accessibilityProblems(page)).toEqual([])
  const deploy = plan(page).getByRole('button', { name: /Deploy 2 VMs/ })
  expect(await deploy.getAttribute('aria-disabled')).toBe('true')
})

test('an operator deploys into the pool that is theirs', async () => {
  const page = await signedIn('operator', 'pve')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('lab-{1..2}')
  await plan(page).getByText('VM.Allocate').first().waitFor()
  await page.getByRole('combobox', { name: 'Pool' }).selectOption('lab')
  await plan(page).getByRole('button', { name: 'Deploy 2 VMs' }).click()
  await page.waitForURL(/\/deployments\/d-/)
  await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 60_000 })
  expect(await page.getByText('Healthy', { exact: true }).count()).toBe(2)
})

test('a name that is taken is marked at its field, and the blocker leads there', async () => {
  const page = await signedIn('root', 'pam')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  const pattern = page.getByRole('textbox', { name: 'Name pattern' })
  await pattern.fill('build-{01..02}')
  const blocker = plan(page).getByRole('button', { name: 'Go to field' }).first()
  await blocker.waitFor()
  await screenshot(page, 'blocked-name', true)
  await page.getByRole('button', { name: 'One VM more' }).focus()
  await blocker.click()
  await pattern.and(page.locator(':focus')).waitFor()
  expect(await page.getByRole('region', { name: 'How many' }).textContent()).toContain('build-01')

  await pattern.fill('bad_name-{1..2}')
  await pattern.blur()
  await page
    .getByText(/bad_name/)
    .first()
    .waitFor()
  expect(await pattern.getAttribute('aria-invalid')).toBe('true')
})
