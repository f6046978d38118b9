import createClient, { type Middleware } from 'openapi-fetch'
import { bringer } from './bring'
import { divisionCalls, type DivisionCalls } from './divisions'
import { policyCalls, type PolicyCalls } from './policies'
import { ApiError } from './problem'
import { registryCalls, type RegistryCalls } from './registry'
import type { paths } from './schema'
import { selectionCalls, type SelectionCalls } from './selections'
import type {
  Block, FoundRegion, Me, Outlines, Plan, RegionPage, Round, TeamPage, TeamRow, UnservedRow, VillagePoint,
} from './types'

export type TeamQuery = NonNullable<paths['/api/plans/{plan}/teams']['get']['parameters']['query']>
export type UnservedQuery = NonNullable<paths['/api/plans/{plan}/unserved']['get']['parameters']['query']>

/** Every call that the office pages make. Each may be given a signal that ends it, and throws ApiError. */
export interface Api extends DivisionCalls, PolicyCalls, RegistryCalls, SelectionCalls {
  me(): Promise<Me>
  signIn(username: string, password: string): Promise<Me>
  signOut(): Promise<void>
  rounds(): Promise<Round[]>
  plans(round: string): Promise<Plan[]>
  plan(plan: string, signal?: AbortSignal): Promise<Plan>
  region(plan: string, code: string, signal?: AbortSignal): Promise<RegionPage>
  points(plan: string, region: string, signal?: AbortSignal): Promise<VillagePoint[]>
  outlines(code: string, signal?: AbortSignal): Promise<Outlines>
  teams(plan: string, query: TeamQuery, signal?: AbortSignal): Promise<Block<TeamRow>>
  team(plan: string, team: string, signal?: AbortSignal): Promise<TeamPage>
  unserved(plan: string, query: UnservedQuery, signal?: AbortSignal): Promise<Block<UnservedRow>>
  searchRegions(q: string, signal?: AbortSignal): Promise<FoundRegion[]>
}

/** What the calls depend on. */
export interface ApiSettings {
  /** Where the server is; empty for the page's own. */
  baseUrl?: string
  /** The language that errors and reasons shall be written in, asked at every call. */
  language: () => string
  /** Told when the server no longer knows the session. */
  onSignedOut?: () => void
  fetch?: typeof fetch
}

const searchLimit = 12

/** Makes the typed calls. */
export function createApi(settings: ApiSettings): Api {
  const client = createClient<paths>({
    baseUrl: settings.baseUrl ?? '',
    fetch: offlineAware(settings.fetch ?? ((request) => fetch(request))),
  })
  client.use(inLanguage(settings.language))
  const bring = bringer(settings.onSignedOut)
  return {
    ...registryCalls(client, bring),
    ...divisionCalls(client, bring),
    ...policyCalls(client, bring),
    ...selectionCalls(client, bring),
    me: () => bring(client.GET('/api/session'), true),
    signIn: (username, password) => bring(client.POST('/api/session', { body: { username, password } }), true),
    signOut: async () => void (await bring(client.DELETE('/api/session'), true)),
    rounds: async () => (await bring(client.GET('/api/rounds'))).rounds,
    plans: async (round) => (await bring(client.GET('/api/rounds/{round}/plans', { params: { path: { round } } }))).plans,
    plan: (plan, signal) => bring(client.GET('/api/plans/{plan}', { params: { path: { plan } }, signal })),
    region: (plan, code, signal) =>
      bring(client.GET('/api/plans/{plan}/regions/{code}', { params: { path: { plan, code } }, signal })),
    points: async (plan, region, signal) => {
      const params = { path: { plan }, query: { region } }
      return (await bring(client.GET('/api/plans/{plan}/points', { params, signal }))).points
    },
    outlines: (code, signal) => bring(client.GET('/api/outlines/{code}', { params: { path: { code } }, signal })),
    teams: (plan, query, signal) =>
      bring(client.GET('/api/plans/{plan}/teams', { params: { path: { plan }, query }, signal })),
    team: (plan, team, signal) =>
      bring(client.GET('/api/plans/{plan}/teams/{team}', { params: { path: { plan, team } }, signal })),
    unserved: (plan, query, signal) =>
      bring(client.GET('/api/plans/{plan}/unserved', { params: { path: { plan }, query }, signal })),
    searchRegions: async (q, signal) => {
      const params = { query: { q, limit: searchLimit } }
      return (await bring(client.GET('/api/regions', { params, signal }))).regions
    },
  }
}

function inLanguage(language: () => string): Middleware {
  return {
    onRequest({ request }) {
      request.headers.set('Accept-Language', language())
      return request
    },
  }
}

/** A fetch that never reached the server is 'offline'; one that its caller ended stays what it is. */
function offlineAware(plain: (request: Request) => Promise<Response>) {
  return async (request: Request) => {
    try {
      return await plain(request)
    } catch (error) {
      if (request.signal.aborted) throw error
      throw new ApiError('offline', 0)
    }
  }
}
