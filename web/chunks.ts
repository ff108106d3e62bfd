/**
 * Which modules go into one file. Left to itself, the build makes a file of its own for whatever two pages share, down to
 * single icons: small files compress worse. A module belongs to the first of these parts that reaches it without a dynamic
 * import; what none of them reaches stays with the page that needs it.
 */
import { fileURLToPath } from 'node:url'

const parts = [
  ['app', 'src/main.tsx'],
  ['schemas', '../core/src/request.ts'],
  ['schemas', '../core/src/plan.ts'],
  ['deploy', 'src/pages/deploy/DeployPage.tsx'],
  ['form-reader', 'src/pages/deploy/form-reader.ts'],
] as const

type Part = (typeof parts)[number][0]

const library = /[\\/]node_modules[\\/]/
/** Fields, buttons and icons: other pages have them too. */
const control = /[\\/](src[\\/](ui|api|components)|node_modules)[\\/]/

const chunkIn = (part: Part, id: string): string => {
  // Libraries change less often than the app: browsers keep them over an upgrade.
  if (part === 'app' && library.test(id)) return 'libraries'
  if (part === 'deploy' && control.test(id)) return 'controls'
  return part
}

type Modules = { getModuleInfo: (id: string) => { importedIds: readonly string[] } | null }

/** The chunk of each module that a part reaches. */
const chunksOf = (modules: Modules): ReadonlyMap<string, string> => {
  const found = new Map<string, string>()
  for (const [part, entry] of parts) {
    const open = [fileURLToPath(new URL(entry, import.meta.url))]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (found.has(id)) continue
      found.set(id, chunkIn(part, id))
      open.push(...(modules.getModuleInfo(id)?.importedIds ?? []))
    }
  }
  return found
}

/** Names the chunk of a module; null where no part reaches it. */
export const createChunkNames = () => {
  let known: ReadonlyMap<string, string> | null = null
  return (id: string, modules: Modules): string | null => {
    known ??= chunksOf(modules)
    return known.get(id) ?? null
  }
}
