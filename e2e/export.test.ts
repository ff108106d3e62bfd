/** The deployment page gives what was built as code, to look at, to copy and to download. */
import { deploymentViewSchema } from '@deployer/core/deployment.ts'
import { readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
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

test('what was built is there as Terraform, curl and Ansible', async () => {
  const made = await fetch(`${deployer.api}/deployments`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: 'PVEAPIToken=root@pam!demo=de300000-0000-4000-8000-000000000000',
    },
    body: JSON.stringify({
      request: {
        name: 'web tier',
        source: { kind: 'template', vmid: 9000, clone: 'linked' },
        defaults: { cores: 4, start: false },
        vms: [{ name: 'web-{1..2}' }],
      },
    }),
  })
  const { id } = deploymentViewSchema.parse(await made.json())
  const context = await browser.newContext({
    viewport: wide,
    colorScheme: 'dark',
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page.waitForURL(/\/deploy$/)
  await page.goto(`${deployer.url}/deployments/${id}`)
  const code = page.getByRole('region', { name: 'As code' })
  await code.getByText('Terraform', { exact: true }).click({ timeout: 60_000 })
  const text = code.getByRole('region', { name: 'The deployment as Terraform' })
  await text.waitFor()
  expect(await text.innerText()).toContain('resource "proxmox_virtual_environment_vm" "web-1-')
  await screenshot(page, 'export-dark', true)
  expect(await accessibilityProblems(page)).toEqual([])

  await code.getByText('curl', { exact: true }).click()
  await code.getByRole('region', { name: 'The deployment as curl' }).waitFor()
  const downloading = page.waitForEvent('download')
  await code.getByRole('button', { name: 'Download' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe(`${id}-deploy.sh`)
  const script = readFileSync(await download.path(), 'utf8')
  expect(script).toMatch(/^#!\/bin\/sh\n/)
  expect(script).toContain("--data-urlencode 'cores=4'")

  await page.setViewportSize(narrow)
  await code.getByText('Ansible', { exact: true }).click()
  await code.getByRole('region', { name: 'The deployment as Ansible' }).waitFor()
  await screenshot(page, 'export-390', true)
  expect(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await context.close()
})
