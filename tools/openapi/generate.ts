/** Writes the API's types for the page, from the server's own OpenAPI document. Starts nothing. */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { describeApi } from '../../server/src/describe.ts'

const target = fileURLToPath(new URL('../../web/src/api/generated/schema.ts', import.meta.url))

const document = JSON.stringify(await describeApi())
const types = astToString(await openapiTS(document, { alphabetize: true }))
await mkdir(dirname(target), { recursive: true })
await writeFile(
  target,
  `// Written by \`npm run generate:api\` from the server's OpenAPI document; do not edit.\n\n${types}`,
)
console.log(`wrote ${target}`)
