import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type FoundRegion, type Me, type Round } from '@jieli/api'
import HomePage from '../src/pages/HomePage.vue'
import AppShell from '../src/shell/AppShell.vue'
import MainNav from '../src/shell/MainNav.vue'
import RegionCrumbs from '../src/shell/RegionCrumbs.vue'
import RegionSearch from '../src/shell/RegionSearch.vue'
import { anhua, plan } from './fixtures'
import { mounted, soon } from './mounting'

const me: Me = { id: '1', username: 'anhua', name: '安化县驻村办', role: 'county_office', region: anhua.region }
const round: Round = {
  id: '2023', name: '2023—2025 年轮次', from_year: 2023, to_year: 2025, status: 'planning', headcount: 24021, plan_id: 'p',
  specialities: [],
}
const calls: Partial<Api> = {
  me: () => Promise.resolve(me),
  rounds: () => Promise.resolve([round]),
  plans: () => Promise.resolve([plan]),
  signOut: () => Promise.resolve(),
  searchRegions: () => Promise.resolve([]),
}

afterEach(() => {
  document.body.innerHTML = ''
})

describe('the shell', () => {
  const open = async (api: Partial<Api> = {}) => {
    const made = await mounted(AppShell, { api: { ...calls, ...api }, at: '/plans/p/unserved', without: ['RouterView'] })
    await flushPromises()
    return made
  }

  it('says who is signed in, for which region, and which plan is shown', async () => {
    const { page } = await open()
    expect(page.get('.user').text()).toContain('安化县驻村办')
    expect(page.get('.user').text()).toContain('安化县')
    expect(page.get('.picker').text()).toContain('2023—2025 年派驻方案')
  })

  it('says that the plans did not come, and asks again', async () => {
    const rounds = vi.fn<Api['rounds']>().mockRejectedValueOnce(new ApiError('busy', 503)).mockResolvedValue([round])
    const { page } = await open({ rounds })
    expect(page.get('[role=alert]').text()).toContain('服务器正忙')
    await page.get('[role=alert] button').trigger('click')
    await flushPromises()
    expect(page.find('[role=alert]').exists()).toBe(false)
    expect(page.find('.picker').exists()).toBe(true)
  })

  it('changes the language of the page', async () => {
    const { page } = await open()
    await page.get('.switch').trigger('click')
    await soon(() => expect(page.text()).toContain('Unserved villages'))
    expect(localStorage.getItem('jieli.language')).toBe('en')
  })

  it('leads past its bars first', async () => {
    const { page } = await open()
    expect(page.get('a').attributes('href')).toBe('#main')
    expect(page.find('main#main').exists()).toBe(true)
  })
})

describe('the way to the pages', () => {
  it('takes the place along that the reader looks at', async () => {
    const { page, session } = await mounted(MainNav, { api: calls, at: '/plans/p/regions/430923101000' })
    await session.restore()
    await flushPromises()
    const links = page.findAll('a').map((a) => a.attributes('href')).slice(0, 3)
    expect(links).toEqual([
      '/plans/p/regions/430923101000', '/plans/p/teams?region=430923101000', '/plans/p/unserved?region=430923101000',
    ])
    expect(page.get('[aria-current=page]').text()).toBe('总览')
  })

  it('does not name the reader’s own region: it is all that there is', async () => {
    const { page, session } = await mounted(MainNav, { api: calls, at: '/plans/p/regions/430923000000' })
    await session.restore()
    await flushPromises()
    expect(page.findAll('a')[1]?.attributes('href')).toBe('/plans/p/teams')
  })

  it('names what lies above the reader’s region without leading there', async () => {
    const { page, session } = await mounted(RegionCrumbs, { props: { path: anhua.path, last: 'T1' }, api: calls, at: '/plans/p/teams/T1' })
    await session.restore()
    await flushPromises()
    expect(page.findAll('li').map((li) => li.text())).toEqual(['湖南省', '益阳市', '安化县', 'T1'])
    expect(page.findAll('a').map((a) => a.text())).toEqual(['安化县'])
  })
})

describe('the search for places', () => {
  const village: FoundRegion = { code: '430923101201', name: '沙田溪村', level: 'village', path: ['湖南省', '益阳市', '安化县', '清塘铺镇'] }

  it('is reached by the / key, except while one types', async () => {
    const { page } = await mounted(RegionSearch, { api: calls, at: '/plans/p/teams' })
    const other = document.body.appendChild(document.createElement('input'))
    other.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))
    expect(document.activeElement).not.toBe(page.get('input').element)
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: '/', bubbles: true }))
    expect(document.activeElement).toBe(page.get('input').element)
  })

  it('leads to a village in its township', async () => {
    const searchRegions = vi.fn(() => Promise.resolve([village]))
    const { page, router } = await mounted(RegionSearch, { api: { ...calls, searchRegions }, at: '/plans/p/teams' })
    await page.get('input').setValue('shatianxi')
    await soon(() => expect(page.find('[role=option]').exists()).toBe(true))
    expect(page.get('[role=option]').text()).toContain('湖南省 › 益阳市 › 安化县 › 清塘铺镇')
    await page.get('input').trigger('keydown', { key: 'Enter' })
    await soon(() => expect(router.currentRoute.value.fullPath).toBe('/plans/p/regions/430923101000?village=430923101201'))
  })
})

describe('the first page', () => {
  it('is the reader’s own region in the newest plan', async () => {
    const { router, session } = await mounted(HomePage, { api: calls, at: '/' })
    await session.restore()
    await soon(() => expect(router.currentRoute.value.fullPath).toBe('/plans/p/regions/430923000000'))
  })

  it('says that there is no plan yet', async () => {
    const { page, session } = await mounted(HomePage, { api: { ...calls, rounds: () => Promise.resolve([]) }, at: '/' })
    await session.restore()
    await flushPromises()
    expect(page.text()).toContain('还没有派驻方案')
  })
})
