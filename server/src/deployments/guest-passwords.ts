/** Passwords of Windows guests: the only ones that are needed plain, so they are kept encrypted. */
import { answerSecretsOf, takeAdminPasswords } from '@deployer/core/cloud-init/passwords.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
import type { AnswerSecrets } from '@deployer/core/windows/answers.ts'
import { sql, type Kysely } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import type { Secrets } from '../identity/secrets.ts'

/** The request as it is stored, and what was taken out of it. */
export const sealPasswords = (
  asked: DeploymentRequest,
  secrets: Pick<Secrets, 'encrypt'>,
): { request: DeploymentRequest; sealed: string | null } => {
  const { request, passwords } = takeAdminPasswords(asked)
  const any = Object.keys(passwords).length > 0
  return { request, sealed: any ? secrets.encrypt(JSON.stringify(passwords)) : null }
}

const passwordsSchema = z.record(z.string(), z.string())

/** Of the VM with an id; null where there are none, or they were encrypted with another key. */
export const createGuestSecrets = (db: Kysely<Tables>, secrets: Pick<Secrets, 'decrypt'>) => {
  const read = async (vmId: string) => {
    const found = await db
      .selectFrom('vm')
      .innerJoin('deployment', 'deployment.id', 'vm.deployment_id')
      .select('deployment.passwords')
      .select(sql<number>`(deployment.plan -> 'vms' -> vm.position ->> 'row')::int`.as('row'))
      .where('vm.id', '=', vmId)
      .executeTakeFirst()
    if (!found?.passwords) return null
    const plain = secrets.decrypt(found.passwords)
    if (plain === null) return null
    return { row: found.row, passwords: passwordsSchema.parse(JSON.parse(plain)) }
  }
  return {
    passwordOf: async (vmId: string): Promise<string | null> => {
      const found = await read(vmId)
      if (found === null) return null
      const { row, passwords } = found
      return passwords[`vms.${row}.cloudInit`] ?? passwords['defaults.cloudInit'] ?? null
    },
    answerSecretsOf: async (vmId: string): Promise<AnswerSecrets | null> => {
      const answers = answerSecretsOf((await read(vmId))?.passwords ?? {})
      return Object.keys(answers).length === 0 ? null : answers
    },
  }
}
