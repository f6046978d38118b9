import type { Outline, RegionFigures, VillagePoint } from '@jieli/api'
import { codeAt, colourOf, noData, padCode, type ColourClass, type Level } from '@jieli/core'
import type { Measure } from './measures'

/** An area of the map: one division with its colour, or the frame in which points lie. */
export interface Area {
  code: string
  name: string
  colour: string
  /** Whether a click leads somewhere. */
  opens: boolean
}

/** A mark on the map: a township's middle or a village. */
export interface Mark {
  code: string
  name: string
  at: [lon: number, lat: number]
  size: number
  colour: string
  kind: 'township' | 'served' | 'unserved'
}

const frameColour = '#eef1ee'

/** The areas that outlines make: those of children get their measure's colour, others frame the picture. */
export function areasOf(
  outlines: readonly Outline[], children: readonly RegionFigures[], measure: Measure, classes: readonly ColourClass[],
): Area[] {
  const byCode = new Map(children.map((child) => [child.region.code, child]))
  return outlines.map(({ properties }) => {
    const code = padCode(properties.code)
    const child = byCode.get(code)
    const colour = child ? colourOf(measure.value(child.figures), classes) : frameColour
    return { code, name: properties.name, colour, opens: child !== undefined }
  })
}

/** Where each township's villages have their middle, as big as its number of villages. */
export function townshipMarks(
  points: readonly VillagePoint[], children: readonly RegionFigures[], measure: Measure,
  classes: readonly ColourClass[],
): Mark[] {
  const groups = byTownship(points)
  return children.flatMap(({ region, figures }) => {
    const villages = groups.get(region.code)
    if (!villages) return []
    return [{
      code: region.code,
      name: region.name,
      at: middle(villages),
      size: 8 + 4 * Math.sqrt(villages.length),
      colour: colourOf(measure.value(figures), classes),
      kind: 'township' as const,
    }]
  })
}

/** One mark a village; without a team it is of another shape as well as of another colour. */
export function villageMarks(
  points: readonly VillagePoint[], colour: (point: VillagePoint) => string, size: number,
): Mark[] {
  return points.map((p) => ({
    code: p.code,
    name: p.name,
    at: [p.lon, p.lat],
    size: p.team ? size : size + 2,
    colour: p.team ? colour(p) : noData,
    kind: p.team ? 'served' as const : 'unserved' as const,
  }))
}

/** Which division's outlines the map of a division shows: a township has none and is shown in its county's. */
export function outlineCode(code: string, level: Level): string {
  return level === 'township' || level === 'village' ? codeAt(code, 'county') : code
}

/** The corners of the map around the points, north-west first, with some room around; undefined without points. */
export function cornersAround(points: readonly VillagePoint[]): [[number, number], [number, number]] | undefined {
  if (points.length === 0) return undefined
  const lons = points.map((p) => p.lon)
  const lats = points.map((p) => p.lat)
  const room = Math.max(spread(lons), spread(lats), 0.02) * 0.15
  return [
    [Math.min(...lons) - room, Math.max(...lats) + room],
    [Math.max(...lons) + room, Math.min(...lats) - room],
  ]
}

function byTownship(points: readonly VillagePoint[]): Map<string, VillagePoint[]> {
  const groups = new Map<string, VillagePoint[]>()
  for (const point of points) {
    const township = codeAt(point.code, 'township')
    groups.set(township, [...(groups.get(township) ?? []), point])
  }
  return groups
}

function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values)
}

function middle(points: readonly VillagePoint[]): [number, number] {
  const mean = (pick: (p: VillagePoint) => number) => points.reduce((sum, p) => sum + pick(p), 0) / points.length
  return [mean((p) => p.lon), mean((p) => p.lat)]
}
