import type createClient from 'openapi-fetch'
import { ApiError, troubleOf, type Problem } from './problem'
import type { paths } from './schema'

/** The typed client that the calls are made with. */
export type Client = ReturnType<typeof createClient<paths>>

type Answer<Data> = Promise<{ data?: Data; error?: unknown; response: Response }>

/** Takes an answer's data, or throws ApiError. */
export type Bring = <Data>(answer: Answer<Data>, quiet?: boolean) => Promise<Data>

/** Turns an answer into its data, or throws. A call about the session itself (`quiet`) tells nobody of a lost one. */
export function bringer(onSignedOut?: () => void): Bring {
  return async <Data>(answer: Answer<Data>, quiet = false): Promise<Data> => {
    const { data, error, response } = await answer
    if (response.ok) return data as Data
    const trouble = troubleOf(response.status)
    if (trouble === 'signed_out' && !quiet) onSignedOut?.()
    throw new ApiError(trouble, response.status, asProblem(error))
  }
}

/** A proxy between may answer with a page that is no problem document. */
function asProblem(error: unknown): Problem {
  return typeof error === 'object' && error !== null ? error : {}
}
