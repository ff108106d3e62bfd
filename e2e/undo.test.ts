/** After a deployment: retrying what failed, and taking all of it back. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Cluster, type Deployer, startCluster, startDeployer } from './deployer.ts'
import { authorization, onProxmox } from './proxmox.ts'

let cluster: Cluster
let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  cluster = await startCluster()
  deployer = await startDeployer({ cluster })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
  await cluster?.stop()
})

/** Where the VMs of the deployment on the page are. */
async function places(page: Page): Promise<{ name: string; node: string; vmid: number }[]> {
  const id = /d-\w+/.exec(page.url())?.[0]
  const answer = await fetch(`${deployer.api}/deployments/${id}`, { headers: { authorization } })
  return deploymentViewSchema.parse(await answer.json()).vms
}

async function deploy(pattern: string, colorScheme: 'dark' | 'light', viewport = wide) {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill(pattern)
  await page.getByRole('button', { name: /^Deploy \d+ VMs?$/ }).click()
  await page.waitForURL(/\/deployments\/d-/)
  return page
}

const finished = (page: Page) =>
  page.getByRole('button', { name: 'Undo deployment' }).waitFor({ timeout: 60_000 })
const vmRow = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) })
const dialog = (page: Page) => page.getByRole('dialog', { name: 'Undo this deployment?' })

test('VMs that were switched off in the middle fail; one goes on, one is made anew with changes', async () => {
  const page = await deploy('again-{1..3}', 'dark')
  for (const name of ['again-1', 'again-2']) {
    await vmRow(page, name)
      .getByRole('cell', { name: /^Agent, running/ })
      .waitFor()
    const off = (await places(page)).find((vm) => vm.name === name)
    await onProxmox(cluster, 'POST', `/nodes/${off?.node}/qemu/${off?.vmid}/status/stop`)
  }
  await finished(page)
  await page.getByRole('radio', { name: 'Steps' }).check()
  await vmRow(page, 'again-1').getByText('Failed at agent').waitFor()
  await screenshot(page, 'retry-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  // The opened row shows what each step calls, and what can be done.
  await page.getByRole('button', { name: 'again-2', exact: true }).click()
  await page
    .getByText(/^POST \/nodes\/pve\d\/qemu\/9000\/clone$/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: 'Retry with changes: again-2' }).click()
  const change = page.getByRole('dialog', { name: 'Retry again-2 with changes' })
  await change.getByText('1 VM goes on from the step that failed.').waitFor()
  await change.getByLabel('Memory').fill('much')
  await change.getByText('A size such as 4 or 512 MiB').waitFor()
  await change.getByLabel('Memory').fill('1')
  await change.getByText('1 VM is made anew: what there is of it is destroyed first.').waitFor()
  await change.getByText(/^DELETE \/nodes\/pve\d\/qemu\/\d+$/).waitFor()
  await screenshot(page, 'retry-changes-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await change.getByRole('button', { name: 'Retry 1 VM' }).click()
  await change.waitFor({ state: 'hidden' })
  const healthy = () => page.getByText('Healthy', { exact: true }).count()
  await expect.poll(healthy, { timeout: 60_000 }).toBe(2)
  const changed = (await places(page)).find(({ name }) => name === 'again-2')
  const config = await onProxmox(
    cluster,
    'GET',
    `/nodes/${changed?.node}/qemu/${changed?.vmid}/config`,
  )
  expect(config).toMatchObject({ memory: '1024' })

  // The other is still off, so it is started again.
  await page.getByRole('button', { name: 'Retry 1 failed' }).click()
  await expect.poll(healthy, { timeout: 60_000 }).toBe(3)
  await finished(page)
  expect(await page.getByRole('button', { name: 'Retry 1 failed' }).count()).toBe(0)
})

test('undo shows what it would destroy, asks for a word, and leaves alone what lost its stamp', async () => {
  const page = await deploy('web-{01..03}', 'dark')
  await finished(page)
  const original = page.url()
  const kept = (await places(page)).find(({ name }) => name === 'web-03')
  await onProxmox(cluster, 'PUT', `/nodes/${kept?.node}/qemu/${kept?.vmid}/config`, {
    description: 'ours to keep',
  })

  await page.getByRole('button', { name: 'Undo deployment' }).click()
  await dialog(page)
    .getByText(/^It would stop and destroy 2 VMs with their disks/)
    .waitFor()
  await dialog(page)
    .getByText(/does not carry the stamp/)
    .waitFor()
  await screenshot(page, 'undo-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  const destroy = dialog(page).getByRole('button', { name: /^Destroy 2 VMs/ })
  await destroy.click({ force: true })
  expect(page.url()).toBe(original)
  await dialog(page).getByRole('textbox', { name: 'Type delete 2 to go on' }).fill('delete 2')
  await destroy.click()

  await page.waitForURL((url) => url.href !== original && /\/deployments\/d-/.test(url.href))
  await page.getByText('This is an undo').waitFor()
  await page.getByText('VMs destroyed').waitFor({ timeout: 60_000 })
  for (const name of ['web-01', 'web-02'])
    await vmRow(page, name).getByText('Destroyed', { exact: true }).waitFor()
  expect(await vmRow(page, 'web-03').count()).toBe(0)
  await screenshot(page, 'undone-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await page.goto(original)
  await page.getByText('This deployment was undone').waitFor()
  expect(await page.getByRole('button', { name: 'Undo deployment' }).count()).toBe(0)
  await page.getByRole('button', { name: 'See what is left' }).click()
  await dialog(page)
    .getByText(/Nothing is left to undo/)
    .waitFor()
  await dialog(page).getByRole('button', { name: 'Close' }).last().click()
  await screenshot(page, 'undone-original-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('in light and on a phone, what changed while the plan was read is shown again', async () => {
  const page = await deploy('phone-{1..2}', 'light', narrow)
  await finished(page)
  await page.getByRole('button', { name: 'Undo deployment' }).click()
  await dialog(page)
    .getByText(/^It would stop and destroy 2 VMs/)
    .waitFor()
  await screenshot(page, 'undo-narrow')
  expect(await accessibilityProblems(page)).toEqual([])
  const overflow = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(overflow).toBe(0)

  const [first] = await places(page)
  await onProxmox(cluster, 'PUT', `/nodes/${first?.node}/qemu/${first?.vmid}/config`, {
    description: '',
  })
  await dialog(page).getByRole('textbox', { name: 'Type delete 2 to go on' }).fill('delete 2')
  await dialog(page)
    .getByRole('button', { name: /^Destroy 2 VMs/ })
    .click()
  await dialog(page).getByText('The plan has changed').waitFor()
  await dialog(page)
    .getByText(/^It would stop and destroy 1 VM/)
    .waitFor()
  await dialog(page).getByRole('textbox', { name: 'Type delete 1 to go on' }).fill('delete 1')
  await dialog(page)
    .getByRole('button', { name: /^Destroy 1 VM/ })
    .click()
  await page.getByText('VM destroyed').waitFor({ timeout: 60_000 })
})
