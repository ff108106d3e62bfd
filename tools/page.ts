/** Is the built page in web/dist newer than everything that it is made of? */
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const SOURCES = [
  'web/src',
  'web/index.html',
  'web/vite.config.ts',
  'web/compress.ts',
  'core/src',
  'package-lock.json',
]

export function pageIsBuilt(): boolean {
  const built = modifiedAt('web/dist/index.html')
  return built > 0 && Math.max(...SOURCES.map(newest)) <= built
}

function newest(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false })
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))))
}

function modifiedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
