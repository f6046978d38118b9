import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SearchBox } from '@jieli/ui'

const places = ['花垣县', '花垣镇', '双龙镇']

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
  document.body.innerHTML = ''
})

function box(search: (text: string) => Promise<string[]> = (text) => Promise.resolve(places.filter((p) => p.includes(text)))) {
  const asked = vi.fn(search)
  const made = mount(SearchBox<string>, {
    props: { label: '搜索', placeholder: '…', nothing: '没有', search: asked },
    slots: { default: ({ item }: { item: string }) => item },
    attachTo: document.body,
  })
  const field = made.get('input')
  const type = async (text: string) => {
    await field.setValue(text)
    await vi.advanceTimersByTimeAsync(250)
    await flushPromises()
  }
  const options = () => made.findAll('[role=option]').map((o) => o.text())
  const chosen = () => made.find('[aria-selected=true]').text()
  return { made, field, asked, type, options, chosen }
}

describe('a search box', () => {
  it('asks once for what was typed and shows what was found', async () => {
    const { field, asked, type, options } = box()
    await field.setValue('花')
    await type('花垣')
    expect(asked.mock.calls.map(([text]) => text)).toEqual(['花垣'])
    expect(options()).toEqual(['花垣县', '花垣镇'])
    expect(field.attributes('aria-expanded')).toBe('true')
    expect(document.getElementById(field.attributes('aria-controls') ?? '')?.getAttribute('role')).toBe('listbox')
  })

  it('is walked by arrow keys, round and round, and chosen from by Enter', async () => {
    const { made, field, type, chosen } = box()
    await type('花垣')
    expect(chosen()).toBe('花垣县')
    await field.trigger('keydown', { key: 'ArrowDown' })
    expect(chosen()).toBe('花垣镇')
    expect(document.getElementById(field.attributes('aria-activedescendant') ?? '')?.textContent).toBe('花垣镇')
    await field.trigger('keydown', { key: 'ArrowDown' })
    expect(chosen()).toBe('花垣县')
    await field.trigger('keydown', { key: 'ArrowUp' })
    await field.trigger('keydown', { key: 'Enter' })
    expect(made.emitted('choose')).toEqual([['花垣镇']])
    expect(field.element.value).toBe('')
  })

  it('is chosen from by the pointer', async () => {
    const { made, type } = box()
    await type('双龙')
    await made.get('[role=option]').trigger('click')
    expect(made.emitted('choose')).toEqual([['双龙镇']])
  })

  it('closes by Escape, then empties', async () => {
    const { field, type, options } = box()
    await type('花')
    await field.trigger('keydown', { key: 'Escape' })
    expect(options()).toEqual([])
    expect(field.element.value).toBe('花')
    await field.trigger('keydown', { key: 'Escape' })
    expect(field.element.value).toBe('')
  })

  it('says that nothing was found', async () => {
    const { made, type } = box()
    await type('巴黎')
    expect(made.get('[role=status]').text()).toBe('没有')
  })

  it('chooses nothing before an answer came, and does not mind a failure', async () => {
    const { made, field, type } = box(() => Promise.reject(new Error('offline')))
    await type('花')
    await field.trigger('keydown', { key: 'Enter' })
    expect(made.emitted('choose')).toBeUndefined()
    expect(field.attributes('aria-expanded')).toBe('false')
  })
})
