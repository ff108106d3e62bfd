/** Images and templates: upload with progress, a download from the catalogue, deletion with its guard, health, building. */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Deployer, startDeployer } from './deployer.ts'

let deployer: Deployer
let browser: Browser
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'images-e2e-'))
  deployer = await startDeployer()
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
  await rm(folder, { recursive: true, force: true })
})

/** On a busy machine. */
const soon = { timeout: 30_000 }

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

const dialog = (page: Page) => page.getByRole('dialog')
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

async function overflow(page: Page): Promise<unknown> {
  return page.evaluate('document.documentElement.scrollWidth - innerWidth')
}

test('an ISO is uploaded with progress, another upload is cancelled, and it is deleted again', async () => {
  const page = await signedIn('root', 'pam')
  await page.getByRole('link', { name: 'Images', exact: true }).click()
  await row(page, 'virtio-win-0.1.285.iso').getByText('newest').waitFor()
  expect(await page.getByRole('row').nth(1).textContent()).toContain('VirtIO drivers 0.1.285')
  await screenshot(page, 'images-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  const file = join(folder, 'Tools (1).iso')
  await writeFile(file, randomBytes(24 * 1024 * 1024))
  // As over a slow line, so that there is something to see.
  const session = await page.context().newCDPSession(page)
  const slow = { offline: false, latency: 5, downloadThroughput: -1, uploadThroughput: 4_000_000 }
  await session.send('Network.emulateNetworkConditions', slow)
  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await dialog(page).getByLabel('Choose a file').setInputFiles(file)
  const name = dialog(page).getByRole('textbox', { name: 'File name' })
  expect(await name.inputValue()).toBe('Tools-1.iso')
  await dialog(page).getByLabel('Storage').selectOption('local on pve1')
  await screenshot(page, 'images-upload-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'Upload', exact: true }).click()
  const bar = page.getByRole('progressbar', { name: 'Upload of Tools-1.iso' })
  await expect
    .poll(async () => Number(await bar.getAttribute('aria-valuenow')), soon)
    .toBeGreaterThan(10)
  await screenshot(page, 'images-progress-dark')
  expect(await accessibilityProblems(page)).toEqual([])

  await page.getByRole('button', { name: 'Upload', exact: true }).click()
  await dialog(page).getByLabel('Choose a file').setInputFiles(file)
  await name.fill('other.iso')
  await dialog(page).getByRole('button', { name: 'Upload', exact: true }).click()
  const other = page.locator('[data-upload]').filter({ hasText: 'other.iso' })
  await other.getByRole('button', { name: 'Cancel' }).click()
  await other.getByText('Cancelled, nothing of it stays').waitFor()

  await session.send('Network.emulateNetworkConditions', { ...slow, uploadThroughput: -1 })
  await page.getByText('Tools-1.iso is on local').waitFor(soon)
  await row(page, 'Tools-1.iso').waitFor()
  expect(await row(page, 'other.iso').count()).toBe(0)

  await page.getByRole('button', { name: 'Delete Tools-1.iso' }).click()
  await dialog(page).getByText('No VM has it in a drive, and no deployment uses it now.').waitFor()
  const remove = dialog(page).getByRole('button', { name: 'Delete file' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await dialog(page).getByRole('textbox', { name: 'Type Tools-1.iso to go on' }).fill('Tools-1.iso')
  await screenshot(page, 'images-delete-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await remove.click()
  await page.getByText('Deleted Tools-1.iso').waitFor(soon)
  await expect.poll(() => row(page, 'Tools-1.iso').count(), soon).toBe(0)
})

test('a cloud image comes from the catalogue with its checksum, and becomes a template', async () => {
  const page = await signedIn('root', 'pam', 'light')
  await page.goto(`${deployer.url}/images?tab=catalogue`)
  await page.getByRole('listitem', { name: 'AlmaLinux 9' }).waitFor()
  await screenshot(page, 'images-catalogue-light', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Download AlmaLinux 9' }).click()
  const checksum = dialog(page).getByRole('textbox', { name: /^Checksum/ })
  await expect.poll(() => checksum.inputValue(), soon).toMatch(/^[0-9a-f]{64}$/)
  await dialog(page).getByRole('button', { name: 'Look it up' }).click()
  await dialog(page).getByText('480 MiB').waitFor()
  await screenshot(page, 'images-download-light')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'Download', exact: true }).click()
  const file = 'AlmaLinux-9-GenericCloud-latest.x86_64.qcow2'
  await page.getByRole('progressbar', { name: `Download of ${file}` }).waitFor(soon)
  await screenshot(page, 'images-downloading-light')
  await page.getByText(`${file} has arrived`).waitFor(soon)
  await page.getByRole('tab', { name: /^Cloud images/ }).click()
  await row(page, file).getByText('AlmaLinux 9').waitFor()

  // The same with a checksum that is not its own: said with both, and nothing stays.
  await page.getByRole('button', { name: 'Download from address' }).click()
  await dialog(page)
    .getByRole('textbox', { name: 'Address' })
    .fill('https://cloud.debian.org/images/cloud/trixie/latest/debian-13-generic-amd64.qcow2')
  await dialog(page).getByRole('textbox', { name: 'File name' }).fill('wrong.qcow2')
  await checksum.fill('0'.repeat(64))
  await dialog(page).getByRole('button', { name: 'Download', exact: true }).click()
  await page.getByText('The checksum is another one').waitFor(soon)
  expect(await row(page, 'wrong.qcow2').count()).toBe(0)

  await page.getByRole('link', { name: 'Templates', exact: true }).click()
  await page.getByRole('button', { name: 'Build from cloud image' }).click()
  const image = dialog(page).getByLabel('Cloud image')
  const option = await image.locator('option', { hasText: file }).getAttribute('value')
  await image.selectOption(option)
  const name = dialog(page).getByRole('textbox', { name: 'Name of the template' })
  expect(await name.inputValue()).toBe('almalinux-9')
  await screenshot(page, 'templates-build-light')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page).getByRole('button', { name: 'To the plan' }).click()
  const convert = page.getByRole('switch', { name: /template/i })
  await convert.waitFor(soon)
  expect(await convert.isChecked()).toBe(true)
  expect(await page.getByRole('textbox', { name: 'Name pattern' }).inputValue()).toBe('almalinux-9')
  await screenshot(page, 'templates-plan-light')
  await page.getByRole('button', { name: /^(Deploy|Build) 1/ }).click(soon)
  await page.waitForURL(/\/deployments\/d-/, soon)
  const templates = async () => {
    const answer = await page.request.get(`${deployer.api}/templates`)
    return answer.text()
  }
  await expect.poll(templates, { timeout: 60_000 }).toContain('"name":"almalinux-9"')
  await page.getByRole('link', { name: 'Templates', exact: true }).click()
  const built = page.getByRole('listitem', { name: 'almalinux-9', exact: true })
  await built.getByText(/points? good/).waitFor(soon)
  await screenshot(page, 'templates-built-light', true)
  await built.getByText('Good', { exact: true }).waitFor(soon)
})

test('templates tell their health; a next version stands beside the old; the guard holds what is used', async () => {
  const page = await signedIn('root', 'pam')
  await page.goto(`${deployer.url}/templates`)
  const ubuntu = page.getByRole('listitem', { name: 'ubuntu-24.04', exact: true }).first()
  await ubuntu.getByText(/points? good/).waitFor(soon)
  await screenshot(page, 'templates-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await ubuntu.getByText(/points? good/).click()
  await ubuntu.getByText('Guest agent on').waitFor()
  await ubuntu.getByRole('button', { name: 'Next version of ubuntu-24.04' }).click()
  const name = dialog(page).getByRole('textbox', { name: 'Name of the template' })
  expect(await name.inputValue()).toBe('ubuntu-24.04-v2')
  expect(await dialog(page).getByLabel('Cloud image').inputValue()).toContain('noble')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Convert a VM' }).click()
  await dialog(page).getByText('There is no way back').waitFor()
  await screenshot(page, 'templates-convert-dark')
  expect(await accessibilityProblems(page)).toEqual([])

  // The guard: an ISO that a VM has in a drive goes only when told so twice.
  const request = {
    source: { kind: 'iso', volid: 'local:iso/memtest86plus-7.20.iso', osType: 'other' },
    defaults: { start: false },
    vms: [{ name: 'memtest', node: 'pve1' }],
  }
  const begun = await page.request.post(`${deployer.api}/deployments`, { data: { request } })
  expect(await begun.json()).toMatchObject({ id: expect.any(String) })
  const made = `${deployer.url}${begun.headers()['location']}`
  await expect
    .poll(async () => (await (await page.request.get(made)).json()).status, soon)
    .toBe('succeeded')
  await page.goto(`${deployer.url}/images`)
  await page.getByRole('button', { name: 'Delete memtest86plus-7.20.iso' }).click()
  await dialog(page).getByText('1 VM uses it').waitFor(soon)
  await dialog(page)
    .getByText(/^VM memtest \(\d+\) on pve1, in ide2$/)
    .waitFor()
  const file = 'memtest86plus-7.20.iso'
  await dialog(page)
    .getByRole('textbox', { name: `Type ${file} to go on` })
    .fill(file)
  const remove = dialog(page).getByRole('button', { name: 'Delete file' })
  expect(await remove.getAttribute('aria-disabled')).toBe('true')
  await screenshot(page, 'images-used-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog(page).getByRole('checkbox', { name: 'Delete it all the same' }).check()
  await remove.click()
  await page.getByText(`Deleted ${file}`).waitFor(soon)

  const phone = await signedIn('viewer', 'pve', 'light', narrow)
  await phone.goto(`${deployer.url}/templates`)
  await phone.getByRole('listitem', { name: 'ubuntu-24.04', exact: true }).first().waitFor(soon)
  await phone
    .getByText(/points? good/)
    .first()
    .waitFor(soon)
  await screenshot(phone, 'templates-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  expect(await overflow(phone)).toBe(0)
  await phone.goto(`${deployer.url}/images`)
  await phone.getByText('virtio-win-0.1.285.iso').waitFor(soon)
  await screenshot(phone, 'images-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  expect(await overflow(phone)).toBe(0)
  // Who may not upload is told so before a byte is sent.
  await phone.getByRole('button', { name: 'Upload', exact: true }).click()
  const tiny = { name: 'x.iso', mimeType: 'application/octet-stream', buffer: Buffer.from('x') }
  await dialog(phone).getByLabel('Choose a file').setInputFiles(tiny)
  await dialog(phone).getByText('You cannot upload ISO images').waitFor(soon)
  await screenshot(phone, 'images-forbidden-narrow')
  expect(await accessibilityProblems(phone)).toEqual([])
})
