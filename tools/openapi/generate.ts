import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { apiTypes, typesFile } from './types.ts'

await mkdir(dirname(typesFile), { recursive: true })
await writeFile(typesFile, await apiTypes())
console.log(`wrote ${typesFile}`)
