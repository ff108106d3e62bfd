/** A real browser, driven by role and label, as a person and a screen reader find their way. */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import { type Browser, chromium, type Page } from 'playwright-core'

/** The shell is Chromium without a window, which takes a third of the time for each page that is opened. */
const PLACES = [
  process.env['CHROMIUM'],
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const SCREENSHOTS = 'e2e/screenshots'

export const wide = { width: 1440, height: 900 }
export const narrow = { width: 390, height: 844 }

export async function openBrowser() {
  const executablePath = PLACES.find((path) => path !== undefined && existsSync(path))
  if (executablePath === undefined) {
    throw new Error(
      'The browser tests need Chromium: install the package chromium, or set CHROMIUM to its path.',
    )
  }
  const browser = await chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
    ],
  })
  browsers.push(browser)
  return browser
}

const browsers: Browser[] = []

/** Of all that this file's tests have opened. */
export const newestPage = (): Page | undefined =>
  browsers.flatMap((browser) => browser.contexts().flatMap((context) => context.pages())).at(-1)

/** For people to look at; nothing is compared. */
export async function screenshot(page: Page, name: string, fullPage = false) {
  mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`), fullPage })
}

/** What axe finds against WCAG 2.2 AA, one line for each rule with all places. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.map(
    ({ id, help, nodes }) => `${id}: ${help}\n${nodes.map(({ html }) => html).join('\n')}`,
  )
}

export async function signIn(
  page: Page,
  url: string,
  user: string,
  realm: string,
  password = 'demo',
) {
  await page.goto(url)
  await page.getByLabel('User name').fill(user)
  await page.getByLabel('Realm').selectOption({ value: realm })
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
