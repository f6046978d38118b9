import type { Outlines } from '@jieli/api'
import type { MapOption } from './echarts'
import type { Area, Mark } from './shapes'

/** The picture as data: what the map component draws. */
export interface Picture {
  outlines: Outlines
  areas: Area[]
  marks: Mark[]
  /** North-west and south-east corner, where not all of the outlines shall be shown. */
  corners?: [[number, number], [number, number]]
  /** Whether villages carry their names: only where there are few. */
  villageNames: boolean
}

const ink = '#1c2227'
const red = '#8f1d22'
const font = "'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif"
const label = { fontFamily: font, color: ink, textBorderColor: 'rgba(255,255,255,0.9)', textBorderWidth: 3 }

/** Degrees of longitude are shorter than those of latitude by the cosine of it; 27.5° is the middle of Hunan. */
const aspect = Math.cos((27.5 * Math.PI) / 180)

/** The outlines as ECharts wants them: with a label point `cp` and the full code as the name. */
export function mapSource(outlines: Outlines) {
  const features = outlines.features.map((f, i) => ({
    type: 'Feature' as const,
    geometry: f.geometry as { type: 'Polygon'; coordinates: number[][][] },
    properties: { name: f.properties.code.padEnd(12, '0'), cp: f.properties.inner as [number, number], index: i },
  }))
  return { type: 'FeatureCollection' as const, features }
}

/** What ECharts draws for a picture. */
export function mapOption(mapName: string, picture: Picture): MapOption {
  return {
    animation: false,
    geo: {
      map: mapName,
      aspectScale: aspect,
      left: 8,
      right: 8,
      top: 8,
      bottom: 8,
      preserveAspect: 'contain',
      boundingCoords: picture.corners,
      roam: false,
      selectedMode: false,
      itemStyle: { borderColor: '#ffffff', borderWidth: 1.25 },
      emphasis: { itemStyle: { areaColor: undefined, borderColor: ink, borderWidth: 2 }, label: { show: true, ...label } },
      regions: picture.areas.map((area) => geoRegion(area, picture.areas.length)),
      labelLayout: { hideOverlap: true },
    } as MapOption['geo'],
    series: [townships(picture.marks), villages(picture)],
  }
}

function geoRegion(area: Area, among: number) {
  const itemStyle = { areaColor: area.colour, borderColor: area.opens ? '#ffffff' : '#9aa5a0' }
  return {
    name: area.code,
    silent: !area.opens,
    itemStyle,
    emphasis: { itemStyle: { areaColor: area.colour } },
    label: { show: area.opens && among > 1, formatter: area.name, fontSize: 12, ...label },
  }
}

function townships(marks: Mark[]) {
  return {
    type: 'scatter' as const,
    coordinateSystem: 'geo' as const,
    z: 4,
    data: marks.filter((m) => m.kind === 'township').map((m) => datum(m, 'circle')),
    itemStyle: { opacity: 0.92 },
    emphasis: { scale: 1.15, itemStyle: { borderColor: ink } },
    label: { show: true, position: 'bottom' as const, formatter: '{b}', fontSize: 12, ...label },
    labelLayout: { hideOverlap: true },
  }
}

function villages(picture: Picture) {
  const marks = picture.marks.filter((m) => m.kind !== 'township')
  return {
    type: 'scatter' as const,
    coordinateSystem: 'geo' as const,
    z: picture.villageNames ? 4 : 3,
    silent: !picture.villageNames,
    data: marks.map((m) => datum(m, m.kind === 'served' ? 'circle' : 'diamond')),
    itemStyle: { opacity: 1 },
    emphasis: { scale: 1.3 },
    label: { show: picture.villageNames, position: 'right' as const, formatter: '{b}', fontSize: 12, ...label },
    labelLayout: { hideOverlap: true },
  }
}

function datum(mark: Mark, symbol: string) {
  const missing = mark.kind === 'unserved'
  const itemStyle = missing
    ? { color: '#ffffff', borderColor: red, borderWidth: 2 }
    : { color: mark.colour, borderColor: mark.size > 8 ? '#33504b' : '#ffffff', borderWidth: mark.size > 8 ? 1 : 0.5 }
  return { name: mark.name, code: mark.code, value: mark.at, symbol, symbolSize: mark.size, itemStyle }
}
