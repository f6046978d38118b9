import { describe, expect, it } from 'vitest'
import { chosenLanguage, createTexts, keysOf } from '@jieli/core'

const storing = (value: string | null) => ({ getItem: () => value })

describe('languages', () => {
  it('begin with Chinese', () => {
    expect(chosenLanguage(storing(null))).toBe('zh-CN')
    expect(chosenLanguage(storing('xx'))).toBe('zh-CN')
  })

  it('are those of the last visit', () => {
    expect(chosenLanguage(storing('en'))).toBe('en')
  })

  it('fall back to Chinese for a text that is missing', () => {
    const { global } = createTexts({ greeting: '你好' })
    global.setLocaleMessage('en', {})
    global.locale.value = 'en'
    expect(global.t('greeting')).toBe('你好')
  })
})

it('keys of nested texts are dotted paths', () => {
  expect(keysOf({ b: { y: 'Y', x: 'X' }, a: 'A' })).toEqual(['a', 'b.x', 'b.y'])
})
