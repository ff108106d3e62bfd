/** VMs that are made from ISOs and images: from the form to what runs, and to a template that is cloned. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityProblems, narrow, openBrowser, screenshot, signIn, wide } from './browser.ts'
import { type Deployer, startDeployer } from './deployer.ts'

let deployer: Deployer
let browser: Browser

beforeAll(async () => {
  // Windows setup takes its time.
  deployer = await startDeployer({ environment: { DEMO_SPEED: '20' } })
  browser = await openBrowser()
})

afterAll(async () => {
  await browser?.close()
  await deployer?.stop()
})

const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })
const region = (page: Page, name: string | RegExp) => page.getByRole('region', { name })
const stored = (page: Page) => page.evaluate<string>('JSON.stringify({ ...localStorage })')

async function openForm(colorScheme: 'dark' | 'light' = 'dark', viewport = wide): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page
    .getByRole('radio', { name: /^Template/ })
    .first()
    .waitFor()
  return page
}

/** Chooses the first ISO or image whose name fits. */
async function chooseMedium(page: Page, label: string, name: RegExp) {
  const select = page.getByRole('combobox', { name: label })
  await select.waitFor()
  const options = await select.locator('option').evaluateAll((all) =>
    all.map((option) => ({
      value: option.getAttribute('value') ?? '',
      text: option.textContent,
    })),
  )
  const option = options.find(({ text }) => name.test(text))
  if (option === undefined) throw new Error(`${label} has ${JSON.stringify(options)}`)
  await select.selectOption(option.value)
}

/** Deploys and waits until the page says how it ended. */
async function deploy(page: Page, outcome = 'Finished') {
  await plan(page).getByText('Checked against the cluster').waitFor()
  await plan(page)
    .getByRole('button', { name: /^Deploy/ })
    .click()
  await page.waitForURL(/\/deployments\/d-/)
  await page.getByText(outcome, { exact: true }).first().waitFor({ timeout: 90_000 })
}

test('Linux from an ISO: recognised, changed by hand, made and started', async () => {
  const page = await openForm()
  await page.getByRole('radio', { name: /^ISO/ }).check()
  await chooseMedium(page, 'Installer ISO', /debian/)
  await page.getByText('Recognised: Debian 13').waitFor()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('deb-{1..2}')
  const profile = region(page, 'Linux profile')
  await profile.getByText('x86-64-v2-AES').waitFor()

  await profile.getByRole('button', { name: 'Change' }).click()
  await profile.getByRole('combobox', { name: 'CPU type' }).fill('host')
  await profile.getByRole('listitem').filter({ hasText: 'You set it; Linux would have' }).waitFor()
  await profile.getByRole('button', { name: /^you: CPU: back/ }).click()
  await profile.getByText('none changed by you').waitFor()
  await profile.getByRole('textbox', { name: 'Sockets' }).fill('two')
  await profile.getByRole('textbox', { name: 'Least memory' }).focus()
  await profile.getByText('A whole number from 1 to 4').waitFor()
  await plan(page).getByText('Put 1 field right first').waitFor()
  await profile.getByRole('textbox', { name: 'Sockets' }).fill('')

  const drives = region(page, 'Drives')
  await drives.getByRole('button', { name: 'Add a disk' }).click()
  await drives.getByRole('textbox', { name: 'Size' }).fill('40')
  await drives.getByRole('listitem').filter({ hasText: 'scsi1' }).getByText('40 GiB').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'iso-linux-dark', true)
  await deploy(page)
})

test('Windows 11 by hand: what it needs is applied and undone, with drivers beside the installer', async () => {
  const page = await openForm('light')
  await page.getByRole('radio', { name: /^ISO/ }).check()
  await chooseMedium(page, 'Installer ISO', /Win11/)
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('win11-hand')
  const system = page.getByRole('combobox', { name: 'Operating system' })
  expect(await system.inputValue()).toBe('windows-11')
  const drivers = page.getByRole('combobox', { name: 'Drivers ISO' })
  expect(await drivers.inputValue()).toMatch(/virtio-win-0\.1\.285/)
  const profile = region(page, 'Windows 11 profile')
  await profile.getByText('tpmstate0 v2.0').waitFor()
  const drives = region(page, 'Drives')
  await drives.getByText('Drivers and guest agent').waitFor()
  await drives.getByText('State of the TPM').waitFor()

  await system.selectOption('linux')
  await region(page, 'Linux profile').waitFor()
  expect(await drivers.count()).toBe(0)
  await drives.getByText('State of the TPM').waitFor({ state: 'detached' })
  await system.selectOption('windows-11')
  await drives.getByText('State of the TPM').waitFor()

  await page.getByRole('button', { name: 'Access, first boot' }).click()
  const access = region(page, /^Access/)
  await access.getByText('vioscsi\\w11\\amd64').waitFor()
  await access.getByText('virtio-win-guest-tools.exe').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'iso-windows-hand-light', true)
  await deploy(page)
})

