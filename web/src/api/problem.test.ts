import { expect, test } from 'vitest'
import { problemOf, toApiError } from './problem.ts'

const problem = {
  type: 'https://example.invalid/problems/second-factor-required',
  title: 'A second factor is missing',
  status: 401,
  detail: 'This account has one.',
  requestId: 'r-1',
  factors: ['totp'],
}

test('a problem document keeps its words and what came with it', () => {
  const error = problemOf(new Response(null, { status: 401 }), problem)
  expect(error.problem.title).toBe('A second factor is missing')
  expect(error.kind).toBe('second-factor-required')
  expect(error.body).toBe(problem)
})

test.each([
  [502, 'The server of this page does not answer'],
  [418, "The server answered 418 I'm a teapot"],
])('an answer of something in between, %d', (status, title) => {
  const response = new Response(null, { status, statusText: "I'm a teapot" })
  for (const body of ['<html>', null, {}, { ...problem, status: '401' }])
    expect(problemOf(response, body)).toMatchObject({ status, problem: { title } })
})

test('no connection is told from a fault of the page', () => {
  expect(toApiError(new TypeError('Failed to fetch')).status).toBe(0)
  expect(toApiError(new RangeError('x')).problem.detail).toBe('x')
  const known = problemOf(new Response(null, { status: 404 }), null)
  expect(toApiError(known)).toBe(known)
})
