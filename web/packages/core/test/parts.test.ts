import { describe, expect, it } from 'vitest'
import { partBars, partFacts, restsElsewhere, totalOf } from '@jieli/core'

const parts = [
  { key: 'unit_match', points: 216000 },
  { key: 'unit_prior', points: 0 },
  { key: 'unit_distance', points: -12450 },
  { key: 'member_match', points: 108000 },
]

const team = {
  villages: [{ difficulty: 44, match: 72 }, { difficulty: 10, match: 50 }],
  elsewhere: 0,
  unit: { strength: 56 },
  members: [
    { role: 'leader', match: 60, rural_years: 12, young_pool: false, grade: 7 },
    { role: 'member', match: 71, rural_years: 3, young_pool: true, grade: 2 },
  ],
  distance_km: 83,
}

describe('score parts', () => {
  it('sum to the score', () => {
    expect(totalOf(parts)).toBe(311550)
  })

  it('have shares that sum to one, those against it below zero', () => {
    const bars = partBars(parts)
    expect(bars.reduce((sum, p) => sum + p.share, 0)).toBeCloseTo(1, 12)
    expect(bars[2]?.share).toBeLessThan(0)
  })

  it('have bars as long as their amounts, the longest full', () => {
    expect(partBars(parts).map((p) => p.length)).toEqual([1, 0, 12450 / 216000, 0.5])
  })

  it('can be drawn where nothing scored', () => {
    const none = partBars([{ key: 'further', points: 0 }])
    expect(none).toEqual([{ key: 'further', points: 0, length: 0, share: 0 }])
  })
})

describe('the facts behind the parts', () => {
  it('are of the first village, the unit and the members', () => {
    expect(partFacts(team)).toEqual({
      match: 72, difficulty: 44, strength: 56, km: 83, further: 1, members: 2, memberMatch: 66, ruralYears: 13, young: 1,
      grade: 7,
    })
  })

  it('count villages that the reader may not see as further ones', () => {
    expect(partFacts({ ...team, elsewhere: 1 }).further).toBe(2)
  })

  it('cannot be told where the first village lies elsewhere', () => {
    const far = { ...team, distance_km: undefined, elsewhere: 1 }
    const told = parts.filter((p) => !restsElsewhere(p, far)).map((p) => p.key)
    expect(told).toEqual(['unit_prior', 'member_match'])
    expect(parts.some((p) => restsElsewhere(p, team))).toBe(false)
  })
})
