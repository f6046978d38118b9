import { describe, expect, it } from 'vitest'
import { codeAt, levelBelow, levelOf, levels, liesIn, padCode, prefixOf } from '@jieli/core'

const ladder = ['430000000000', '430900000000', '430923000000', '430923107000', '430923107201']

describe('division codes', () => {
  it('tell their level', () => {
    expect(ladder.map(levelOf)).toEqual([...levels])
  })

  it('may be written without their zeros', () => {
    expect(['43', '4309', '430923', '430923107'].map(levelOf)).toEqual(['province', 'city', 'county', 'township'])
    expect(padCode('4309')).toBe('430900000000')
  })

  it('give the digits that name the division', () => {
    expect(ladder.map(prefixOf)).toEqual(['43', '4309', '430923', '430923107', '430923107201'])
  })

  it('keep a zero that belongs to a name', () => {
    expect(prefixOf('430110000000')).toBe('430110')
    expect(levelOf('430923100000')).toBe('township')
    expect(prefixOf('430923100000')).toBe('430923100')
  })

  it('name the divisions that they lie in', () => {
    expect(levels.map((level) => codeAt('430923107201', level))).toEqual(ladder)
  })

  it('lie in every division above them and in no other', () => {
    for (const above of ladder) expect(liesIn('430923107201', above)).toBe(true)
    expect(liesIn('430923107201', '430922000000')).toBe(false)
    expect(liesIn('430900000000', '430923000000')).toBe(false)
  })
})

it('a village is the lowest level', () => {
  expect(levels.map(levelBelow)).toEqual(['city', 'county', 'township', 'village', 'village'])
})
