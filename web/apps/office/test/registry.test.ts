import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type ChangesAnswer, type ChangeSet } from '@jieli/api'
import RecordPage from '../src/pages/RecordPage.vue'
import RegistryPage from '../src/pages/RegistryPage.vue'
import { layout, mounted, soon } from './mounting'
import { cadres, names, people } from './registry-fixtures'

beforeEach(() => {
  // The stand-in for a browser lays nothing out; the long table has to be told how high it is.
  vi.spyOn(layout(), 'clientHeight', 'get').mockReturnValue(600)
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

const set: ChangeSet = {
  id: 'S1', entity: 'cadre', origin: 'bulk', reason: '', by: '湖南省驻村办', own: true, region: '430000000000', at: '2026-01-02T03:04:05Z',
  added: 0, changed: 1, removed: 0, undoes: '', undone: '',
}
const verdict = (given: Partial<ChangesAnswer> = {}): ChangesAnswer => ({
  counts: { added: 0, changed: 1, same: 0, refused: 0 }, outcomes: [{ key: 'C1', kind: 'changed', faults: [] }], ...given,
})

const calls = (): Partial<Api> => ({
  registryTables: () => Promise.resolve([cadres]),
  registryRows: vi.fn<Api['registryRows']>(() => Promise.resolve({ total: 2, records: people, names })),
  changeSets: () => Promise.resolve([set]),
  views: () => Promise.resolve([]),
})

describe('a table of the registry', () => {
  const open = async (api: Partial<Api> = {}, query = '') => {
    const made = await mounted(RegistryPage, { props: { entity: 'cadre' }, api: { ...calls(), ...api }, at: `/registry/cadre${query}` })
    await flushPromises()
    await flushPromises()
    return made
  }

  it('shows its usual columns, the name first, in words', async () => {
    const { page } = await open()
    expect(page.findAll('thead th').map((th) => th.text())).toEqual(['姓名', '编号', '派出单位', '性别', '农村经历'])
    expect(page.findAll('tbody tr.row')[1]?.findAll('td').map((td) => td.text())).toEqual(['李梅', 'C2', '省委宣传部', '女', '3'])
    expect(page.text()).toContain('共 2 条')
  })

  it('asks what its address says', async () => {
    const api = calls()
    await open(api, '?q=li&f=sex:in:2&sort=-rural_years&c=name,sex')
    const query = {
      search: 'li', filters: [{ field: 'sex', op: 'in', values: ['2'] }], sort: [{ field: 'rural_years', desc: true }], columns: ['name', 'sex'],
    }
    expect(api.registryRows).toHaveBeenCalledWith('cadre', query, 0, 100, expect.anything())
  })

  it('keeps a secret out of the address though it filters by it', async () => {
    const api = calls()
    const { page, router } = await open(api)
    const button = page.findAll('.pop button').find((b) => b.text() === '筛选')
    await button?.trigger('click')
    await page.get('#filter-field').setValue('id_number')
    await page.get('#filter-low').setValue('110101199001011237')
    await page.get('form.form').trigger('submit')
    await flushPromises()
    expect(router.currentRoute.value.fullPath).toBe('/registry/cadre')
    expect(vi.mocked(api.registryRows)?.mock.lastCall?.[1].filters).toEqual([{ field: 'id_number', op: 'eq', values: ['110101199001011237'] }])
    expect(page.get('.chips').text()).not.toContain('110101')
  })

  it('changes chosen rows only after it was shown what would come of it', async () => {
    const changeRecords = vi.fn<Api['changeRecords']>((_entity, _records, how) => Promise.resolve(verdict(how.dryRun ? {} : { change_set: set })))
    const undo = vi.fn<Api['undo']>(() => Promise.resolve(set))
    const { page } = await open({ changeRecords, undo })
    await page.get('tbody input[type=checkbox]').setValue(true)
    await page.findAll('.bar button').find((b) => b.text() === '批量修改')?.trigger('click')
    const dialog = document.querySelector('dialog') as HTMLElement
    const select = dialog.querySelector('#bulk-field') as HTMLSelectElement
    select.value = 'rural_years'
    select.dispatchEvent(new Event('change'))
    await flushPromises()
    const value = dialog.querySelector('#bulk-value') as HTMLInputElement
    value.value = '5'
    value.dispatchEvent(new Event('input'))
    await flushPromises()
    const [attempt, apply] = [...dialog.querySelectorAll<HTMLButtonElement>('.foot button')]
    expect(apply?.disabled).toBe(true)
    dialog.querySelector('form')?.dispatchEvent(new Event('submit', { cancelable: true }))
    expect(attempt?.textContent).toContain('先看结果')
    await soon(() => expect(apply?.disabled).toBe(false))
    apply?.click()
    await soon(() => expect(page.find('[data-testid=undo]').exists()).toBe(true))
    expect(changeRecords.mock.lastCall?.[1]).toEqual([{ key: 'C1', version: 3, values: { rural_years: '5' } }])
    await page.get('[data-testid=undo] .undo').trigger('click')
    await flushPromises()
    expect(undo).toHaveBeenCalledWith(set)
    expect(page.get('[data-testid=undo]').text()).toContain('已撤销')
  })

  it('says that there is no such table', async () => {
    const { page } = await open({ registryTables: () => Promise.resolve([]) })
    expect(page.text()).toContain('没有这张表')
  })
})

describe('a record', () => {
  const open = async (api: Partial<Api> = {}) => {
    const record = () => Promise.resolve({
      record: people[0] ?? { key: '', version: 0, values: {} }, names, history: [{ set, fields: [{ field: 'sex', before: '2', after: '1' }] }],
    })
    const made = await mounted(RecordPage, { props: { entity: 'cadre', recordKey: 'C1' }, api: { ...calls(), record, ...api }, at: '/registry/cadre/records/C1' })
    await flushPromises()
    return made
  }

  it('shows its values and its history in words', async () => {
    const { page } = await open()
    expect(page.get('h1').text()).toBe('陈坚')
    expect(page.get('[data-testid=record-history]').text()).toContain('性别女 → 男')
  })

  it('sends only what was changed, and shows faults beside their fields', async () => {
    const fault = { field: 'rural_years', value: '400', code: 'registry.out_of_range', message: '超出范围', expected: '' }
    const changeRecords = vi.fn<Api['changeRecords']>(() => Promise.resolve(verdict({ outcomes: [{ key: 'C1', kind: 'refused', faults: [fault] }] })))
    const { page } = await open({ changeRecords })
    await page.findAll('button').find((b) => b.text() === '修改')?.trigger('click')
    await page.get('#field-rural_years').setValue('400')
    await page.get('#record').trigger('submit')
    await flushPromises()
    expect(changeRecords.mock.lastCall?.[1]).toEqual([{ key: 'C1', version: 3, values: { rural_years: '400' }, confirmed: false }])
    expect(page.get('#field-rural_years-fault').text()).toBe('超出范围')
    expect(page.get('#field-rural_years').attributes('aria-describedby')).toContain('field-rural_years-fault')
  })

  it('says in the server’s words why it could not be saved', async () => {
    const changeRecords = () => Promise.reject(new ApiError('invalid', 409, { code: 'registry.changed_meanwhile', detail: '有记录刚被他人修改' }))
    const { page } = await open({ changeRecords })
    await page.findAll('button').find((b) => b.text() === '修改')?.trigger('click')
    await page.get('#record').trigger('submit')
    await flushPromises()
    expect(page.get('[role=alert]').text()).toContain('有记录刚被他人修改')
  })
})
