import type { Plan } from '@jieli/api'
import { atMostShare } from '@jieli/core'

/** What can be said of how good a plan is, as a text key with its number. */
export interface Verdict {
  key: 'recorded' | 'optimal' | 'within'
  /** The share by which the best plan could at most be better, rounded up. */
  gap: number
}

/** A recorded plan has no bound; a solved one is proved to lie within its gap. */
export function verdictOf(plan: Pick<Plan, 'origin' | 'bound' | 'gap' | 'score'>): Verdict {
  if (plan.origin === 'recorded' || plan.bound === 0) return { key: 'recorded', gap: 0 }
  if (plan.score >= plan.bound) return { key: 'optimal', gap: 0 }
  return { key: 'within', gap: atMostShare(plan.gap) }
}
