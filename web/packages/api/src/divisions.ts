import type { Bring, Client } from './bring'
import type { components } from './schema'

type Schemas = components['schemas']

/** A change of divisions that is asked for, and what it does. */
export type RegionRequest = Schemas['RegionChangeRequest']
export type RegionChangeKind = RegionRequest['kind']
export type RegionEffect = Schemas['RegionEffect']
export type RegionChange = Schemas['RegionChange']

/** Every call about changes of divisions. Each throws ApiError. */
export interface DivisionCalls {
  /** Says what a change would do, and changes nothing. */
  tryRegionChange(request: RegionRequest): Promise<RegionEffect>
  changeRegions(request: RegionRequest): Promise<RegionEffect>
  regionChanges(signal?: AbortSignal): Promise<RegionChange[]>
  undoRegionChange(change: number): Promise<RegionChange>
}

/** Makes the calls about changes of divisions. */
export function divisionCalls(client: Client, bring: Bring): DivisionCalls {
  const ask = async (request: RegionRequest, dry: boolean) =>
    (await bring(client.POST('/api/regions/changes', { body: { ...request, dry_run: dry } }))).effect
  return {
    tryRegionChange: (request) => ask(request, true),
    changeRegions: (request) => ask(request, false),
    regionChanges: async (signal) => (await bring(client.GET('/api/regions/changes', { signal }))).changes,
    undoRegionChange: (change) => bring(client.POST('/api/regions/changes/{change}/undo', { params: { path: { change } } })),
  }
}
