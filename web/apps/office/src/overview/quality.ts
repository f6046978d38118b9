import type { Plan } from '@jieli/api'
import { atMostShare } from '@jieli/core'

/** What can be said of how good a plan is, as a text key with its number. */
export interface Verdict {
  key: 'recorded' | 'optimal' | 'within'
  /** The share by which the best plan could at most be better, rounded up. */
  gap: number
}

/** A recorded plan has no bound; a solved one is proved to lie within its gap. */
export function verdictOf(plan: Pick<Plan, 'origin' | 'bound' | 'tight_bound' | 'gap' | 'score'>): Verdict {
  if (plan.origin === 'recorded' || plan.bound === 0) return { key: 'recorded', gap: 0 }
  if (plan.score >= tighterBound(plan)) return { key: 'optimal', gap: 0 }
  return { key: 'within', gap: atMostShare(plan.gap) }
}

/** The lower one of the two bounds; a plan may have the contract's only. */
export function tighterBound(plan: Pick<Plan, 'bound' | 'tight_bound'>): number {
  return plan.tight_bound === 0 ? plan.bound : Math.min(plan.bound, plan.tight_bound)
}
