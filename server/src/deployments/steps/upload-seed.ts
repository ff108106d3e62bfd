import { buildIso } from '@deployer/core/iso/iso.ts'
import { callsOf, fillCall, type SpecOf } from '@deployer/core/steps.ts'
import { ANSWER_LABEL, answerFiles } from '@deployer/core/windows/answer-files.ts'
import { type Answers, withAnswerSecrets } from '@deployer/core/windows/answers.ts'
import { createHash } from 'node:crypto'
import { StepFailed } from '../failures.ts'
import { passwordGone } from './change-config.ts'
import type { StepContext, StepRunner } from './step.ts'

/** Of the files on the image: the same documents make the same bytes, whenever it is done. */
const createdAt = new Date('2020-01-01T00:00:00Z')

/** Only the meta-data holds the deployment's id; in a document of a person's own such braces are theirs. */
const filledIn = (name: string, text: string, deployment: string) =>
  name === 'meta-data' ? text.replaceAll('{deployment}', deployment) : text

const imageOf = async (
  { documents, label, answers }: SpecOf<'upload-seed'>,
  context: StepContext,
): Promise<Uint8Array> => {
  const all = { ...documents, ...(answers && (await filesOf(answers, context))) }
  return buildIso({
    label: label ?? (answers ? ANSWER_LABEL : 'cidata'),
    createdAt,
    files: Object.entries(all).map(([name, text]) => ({
      name,
      content: Buffer.from(filledIn(name, text, context.deploymentId)),
    })),
  })
}

/** The passwords are read here for the first and only time, and are nowhere but on the image. */
const filesOf = async (answers: Answers, context: StepContext) => {
  const secrets = await context.answerSecrets()
  if (secrets === null) throw new StepFailed(passwordGone)
  return answerFiles({ ...answers, unattended: withAnswerSecrets(answers.unattended, secrets) })
}

/** The name carries deployment and VM, so what lies there under it is ours; only a whole one has the size. */
const isThere = async (
  { node, storage }: SpecOf<'upload-seed'>,
  { api, signal }: StepContext,
  volume: string,
  bytes: number,
): Promise<boolean> => {
  const listed = await api.call(
    'GET /nodes/{node}/storage/{storage}/content',
    { node, storage, content: 'iso' },
    { signal },
  )
  return listed.some(({ volid, size }) => volid === volume && size === bytes)
}

/** Proxmox overwrites a file of that name without a word, so at worst the same image is written twice. */
export const runUploadSeed: StepRunner<'upload-seed'> = async (spec, context) => {
  const deployment = context.deploymentId
  const name = spec.file.replaceAll('{deployment}', deployment)
  const bytes = await imageOf(spec, context)
  const volume = `${spec.storage}:iso/${name}`
  const done = { detail: `${volume}, ${Math.ceil(bytes.length / 1024)} KiB` }
  const { upid, sent } = context.before
  if (upid !== null) {
    await context.finish(upid)
    return done
  }
  if (sent && (await isThere(spec, context, volume, bytes.length))) return done
  const checksum = createHash('sha256').update(bytes).digest('hex')
  for (const call of callsOf(spec, context.vm)) {
    const { filename: _sentWithTheFile, ...params } = fillCall(call, {
      deployment,
      checksum,
    }).params
    const answer = await context.change({ ...call, params }, { name, bytes })
    if (typeof answer === 'string') await context.finish(answer)
  }
  return done
}
