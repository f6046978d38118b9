import type { NomineeCheck } from '@jieli/api'

/** How many checks came out how, and the worst of them: a fail is worse than an open question. */
export interface Tally {
  passed: number
  failed: number
  open: number
  worst: NomineeCheck['outcome'] | 'unchecked'
}

export function tally(checks: readonly Pick<NomineeCheck, 'outcome'>[]): Tally {
  const count = (outcome: NomineeCheck['outcome']) => checks.filter((c) => c.outcome === outcome).length
  const counts = { passed: count('pass'), failed: count('fail'), open: count('needs_person') }
  return { ...counts, worst: worstOf(checks.length, counts) }
}

function worstOf(all: number, { failed, open }: { failed: number; open: number }): Tally['worst'] {
  if (all === 0) return 'unchecked'
  if (failed > 0) return 'fail'
  return open > 0 ? 'needs_person' : 'pass'
}
