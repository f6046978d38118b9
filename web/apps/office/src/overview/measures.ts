import type { Figures, RegionPage } from '@jieli/api'
import type { Formatter } from '@jieli/core'

/** What a map can be coloured by. */
export const measureKeys = ['coverage', 'unserved', 'unit_match', 'member_match', 'teams'] as const
export type MeasureKey = (typeof measureKeys)[number]

/** How a measure is read off the figures and written. */
export interface Measure {
  key: MeasureKey
  /** The value, undefined where there is nothing to measure. */
  value(figures: Figures): number | undefined
  write(value: number | undefined, format: Formatter): string
  /** The smallest width of a colour class: 1 for counts. */
  least: number
}

const some = (there: number, value: number) => (there > 0 ? value : undefined)

const measures: Record<MeasureKey, Omit<Measure, 'key'>> = {
  coverage: {
    value: (f) => some(f.villages, f.coverage),
    write: (v, format) => format.percent(v),
    least: 0.001,
  },
  unserved: { value: (f) => some(f.villages, f.unserved), write: (v, format) => format.count(v), least: 1 },
  unit_match: { value: (f) => some(f.teams, f.unit_match), write: (v, format) => format.mark(v), least: 0.1 },
  member_match: { value: (f) => some(f.members, f.member_match), write: (v, format) => format.mark(v), least: 0.1 },
  teams: { value: (f) => some(f.villages, f.teams), write: (v, format) => format.count(v), least: 1 },
}

/** The measure of a key from the address; coverage where it names none. */
export function measureOf(key: string | undefined): Measure {
  const known = measureKeys.find((k) => k === key) ?? 'coverage'
  return { key: known, ...measures[known] }
}

/** The measure to show first: coverage, unless it is the same everywhere and so says nothing. */
export function telling(page: RegionPage | undefined): MeasureKey {
  const shares = new Set(page?.children.filter((c) => c.figures.villages > 0).map((c) => c.figures.coverage))
  return shares.size === 1 ? 'unit_match' : 'coverage'
}
