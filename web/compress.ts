/** Writes a compressed copy beside each built file that gains by it, for the server to send as it is. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const COMPRESSED = /\.(js|css|html|svg)$/
/** Less than this fits into one packet anyway. */
const SMALLEST_BYTES = 1400

export const compress = (): Plugin => ({
  name: 'compress',
  apply: 'build',
  writeBundle({ dir }) {
    if (dir === undefined) return
    for (const name of readdirSync(dir, { recursive: true, encoding: 'utf8' })) {
      if (!COMPRESSED.test(name)) continue
      const path = join(dir, name)
      const content = readFileSync(path)
      if (content.length < SMALLEST_BYTES) continue
      writeFileSync(`${path}.br`, brotliCompressSync(content))
      writeFileSync(`${path}.gz`, gzipSync(content, { level: 9 }))
    }
  },
})
