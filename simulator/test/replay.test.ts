import { describe, expect, test } from 'vitest'
import { createCertificate } from '../src/wire/certificate.ts'
import { notCovered, type NotCovered } from './not-covered.ts'
import { replayCase, type Problem } from './replay/run-case.ts'
import {
  loadArea,
  recordedAreas,
  recordedVersions,
  transcriptsExist,
  type Case,
  type RecordedVersion,
} from './replay/transcripts.ts'

const areas = transcriptsExist ? recordedAreas() : []
const cases = areas.flatMap(loadArea)
const nameOf = ({ area, id }: Case) => `${area}/${id}`
const certificate = createCertificate('127.0.0.1')

const listedFor = (name: string, version: RecordedVersion) =>
  notCovered.filter((entry) => entry.name === name && (entry.version ?? version) === version)

const isListed = ({ exchange }: Problem, entries: NotCovered[]) =>
  entries.some(({ exchanges }) => exchanges === undefined || exchanges.includes(exchange))

/** What did not hold, by case and version: the last tests look whether the list of exceptions is still true. */
const differing = new Map<string, Problem[]>()

const replay = async (found: Case, version: RecordedVersion): Promise<Problem[]> => {
  try {
    return await replayCase(found, version, await certificate)
  } catch (error) {
    return [{ exchange: -1, text: String(error) }]
  }
}

describe.concurrent('replay', () => {
  test.skipIf(!transcriptsExist)(
    'the recordings lie beside the repository, in ../shared/pve-transcripts; else nothing is replayed',
    () => {
      expect(cases.length).toBeGreaterThan(100)
    },
  )

  for (const version of recordedVersions) {
    test.for(cases.map((found) => [nameOf(found), found] as const))(
      `%s on ${version} answers as it was recorded`,
      async ([name, found]) => {
        const problems = await replay(found, version)
        differing.set(`${name}@${version}`, problems)
        const listed = listedFor(name, version)
        const unexpected = problems.filter((problem) => !isListed(problem, listed))
        expect(unexpected.map(({ exchange, text }) => `${exchange} ${text}`)).toEqual([])
      },
    )
  }
})

const listed = transcriptsExist ? notCovered : []

test.for(listed.map((entry) => [entry.name, entry] as const))(
  '%s is listed as not covered for a reason that still holds',
  ([name, { version, exchanges }]) => {
    const versions = version === undefined ? recordedVersions : [version]
    const problems = versions.flatMap((each) => differing.get(`${name}@${each}`) ?? [])
    const differingNow = new Set(problems.map(({ exchange }) => exchange))
    const wanted = exchanges ?? []
    expect(differingNow.size).toBeGreaterThan(0)
    expect(wanted.filter((exchange) => !differingNow.has(exchange))).toEqual([])
  },
)
