/** The API's types for the page, from the server's own OpenAPI document. Starts nothing. */
import { fileURLToPath } from 'node:url'
import openapiTS, { astToString } from 'openapi-typescript'
import { describeApi } from '../../server/src/describe.ts'

export const typesFile = fileURLToPath(
  new URL('../../web/src/api/generated/schema.ts', import.meta.url),
)

export async function apiTypes(): Promise<string> {
  const types = await openapiTS(JSON.stringify(await describeApi()), { alphabetize: true })
  return `// Written by \`npm run generate:api\` from the server's OpenAPI document; do not edit.\n\n${astToString(types)}`
}
