/** What a person would look at when a browser test failed where nobody watched: the newest page, in words and as a picture. */
import { afterEach } from 'vitest'
import { newestPage } from './browser.ts'

const MOST_CHARACTERS = 12_000

afterEach(async ({ task }) => {
  const page = newestPage()
  if (task.result?.state !== 'fail' || page === undefined) return
  const words = await page
    .locator('body')
    .ariaSnapshot({ timeout: 5000 })
    .catch((error: unknown) => String(error))
  process.stdout.write(`${task.name}: ${page.url()}\n${words.slice(-MOST_CHARACTERS)}\n`)
  await page
    .screenshot({ path: `e2e/screenshots/failed-${task.id}.png` })
    .catch((error: unknown) => process.stdout.write(`${String(error)}\n`))
})
