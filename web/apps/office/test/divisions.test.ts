import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type FoundRegion, type Me, type RegionChange, type RegionEffect, type RegistryTable } from '@jieli/api'
import DivisionChangesPage from '../src/pages/DivisionChangesPage.vue'
import { emptyDraft, enough, requestOf } from '../src/regions/request'
import { mounted, soon } from './mounting'
import { cadres } from './registry-fixtures'

afterEach(() => {
  document.body.innerHTML = ''
})

const effect: RegionEffect = {
  region: '430100000000', divisions: 9, moves: [{ from: '430121000000', from_name: '长沙县', to: '430181000000', to_name: '星沙市' }],
  followers: [{ what: 'unit', count: 1, names: ['县农业农村局'] }, { what: 'account', count: 2, names: [] }],
}
const made: RegionChange = { ...effect, change: 3, kind: 'upgrade', day: '2024-05-01', reason: '国函〔2024〕1号', by: '市委组织部', at: '2024-05-02T01:00:00Z', undone: false }
const place: FoundRegion = { code: '430121000000', name: '长沙县', level: 'county', path: ['湖南省', '长沙市'] }
const table: RegistryTable = { ...cadres, entity: 'region', fields: [] }

async function open(given: Partial<Api> = {}, role = 'city_office') {
  const me = { username: 'c', name: '某办', role, region: { code: '430100000000', name: '长沙市', level: 'city' } } as unknown as Me
  const api: Partial<Api> = {
    me: () => Promise.resolve(me), registryTables: () => Promise.resolve([table]), regionChanges: () => Promise.resolve([made]),
    searchRegions: () => Promise.resolve([place]), tryRegionChange: () => Promise.resolve(effect), ...given,
  }
  const opened = await mounted(DivisionChangesPage, { api, at: '/divisions/changes' })
  await opened.session.restore()
  await flushPromises()
  return opened.page
}
type Page = Awaited<ReturnType<typeof open>>

async function fill(page: Page) {
  await page.get('input[value=upgrade]').setValue()
  await page.get('[role=combobox]').setValue('长沙')
  await soon(() => expect(page.find('[role=option]').exists()).toBe(true))
  await page.get('[role=option]').trigger('mousedown')
  await page.get('[role=option]').trigger('click')
  await flushPromises()
  await page.get('input[inputmode=numeric]').setValue('430181000000')
}

describe('a change of divisions', () => {
  it('is tried, shows what follows, and is made as it was tried', async () => {
    const change = vi.fn<Api['changeRegions']>(() => Promise.resolve(effect))
    const page = await open({ changeRegions: change })
    await fill(page)
    expect(page.find('[data-testid=effect]').exists()).toBe(false)
    await page.get('form').trigger('submit')
    await flushPromises()
    const shown = page.get('[data-testid=effect]').text()
    for (const word of ['长沙县 430121000000', '星沙市 430181000000', '县农业农村局', '派出单位', '另有 8 个未列出']) expect(shown).toContain(word)
    await page.get('form button[type=button].main').trigger('click')
    await flushPromises()
    expect(change.mock.calls[0]?.[0]).toMatchObject({ kind: 'upgrade', from: ['430121000000'], into: '430181000000', parts: [] })
    expect(page.get('[role=status]').text()).toContain('共涉及 9 个区划')
  })

  it('has to be tried again after it was edited', async () => {
    const page = await open()
    await fill(page)
    await page.get('form').trigger('submit')
    await flushPromises()
    await page.get('input[inputmode=numeric]').setValue('430182000000')
    expect(page.find('[data-testid=effect]').exists()).toBe(false)
  })

  it('says in the server’s words why it is refused', async () => {
    const page = await open({ tryRegionChange: () => Promise.reject(new ApiError('invalid', 422, { code: 'region_change.code_taken', detail: '代码曾经使用过' })) })
    await fill(page)
    await page.get('form').trigger('submit')
    await flushPromises()
    expect(page.get('form [role=alert]').text()).toBe('代码曾经使用过')
  })

  it('is taken back from the history', async () => {
    const undo = vi.fn<Api['undoRegionChange']>(() => Promise.resolve({ ...made, undone: true }))
    const page = await open({ undoRegionChange: undo })
    const row = page.get('[data-testid=changes] li')
    expect(row.text()).toContain('长沙县 → 星沙市')
    await row.get('button').trigger('click')
    expect(undo).toHaveBeenCalledWith(3)
  })

  it('is not for a township’s office, which sees the history only', async () => {
    const page = await open({}, 'township_office')
    expect(page.find('form').exists()).toBe(false)
    expect(page.find('[data-testid=changes] button').exists()).toBe(false)
    expect(page.get('[data-testid=changes]').text()).toContain('市委组织部')
  })
})

describe('a draft', () => {
  const from = [{ code: '1', name: 'a' }, { code: '2', name: 'b' }]

  it('sends only what its kind has use for', () => {
    const draft = { ...emptyDraft('2024-05-01'), from, into: ' 3 ', name: ' 新 ', parts: ['4'] }
    expect(requestOf(draft)).toMatchObject({ into: '', parts: [], name: '新', from: ['1', '2'] })
    expect(requestOf({ ...draft, kind: 'split' })).toMatchObject({ into: '3', parts: ['4'] })
  })

  it('wants several divisions for a merger and one for all else', () => {
    expect(enough({ ...emptyDraft(''), kind: 'merge', from })).toBe(true)
    expect(enough({ ...emptyDraft(''), kind: 'merge', from: from.slice(1) })).toBe(false)
    expect(enough({ ...emptyDraft(''), from })).toBe(false)
  })
})
