import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { apiTypes, typesFile } from './types.ts'

it('are those that the page uses; otherwise run `npm run generate:api`', async () => {
  expect(await apiTypes()).toBe(readFileSync(typesFile, 'utf8'))
})
