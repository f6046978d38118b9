import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { rowHeight, SortHeader, windowOf } from '@jieli/ui'

const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, i) => from + i)

describe('the window of a long table', () => {
  it('is as high as the whole list, wherever it is', () => {
    const total = 10253
    for (const first of [0, 1, 500, 10230]) {
      const indexes = range(first, Math.min(first + 22, total - 1))
      const view = windowOf(indexes, total)
      expect((view?.above ?? NaN) + indexes.length * rowHeight + (view?.below ?? NaN)).toBe(total * rowHeight)
      expect([view?.first, view?.last]).toEqual([first, indexes.at(-1)])
    }
  })

  it('is none where nothing is to be seen', () => {
    expect(windowOf([], 100)).toBeUndefined()
    expect(windowOf([0], 0)).toBeUndefined()
  })
})

describe('a heading that sorts', () => {
  const heading = (props: object) => mount(SortHeader, { props: { label: '得分', ...props } })

  it('starts with high numbers and with names from the top', async () => {
    const score = heading({ sortKey: 'score', number: true })
    await score.get('button').trigger('click')
    expect(score.emitted('sort')).toEqual([['score', true]])
    const name = heading({ sortKey: 'name' })
    await name.get('button').trigger('click')
    expect(name.emitted('sort')).toEqual([['name', false]])
  })

  it('turns round when chosen again', async () => {
    const score = heading({ sortKey: 'score', number: true, sort: 'score', desc: true })
    expect(score.get('th').attributes('aria-sort')).toBe('descending')
    await score.get('button').trigger('click')
    expect(score.emitted('sort')).toEqual([['score', false]])
  })

  it('is plain text where the column cannot be sorted', () => {
    const plain = heading({})
    expect(plain.find('button').exists()).toBe(false)
    expect(plain.get('th').attributes('aria-sort')).toBeUndefined()
  })
})
