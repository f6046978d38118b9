import { describe, expect, it } from 'vitest'
import { classesOf, formatterFor, noData } from '@jieli/core'
import { measureKeys, measureOf, telling } from '../src/overview/measures'
import { mapOption, mapSource, type Picture } from '../src/overview/option'
import { tighterBound, verdictOf } from '../src/overview/quality'
import { sortFigures, sortVillages } from '../src/overview/rows'
import { areasOf, cornersAround, outlineCode, townshipMarks, villageMarks } from '../src/overview/shapes'
import { anhua, figures, outlines, plan, points } from './fixtures'

describe('measures', () => {
  it('are coverage where the address names none', () => {
    expect(measureOf(undefined).key).toBe('coverage')
    expect(measureOf('__proto__').key).toBe('coverage')
    expect(measureKeys.map((key) => measureOf(key).key)).toEqual([...measureKeys])
  })

  it('begin with one that differs from place to place', () => {
    expect(telling(anhua)).toBe('coverage')
    const same = anhua.children.map((c) => ({ ...c, figures: figures({ villages: c.figures.villages }) }))
    expect(telling({ ...anhua, children: same })).toBe('unit_match')
  })

  it('have no value where there is nothing to measure', () => {
    const none = figures({ villages: 0, served: 0, teams: 0, members: 0 })
    expect(measureKeys.map((key) => measureOf(key).value(none))).toEqual(measureKeys.map(() => undefined))
  })

  it('are written as what they are', () => {
    const format = formatterFor('zh-CN')
    const written = measureKeys.map((key) => measureOf(key).write(measureOf(key).value(anhua.figures), format))
    expect(written).toEqual(['93.3%', '2', '64.5', '60.3', '28'])
  })
})

describe('tables', () => {
  const names = (column: string | undefined, desc: boolean) =>
    sortFigures(anhua.children, column, desc, 'zh-CN').map((row) => row.region.name)

  it('are in the order of codes at first', () => {
    expect(names(undefined, false)).toEqual(['东坪镇', '清塘铺镇', '芙蓉林场'])
    expect(names('no such column', true)).toEqual(['东坪镇', '清塘铺镇', '芙蓉林场'])
  })

  it('sort numbers as numbers and names by pinyin', () => {
    expect(names('villages', true)).toEqual(['清塘铺镇', '东坪镇', '芙蓉林场'])
    expect(names('name', false)).toEqual(['东坪镇', '芙蓉林场', '清塘铺镇'])
  })

  it('keep the order of codes among equals', () => {
    const same = anhua.children.map((c) => ({ ...c, figures: figures({}) }))
    expect(sortFigures([...same].reverse(), 'teams', true, 'zh-CN').map((r) => r.region.name)).toEqual(['东坪镇', '清塘铺镇', '芙蓉林场'])
  })

  it('sort villages', () => {
    expect(sortVillages(points, 'unit_match', true, 'zh-CN').map((p) => p.name)).toEqual(['沙田溪村', '大溪村', '苏溪村'])
    expect(sortVillages(points, undefined, false, 'zh-CN').map((p) => p.name)).toEqual(['大溪村', '沙田溪村', '苏溪村'])
  })
})

describe('a map', () => {
  const measure = measureOf('unit_match')
  const classes = classesOf([50, 70])

  it('colours the divisions that it has figures of and frames the others', () => {
    const [frame] = areasOf(outlines.features, anhua.children, measure, classes)
    expect(frame).toMatchObject({ code: '430923000000', opens: false })
    const child = { region: anhua.region, figures: figures({ unit_match: 70 }) }
    expect(areasOf(outlines.features, [child], measure, classes)[0]).toMatchObject({ opens: true, colour: classes.at(-1)?.colour })
  })

  it('puts a township in the middle of its villages and leaves those without villages out', () => {
    const marks = townshipMarks(points, anhua.children, measure, classes)
    expect(marks.map((m) => m.name)).toEqual(['东坪镇', '清塘铺镇'])
    expect(marks[1]?.at[0]).toBeCloseTo(111.25)
    expect(marks[1]?.size).toBeGreaterThan(marks[0]?.size ?? Infinity)
  })

  it('tells villages without a team by shape as well as by colour', () => {
    const marks = villageMarks(points, () => '#123456', 16)
    expect(marks.map((m) => [m.kind, m.colour])).toEqual([['served', '#123456'], ['unserved', noData], ['served', '#123456']])
    const { series } = mapOption('m', picture({ marks }))
    const drawn = (series as { data: { symbol: string }[] }[])[1]?.data.map((d) => d.symbol)
    expect(drawn).toEqual(['circle', 'diamond', 'circle'])
  })

  it('shows a township in its county', () => {
    expect(outlineCode('430923101000', 'township')).toBe('430923000000')
    expect(outlineCode('430900000000', 'city')).toBe('430900000000')
  })

  it('leaves room around the points', () => {
    const [northWest, southEast] = cornersAround(points) ?? []
    for (const p of points) {
      expect(p.lon).toBeGreaterThan(northWest?.[0] ?? Infinity)
      expect(p.lon).toBeLessThan(southEast?.[0] ?? -Infinity)
      expect(p.lat).toBeLessThan(northWest?.[1] ?? -Infinity)
      expect(p.lat).toBeGreaterThan(southEast?.[1] ?? Infinity)
    }
    expect(cornersAround([])).toBeUndefined()
  })

  it('names each area by its code, so that equal names are told apart', () => {
    expect(mapSource(outlines).features[0]?.properties).toMatchObject({ name: '430923000000', cp: [111.5, 28.5] })
  })

  it('labels only what one can go to', () => {
    const areas = [
      { code: 'a', name: 'A', colour: '#fff', opens: true },
      { code: 'b', name: 'B', colour: '#eee', opens: false },
    ]
    const { geo } = mapOption('m', picture({ areas }))
    const regions = (geo as { regions: { label: { show: boolean }; silent: boolean }[] }).regions
    expect(regions.map((r) => [r.label.show, r.silent])).toEqual([[true, false], [false, true]])
  })

  function picture(given: Partial<Picture>): Picture {
    return { outlines, areas: [], marks: [], villageNames: false, ...given }
  }
})

describe('what is said of a plan', () => {
  it('is that nothing can be said of a record', () => {
    expect(verdictOf({ ...plan, origin: 'recorded', bound: 0, gap: 0 }).key).toBe('recorded')
  })

  it('is that it is the best where score meets bound', () => {
    expect(verdictOf({ ...plan, score: plan.bound, gap: 0 }).key).toBe('optimal')
  })

  it('goes by the tighter bound where there is one', () => {
    expect(verdictOf({ ...plan, tight_bound: plan.score, gap: 0 }).key).toBe('optimal')
    expect(verdictOf({ ...plan, tight_bound: plan.bound + 1 }).key).toBe('within')
    expect(tighterBound({ bound: 10, tight_bound: 0 })).toBe(10)
    expect(tighterBound({ bound: 10, tight_bound: 12 })).toBe(10)
    expect(tighterBound({ bound: 10, tight_bound: -3 })).toBe(-3)
  })

  it('is how far it could at most be from the best, rounded up', () => {
    expect(verdictOf(plan)).toEqual({ key: 'within', gap: 0.0008 })
  })
})
