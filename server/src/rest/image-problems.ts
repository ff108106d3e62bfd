import { ProblemError } from '../problem.ts'

export const tooManyAddresses = (most: number, seconds: number) =>
  new ProblemError({
    kind: 'too-many-calls',
    status: 429,
    title: 'Too many calls',
    detail: `More than ${most} addresses were asked for from your account within a minute.`,
    hint: `Try again in ${seconds} s.`,
    retryAfterSeconds: seconds,
  })
