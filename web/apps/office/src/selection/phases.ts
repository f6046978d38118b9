/** The phases of a selection in their order. */
export const phases = [
  'villages', 'needs', 'quotas', 'nomination', 'checks', 'clearance', 'interview', 'choice', 'publicity', 'lock',
] as const
export type Phase = (typeof phases)[number]

/** Days of a phase: the first one counts, the last one no longer. */
export interface Days {
  phase: string
  from: string
  to: string
}

export type PhaseState = 'unset' | 'coming' | 'open' | 'over'

/** Where a phase stands on the day (YYYY-MM-DD). */
export function phaseState(days: Days | undefined, today: string): PhaseState {
  if (!days?.from || !days.to) return 'unset'
  if (today < days.from) return 'coming'
  return today < days.to ? 'open' : 'over'
}

/** A place on the line from the first day of all to the last, 0..1; for drawing. */
export function spanOf(days: Days, all: readonly Days[]): { start: number; length: number } {
  const at = (day: string) => Date.parse(`${day}T00:00:00Z`)
  const first = Math.min(...all.map((d) => at(d.from)))
  const whole = Math.max(...all.map((d) => at(d.to))) - first
  if (!(whole > 0)) return { start: 0, length: 1 }
  return { start: (at(days.from) - first) / whole, length: (at(days.to) - at(days.from)) / whole }
}
