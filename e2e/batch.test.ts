/** A batch while it runs: what the page shows of it, and cancelling in the middle. */
import { deploymentViewSchema, type DeploymentView } from '@deployer/core/deployment.ts'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
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

async function signedIn(colorScheme: 'dark' | 'light' = 'dark', viewport = wide): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page.getByRole('heading', { name: 'Deploy', level: 1 }).waitFor()
  return page
}

/** Full clones: they go into one storage one after the other, so most of a batch waits. */
async function deploy(name: string, pattern: string): Promise<string> {
  const request = {
    name,
    source: { kind: 'template', vmid: 9000, clone: 'full' },
    defaults: {
      start: true,
      validate: { ports: [22] },
      networks: [{ bridge: 'vmbr0', ip: 'dhcp' }],
    },
    vms: [{ name: pattern }],
  }
  const answer = await fetch(`${deployer.api}/deployments`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify({ request }),
  })
  expect(answer.status).toBe(202)
  return deploymentViewSchema.parse(await answer.json()).id
}

async function read(id: string): Promise<DeploymentView> {
  const answer = await fetch(`${deployer.api}/deployments/${id}`, { headers: { authorization } })
  return deploymentViewSchema.parse(await answer.json())
}

const vmRow = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(`^${name} `) })
const healthy = (page: Page) => page.getByText('Healthy', { exact: true })

