/** The catalogue: built-in entries, those of the operator's file, and checksums as the publishers state them. */
import { codeOf, messageOf } from '@deployer/proxmox/caught.ts'
import { type CatalogueEntry, catalogueFileSchema, withEntries } from '@deployer/core/catalogue.ts'
import {
  type Checksum,
  type ChecksumAlgorithm,
  fileOfUrl,
  findChecksum,
} from '@deployer/core/checksums.ts'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { remember } from '../inventory/cache.ts'
import type { Logger } from '../logger.ts'
import { notFound, ProblemError } from '../problem.ts'

const REMEMBER_SECONDS = 600
const PATIENCE_MS = 10_000
const MOST_BYTES = 1024 * 1024

export type Catalogue = {
  entries: CatalogueEntry[]
  /** What is wrong with the operator's file, in words; null where nothing is. */
  problem: string | null
}

export function createCatalogue(deps: {
  file: string
  /** What a publisher states, where there is no internet to ask: of the demo. */
  statedChecksum?: ((url: string, algorithm: ChecksumAlgorithm) => string) | undefined
  logger: Pick<Logger, 'warn'>
}) {
  const { file, statedChecksum, logger } = deps
  const sums = remember<string>(REMEMBER_SECONDS)
  let told: string | null = null

  /** Reads the file anew each time: it is small, and who changes it wants to see it. */
  const read = async (): Promise<Catalogue> => {
    const found = await readOwn(file)
    if ('entries' in found) return { entries: withEntries(found.entries), problem: null }
    if (found.problem !== told) logger.warn(found.problem)
    told = found.problem
    return { entries: withEntries([]), problem: found.problem }
  }

  return {
    read,
    /**
     * What the publisher of an entry states. Asked from here, at addresses of the catalogue only; nothing of the answer is
     * passed on but the checksum.
     */
    checksum: async (id: string): Promise<Checksum> => {
      const entry = (await read()).entries.find((each) => each.id === id)
      if (entry === undefined)
        throw notFound(
          `The catalogue has no entry ${id}.`,
          'GET /api/v1/images/catalogue lists them.',
        )
      const { checksum, algorithm, checksumsUrl, url } = entry
      if (checksum !== undefined && algorithm !== undefined) return { algorithm, value: checksum }
      if (checksumsUrl === undefined || checksumsUrl === null)
        throw notStated(`The publisher of ${entry.name} states no checksum.`)
      if (statedChecksum !== undefined) {
        const made = algorithm ?? 'sha256'
        return { algorithm: made, value: statedChecksum(url, made) }
      }
      const text = await sums(checksumsUrl, () => fetchText(checksumsUrl)).catch(
        (error: unknown) => {
          throw notStated(
            `${checksumsUrl} could not be read from this server (${reasonOf(error)}).`,
            'Open it in your browser, and paste the line of the file.',
          )
        },
      )
      const found = findChecksum(text, fileOfUrl(url))
      if (found === null) throw notStated(`${checksumsUrl} does not name ${fileOfUrl(url)}.`)
      return found
    },
  }
}

export type CatalogueReader = ReturnType<typeof createCatalogue>

type Own = { entries: CatalogueEntry[] } | { problem: string }

async function readOwn(file: string): Promise<Own> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { entries: [] }
    return { problem: `${file} cannot be read: ${reasonOf(error)}.` }
  }
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch (error) {
    return { problem: `${file} is no JSON: ${reasonOf(error)}.` }
  }
  const parsed = catalogueFileSchema.safeParse(content)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map(
    ({ path, message }) => `${path.join('.') || 'the file'}: ${expected(message)}`,
  )
  return { problem: `${file} was left out: ${issues.slice(0, 5).join('; ')}.` }
}

/** Own messages say what belongs there; zod's say it by themselves. */
const expected = (message: string): string =>
  /^(an?|the|hex|lower)\b/.test(message) ? `here belongs ${message}` : message

async function fetchText(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE_MS) })
  if (!response.ok) throw new Error(`it answered ${response.status}`)
  let text = ''
  const decoder = new TextDecoder()
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > MOST_BYTES) throw new Error('it is too long for a list of checksums')
  }
  return text
}

const causeSchema = z.object({ cause: z.object({ message: z.string() }) })

/** `fetch failed` tells nothing; its cause does. */
function reasonOf(error: unknown): string {
  const cause = causeSchema.safeParse(error).data?.cause.message
  if (cause !== undefined && cause !== '') return cause
  return messageOf(error)
}

const notStated = (
  detail: string,
  hint = 'Go on without one, or paste it from somewhere you trust.',
) =>
  new ProblemError({
    kind: 'checksum-unknown',
    status: 422,
    title: 'The checksum is not known',
    detail,
    hint,
  })
