import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type TeamRow, type UnservedRow } from '@jieli/api'
import OverviewPage from '../src/pages/OverviewPage.vue'
import TeamPage from '../src/pages/TeamPage.vue'
import TeamsPage from '../src/pages/TeamsPage.vue'
import UnservedPage from '../src/pages/UnservedPage.vue'
import { anhua, outlines, plan, points, team } from './fixtures'
import { layout, mounted, soon } from './mounting'

const viewHeight = 600

beforeEach(() => {
  // The stand-in for a browser lays nothing out; the long table has to be told how high it is.
  vi.spyOn(layout(), 'clientHeight', 'get').mockReturnValue(viewHeight)
})
afterEach(() => {
  vi.restoreAllMocks()
  document.body.innerHTML = ''
})

const missing = () => Promise.reject(new ApiError('not_found', 404))

describe('the overview', () => {
  const calls: Partial<Api> = {
    region: () => Promise.resolve(anhua),
    points: () => Promise.resolve(points),
    outlines: () => Promise.resolve(outlines),
    plan: () => Promise.resolve(plan),
  }
  const open = async (api: Partial<Api> = {}, query = '') => {
    const code = '430923000000'
    const made = await mounted(OverviewPage, {
      props: { plan: 'p', code }, api: { ...calls, ...api }, at: `/plans/p/regions/${code}${query}`, without: ['MapCanvas'],
    })
    await flushPromises()
    return made
  }

  it('shows a place: figures, map, table, quality', async () => {
    const { page } = await open()
    expect(page.get('h1').text()).toBe('安化县')
    expect(page.text()).toContain('覆盖率 93.33%')
    expect(page.findComponent({ name: 'MapCanvas' }).props('label')).toContain('按覆盖率着色')
    expect(page.text()).toContain('a notice')
    expect(page.findAll('[data-testid=figures] tbody tr')).toHaveLength(3)
    expect(page.text()).toContain('至多差 0.08%')
    expect(document.title).toBe('安化县 · 接力 Jieli')
  })

  it('puts tiles in the map’s place where there are no outlines, and they lead on', async () => {
    const { page, router } = await open({ outlines: missing })
    const tiles = page.findAll('.tiles button')
    expect(tiles.map((tile) => tile.text())).toEqual(['东坪镇100.0%', '清塘铺镇88.9%', '芙蓉林场—'])
    await tiles[0]?.trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.params.code).toBe('430923100000')
  })

  it('keeps the measure in the address and colours by it', async () => {
    const { page, router } = await open()
    await page.get('#measure-teams').setValue()
    await flushPromises()
    expect(router.currentRoute.value.query.m).toBe('teams')
    expect(page.findComponent({ name: 'MapCanvas' }).props('label')).toContain('按工作队数着色')
  })

  it('keeps the order of the table in the address', async () => {
    const { page, router } = await open()
    const villages = page.findAll('[data-testid=figures] thead th').find((th) => th.text() === '村')
    await villages?.get('button').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toMatchObject({ sort: 'villages', desc: '1' })
    expect(page.get('[data-testid=figures] tbody th').text()).toBe('清塘铺镇')
  })

  it('goes where the map leads: a township to its page, a village to its team', async () => {
    const { page, router } = await open()
    const map = page.findComponent({ name: 'MapCanvas' })
    map.vm.$emit('open', '430923101201')
    await soon(() => expect(router.currentRoute.value.params.team).toBe('T1'))
    map.vm.$emit('open', '430923101000')
    await soon(() => expect(router.currentRoute.value.params.code).toBe('430923101000'))
  })

  it('tells the numbers of what the pointer is on', async () => {
    const { page } = await open()
    const map = page.findComponent({ name: 'MapCanvas' })
    map.vm.$emit('point', '430923101000', 40, 50)
    await flushPromises()
    expect(page.get('.hover').text()).toContain('清塘铺镇')
    expect(page.get('.hover').text()).toContain('未派驻2')
    expect(page.get('[data-testid=figures] .lit').text()).toContain('清塘铺镇')
    map.vm.$emit('point', '430923101202', 40, 50)
    await flushPromises()
    expect(page.get('.hover').text()).toContain('苏溪村')
    map.vm.$emit('point', undefined, 0, 0)
    await flushPromises()
    expect(page.find('.hover').exists()).toBe(false)
  })

  it('says that there is nothing, or nothing for this account', async () => {
    const { page } = await open({ region: missing })
    expect(page.get('[role=alert]').text()).toContain('不在您的管辖范围内')
    expect(page.find('h1').exists()).toBe(false)
  })
})