test('three Windows 11 install themselves, and the password is nowhere', async () => {
  const page = await openForm()
  await page.getByRole('radio', { name: /^ISO/ }).check()
  await chooseMedium(page, 'Installer ISO', /Win11/)
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('win11-{01..03}')
  await page.getByRole('button', { name: 'Access, first boot' }).click()
  const access = region(page, /^Access/)
  await access.getByRole('radio', { name: 'Unattended' }).check()
  await access.getByText('8 of at most 15 characters').waitFor()
  await page.keyboard.press('Control+Enter')
  await access.getByText('Give Administrator a password').waitFor()
  await access.getByRole('textbox', { name: 'Administrator’s password' }).fill('correct horse')
  await access.getByRole('combobox', { name: 'Keyboard' }).selectOption('de-DE')
  await access.getByRole('combobox', { name: 'Time zone' }).selectOption('W. Europe Standard Time')
  await access.getByRole('textbox', { name: 'Commands' }).fill('echo ready')
  const drives = region(page, 'Drives')
  await drives.getByText('Answer file, made for each VM, removed when setup is done').waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await screenshot(page, 'iso-windows-dark', true)

  // A reload keeps everything but the password.
  expect(await stored(page)).not.toContain('correct horse')
  await page.reload()
  await page.getByRole('button', { name: 'Access, first boot' }).click()
  expect(await access.getByRole('combobox', { name: 'Keyboard' }).inputValue()).toBe('de-DE')
  await access.getByRole('textbox', { name: 'Administrator’s password' }).fill('correct horse')

  await page.getByRole('radio', { name: 'Table', exact: true }).check()
  await page.getByRole('columnheader', { name: 'IP address' }).waitFor()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Hardware', exact: true }).waitFor()
  expect(await page.getByRole('checkbox', { name: 'Packages', exact: true }).count()).toBe(0)
  await page.keyboard.press('Escape')
  await screenshot(page, 'iso-windows-table-dark', true)

  await deploy(page)
  await page.getByText('3 of 3', { exact: true }).first().waitFor()
  await screenshot(page, 'iso-windows-done-dark', true)
  expect(deployer.log()).not.toContain('correct horse')
  expect(await page.content()).not.toContain('correct horse')

  await page.getByRole('link', { name: 'Deploy again' }).click()
  await page.getByRole('button', { name: 'Access, first boot' }).click()
  expect(await access.getByRole('combobox', { name: 'Time zone' }).inputValue()).toBe(
    'W. Europe Standard Time',
  )
  expect(await access.getByRole('textbox', { name: 'Administrator’s password' }).inputValue()).toBe(
    '',
  )
})

test('a cloud image becomes a template, and a VM is cloned from it', async () => {
  const page = await openForm()
  await page.getByRole('radio', { name: /^Cloud image/ }).check()
  await chooseMedium(page, 'Image', /debian/)
  await page.getByRole('switch', { name: 'Convert to template' }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('debian-13-built')
  await screenshot(page, 'image-template-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
  await deploy(page)

  // Proxmox itself tells of a new template only seconds later.
  const built = page.getByRole('radio', { name: /debian-13-built/ })
  await expect
    .poll(
      async () => {
        await page.goto(`${deployer.url}/deploy`)
        await page
          .getByRole('radio', { name: /^Template/ })
          .first()
          .check()
        await page.getByRole('searchbox', { name: 'Search templates' }).fill('debian-13-built')
        return built.count()
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(1)
  await built.check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('clone-1')
  await page.getByRole('button', { name: 'Access, first boot' }).click()
  await region(page, /^Access/)
    .getByRole('button', { name: 'Add a user' })
    .click()
  await region(page, /^Access/)
    .getByRole('textbox', { name: 'User name' })
    .fill('ops')
  await region(page, /^Access/)
    .getByRole('textbox', { name: 'Password' })
    .fill('correct horse')
  await deploy(page)
})

test('on a phone', async () => {
  const page = await openForm('dark', narrow)
  await page.getByRole('radio', { name: /^ISO/ }).check()
  await chooseMedium(page, 'Installer ISO', /Win11/)
  await page.getByRole('textbox', { name: 'Name pattern' }).fill('win11')
  for (const name of [/Windows 11 profile/, /^Drives/, /^Access/]) {
    await page.getByRole('button', { name }).first().click()
  }
  await region(page, /^Access/)
    .getByRole('radio', { name: 'Unattended' })
    .check()
  await region(page, 'Drives').getByText('State of the TPM').waitFor()
  await screenshot(page, 'iso-windows-390-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])
  const overflow = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
  expect(await page.evaluate<number>(overflow)).toBe(0)
})
