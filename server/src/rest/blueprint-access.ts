/** Which blueprint a call is about, and whether the caller may change it. */
import { changesBetween } from '@deployer/core/audit-changes.ts'
import { blueprintConfiguration } from '@deployer/core/audit-configuration.ts'
import type { BlueprintView } from '@deployer/core/blueprint.ts'
import type { RateLimitOptions } from '@fastify/rate-limit'
import type { FastifyRequest } from 'fastify'
import { noteAudit } from '../audit/requests.ts'
import {
  type BlueprintContent,
  BlueprintNameTaken,
  type Blueprints,
  TooManyBlueprints,
} from '../blueprints/blueprints.ts'
import type { Caller } from '../identity/caller.ts'
import { notFound } from '../problem.ts'
import {
  nameTaken,
  notYourBlueprint,
  readOnlyExample,
  tooManyBlueprints,
  tooManyChanges,
} from './blueprint-problems.ts'
import { callerOf } from './http.ts'

/** Room for 500 rows that each have settings of their own. */
const BODY_LIMIT_BYTES = 1024 * 1024
const CHANGES_PER_MINUTE = 60

const rateLimit: RateLimitOptions & { max: number } = {
  max: CHANGES_PER_MINUTE,
  timeWindow: '1 minute',
  // Before the body is read.
  hook: 'onRequest',
  groupId: 'blueprints',
  keyGenerator: (request) => callerOf(request).username,
  errorResponseBuilder: (_request, { ttl }) =>
    tooManyChanges(CHANGES_PER_MINUTE, Math.ceil(ttl / 1000)),
}

/** Of each call that writes. */
export const writing = { bodyLimit: BODY_LIMIT_BYTES, config: { rateLimit } }

export const pathOf = ({ id }: BlueprintView): string => `/api/v1/blueprints/${id}`

export type BlueprintAccess = ReturnType<typeof createBlueprintAccess>

/** For the entry of the outcome: which one it is, and what became another. */
export const noteBlueprint = (
  request: FastifyRequest,
  blueprint: BlueprintView,
  before: BlueprintView | null = null,
): void =>
  noteAudit(request, {
    details: { blueprint_id: blueprint.id, blueprint_name: blueprint.name },
    ...(before && {
      changes: changesBetween(blueprintConfiguration(before), blueprintConfiguration(blueprint)),
    }),
  })

/** What the blueprints themselves answer, with problems in place of nothing and of errors. */
export function createBlueprintAccess(blueprints: Blueprints) {
  const visible = async (caller: Caller, id: string): Promise<BlueprintView> => {
    const blueprint = await blueprints.get(caller, id)
    if (blueprint === null) throw noSuchBlueprint(id)
    return blueprint
  }

  const changeable = async (caller: Caller, id: string): Promise<BlueprintView> => {
    const blueprint = await visible(caller, id)
    if (blueprint.owner === null) throw readOnlyExample(blueprint)
    if (!blueprint.mine) throw notYourBlueprint(blueprint)
    return blueprint
  }

  return {
    visible,
    save: (caller: Caller, content: BlueprintContent, replace: boolean) =>
      blueprints.save(caller, described(content), { replace }).catch(inWords),
    /** `before`: as it was. */
    change: async (
      caller: Caller,
      id: string,
      changes: Changes,
    ): Promise<{ blueprint: BlueprintView; before: BlueprintView }> => {
      const before = await changeable(caller, id)
      const changed = await blueprints.change(caller, id, described(given(changes))).catch(inWords)
      if (changed === null) throw noSuchBlueprint(id)
      return { blueprint: changed, before }
    },
    /** Answers what it was. */
    remove: async (caller: Caller, id: string): Promise<BlueprintView> => {
      const before = await changeable(caller, id)
      await blueprints.remove(caller, id)
      return before
    },
  }
}

type Changes = { [Key in keyof BlueprintContent]?: BlueprintContent[Key] | undefined }

const given = ({ name, description: words, shared, request }: Changes) => ({
  ...(name !== undefined && { name }),
  ...(words !== undefined && { description: words }),
  ...(shared !== undefined && { shared }),
  ...(request !== undefined && { request }),
})

/** A description of nothing but space is none. */
const described = <Content extends { description?: string | null }>(content: Content): Content =>
  content.description?.trim() === '' ? { ...content, description: null } : content

const noSuchBlueprint = (id: string) =>
  notFound(`There is no blueprint ${id} that you may see.`, 'GET /api/v1/blueprints lists them.')

const inWords = (error: unknown): never => {
  if (error instanceof BlueprintNameTaken) throw nameTaken(error.taken)
  if (error instanceof TooManyBlueprints) throw tooManyBlueprints()
  throw error
}
