/** Why a blueprint is not saved, changed or deleted. */
import type { BlueprintHead } from '@deployer/core/blueprint.ts'
import { MOST_BLUEPRINTS } from '../blueprints/blueprints.ts'
import { ProblemError } from '../problem.ts'

export const nameTaken = (name: string) =>
  new ProblemError({
    kind: 'blueprint-name-taken',
    status: 409,
    title: 'You have a blueprint of this name',
    detail: `One of your blueprints is called ${name} already.`,
    hint: 'Give it another name, or replace the earlier one.',
  })

export const tooManyBlueprints = () =>
  new ProblemError({
    kind: 'too-many-blueprints',
    status: 409,
    title: 'Too many blueprints',
    detail: `You have ${MOST_BLUEPRINTS} blueprints, as many as one account may keep.`,
    hint: 'Delete one that nobody needs any more.',
  })

const fromHere = 'Start a deployment from it and save that under a name of your own.'

export const readOnlyExample = ({ name }: BlueprintHead) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Examples stay as they are',
    detail: `${name} comes with the deployer.`,
    hint: fromHere,
  })

export const notYourBlueprint = ({ name, owner }: BlueprintHead) =>
  new ProblemError({
    kind: 'not-permitted',
    status: 403,
    title: 'Not permitted',
    detail: `${name} belongs to ${owner}, who alone may change and delete it.`,
    hint: fromHere,
  })

export const tooManyChanges = (changesPerMinute: number, seconds: number) =>
  new ProblemError({
    kind: 'too-many-changes',
    status: 429,
    title: 'Too many changes',
    detail: `You have saved, changed or deleted blueprints ${changesPerMinute} times within a minute.`,
    hint: `Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  })

export const unreadableText = (message: string) =>
  new ProblemError({
    kind: 'bad-request',
    status: 400,
    title: 'This is no YAML and no JSON',
    detail: message,
    hint: 'A blueprint is a file in one of the two; an exported one shows its form.',
  })