test('cancelled in the middle, one VM and then all: finished ones stay, half ones go', async () => {
  const page = await signedIn()
  const id = await deploy('web lab', 'mid-{01..14}')
  await page.goto(`${deployer.url}/deployments/${id}`)
  await healthy(page).first().waitFor({ timeout: 60_000 })
  expect(await page.title()).toMatch(/^\d+\/14 - web lab/)

  // One VM: the others go on.
  const last = (await read(id)).vms.findLast(({ status }) => status !== 'succeeded')?.name ?? ''
  await page.getByRole('button', { name: last, exact: true }).click()
  const detail = page.getByRole('row').filter({ hasText: 'Steps' })
  await detail.getByRole('button', { name: `Cancel ${last}` }).click()
  const one = page.getByRole('dialog', { name: `Cancel ${last}?` })
  await one.getByText('The other VMs go on.').waitFor()
  await one.getByRole('button', { name: `Cancel ${last}` }).click()
  await vmRow(page, last).getByText('Cancelled').waitFor()
  expect((await read(id)).status).toBe('running')

  // A reload shows the same: the opened row, the timeline as far as it has come.
  await page.getByRole('radio', { name: 'Timeline' }).check()
  await page.getByRole('heading', { name: 'Where the time went' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { name: 'Where the time went' }).waitFor()
  expect(await page.getByRole('button', { name: last }).getAttribute('aria-expanded')).toBe('true')
  await page.getByRole('rowheader', { name: 'Waiting', exact: true }).waitFor()
  await screenshot(page, 'timeline-live-dark', true)

  // All of it.
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  const all = page.getByRole('dialog', { name: 'Cancel this deployment?' })
  await all.getByText(/ready: kept as they are/).waitFor()
  await all.getByRole('button', { name: 'Cancel deployment' }).click()
  await page.getByRole('button', { name: 'Undo deployment' }).waitFor({ timeout: 60_000 })

  const { vms } = await read(id)
  const made = vms.filter(({ status }) => status === 'succeeded').map(({ name }) => name)
  expect(made.length).toBeGreaterThan(0)
  expect(vms.filter(({ status }) => status === 'cancelled').length).toBeGreaterThan(1)
  const guests = z
    .array(z.object({ name: z.string() }))
    .parse(await onProxmox(cluster, 'GET', '/cluster/resources?type=vm'))
  const there = guests.map(({ name }) => name).filter((name) => name.startsWith('mid-'))
  expect(there.toSorted()).toEqual(made.toSorted())

  await page.getByRole('button', { name: /^Cancelled \d/ }).click()
  expect(await page.getByRole('button', { name: made[0] ?? '', exact: true }).count()).toBe(0)
  await page.context().close()
})

test('the timeline of a finished batch says where the time went, in light and on a phone', async () => {
  const id = await deploy('three', 'three-{1..3}')
  const page = await signedIn('light')
  await page.goto(`${deployer.url}/deployments/${id}?view=timeline`)
  await page.getByRole('button', { name: 'Undo deployment' }).waitFor({ timeout: 60_000 })
  const bars = page.getByRole('img', { name: /Waiting for other clones on [\w-]+ \d.*Clone/ })
  expect(await bars.count()).toBeGreaterThan(0)
  const cloning = page.getByRole('row', { name: /^Cloning \d/ })
  expect(await cloning.textContent()).toMatch(/ s\d+ %three-\d, /)
  await page.getByText(/^Waiting for other clones on/).waitFor()
  await page.getByRole('button', { name: 'three-2 Healthy' }).focus()
  await page.keyboard.press('Enter')
  await page.getByText('Steps 7 of 7 done').waitFor()
  await screenshot(page, 'timeline-light', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().close()

  const phone = await signedIn('dark', narrow)
  await phone.goto(`${deployer.url}/deployments/${id}?view=timeline`)
  await phone.getByRole('heading', { name: 'Where the time went' }).waitFor()
  await screenshot(phone, 'timeline-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  expect(await phone.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await phone.context().close()
})

/** The deployment of another test blown up to 500 VMs, each tenth of them failed. */
function blownUp(view: DeploymentView): DeploymentView {
  const [model] = view.vms
  if (!model) throw new Error('the deployment has no VM')
  const error = { code: 'x', title: 'No room', cause: null, remedy: null, proxmox: null }
  return {
    ...view,
    vms: Array.from({ length: 500 }, (_, index) => ({
      ...model,
      id: `vm-${index}`,
      name: `node-${String(index + 1).padStart(3, '0')}`,
      vmid: 1000 + index,
      node: `pve${(index % 3) + 1}`,
      ...(index % 10 === 9 && { status: 'failed' as const, error, validation: null }),
    })),
  }
}

test('500 VMs: few rows are drawn, failed ones come first, a filter and a group are in the address', async () => {
  const view = blownUp(await read(await deploy('many', 'many-1')))
  const page = await signedIn()
  await page.route(`**/api/v1/deployments/${view.id}`, (route) => route.fulfill({ json: view }))
  await page.route(`**/api/v1/deployments/${view.id}/events*`, (route) => route.abort())
  await page.goto(`${deployer.url}/deployments/${view.id}?view=steps`)
  const rows = page.getByRole('rowheader').getByRole('button')
  await rows.first().waitFor()
  expect(await rows.count()).toBeLessThan(60)
  expect(await rows.first().textContent()).toBe('node-001')

  await page.getByRole('button', { name: 'Failed first' }).click()
  await expect.poll(() => rows.first().textContent()).toBe('node-010')
  await page.getByRole('combobox', { name: 'Group by' }).selectOption('node')
  await page.getByRole('rowheader', { name: 'pve1 167' }).waitFor()
  await screenshot(page, 'many-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Cancel', exact: true }).click()
  await page.getByRole('dialog', { name: 'Cancel this deployment?' }).waitFor()
  await screenshot(page, 'cancel-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Failed 50' }).click()
  await page.reload()
  await page.getByRole('rowheader', { name: 'pve1 17' }).waitFor()
  await page.getByRole('searchbox', { name: 'Filter by name or IP' }).fill('node-470')
  await expect.poll(() => rows.count()).toBe(1)
  await page.getByRole('radio', { name: 'Timeline' }).check()
  await page.getByText(/of 1 VM together/).waitFor()
  await page.getByRole('searchbox', { name: 'Filter by name or IP' }).fill('')
  await page.getByText(/of 50 VMs together/).waitFor()
  await page.context().close()
})
