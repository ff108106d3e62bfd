/** Blueprints: from an example to one's own, out as a file and in again, by link, and by somebody else. */
import { readFile } from 'node:fs/promises'
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

async function signedIn(
  user: string,
  realm: string,
  colorScheme: 'dark' | 'light' = 'dark',
  viewport = wide,
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, user, realm)
  await page.getByRole('heading', { name: 'Deploy', level: 1 }).waitFor()
  return page
}

/** On a busy machine. */
const soon = { timeout: 30_000 }

const card = (page: Page, name: string) => page.getByRole('listitem', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const pattern = (page: Page) => page.getByRole('textbox', { name: 'Name pattern' })

async function openBlueprints(page: Page) {
  await page.goto(`${deployer.url}/blueprints`)
  await card(page, 'Kubernetes cluster (3 + N)').waitFor()
}

async function chooseInMenu(page: Page, name: string, item: string) {
  await page.getByRole('button', { name: `More about ${name}` }).click()
  await page.getByRole('button', { name: item }).click()
}

test('an example becomes one’s own, goes out as a file and comes in again', async () => {
  const page = await signedIn('root', 'pam')
  await openBlueprints(page)
  await page.getByText('No blueprint of yours yet').waitFor()
  await screenshot(page, 'blueprints-empty-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  // The example leaves the template open; everything else is filled.
  await page.getByRole('link', { name: 'Start from Kubernetes cluster (3 + N)' }).click()
  await page.getByText('Filled from Kubernetes cluster (3 + N). Choose a template.').waitFor()
  await expect.poll(() => pattern(page).inputValue(), soon).toBe('worker-{01..03}')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('button', { name: 'Deploy 6 VMs' }).waitFor()

  // N is the quantity, and the table overrides single VMs.
  await pattern(page).fill('worker-{01..05}')
  await page.getByRole('button', { name: 'Deploy 8 VMs' }).waitFor()
  await page.getByRole('radio', { name: 'Table' }).check()
  await page.getByText('cp-3', { exact: true }).waitFor()
  await screenshot(page, 'blueprint-started-dark')

  await page.getByRole('button', { name: 'Save as blueprint' }).click()
  const name = dialog(page).getByRole('textbox', { name: 'Name' })
  expect(await name.evaluate('document.activeElement?.id')).toBe(await name.getAttribute('id'))
  await name.fill('Kubernetes lab')
  await dialog(page)
    .getByRole('textbox', { name: /^Description/ })
    .fill('Five workers for the lab')
  await screenshot(page, 'blueprint-save-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'Save blueprint' }).click()
  await page.getByText('Saved Kubernetes lab', { exact: true }).waitFor()

  // The same name again takes its place only when asked to.
  await page.getByRole('button', { name: 'Save as blueprint' }).click()
  await name.fill('kubernetes lab')
  await dialog(page).getByRole('checkbox', { name: 'Share with everybody' }).check()
  await dialog(page).getByRole('button', { name: 'Save blueprint' }).click()
  await dialog(page).getByText('You have a blueprint called kubernetes lab').waitFor()
  await dialog(page).getByRole('button', { name: 'Replace it' }).click()
  await page.getByText('Saved kubernetes lab', { exact: true }).waitFor()

  await openBlueprints(page)
  await card(page, 'kubernetes lab').getByText('8 VMs').waitFor()
  await card(page, 'kubernetes lab').getByText('ubuntu-24.04').waitFor()
  await chooseInMenu(page, 'kubernetes lab', 'Rename, describe, share')
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('K8s lab')
  await dialog(page).getByRole('button', { name: 'Save changes' }).click()
  await card(page, 'K8s lab').waitFor()
  await screenshot(page, 'blueprints-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByRole('button', { name: 'More about K8s lab' }).click()
  await screenshot(page, 'blueprint-menu-dark')
  const downloading = page.waitForEvent('download')
  await page.getByRole('link', { name: 'Export as YAML' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('k8s-lab.blueprint.yaml')
  const file = await readFile(await download.path(), 'utf8')
  expect(file).toMatch(/^kind: proxmox-vm-deployer\/blueprint\nversion: 1\nname: K8s lab\n/)
  await page.keyboard.press('Escape')

  await chooseInMenu(page, 'K8s lab', 'Delete')
  await dialog(page).getByRole('button', { name: 'Delete blueprint' }).click()
  await page.getByText('Deleted K8s lab').waitFor()
  await expect.poll(() => card(page, 'K8s lab').count(), soon).toBe(0)

  await page.getByRole('button', { name: 'Import' }).click()
  const text = dialog(page).getByRole('textbox', { name: 'Text of the file' })
  await text.fill(file.replace('cores: 2', 'cores: two'))
  await dialog(page).getByRole('button', { name: 'Import blueprint' }).click()
  await dialog(page)
    .getByText(/^request\.vms\.\d\.cores$/)
    .waitFor()
  await screenshot(page, 'blueprint-import-wrong-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page)
    .getByLabel('Choose a file')
    .setInputFiles({ name: 'lab.yaml', mimeType: 'application/yaml', buffer: Buffer.from(file) })
  await expect.poll(() => text.inputValue(), soon).toBe(file)
  await dialog(page).getByRole('button', { name: 'Import blueprint' }).click()
  await card(page, 'K8s lab').getByText('8 VMs').waitFor()

  // Its template is found by its name, and the table is open, for it says more than the form.
  await page.getByRole('link', { name: 'Start from K8s lab' }).click()
  await page.getByText('Filled from K8s lab.').waitFor()
  await page.getByText('cp-3', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Deploy 8 VMs' }).waitFor()
})

test('a deployment of the past is saved, shared, and opened by somebody else through its link', async () => {
  const page = await signedIn('root', 'pam', 'light')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await pattern(page).fill('past-{1..2}')
  await page.getByRole('button', { name: 'Deploy 2 VMs' }).click()
  // The Deploy page, which has such a button too, stays until the next one is there.
  await page.getByRole('link', { name: 'Deploy again' }).waitFor()
  await page.getByRole('button', { name: 'Save as blueprint' }).click()
  await dialog(page).getByRole('textbox', { name: 'Name' }).fill('Two of the past')
  await dialog(page).getByRole('button', { name: 'Save blueprint' }).click()
  await page.getByText('Saved Two of the past').waitFor()
  await openBlueprints(page)
  const start = page.getByRole('link', { name: 'Start from Two of the past' })
  const link = `${deployer.url}${await start.getAttribute('href')}`

  const other = await signedIn('viewer', 'pve', 'light', narrow)
  await other.goto(link)
  await other.getByText(/^There is no blueprint b-\w+ that you may see\.$/).waitFor()

  await chooseInMenu(page, 'Two of the past', 'Rename, describe, share')
  await dialog(page).getByRole('checkbox', { name: 'Share with everybody' }).check()
  await dialog(page).getByRole('button', { name: 'Save changes' }).click()
  await card(page, 'Two of the past').getByText('shared', { exact: true }).waitFor()
  await screenshot(page, 'blueprints-light', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await other.goto(link)
  await expect.poll(() => pattern(other).inputValue(), soon).toBe('past-{1..2}')
  await openBlueprints(other)
  await card(other, 'Two of the past')
    .getByText(/^root@pam/)
    .waitFor()
  await screenshot(other, 'blueprints-narrow', true)
  expect(await accessibilityProblems(other)).toEqual([])
  const overflow = await other.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(overflow).toBe(0)
  // A file that is dropped anywhere on the page is shown before it is imported.
  const dropped = await other.evaluateHandle(`(() => {
    const data = new DataTransfer()
    data.items.add(new File(['kind: proxmox-vm-deployer/blueprint\\nversion: 1\\nname: Dropped\\n' +
      'request: {source: {kind: template}, vms: [{name: one}]}'], 'dropped.yaml'))
    return data
  })()`)
  const title = other.getByRole('heading', { name: 'Blueprints', level: 1 })
  await title.dispatchEvent('drop', { dataTransfer: dropped })
  await dialog(other).getByRole('button', { name: 'Import blueprint' }).click()
  await card(other, 'Dropped').getByText('1 VM').waitFor()

  await other.getByRole('button', { name: 'More about Two of the past' }).click()
  await other.getByRole('link', { name: 'Export as JSON' }).waitFor()
  expect(await other.getByRole('button', { name: 'Delete' }).count()).toBe(0)
})
