import { computed, shallowRef, type ComputedRef, type ShallowRef } from 'vue'
import type { Api, Plan, Round } from '@jieli/api'

/** The rounds and their plans, as the picker shows them. */
export interface Plans {
  rounds: ShallowRef<RoundPlans[]>
  /** Loads them once; again only after `forget`. */
  ready(): Promise<void>
  /** Another account may see other plans. */
  forget(): void
  find(id: string): Plan | undefined
  roundOf(plan: string): Round | undefined
  /** The plan to open first: of the round being planned, else of the newest round that has one. */
  first: ComputedRef<string | undefined>
}

export interface RoundPlans {
  round: Round
  plans: Plan[]
}

export function createPlans(api: Api): Plans {
  const rounds = shallowRef<RoundPlans[]>([])
  let asked: Promise<void> | undefined
  const ask = async () => {
    try {
      const all = await api.rounds()
      rounds.value = await Promise.all(all.map(async (round) => ({ round, plans: await api.plans(round.id) })))
    } catch (error) {
      asked = undefined
      throw error
    }
  }
  return {
    rounds,
    ready: () => (asked ??= ask()),
    forget() {
      asked = undefined
      rounds.value = []
    },
    find: (id) => rounds.value.flatMap((r) => r.plans).find((p) => p.id === id),
    roundOf: (id) => rounds.value.find((r) => r.plans.some((p) => p.id === id))?.round,
    first: computed(() => firstPlan(rounds.value)),
  }
}

/** A plan's name with its round's, or with `origin` where the plan is named after its round. */
export function planTitle(round: Round | undefined, plan: Plan, origin: string): string {
  return !round || plan.name === round.name ? `${plan.name} · ${origin}` : `${round.name} · ${plan.name}`
}

/** Chooses among rounds that come newest first. */
export function firstPlan(rounds: readonly RoundPlans[]): string | undefined {
  const withPlan = rounds.filter((r) => r.round.plan_id !== '')
  const planned = withPlan.find((r) => r.round.status === 'planning')
  return (planned ?? withPlan[0])?.round.plan_id
}
