import { describe, expect, it } from 'vitest'
import { writeFilter, type RegistryFilter } from '@jieli/api'
import { readFilter } from '../src/registry/question'
import { comparisons, join, optionsOf, shownValue, split, valuesWanted, widthOf } from '../src/registry/values'
import { cadres, field, names } from './registry-fixtures'

describe('a filter in an address', () => {
  it.each<RegistryFilter>([
    { field: 'name', op: 'contains', values: ['张;三:四'] },
    { field: 'sex', op: 'in', values: ['1', '2'] },
    { field: 'birth_date', op: 'between', values: ['1980-01-01', '1990-12-31'] },
    { field: 'native', op: 'empty', values: [] },
  ])('is read as it was written: %o', (filter) => {
    expect(readFilter(writeFilter(filter))).toEqual(filter)
  })

  it('is none where it is malformed', () => {
    expect(readFilter('name')).toBeUndefined()
    expect(readFilter('')).toBeUndefined()
  })
})

describe('values', () => {
  const [, , unit, sex] = cadres.fields
  it('are shown by label and by name, and as they are where nothing better is known', () => {
    expect(sex && shownValue(sex, '2', names, sex.options)).toBe('女')
    expect(unit && shownValue(unit, 'U1', names, [])).toBe('省委宣传部')
    expect(unit && shownValue(unit, 'U9', names, [])).toBe('U9')
    expect(shownValue(field({ key: 'x' }), 'a;b', {}, [])).toBe('a;b')
    expect(shownValue(field({ key: 'x' }), undefined, {}, [])).toBe('')
  })

  it('are joined sorted and once each, and split again', () => {
    expect(join(['b', 'a', 'b'])).toBe('a;b')
    expect(split('a;b')).toEqual(['a', 'b'])
    expect(split('')).toEqual([])
  })

  it('of a boolean are yes and no', () => {
    expect(optionsOf(field({ key: 'x', type: 'boolean' }), '是', '否').map((o) => o.label)).toEqual(['是', '否'])
  })

  it('of a secret are found by the whole only', () => {
    expect(comparisons(field({ key: 'x', masked: true }))).not.toContain('contains')
    expect(comparisons(field({ key: 'x' }))[0]).toBe('contains')
    expect(comparisons(field({ key: 'x', type: 'date' }))[0]).toBe('between')
  })

  it('are as many as the comparison wants', () => {
    expect(['filled', 'eq', 'between', 'in'].map(valuesWanted)).toEqual([0, 1, 2, Infinity])
  })

  it('never make a column narrower than its heading', () => {
    expect(widthOf(field({ key: 'x', type: 'integer', label: '一二三四五六七八九十' }))).toBeGreaterThan(140)
  })
})
