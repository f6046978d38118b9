import type { Bring, Client } from './bring'
import type { FieldProblem } from './problem'
import type { components } from './schema'

type Schemas = components['schemas']

/** The shapes of policies, under the names that pages use. */
export type Policy = Schemas['Policy']
export type PolicyKey = Schemas['PolicyKey']
export type PolicyValue = Schemas['PolicyValue']
export type PolicyDraft = Schemas['PolicyDraft']
export type PolicyDiff = Schemas['PolicyDiff']
export type PolicySample = Schemas['PolicySample']
export type EffectivePolicy = Schemas['EffectivePolicy']

/** Every call about policies. Each throws ApiError. */
export interface PolicyCalls {
  /** The policies of a division, of those above it and of those in it. */
  policies(region: string, signal?: AbortSignal): Promise<Policy[]>
  policy(id: string, signal?: AbortSignal): Promise<Policy>
  policyKeys(signal?: AbortSignal): Promise<PolicyKey[]>
  /** Why a draft cannot be put in force yet; none: it can. */
  policyFaults(id: string, signal?: AbortSignal): Promise<FieldProblem[]>
  policyDiff(before: string, after: string, signal?: AbortSignal): Promise<PolicyDiff>
  /** What all levels say together on a day, YYYY-MM-DD, or today. */
  effectivePolicy(region: string, day: string | undefined, signal?: AbortSignal): Promise<EffectivePolicy>
  policySamples(signal?: AbortSignal): Promise<PolicySample[]>
  /** Keeps a draft: a new one where there is no id. */
  savePolicy(id: string | undefined, draft: PolicyDraft): Promise<Policy>
  dropPolicy(id: string, version: number): Promise<void>
  enforcePolicy(id: string, version: number): Promise<Policy>
  /** Makes a draft of a sample for the division. */
  importSample(sample: string, region: string): Promise<Policy>
}

/** Makes the calls about policies. */
export function policyCalls(client: Client, bring: Bring): PolicyCalls {
  const at = (policy: string) => ({ path: { policy } })
  return {
    policies: async (region, signal) =>
      (await bring(client.GET('/api/policies', { params: { query: { region } }, signal }))).policies,
    policy: (id, signal) => bring(client.GET('/api/policies/{policy}', { params: at(id), signal })),
    policyKeys: async (signal) => (await bring(client.GET('/api/policy-keys', { signal }))).keys,
    policyFaults: async (id, signal) =>
      (await bring(client.GET('/api/policies/{policy}/faults', { params: at(id), signal }))).faults,
    policyDiff: (before, after, signal) =>
      bring(client.GET('/api/policies/{policy}/diff', { params: { ...at(after), query: { before } }, signal })),
    effectivePolicy: (region, day, signal) =>
      bring(client.GET('/api/policy-effective', { params: { query: { region, day } }, signal })),
    policySamples: async (signal) => (await bring(client.GET('/api/policy-samples', { signal }))).samples,
    savePolicy: (id, body) =>
      id === undefined
        ? bring(client.POST('/api/policies', { body }))
        : bring(client.PUT('/api/policies/{policy}', { params: at(id), body })),
    dropPolicy: async (id, version) =>
      void (await bring(client.DELETE('/api/policies/{policy}', { params: { ...at(id), query: { version } } }))),
    enforcePolicy: (id, version) =>
      bring(client.POST('/api/policies/{policy}/enforce', { params: at(id), body: { version } })),
    importSample: (sample, region) =>
      bring(client.POST('/api/policy-samples/{sample}/import', { params: { path: { sample } }, body: { region } })),
  }
}
