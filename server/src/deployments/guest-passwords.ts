/** Administrator passwords of Windows guests: the only ones that are needed plain, so they are kept encrypted. */
import { takeAdminPasswords } from '@deployer/core/cloud-init/passwords.ts'
import type { DeploymentRequest } from '@deployer/core/request.ts'
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

/** Of the VM with this id; null where there is none, or it was encrypted with another key. */
export const createPasswordOf =
  (db: Kysely<Tables>, secrets: Pick<Secrets, 'decrypt'>) =>
  async (vmId: string): Promise<string | null> => {
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
    const passwords = passwordsSchema.parse(JSON.parse(plain))
    return passwords[`vms.${found.row}.cloudInit`] ?? passwords['defaults.cloudInit'] ?? null
  }
