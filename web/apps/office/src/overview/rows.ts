import type { RegionFigures, VillagePoint } from '@jieli/api'

/** The sortable columns of the table of divisions. */
export const figureColumns = [
  'name', 'villages', 'served', 'unserved', 'coverage', 'teams', 'members', 'unit_match', 'member_match',
] as const
export type FigureColumn = (typeof figureColumns)[number]

/** The sortable columns of the table of villages. */
export const villageColumns = ['name', 'category', 'team', 'unit_match'] as const
export type VillageColumn = (typeof villageColumns)[number]

/** Orders divisions; without a column, by code. Equal ones stay in the order of their codes. */
export function sortFigures(
  rows: readonly RegionFigures[], column: string | undefined, desc: boolean, language: string,
): RegionFigures[] {
  const key = figureColumns.find((c) => c === column)
  return sorted(rows, (row) => row.region.code, key && ((row) => (key === 'name' ? row.region.name : row.figures[key])),
    desc, language)
}

/** Orders villages; without a column, by code. */
export function sortVillages(
  rows: readonly VillagePoint[], column: string | undefined, desc: boolean, language: string,
): VillagePoint[] {
  const key = villageColumns.find((c) => c === column)
  return sorted(rows, (row) => row.code, key && ((row) => row[key]), desc, language)
}

function sorted<Row>(
  rows: readonly Row[], code: (row: Row) => string, value: ((row: Row) => string | number) | undefined,
  desc: boolean, language: string,
): Row[] {
  const words = new Intl.Collator(language, { numeric: true })
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : words.compare(String(a), String(b))
  const byCode = [...rows].sort((a, b) => (code(a) < code(b) ? -1 : 1))
  if (!value) return byCode
  return byCode.sort((a, b) => compare(value(a), value(b)) * (desc ? -1 : 1))
}