describe('the list of teams', () => {
  const rows = Array.from({ length: 250 }, (_, i): TeamRow => ({
    id: `T${i}`, county: { code: '430923000000', name: '安化县' }, township: '清塘铺镇', category: 'weak', size: 2, elsewhere: 0,
    villages: i === 0 ? [{ code: '1', name: '甲村' }, { code: '2', name: '乙村' }] : [{ code: '1', name: `村${i}` }],
    unit: { id: 'U', name: '县财政局', level: 'county' }, leader: '李梅', score: 400_000 + i, unit_match: 50, member_match: 60,
  }))
  const open = async (query = '') => {
    const teams = vi.fn<Api['teams']>((_plan, { offset = 0, limit = 100 }) =>
      Promise.resolve({ rows: rows.slice(offset, offset + limit), total: rows.length }))
    const made = await mounted(TeamsPage, {
      props: { plan: 'p' }, api: {
        teams,
        region: () => Promise.resolve(anhua),
        searchRegions: () => Promise.resolve([{ ...anhua.region, path: ['湖南省', '益阳市'] }]),
      }, at: `/plans/p/teams${query}`,
    })
    await flushPromises()
    return { ...made, teams, asked: () => teams.mock.lastCall?.[1] }
  }

  it('asks for what the address says', async () => {
    const { asked } = await open('?q=沙田&category=key&unit=city&region=430923000000&sort=score&desc=1')
    expect(asked()).toEqual({
      q: '沙田', category: 'key', unit_level: 'city', region: '430923000000', sort: 'score', desc: true, offset: 0, limit: 100,
    })
  })

  it('shows the rows in view and says which they are', async () => {
    const { page } = await open()
    expect(page.text()).toContain('共 250 支')
    expect(page.get('table').attributes('aria-rowcount')).toBe('251')
    const drawn = page.findAll('tr.row')
    expect(drawn.length).toBeGreaterThan(viewHeight / 44)
    expect(drawn.length).toBeLessThan(40)
    expect(drawn.map((row) => Number(row.attributes('aria-rowindex')))).toEqual(drawn.map((_unused, i) => i + 2))
    expect(drawn[0]?.text()).toContain('甲村 等 2 村')
  })

  it('asks again for another order and another word', async () => {
    const { page, asked, router } = await open()
    const score = page.findAll('thead th').find((th) => th.text() === '得分')
    await score?.get('button').trigger('click')
    await soon(() => expect(asked()).toMatchObject({ sort: 'score', desc: true }))
    await page.get('input[aria-label=搜索工作队]').setValue(' hyx ')
    await soon(() => expect(asked()).toMatchObject({ q: 'hyx' }))
    expect(router.currentRoute.value.query).toEqual({ q: 'hyx', sort: 'score', desc: '1' })
  })

  it('names the division that it is narrowed to, and lets go of it', async () => {
    const { page, asked } = await open('?region=430923000000')
    expect(page.get('.chip').text()).toContain('安化县')
    await page.get('.chip button').trigger('click')
    await soon(() => expect(asked()).not.toHaveProperty('region'))
  })

  it('is narrowed to a division that one looks for', async () => {
    const { page, asked } = await open()
    await page.get('input[aria-label=按地区筛选]').setValue('anhua')
    await soon(() => expect(page.find('[role=option]').exists()).toBe(true))
    await page.get('[role=option]').trigger('click')
    await soon(() => expect(asked()).toHaveProperty('region', '430923000000'))
  })
})

it('unserved villages have the server’s reason', async () => {
  const row: UnservedRow = {
    village: '430923101202', name: '苏溪村', township: '清塘铺镇', county: '安化县', category: 'weak',
    reason: 'unserved.headcount', params: {}, text: '总人数已用满。',
  }
  const unserved = vi.fn<Api['unserved']>(() => Promise.resolve({ rows: [row], total: 1 }))
  const { page } = await mounted(UnservedPage, { props: { plan: 'p' }, api: { unserved, searchRegions: () => Promise.resolve([]) }, at: '/plans/p/unserved' })
  await flushPromises()
  expect(page.get('tr.row').text()).toContain('总人数已用满。')
  expect(page.get('tr.row a').attributes('href')).toBe('/plans/p/regions/430923101000?village=430923101202')
})

describe('a team’s page', () => {
  const open = async (api: Partial<Api>) => {
    const { page } = await mounted(TeamPage, { props: { plan: 'p', team: 'T1' }, api, at: '/plans/p/teams/T1' })
    await flushPromises()
    return page
  }

  it('says who serves which village and why', async () => {
    const page = await open({ team: () => Promise.resolve(team) })
    expect(page.get('h1').text()).toBe('沙田溪村驻村工作队')
    expect(page.text()).toContain('省委宣传部牵头 · 2 人 · 得分 365,550')
    expect(page.findAll('[data-part]')).toHaveLength(9)
    expect(page.text()).toContain('约 83 公里')
  })

  it('does not speak of what lies outside the reader’s region', async () => {
    const page = await open({ team: () => Promise.resolve({ ...team, distance_km: undefined, elsewhere: 2 }) })
    expect(page.text()).toContain('另有 2 个村不在您的管辖范围内')
    expect(page.text()).not.toContain('公里')
    expect(page.text()).not.toContain('主驻村村')
  })

  it('says that there is none', async () => {
    const page = await open({ team: missing })
    expect(page.get('[role=alert]').text()).toContain('没有找到')
  })
})
