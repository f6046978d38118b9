/** A score part as the server counts it. */
export interface Part {
  key: string
  points: number
}

/** A score part with the length of its bar, 0..1 of the longest one, and its share of the sum. */
export interface PartBar extends Part {
  length: number
  share: number
}

/**
 * Measures the parts for drawing. `share` is the part's share of the total score; the shares sum to 1, with negative
 * parts counting against the others.
 */
export function partBars(parts: readonly Part[]): PartBar[] {
  const longest = Math.max(...parts.map((p) => Math.abs(p.points)), 1)
  const total = totalOf(parts)
  return parts.map((p) => ({
    ...p,
    length: Math.abs(p.points) / longest,
    share: total === 0 ? 0 : p.points / total,
  }))
}

/** The sum of the parts: the team's score. */
export function totalOf(parts: readonly Part[]): number {
  return parts.reduce((sum, p) => sum + p.points, 0)
}

/** A team as far as the words for its score parts need it. */
export interface TeamFacts {
  /** Those in the reader's region. */
  villages: readonly { difficulty: number; match: number }[]
  /** How many villages lie outside the reader's region. */
  elsewhere: number
  unit: { strength: number }
  members: readonly { role: string; match: number; rural_years: number; young_pool: boolean; grade: number }[]
  /** Left out where the first village lies outside the reader's region. */
  distance_km?: number
}

/** The parts whose sentences speak of the first village. */
const ofFirstVillage = ['unit_match', 'unit_strength', 'unit_distance']

/** Says whether a part rests on a village that the reader may not see, so that its sentence cannot be told. */
export function restsElsewhere(part: Part, team: TeamFacts): boolean {
  return team.distance_km === undefined && ofFirstVillage.includes(part.key)
}

const countedRuralYears = 10

/**
 * The facts that the sentence of each score part names; the rules are those of the dispatch contract §3: rural years
 * count up to 10 a person, the unit is paired with the first village.
 */
export function partFacts(team: TeamFacts): Record<string, number> {
  const first = team.villages[0]
  const leader = team.members.find((m) => m.role === 'leader')
  return {
    match: first?.match ?? 0,
    difficulty: first?.difficulty ?? 0,
    strength: team.unit.strength,
    km: team.distance_km ?? 0,
    further: team.villages.length + team.elsewhere - 1,
    members: team.members.length,
    memberMatch: mean(team.members.map((m) => m.match)),
    ruralYears: sum(team.members.map((m) => Math.min(m.rural_years, countedRuralYears))),
    young: team.members.filter((m) => m.young_pool).length,
    grade: leader?.grade ?? 0,
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : Math.round(sum(values) / values.length)
}
