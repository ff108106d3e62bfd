/** The audit page: who did what, filters in the address, an entry whole, export, verifying. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { readFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
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

const authorization = 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000'

const open = async (
  colorScheme: 'dark' | 'light',
  viewport = wide,
  user = 'root',
  realm = 'pam',
) => {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  await signIn(page, deployer.url, user, realm)
  await page.waitForURL(/\/deploy$/)
  return page
}

const entries = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('button') })

test('a deployment, a refused sign-in and a refused plan are there, filtered, opened, exported, verified', async () => {
  const post = (path: string, body: object, token = true) =>
    fetch(`${deployer.api}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization }) },
      body: JSON.stringify(body),
    })
  const source = { kind: 'template', vmid: 9000, clone: 'linked' }
  const made = await post('/deployments', {
    request: {
      name: 'web tier',
      source,
      defaults: { validate: {} },
      vms: [{ name: 'web-{1..3}' }],
    },
  })
  const { id } = deploymentViewSchema.parse(await made.json())
  await post('/session', { username: 'mallory', realm: 'pve', password: 'wrong' }, false)
  await post('/deployments', { request: { source, vms: [{ name: 'not_a_name' }] } })

  const page = await open('dark')
  await page.goto(`${deployer.url}/audit`)
  await page.getByRole('heading', { name: 'Audit', level: 1 }).waitFor()
  await entries(page)
    .filter({ hasText: 'mallory@pve' })
    .getByText('Refused', { exact: true })
    .waitFor()
  await entries(page)
    .filter({ hasText: 'web tier' })
    .getByText('Success', { exact: true })
    .waitFor({ timeout: 60_000 })

  // Filters stand in the address and survive a reload.
  await page.getByRole('combobox', { name: 'Action' }).selectOption({ label: 'Clone' })
  await page.waitForURL(/action=template_clone/)
  await expect.poll(() => entries(page).count()).toBe(3)
  await page.reload()
  await expect.poll(() => entries(page).count()).toBe(3)
  await page.getByRole('searchbox', { name: 'VM, deployment, UPID' }).fill('web-2')
  await expect.poll(() => entries(page).count()).toBe(1)

  // The entry whole, with its links.
  await entries(page).first().getByRole('button').click()
  await page.waitForURL(/entry=\d+/)
  await page.getByRole('heading', { name: 'Clone web-2' }).waitFor()
  await page.getByText('"full_clone": false').waitFor()
  const task = page.getByRole('link', { name: 'qmclone' })
  expect(await task.getAttribute('href')).toContain(`/deployments/${id}`)
  await page.getByRole('link', { name: 'web tier', exact: true }).waitFor()
  await page.getByText(/entries of the same request/).waitFor()
  await screenshot(page, 'audit-entry-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  // Its intent is in no list, and opens all the same.
  await page.getByRole('link', { name: 'Batch clone', exact: true }).first().click()
  const intent = page.getByRole('region', { name: /^Entry \d+$/ })
  await intent.getByText('"template_id": 9000').waitFor()
  await screenshot(page, 'audit-intent-dark', true)
  await intent.getByRole('button', { name: 'Close' }).click()

  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.waitForURL(/\/audit$/)
  await page.getByRole('button', { name: 'Verify now' }).first().click()
  await page
    .getByText(/^Verified up to/)
    .first()
    .waitFor()
  await screenshot(page, 'audit-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  // A press on a bar filters.
  await page
    .getByRole('region', { name: 'Statistics' })
    .getByRole('button', { name: /mallory@pve/ })
    .click()
  await page.waitForURL(/actor=mallory/)
  await expect.poll(() => entries(page).count()).toBe(1)
  await page.getByRole('button', { name: 'Clear filters' }).click()

  await page.getByRole('button', { name: 'Export' }).first().click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: /^CSV/ }).first().click(),
  ])
  expect(download.suggestedFilename()).toBe('audit.csv')
  expect(readFileSync(await download.path(), 'utf8')).toMatch(
    /^timestamp,operation,operation_type,username,status,vm_name,vm_id,node,task_id,error,/,
  )
})

test('in light, and on a phone', async () => {
  const page = await open('light')
  await page.goto(`${deployer.url}/audit?action=batch_clone`)
  await entries(page).first().getByRole('button').click()
  await page.getByText('"operations"').or(page.getByText('"source"')).first().waitFor()
  await screenshot(page, 'audit-light', true)
  expect(await accessibilityProblems(page)).toEqual([])

  const phone = await open('dark', narrow)
  await phone.goto(`${deployer.url}/audit`)
  await phone.getByRole('button', { name: /^Clone web-1/ }).click()
  await phone.getByText('Exact time').waitFor()
  await screenshot(phone, 'audit-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
})
