import type { SkillValue } from '@jieli/api'

/** One speciality: what the village needs of it and what the unit brings. */
export interface Pair {
  speciality: string
  need: number
  skill: number
}

/** Sets needs beside skills, the greatest need first; specialities with neither are left out. */
export function pairsOf(needs: readonly SkillValue[], skills: readonly SkillValue[]): Pair[] {
  const skillOf = new Map(skills.map((s) => [s.speciality, s.value]))
  const needOf = new Map(needs.map((n) => [n.speciality, n.value]))
  return [...new Set([...needOf.keys(), ...skillOf.keys()])]
    .map((speciality) => ({ speciality, need: needOf.get(speciality) ?? 0, skill: skillOf.get(speciality) ?? 0 }))
    .filter((p) => p.need > 0 || p.skill > 0)
    .sort((a, b) => b.need - a.need || b.skill - a.skill)
}
