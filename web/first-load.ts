/** Says after a build what the first pages load before they can be used, and fails where that is more than the goal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** Gzip of all scripts, in kB (1000 bytes). */
const GOAL_KB = 190

/** What somebody sees first: signed out, and signed in without a draft. */
const pages = [
  ['sign-in', 'src/pages/sign-in/SignInPage.tsx'],
  ['deploy', 'src/pages/deploy/DeployPage.tsx'],
] as const

type Chunks = ReadonlyMap<string, Rolldown.OutputChunk>

/** A chunk and all that it imports, but not what it imports later. */
const withImports = (chunks: Chunks, names: readonly string[]): Rolldown.OutputChunk[] => {
  const found = new Map<string, Rolldown.OutputChunk>()
  const open = [...names]
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const chunk = chunks.get(name)
    if (chunk === undefined || found.has(name)) continue
    found.set(name, chunk)
    open.push(...chunk.imports)
  }
  return [...found.values()]
}

const zipped = (code: string | Buffer): number => gzipSync(code, { level: 9 }).length

export const firstLoad = (): Plugin => {
  let publicDir = ''
  return {
    name: 'first-load',
    apply: 'build',
    configResolved(config) {
      publicDir = config.publicDir
    },
    writeBundle(_options, bundle) {
      const chunks: Chunks = new Map(
        Object.values(bundle).flatMap((file) =>
          file.type === 'chunk' ? [[file.fileName, file]] : [],
        ),
      )
      const all = [...chunks.values()]
      const start = all.find(({ isEntry }) => isEntry)
      const theme = zipped(readFileSync(join(publicDir, 'theme.js')))
      const sums = pages.map(([page, path]) => {
        const own = all.find(({ facadeModuleId }) => facadeModuleId?.endsWith(path))
        if (start === undefined || own === undefined) return this.error(`No chunk for ${path}`)
        const loaded = withImports(chunks, [start.fileName, own.fileName])
        const bytes = loaded.reduce((sum, { code }) => sum + zipped(code), theme)
        return { page, kB: Math.round(bytes / 100) / 10 }
      })
      const words = sums.map(({ page, kB }) => `${page} ${kB} kB`).join(', ')
      const line = `First load, all scripts, gzip: ${words}; the goal is at most ${GOAL_KB} kB`
      if (sums.some(({ kB }) => kB > GOAL_KB)) {
        this.error(`${line}. What is not seen at once comes by a dynamic import.`)
      }
      this.info(line)
    },
  }
}
