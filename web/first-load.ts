/** Says after a build what the first pages load before they can be used, and fails where that is more than the goal. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** Gzip of all scripts, in kB (1000 bytes). */
const GOAL_KB = 190

const signInPage = 'src/pages/sign-in/SignInPage.tsx'
const deployPage = 'src/pages/deploy/DeployPage.tsx'

/** What somebody sees first, with what is loaded for it. A draft of an earlier visit has no goal. */
const pages = [
  { page: 'sign-in', paths: [signInPage], goal: GOAL_KB },
  { page: 'deploy', paths: [deployPage], goal: GOAL_KB },
  {
    page: 'deploy with a draft',
    paths: [deployPage, 'src/pages/deploy/form-reader.ts'],
    goal: Infinity,
  },
]

type Chunks = ReadonlyMap<string, Rolldown.OutputChunk>

/** A chunk and all that it imports, but not what it imports later. */
const withImports = (
  chunks: Chunks,
  of: readonly Rolldown.OutputChunk[],
): Rolldown.OutputChunk[] => {
  const found = new Map<string, Rolldown.OutputChunk>()
  const open = [...of]
  for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
    if (found.has(chunk.fileName)) continue
    found.set(chunk.fileName, chunk)
    open.push(...chunk.imports.flatMap((name) => chunks.get(name) ?? []))
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
      const start = all.find(({ isEntry }) => isEntry) ?? this.error('There is no entry chunk')
      const theme = zipped(readFileSync(join(publicDir, 'theme.js')))
      const sums = pages.map(({ page, paths, goal }) => {
        const own = paths.map((path) => {
          const chunk = all.find(({ facadeModuleId }) => facadeModuleId?.endsWith(path))
          return chunk ?? this.error(`There is no chunk for ${path}`)
        })
        const loaded = withImports(chunks, [start, ...own])
        const bytes = loaded.reduce((sum, { code }) => sum + zipped(code), theme)
        return { page, goal, kB: Math.round(bytes / 100) / 10 }
      })
      const words = sums.map(({ page, kB }) => `${page} ${kB} kB`).join(', ')
      const line = `First load, all scripts, gzip: ${words} (goal of the first two: ${GOAL_KB})`
      if (sums.some(({ kB, goal }) => kB > goal)) {
        this.error(`${line}. What is not seen at once comes by a dynamic import.`)
      }
      this.info(line)
    },
  }
}
