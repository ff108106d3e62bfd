/**
 * Says what the first pages load before they can be used, and fails where that is more than the goal. For the server it
 * writes down what the Deploy page loads beyond the app, to have it loaded beside the app instead of after it.
 */
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

/** The chunks of a build, by what is in them. */
const chunksIn = (bundle: Rolldown.OutputBundle) => {
  const all = Object.values(bundle).filter((file) => file.type === 'chunk')
  const named = new Map(all.map((chunk) => [chunk.fileName, chunk]))
  const found = (what: string, is: (chunk: Rolldown.OutputChunk) => boolean) => {
    const chunk = all.find(is)
    if (chunk === undefined) throw new Error(`The build has no chunk for ${what}.`)
    return chunk
  }
  return {
    entry: () => found('the app', ({ isEntry }) => isEntry),
    of: (path: string) =>
      found(path, ({ facadeModuleId }) => facadeModuleId?.endsWith(path) === true),
    /** With all that they import, but not what they import later. */
    withImports: (chunks: readonly Rolldown.OutputChunk[]): Rolldown.OutputChunk[] => {
      const loaded = new Set<Rolldown.OutputChunk>()
      const open = [...chunks]
      for (let chunk = open.pop(); chunk !== undefined; chunk = open.pop()) {
        if (loaded.has(chunk)) continue
        loaded.add(chunk)
        open.push(...chunk.imports.flatMap((name) => named.get(name) ?? []))
      }
      return [...loaded]
    },
  }
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
    generateBundle(_options, bundle) {
      const chunks = chunksIn(bundle)
      const app = new Set(chunks.withImports([chunks.entry()]))
      const beyond = chunks.withImports([chunks.of(deployPage)]).filter((each) => !app.has(each))
      this.emitFile({
        type: 'asset',
        fileName: 'preload.json',
        source: JSON.stringify(beyond.map(({ fileName }) => fileName)),
      })
    },
    writeBundle(_options, bundle) {
      const chunks = chunksIn(bundle)
      const theme = zipped(readFileSync(join(publicDir, 'theme.js')))
      const sums = pages.map(({ page, paths, goal }) => {
        const loaded = chunks.withImports([chunks.entry(), ...paths.map(chunks.of)])
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
