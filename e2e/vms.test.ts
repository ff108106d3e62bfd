/** VMs after their deployment: ten thousand in a table, and one of them from its power to its end. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Cluster, type Deployer, startCluster, startDeployer } from './deployer.ts'
import { onProxmox } from './proxmox.ts'

let cluster: Cluster
let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  cluster = await startCluster(['--guests', '10000'])
  deployer = await startDeployer({ cluster, environment: { ENABLE_VM_DELETION: 'true' } })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
  await cluster?.stop()
})

const open = async (
  colorScheme: 'dark' | 'light',
  viewport = wide,
  user = 'root',
  realm = 'pam',
): Promise<Page> => {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, user, realm)
  await page.waitForURL(/\/deploy$/)
  return page
}

const rows = (page: Page) => page.getByRole('row').filter({ has: page.getByRole('rowheader') })
const search = (page: Page) => page.getByRole('searchbox', { name: 'Name, VMID, address, tag' })

test('ten thousand VMs: search, filters in the address, order, scrolling, one action for several', async () => {
  const page = await open('dark')
  await page.getByRole('link', { name: 'VMs', exact: true }).click()
  await page.getByText(/10,007 you may see/).waitFor()
  // Only what is on the screen is in the page.
  expect(await rows(page).count()).toBeLessThan(80)
  await screenshot(page, 'vms-dark')
  expect(await accessibilityProblems(page)).toEqual([])

  await search(page).fill('web-00001')
  await page.waitForURL(/q=web-00001/)
  await expect.poll(() => rows(page).count()).toBe(1)
  await search(page).fill('db lab')
  await page.getByRole('combobox', { name: 'Node' }).selectOption('pve2')
  await page.getByRole('button', { name: /^Stopped/ }).click()
  await page.waitForURL(/node=pve2/)
  const found = await page.getByText(/^\d+ of 10,007$/).textContent()
  await page.reload()
  await page.getByText(found ?? '').waitFor()
  expect(await search(page).inputValue()).toBe('db lab')
  const nodes = await page.getByRole('row').getByText('pve2', { exact: true }).count()
  expect(nodes).toBeGreaterThan(5)
  expect(await page.getByRole('row').getByText('pve1', { exact: true }).count()).toBe(0)

  // Three in a row with shift, started, each with its result.
  const box = (index: number) => rows(page).nth(index).getByRole('checkbox')
  await box(0).click()
  await box(2).click({ modifiers: ['Shift'] })
  const bar = page.getByRole('region', { name: 'Actions for the chosen VMs' })
  await bar.getByText('3 selected').waitFor()
  await screenshot(page, 'vms-selected-dark')
  await bar.getByRole('button', { name: 'Start' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Start 3 VMs' }).click()
  await dialog.getByText('3 started').waitFor({ timeout: 20_000 })
  await screenshot(page, 'vms-bulk-dark')
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  // The same three get a tag.
  await page.getByText(/^9 of 10,007$/).waitFor()
  await bar.getByRole('button', { name: 'Tag' }).click()
  await dialog.getByLabel('Add', { exact: true }).fill('patched')
  await screenshot(page, 'vms-tag-dark')
  await dialog.getByRole('button', { name: 'Tag 3 VMs' }).click()
  await dialog.getByText('3 tagged').waitFor({ timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Close' }).last().click()

  // Two others go, after they were named and counted.
  await bar.getByRole('button', { name: 'Clear' }).click()
  const stopped = rows(page).filter({ hasText: 'Stopped' })
  await stopped.nth(0).getByRole('checkbox').click()
  await stopped.nth(1).getByRole('checkbox').click()
  await bar.getByRole('button', { name: 'Delete 2' }).click()
  const last = dialog.getByRole('button', { name: 'Delete 2 VMs' })
  expect(await last.getAttribute('aria-disabled')).toBe('true')
  await dialog.getByLabel('Type delete 2 to go on').fill('delete 2')
  await screenshot(page, 'vms-delete-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await last.click()
  await dialog.getByText('2 deleted').waitFor({ timeout: 20_000 })
  await dialog.getByRole('button', { name: 'Close' }).last().click()
  await page.getByText(/10,005 you may see/).waitFor()

  // To the end of the list, the other way round.
  await page.goto(`${deployer.url}/vms?sort=vmid`)
  await rows(page).filter({ hasText: 'gitlab' }).waitFor()
  await page.getByRole('columnheader', { name: 'VMID' }).getByRole('button').click()
  await rows(page).filter({ hasText: 'desk-10000' }).waitFor()
  await page.keyboard.press('End')
  await rows(page).filter({ hasText: 'gitlab' }).waitFor()
  await page.context().close()
})

test('one VM: figures, power, snapshot, size, and deleting only with its name', async () => {
  const page = await open('dark')
  await page.goto(`${deployer.url}/vms/111`)
  await page.getByRole('heading', { name: 'build-02', level: 1 }).waitFor()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.getByText('build-02: started').waitFor({ timeout: 20_000 })
  await page.getByText('Running', { exact: true }).first().waitFor()

  await page.goto(`${deployer.url}/vms/104`)
  await page.getByRole('region', { name: 'CPU' }).waitFor()
  await page.getByText('answers', { exact: true }).waitFor()
  await screenshot(page, 'vm-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByRole('button', { name: 'Snapshot', exact: true }).click()
  await page.getByLabel('Name').fill('before-update')
  await page.getByRole('button', { name: 'Make snapshot' }).click()
  await page.getByText('snapshot before-update made').waitFor({ timeout: 20_000 })
  await page.getByRole('tab', { name: /Snapshots/ }).click()
  await page.getByRole('button', { name: 'Roll back to before-update' }).waitFor()
  await screenshot(page, 'vm-snapshots-dark')

  await page.getByRole('tab', { name: 'Hardware' }).click()
  await page.getByRole('button', { name: 'Change size' }).click()
  await page.getByLabel('Memory').fill('12288')
  await page.getByRole('dialog').getByRole('button', { name: 'Change size' }).click()
  await page.getByText('1 change waits for a restart').waitFor()
  await screenshot(page, 'vm-hardware-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  // A running one, with the wrong name first.
  await page.goto(`${deployer.url}/vms/10000`)
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete web-00001?' })
  const last = dialog.getByRole('button', { name: 'Delete web-00001' })
  await dialog.getByLabel('Type web-00001 to go on').fill('web-00002')
  expect(await last.getAttribute('aria-disabled')).toBe('true')
  await screenshot(page, 'vm-delete-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByLabel('Type web-00001 to go on').fill('web-00001')
  await dialog.getByRole('checkbox').check()
  await last.click()
  await page.waitForURL(/\/vms$/, { timeout: 20_000 })
  await page.goto(`${deployer.url}/vms/10000`)
  await page.getByText('There is no VM 10000').waitFor()
  await page.context().close()
})

test('a VM that somebody else deletes says so on its page, and leads back', async () => {
  const page = await open('light')
  await page.goto(`${deployer.url}/vms/10009`)
  await page.getByRole('heading', { name: 'db-00010', level: 1 }).waitFor()
  await page.getByRole('region', { name: 'At a glance' }).waitFor()
  await screenshot(page, 'vm-light', true)
  await onProxmox(cluster, 'DELETE', '/nodes/pve1/qemu/10009?purge=1')
  await page.getByText('db-00010 is not there any more').waitFor({ timeout: 20_000 })
  await screenshot(page, 'vm-gone-light')
  await page.getByRole('link', { name: 'All VMs' }).click()
  await page.getByText(/you may see/).waitFor()
  await screenshot(page, 'vms-light')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().close()
})

test('on a phone, and for who may only look', async () => {
  const page = await open('dark', narrow, 'viewer', 'pve')
  await page.goto(`${deployer.url}/vms`)
  await page.getByRole('listitem').first().waitFor()
  await screenshot(page, 'vms-narrow')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.goto(`${deployer.url}/vms/104`)
  const shutDown = page.getByRole('button', { name: 'Shut down' })
  await shutDown.waitFor()
  expect(await shutDown.getAttribute('aria-disabled')).toBe('true')
  await page.getByText('Proxmox asks for VM.PowerMgmt on /vms/104').first().waitFor({
    state: 'attached',
  })
  await screenshot(page, 'vm-narrow', true)
  expect(await accessibilityProblems(page)).toEqual([])
  for (const tab of ['Snapshots', 'Hardware', 'History']) {
    await page.getByRole('tab', { name: tab }).click()
    await page.getByRole('tabpanel', { name: tab }).waitFor()
    // Wide tables scroll by themselves, the page does not.
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(narrow.width)
  }
  await screenshot(page, 'vm-history-narrow', true)
  await page.context().close()
})
