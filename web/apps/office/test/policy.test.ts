import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import type { Api, Policy, PolicyKey } from '@jieli/api'
import PolicyPage from '../src/pages/PolicyPage.vue'
import { byGate, defaultValue, sourceText, valueText } from '../src/policy/values'
import { mounted } from './mounting'

afterEach(() => (document.body.innerHTML = ''))

const key = (name: string, given: Partial<PolicyKey> = {}): PolicyKey => ({
  name, gate: 'selection', label: `规则 ${name}`, unit: 'age', unit_label: '岁', stricter: 'lower', zero_is_none: false,
  min: 0, max: 120, default: 57, items: [], default_items: [], ...given,
})
const list = key('bodies', { unit: 'list', items: [{ value: 'court', label: '法院' }], default_items: ['court'] })
const words = { yes: '是', no: '否', nothing: '不设', comma: '、' }

describe('a value', () => {
  it.each([
    [key('a'), { number: 55 }, '55 岁'],
    [key('a', { unit: 'switch' }), { number: 1 }, '是'],
    [key('a', { unit: 'switch' }), { number: 0 }, '否'],
    [key('a', { zero_is_none: true }), { number: 0 }, '不设'],
    [list, { number: 0, items: ['court', 'unknown'] }, '法院、unknown'],
    [list, { number: 0, items: [] }, '不设'],
  ])('of %o %o reads %s', (rule, value, text) => expect(valueText(rule, value, words)).toBe(text))

  it('has a default, and a source in one line', () => {
    expect(defaultValue(key('a'))).toEqual({ number: 57 })
    expect(defaultValue(list).items).toEqual(['court'])
    expect(sourceText({ document: '办法', place: '第三条', quote: '原文' }, '、')).toBe('办法、第三条')
    expect(sourceText(undefined, '、')).toBe('')
  })

  it('stands under its gate', () => {
    const keys = [key('a', { gate: 'dispatch' }), key('b'), key('c')]
    expect(byGate(keys, (k) => k.name !== 'c').map(([gate, all]) => [gate, all.map((k) => k.name)])).toEqual([['selection', ['b']], ['dispatch', ['a']]])
  })
})

describe('the page of a policy', () => {
  const policy = (given: Partial<Policy> = {}): Policy => ({
    id: 'p1', region: '430000000000', name: '某规则', status: 'draft', version: 2, valid_from: '2026-05-01', valid_to: '', source: {},
    values: { max_age: { number: 55, source: { document: '办法', quote: '不超过55岁' } } }, shares: [], replaces: '', sample: '',
    created_by: 'o', created_at: '2026-04-01T00:00:00Z', enforced_by: '', enforced_at: null, ...given,
  })
  const open = async (given: Partial<Policy>, api: Partial<Api> = {}) => {
    const made = await mounted(PolicyPage, {
      props: { policy: 'p1' }, at: '/policies/p1',
      api: {
        me: () => Promise.resolve({ id: 'o', username: 'o', name: 'o', role: 'province_office', region: { code: '430000000000', name: '湖南省', level: 'province' } }),
        policy: () => Promise.resolve(policy(given)), policyKeys: () => Promise.resolve([key('max_age'), list]),
        policies: () => Promise.resolve([]), policyFaults: () => Promise.resolve([]), ...api,
      },
    })
    await made.session.restore()
    await flushPromises()
    return made
  }

  it('shows values with their text, and lets only a draft be changed', async () => {
    const { page } = await open({})
    expect(page.get('[data-key=max_age]').text()).toContain('不超过55岁')
    expect(page.get('[data-key=max_age] button').text()).toBe('修改')
    const { page: fixed } = await open({ status: 'in_force' })
    expect(fixed.find('[data-key=max_age] button').exists()).toBe(false)
  })

  it('tells why a draft cannot be put in force', async () => {
    const { page } = await open({}, { policyFaults: () => Promise.resolve([{ code: 'policy.looser', detail: '比上级宽', location: '' }]) })
    expect(page.get('[data-testid=faults]').text()).toBe('比上级宽')
    expect(page.findAll('button').find((b) => b.text() === '施行')?.attributes('disabled')).toBeDefined()
  })

  it('says what is wrong where the server refuses', async () => {
    const { page } = await open({}, { dropPolicy: () => Promise.reject(new Error('规则已被他人修改')) })
    await page.findAll('button').find((b) => b.text() === '删除草稿')?.trigger('click')
    await flushPromises()
    expect(page.get('[role=alert]').text()).toBe('规则已被他人修改')
  })
})
