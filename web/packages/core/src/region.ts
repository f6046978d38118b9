/** The rungs of the division ladder, from the top. */
export const levels = ['province', 'city', 'county', 'township', 'village'] as const
export type Level = (typeof levels)[number]

const codeDigits = 12
const digits: Record<Level, number> = { province: 2, city: 4, county: 6, township: 9, village: codeDigits }

/** The level that a 12-digit code names; a shorter code is read as if it were padded with zeros. */
export function levelOf(code: string): Level {
  const full = padCode(code)
  if (!full.endsWith('000')) return 'village'
  if (full.slice(6, 9) !== '000') return 'township'
  if (full.slice(4, 6) !== '00') return 'county'
  if (full.slice(2, 4) !== '00') return 'city'
  return 'province'
}

/** The code with the zeros that pad it to 12 digits. */
export function padCode(code: string): string {
  return code.padEnd(codeDigits, '0')
}

/** The digits that name the division: 2, 4, 6, 9 or 12 of them. */
export function prefixOf(code: string): string {
  return padCode(code).slice(0, digits[levelOf(code)])
}

/** The code of the division at the level that the code lies in. */
export function codeAt(code: string, level: Level): string {
  return padCode(padCode(code).slice(0, digits[level]))
}

/** Says whether a division lies in another one, or is that one. */
export function liesIn(code: string, area: string): boolean {
  return padCode(code).startsWith(prefixOf(area))
}

/** The next level down; the lowest is its own. */
export function levelBelow(level: Level): Level {
  return levels[Math.min(levels.indexOf(level) + 1, levels.length - 1)] ?? 'village'
}
