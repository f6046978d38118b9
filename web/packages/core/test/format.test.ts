import { describe, expect, it } from 'vitest'
import { atMostShare, formatterFor } from '@jieli/core'

const chinese = formatterFor('zh-CN')
const english = formatterFor('en')

describe('numbers', () => {
  it('are grouped', () => {
    expect(chinese.count(24021)).toBe('24,021')
    expect(english.count(0)).toBe('0')
  })

  it('carry their sign where they are parts of a sum', () => {
    expect(chinese.signed(216000)).toBe('+216,000')
    expect(chinese.signed(-12450)).toBe('−12,450')
  })

  it('keep their decimals so that columns line up', () => {
    expect(chinese.mark(64)).toBe('64.0')
    expect(chinese.percent(1)).toBe('100.0%')
    expect(chinese.percent(0.98123, 2)).toBe('98.12%')
    expect(english.percent(0.44, 0)).toBe('44%')
  })

  it('have a true minus sign', () => {
    expect(chinese.percent(-0.015)).toBe('−1.5%')
    expect(chinese.count(-34758)).toBe('−34,758')
  })

  it('are a dash where there is nothing to count', () => {
    expect([chinese.count(undefined), chinese.mark(undefined), chinese.percent(undefined)]).toEqual(['—', '—', '—'])
    expect(chinese.mark(Number.NaN)).toBe('—')
  })
})

describe('a gap that is at most so much', () => {
  it('is never rounded down', () => {
    expect(atMostShare(0.00078)).toBe(0.0008)
    expect(atMostShare(0.000701)).toBe(0.0008)
    expect(atMostShare(0.0000001)).toBe(0.0001)
  })

  it('stays as it is where it is whole hundredths of a percent', () => {
    for (const share of [0, 0.0001, 0.0003, 0.0007, 0.0008, 0.0123, 0.5]) expect(atMostShare(share)).toBe(share)
  })
})

it('a moment is written in the language of the reader', () => {
  expect(chinese.moment('2023-04-20T08:00:00Z')).toContain('2023年4月20日')
  expect(english.moment('2023-04-20T08:00:00Z')).toContain('Apr 20, 2023')
})
