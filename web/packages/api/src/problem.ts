import type { components } from './schema'

/** What stands in the way, as far as a page has to know it. */
export type Trouble = 'offline' | 'signed_out' | 'not_found' | 'forbidden' | 'invalid' | 'busy' | 'server'

type Contract = components['schemas']

/** One field that the server did not accept. */
export type FieldProblem = Contract['Located']

/** What is known of a problem+json answer (RFC 9457): all of it from our server, nothing from a proxy's page. */
export type Problem = Partial<Contract['Problem']>

/** Any call that did not bring what was asked for. `message` is in the caller's language where the server wrote it. */
export class ApiError extends Error {
  readonly trouble: Trouble
  readonly status: number
  readonly code: string
  readonly fields: FieldProblem[]

  constructor(trouble: Trouble, status: number, problem: Problem = {}) {
    super(problem.detail ?? problem.title ?? trouble)
    this.name = 'ApiError'
    this.trouble = trouble
    this.status = status
    this.code = problem.code ?? ''
    this.fields = problem.errors ?? []
  }
}

/** Sorts an HTTP status by what a reader can do about it. */
export function troubleOf(status: number): Trouble {
  switch (status) {
    case 401:
      return 'signed_out'
    case 403:
      return 'forbidden'
    case 404:
      return 'not_found'
    case 400:
    case 409:
    case 422:
      return 'invalid'
    case 429:
    case 503:
      return 'busy'
    default:
      return 'server'
  }
}
