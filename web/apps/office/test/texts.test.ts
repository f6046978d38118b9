import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { keysOf, type Messages } from '@jieli/core'
import chinese from '../src/locales/zh-CN'
import english from '../src/locales/en'

const roots = [join(__dirname, '../src'), join(__dirname, '../../../packages/ui/src')]
const sources = roots.flatMap(filesUnder).filter((f) => /\.(vue|ts)$/.test(f)).map((f) => readFileSync(f, 'utf8'))
const chineseKeys = keysOf(chinese)

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((e) => e.isFile())
    .map((e) => join(e.parentPath, e.name))
}

/** The keys that the code names outright, as in t('nav.teams'), and the beginnings of those that it puts together. */
function namedKeys() {
  const code = sources.join('\n')
  const whole = [...code.matchAll(/\bt\('([\w.]+)'/g)].map((m) => m[1] ?? '')
  const quoted = [...code.matchAll(/'([a-z_]+\.[\w.]+)'/g)].map((m) => m[1] ?? '')
  const starts = [...code.matchAll(/`([a-z_]+\.)(?:\$\{|[a-z_]+\$)/g)].map((m) => m[1] ?? '')
  return { whole, quoted, starts }
}

function textsOf(messages: Messages): string[] {
  return Object.values(messages).flatMap((v) => (typeof v === 'string' ? [v] : textsOf(v)))
}

const textAt = (messages: Messages, key: string) =>
  key.split('.').reduce<string | Messages>((at, step) => (at as Messages)[step] ?? '', messages) as string

const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

describe('texts', () => {
  it('are there in both languages', () => {
    expect(keysOf(english)).toEqual(chineseKeys)
  })

  it('fill the same blanks in both languages', () => {
    for (const key of chineseKeys) {
      expect([key, namesIn(textAt(english, key))]).toEqual([key, namesIn(textAt(chinese, key))])
    }
  })

  it('are nowhere empty', () => {
    expect([...textsOf(chinese), ...textsOf(english)].filter((text) => text.trim() === '')).toEqual([])
  })

  it('hold nothing that the message syntax takes for its own', () => {
    expect([...textsOf(chinese), ...textsOf(english)].filter((text) => /[|@]/.test(text))).toEqual([])
  })

  it('are there for every key that the code names', () => {
    const { whole } = namedKeys()
    expect(whole.length).toBeGreaterThan(100)
    expect(whole.filter((key) => !chineseKeys.includes(key))).toEqual([])
  })

  it('are there for every family of keys that the code puts together', () => {
    const { starts } = namedKeys()
    expect(starts.filter((start) => !chineseKeys.some((key) => key.startsWith(start)))).toEqual([])
  })

  it('are all used', () => {
    const { whole, quoted, starts } = namedKeys()
    const used = new Set([...whole, ...quoted])
    expect(chineseKeys.filter((key) => !used.has(key) && !starts.some((start) => key.startsWith(start)))).toEqual([])
  })

  it('have no Chinese left in English', () => {
    const brand = 'Jieli 接力'
    expect(textsOf(english).filter((text) => /[\u4e00-\u9fff]/.test(text.replace(brand, '')))).toEqual([])
  })
})
