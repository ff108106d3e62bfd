/** The doctor and validation in the browser: what they find for whom, and where the cluster goes away. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Cluster, type Deployer, startCluster, startDeployer } from './deployer.ts'
import { onProxmox } from './proxmox.ts'

let cluster: Cluster
let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  cluster = await startCluster()
  const environment = { ...cluster.environment, VALIDATION_RETRY_INTERVAL: '1' }
  deployer = await startDeployer({ cluster: { ...cluster, environment } })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
  await cluster?.stop()
})

const open = async (user: string, realm: string): Promise<Page> => {
  const context = await browser.newContext({ viewport: wide, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, user, realm)
  await page.waitForURL(/\/deploy$/)
  return page
}

/** Both themes and a phone, for people to look at; what axe finds in the two themes. */
async function look(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme })
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor()
    found.push(...(await accessibilityProblems(page)).map((each) => `${colorScheme}: ${each}`))
    await screenshot(page, `${name}-${colorScheme}`, true)
  }
  await page.setViewportSize(narrow)
  await screenshot(page, `${name}-390`, true)
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await page.setViewportSize(wide)
  return found
}

test('a VM is validated, with checks of one’s own, and again and again', async () => {
  const page = await open('root', 'pam')
  await page.goto(`${deployer.url}/vms/101?tab=validation`)
  const newest = page.getByRole('region', { name: 'Newest result' })
  await newest.getByRole('button', { name: 'Validate' }).click()
  await newest.getByText('Healthy').waitFor()
  await newest.getByText(/OpenSSH .* answered in/).waitFor()

  await page.getByLabel('Ports').fill('22, ssh')
  await newest.getByRole('button', { name: 'Validate again' }).click()
  await page.getByText('Ports are numbers from 1 to 65535').waitFor()
  await page.getByLabel('Ports').fill('22, 5432')
  await page.getByRole('button', { name: 'Add a check' }).click()
  await page.getByLabel('Kind').selectOption('command')
  await page.getByLabel('Program and arguments').fill('echo ready')
  await newest.getByRole('button', { name: 'Validate again' }).click()
  await newest.getByText('Degraded').waitFor({ timeout: 40_000 })
  await newest.getByText('Does not answer: connection refused').waitFor()
  await newest.getByText('Ended with 0: ready').waitFor()

  await page.getByRole('button', { name: 'Schedule', exact: true }).click()
  const schedule = page.getByRole('region', { name: 'Schedule' })
  await schedule.getByText('root@pam, next at').waitFor()
  expect(await look(page, 'validation')).toEqual([])
  await schedule.getByRole('button', { name: 'End the schedule: every hour' }).click()
  await schedule.getByText('root@pam, next at').waitFor({ state: 'detached' })

  await page.goto(`${deployer.url}/vms/101`)
  const card = page.getByRole('region', { name: 'Validation', exact: true })
  await card.getByText('Degraded').waitFor()
  await card.getByRole('link', { name: '1 earlier result' }).click()
  await page.getByRole('region', { name: 'Earlier results' }).getByText('Healthy').waitFor()
})

test('the doctor tells a viewer what is missing and how to grant it, and a token why it may do nothing', async () => {
  const page = await open('viewer', 'pve')
  await page.getByRole('link', { name: 'Doctor' }).first().click()
  const toFix = page.getByRole('region', { name: 'To fix' })
  await toFix.getByText('viewer@pve may not deploy from templates').waitFor()
  await toFix.getByText('pveum acl modify / --users viewer@pve --roles VMDeployer').waitFor()
  await toFix.getByText('rocky-10 (9002) has no guest agent').waitFor()
  await page.getByRole('region', { name: 'Fine' }).getByText('Proxmox reachable').waitFor()
  await page.getByRole('link', { name: /^Doctor \d+ to fix$/ }).waitFor()
  expect(await look(page, 'doctor')).toEqual([])

  const path = '/access/users/root@pam/token/apart'
  const made = await onProxmox(cluster, 'POST', path, { privsep: '1' })
  const { value } = z.looseObject({ value: z.string() }).parse(made)
  const answer = await fetch(`${deployer.api}/doctor`, {
    headers: { authorization: `PVEAPIToken=root@pam!apart=${value}` },
  })
  const text = await answer.text()
  expect(text).toContain('The token root@pam!apart has only what is granted to itself')
  expect(text).toContain("pveum acl modify / --tokens 'root@pam!apart' --roles VMDeployer")
  expect(text).not.toContain(value)
})

test('where the cluster goes away, the doctor says what was tried, also to who cannot sign in', async () => {
  const page = await open('viewer', 'pve')
  await page.goto(`${deployer.url}/doctor`)
  await page.getByText('Proxmox reachable').waitFor()
  await cluster.stop()
  await page.getByRole('button', { name: 'Check again' }).click()
  const toFix = page.getByRole('region', { name: 'To fix' })
  await toFix.getByText(/^\S+ refuses connections$/).waitFor({ timeout: 40_000 })
  await toFix.getByText('systemctl status pveproxy').waitFor()
  await page.getByText('Rights, storages and templates were not looked at').waitFor()
  expect(await look(page, 'doctor-unreachable')).toEqual([])

  const stranger = await (await browser.newContext({ viewport: wide })).newPage()
  await stranger.goto(deployer.url)
  const tried = stranger.getByRole('region', { name: 'What was tried' })
  await tried.getByText(/refuses connections/).waitFor({ timeout: 40_000 })
  await tried.getByText('npm run doctor').waitFor()
  expect(await look(stranger, 'sign-in-unreachable')).toEqual([])
})
