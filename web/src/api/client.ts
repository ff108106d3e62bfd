import createClient from 'openapi-fetch'
import { learnServerTime } from './clock.ts'
import type { paths } from './generated/schema.ts'
import { problemOf } from './problem.ts'

/** Calls the API with the types of its OpenAPI document. The session's cookie goes along by itself. */
export const client = createClient<paths>({ baseUrl: '/' })

client.use({
  onResponse: ({ response }) => {
    learnServerTime(response.headers.get('date'), Date.now())
  },
})

/** The data of a call; throws an ApiError where there is none. */
export const unwrap = async <T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<T> => {
  const { data, error, response } = await call
  if (data === undefined || error !== undefined) throw problemOf(response, error)
  return data
}
