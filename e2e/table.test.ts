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

/** The Deploy page with a template and a pattern, the table open. */
async function openTable(
  pattern: string,
  colorScheme: 'dark' | 'light' = 'dark',
  viewport = wide,
): Promise<Page> {
  const context = await browser.newContext({
    viewport,
    colorScheme,
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  const page = await context.newPage()
  await signIn(page, deployer.url, 'root', 'pam')
  await page.getByRole('radio', { name: /ubuntu-24\.04/ }).check()
  await page.getByRole('textbox', { name: 'Name pattern' }).fill(pattern)
  await page.getByRole('radio', { name: 'Table' }).check()
  return page
}

const plan = (page: Page) => page.getByRole('region', { name: 'Plan' })
const heads = ['Name', 'VMID', 'Node', 'IP address', 'Cores', 'Memory', 'Disk', 'Tags']

/** A cell by the number of its row, as people count, and the head of its column. */
function cell(page: Page, row: number, head: string) {
  const inRow = page.locator(`[aria-rowindex="${row + 1}"]`).getByRole('gridcell')
  return inRow.nth(heads.indexOf(head))
}

/** Keys as a person presses them, into whatever has the focus. */
async function keys(page: Page, ...pressed: string[]) {
  for (const each of pressed) await page.keyboard.press(each)
}

async function paste(page: Page, text: string) {
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(text)})`)
  await page.keyboard.press('Control+V')
}

const names = (page: Page) => page.getByRole('rowheader')

test('cells are typed by the keyboard alone, go back to the pattern, and can be undone', async () => {
  const page = await openTable('web-{01..04}')
  await cell(page, 1, 'Cores').click()
  await page.keyboard.type('4')
  await keys(page, 'Tab')
  await page.keyboard.type('8g')
  await keys(page, 'Enter')
  expect(await cell(page, 1, 'Cores').textContent()).toBe('4')
  expect(await cell(page, 1, 'Memory').textContent()).toBe('8 GiB')

  await keys(page, 'F2', 'Escape', 'ArrowUp')
  await page.getByText('2 GiB from pattern, 8 GiB set here').waitFor()
  await keys(page, 'Shift+ArrowDown', 'Shift+ArrowDown', 'Control+D')
  expect(await cell(page, 3, 'Memory').textContent()).toBe('8 GiB')
  await keys(page, 'Control+Z')
  expect(await cell(page, 3, 'Memory').textContent()).toBe('2 GiB')
  await keys(page, 'Control+Y')
  expect(await cell(page, 3, 'Memory').textContent()).toBe('8 GiB')
  await keys(page, 'Delete')
  expect(await cell(page, 2, 'Memory').textContent()).toBe('2 GiB')

  await page.getByRole('button', { name: 'Row 1 back to the pattern' }).click()
  expect(await cell(page, 1, 'Cores').textContent()).toBe('2')

  // Typed and left by a click: taken all the same.
  await cell(page, 2, 'Tags').click()
  await page.keyboard.type('Canary')
  await cell(page, 4, 'Name').click()
  expect(await cell(page, 2, 'Tags').textContent()).toBe('canary')
  await keys(page, 'Shift+Delete')
  expect(await names(page).count()).toBe(3)

  // Nobody is caught in the grid.
  await keys(page, 'End', 'Tab')
  expect(await page.locator(':focus').getAttribute('aria-label')).toBe('Add VMs by name or pattern')
  await page.context().close()
})

test('what comes twice is marked while it is typed, and a blocker leads to its cell', async () => {
  const page = await openTable('twin-{01..03}')
  await cell(page, 2, 'Name').click()
  await page.keyboard.type('twin-01')
  await page.getByText('twin-01 is the name of row 1 too.').first().waitFor()
  expect(
    await page.getByRole('textbox', { name: 'Row 2, name' }).getAttribute('aria-invalid'),
  ).toBe('true')
  await keys(page, 'Enter')
  await plan(page)
    .getByRole('button', { name: /Resolve|Deploy 3 VMs/ })
    .waitFor()
  await plan(page).getByText('The name twin-01 is made twice', { exact: true }).waitFor()
  expect(
    await names(page)
      .getByRole('img', { name: /must fix/ })
      .count(),
  ).toBe(2)
  await screenshot(page, 'table-wrong-dark')
  expect(await accessibilityProblems(page)).toEqual([])

  // One click in the row puts it right, or a button below the grid; and back again.
  await cell(page, 2, 'Tags').click()
  const fixes = page.getByRole('button', { name: 'Use twin-02' })
  expect(await fixes.count()).toBe(2)
  await fixes.first().click()
  expect(await cell(page, 2, 'Name').textContent()).toBe('twin-02')
  expect(await fixes.count()).toBe(0)
  await cell(page, 2, 'Tags').click()
  await keys(page, 'Control+Z')
  expect(await cell(page, 2, 'Name').textContent()).toBe('twin-01')

  await cell(page, 3, 'Tags').click()
  await plan(page)
    .getByRole('button', { name: /Go to field/ })
    .click()
  await page.getByText('Row 2, name').waitFor()
  await page.keyboard.type('other')
  await keys(page, 'Enter')
  await plan(page).getByText('Checked against the cluster').waitFor()
  expect(await plan(page).getByText('made twice').count()).toBe(0)
  await page.context().close()
})

test('a range from a spreadsheet: columns are mapped, refused lines say why', async () => {
  const page = await openTable('sheet-{1..2}')
  await cell(page, 1, 'Name').click()
  await paste(
    page,
    'hostname\tRAM (MiB)\track\tcores\r\nsheet-2\t4096\tA7\t4\r\ndb-1\t2048\tA8\t2\r\ndb-2\t1024\tA9\tmany\r\n',
  )
  const dialog = page.getByRole('dialog', { name: 'Take over a list' })
  await dialog.getByText('Would be: 1 row changed, 1 row added.').waitFor()
  await dialog.getByText('Line 4: Cores many: A whole number from 1 to 512').waitFor()
  expect(await dialog.getByLabel('Column 3, rack').inputValue()).toBe('')
  await screenshot(page, 'table-paste-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Take over 2 lines' }).click()
  expect(await cell(page, 2, 'Memory').textContent()).toBe('4 GiB')
  expect(await cell(page, 3, 'Name').textContent()).toBe('db-1')
  expect(await names(page).count()).toBe(3)

  // Cells of the table itself go straight in.
  await cell(page, 2, 'Cores').click()
  await keys(page, 'Shift+ArrowRight', 'Control+C')
  await cell(page, 1, 'Cores').click()
  await keys(page, 'Control+V')
  expect(await cell(page, 1, 'Cores').textContent()).toBe('4')
  expect(await cell(page, 1, 'Memory').textContent()).toBe('4 GiB')

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Get a CSV of these rows' }).click()
  const chunks: string[] = []
  for await (const chunk of await (await download).createReadStream()) chunks.push(String(chunk))
  expect(chunks.join('').split('\r\n').slice(0, 2)).toEqual([
    'name,vmid,node,ip,cores,memory,disk,tags',
    expect.stringMatching(/^sheet-1,,,dhcp,4,4 GiB,/),
  ])
  await page.context().close()
})

test('patterns add rows, the handle fills a series', async () => {
  const page = await openTable('web-{01..03}')
  const add = page.getByRole('textbox', { name: 'Add VMs by name or pattern' })
  await add.fill('lb-{1..2}')
  await keys(page, 'Enter')
  expect(await names(page).count()).toBe(5)
  expect(await cell(page, 5, 'Name').textContent()).toBe('lb-2')

  await cell(page, 1, 'IP address').click()
  await page.keyboard.type('10.10.0.20/24')
  await keys(page, 'Enter')
  await cell(page, 1, 'IP address').click()
  const from = await page.locator('[data-handle]').boundingBox()
  const to = await cell(page, 5, 'IP address').boundingBox()
  if (from === null || to === null) throw new Error('the handle is not in view')
  await page.mouse.move(from.x + 3, from.y + 3)
  await page.mouse.down()
  await page.mouse.move(to.x + 20, to.y + 5, { steps: 6 })
  await page.mouse.up()
  expect(await cell(page, 5, 'IP address').textContent()).toBe('10.10.0.24/24')

  await page.getByLabel('CSV file').setInputFiles({
    name: 'more.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('name;cores;tags\nweb-02;8;"web canary"\ncache;2;db\n'),
  })
  await page.getByRole('button', { name: 'Take over 2 lines' }).click()
  expect(await cell(page, 2, 'Tags').textContent()).toBe('web canary')
  expect(await cell(page, 6, 'Name').textContent()).toBe('cache')

  // Reloaded, everything is still there.
  await page.reload()
  await cell(page, 5, 'Name').waitFor()
  expect(await cell(page, 5, 'IP address').textContent()).toBe('10.10.0.24/24')
  await page.context().close()
})

test('500 rows: few of them are drawn, and the last is a key away', async () => {
  const page = await openTable('node-{001..500}')
  await cell(page, 1, 'Cores').click()
  expect(await page.getByRole('grid', { name: 'VMs' }).getAttribute('aria-rowcount')).toBe('501')
  expect(await names(page).count()).toBeLessThan(60)
  await keys(page, 'Control+End')
  await cell(page, 500, 'Tags').waitFor()
  await page.keyboard.type('last')
  await keys(page, 'Enter')
  expect(await cell(page, 500, 'Tags').textContent()).toBe('last')
  await page.getByRole('textbox', { name: 'Add VMs by name or pattern' }).fill('one-more')
  await keys(page, 'Enter')
  await page.getByText('One deployment has at most 500 VMs: 0 more fit.').waitFor()
  await page.context().close()
})

test('three VMs with one cell of their own are deployed so, and deployed again', async () => {
  const page = await openTable('own-{1..3}')
  await cell(page, 2, 'Memory').click()
  await page.keyboard.type('4 GiB')
  await keys(page, 'Enter')
  await plan(page).getByText('Checked against the cluster').waitFor()
  await screenshot(page, 'table-dark')
  expect(await accessibilityProblems(page)).toEqual([])
  await plan(page).getByRole('button', { name: 'Deploy 3 VMs' }).click()
  await page.waitForURL(/\/deployments\/d-/)
  await page.getByRole('radio', { name: 'Checks' }).waitFor({ timeout: 60_000 })
  expect(await page.getByText('Healthy', { exact: true }).count()).toBe(3)
  const id = /d-[^/?]+/.exec(page.url())?.[0] ?? ''
  const answer = await page.request.get(`${deployer.api}/deployments/${id}`)
  expect(await answer.json()).toMatchObject({
    request: { vms: [{ name: 'own-1' }, { name: 'own-2', memoryMiB: 4096 }, { name: 'own-3' }] },
  })

  await page.goto(`${deployer.url}/deploy?from=${id}`)
  await cell(page, 2, 'Memory').waitFor()
  expect(await cell(page, 2, 'Memory').textContent()).toBe('4 GiB')
  // What the others have is the template's, whose list may come after the table.
  await cell(page, 3, 'Memory').getByText('2 GiB').waitFor()
  await page.getByText('own-{1..3}').first().waitFor()
  await page.context().close()
})

test('in light, and as cards on a phone', async () => {
  const page = await openTable('light-{1..3}', 'light')
  await cell(page, 2, 'Cores').click()
  await page.keyboard.type('8')
  await keys(page, 'Enter')
  await plan(page).getByText('Checked against the cluster').waitFor()
  await screenshot(page, 'table-light')
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().close()

  const phone = await openTable('phone-{1..3}', 'dark', narrow)
  await phone.getByRole('button', { name: /^phone-2/ }).click()
  await phone.getByRole('textbox', { name: 'Memory' }).fill('4')
  await phone.getByRole('textbox', { name: 'Tags' }).focus()
  await phone.getByText('1 set here').waitFor()
  await screenshot(phone, 'table-narrow', true)
  expect(await accessibilityProblems(phone)).toEqual([])
  const overflow = await phone.evaluate('document.documentElement.scrollWidth - innerWidth')
  expect(overflow).toBe(0)
  await phone.context().close()
})
