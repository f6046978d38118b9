import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Me } from '@jieli/api'
import FiguresTable from '../src/overview/FiguresTable.vue'
import PlanQuality from '../src/overview/PlanQuality.vue'
import ShareFloors from '../src/overview/ShareFloors.vue'
import VillageTable from '../src/overview/VillageTable.vue'
import LoginPage from '../src/pages/LoginPage.vue'
import NeedsAndSkills from '../src/team/NeedsAndSkills.vue'
import ScoreParts from '../src/team/ScoreParts.vue'
import TeamMembers from '../src/team/TeamMembers.vue'
import { pairsOf } from '../src/team/comparison'
import { setLanguage } from '../src/texts'
import { anhua, plan, points, team } from './fixtures'
import { mounted, soon } from './mounting'

const at = '/plans/p/regions/430923000000?m=teams'

afterEach(() => {
  document.body.innerHTML = ''
})

describe('why this match', () => {
  it('has a sentence, a number and a bar for each part, and their sum', async () => {
    const { page } = await mounted(ScoreParts, { props: { team } })
    const rows = page.findAll('tbody tr')
    expect(rows).toHaveLength(9)
    expect(rows[0]?.text()).toContain('牵头单位的特长与本村需求契合 72/100')
    expect(rows[0]?.text()).toContain('+216,000')
    expect(rows[3]?.text()).toContain('约 83 公里')
    expect(rows[3]?.text()).toContain('−12,450')
    expect(page.get('[data-testid=total]').text()).toBe('365,550')
    const sum = page.findAll('[data-points]').slice(0, 9).reduce((s, e) => s + Number(e.attributes('data-points')), 0)
    expect(sum).toBe(team.score)
  })

  it('says why a part adds nothing', async () => {
    const { page } = await mounted(ScoreParts, { props: { team } })
    expect(page.get('[data-part=unit_prior]').text()).toContain('上一轮不是由这个单位派驻')
    expect(page.get('[data-part=further]').text()).toContain('只驻一个村')
  })

  it('says so where the first village may not be seen', async () => {
    const far = { ...team, distance_km: undefined, elsewhere: 1 }
    const { page } = await mounted(ScoreParts, { props: { team: far } })
    expect(page.get('[data-part=unit_distance]').text()).toContain('主驻村不在您的管辖范围内')
  })

  it('speaks English too', async () => {
    const { page } = await mounted(ScoreParts, { props: { team } })
    await setLanguage('en')
    await page.vm.$nextTick()
    expect(page.text()).toContain('meet the village\'s needs at 72 of 100')
    expect(document.documentElement.lang).toBe('en')
  })
})

describe('needs and specialities', () => {
  it('stand side by side, the greatest need first', async () => {
    expect(pairsOf(team.villages[0]?.needs ?? [], team.unit.skills)).toEqual([
      { speciality: 'tourism', need: 80, skill: 0 },
      { speciality: 'farming', need: 30, skill: 90 },
      { speciality: 'health', need: 0, skill: 40 },
    ])
    const { page } = await mounted(NeedsAndSkills, { props: { team } })
    expect(page.findAll('tbody th').map((th) => th.text())).toEqual(['文化旅游', '农业技术', '医疗卫生'])
  })
})

it('members show who leads and what the rules ask about', async () => {
  const { page } = await mounted(TeamMembers, { props: { members: team.members } })
  const [leader, member] = page.findAll('tbody tr').map((row) => row.text())
  expect(leader).toContain('队长兼第一书记')
  expect(leader).toContain('处级或相当')
  expect(member).toContain('是')
})

describe('the table beside the map', () => {
  it('has the same rows and leads on, keeping the measure', async () => {
    const { page } = await mounted(FiguresTable, { props: { page: anhua }, at })
    const links = page.findAll('tbody a')
    expect(links.map((a) => a.text())).toEqual(['东坪镇', '清塘铺镇', '芙蓉林场'])
    expect(links[0]?.attributes('href')).toBe('/plans/p/regions/430923100000?m=teams')
  })

  it('does not call a place without villages covered', async () => {
    const { page } = await mounted(FiguresTable, { props: { page: anhua }, at })
    expect(page.findAll('tbody tr')[2]?.findAll('td')[0]?.text()).toBe('—')
    expect(page.get('tfoot').text()).toContain('93.3%')
  })

  it('says how it is sorted and asks for another order', async () => {
    const { page } = await mounted(FiguresTable, { props: { page: anhua, sort: 'villages', desc: true }, at })
    const villages = page.findAll('thead th').find((th) => th.text() === '村')
    expect(villages?.attributes('aria-sort')).toBe('descending')
    await villages?.get('button').trigger('click')
    await page.findAll('thead th')[0]?.get('button').trigger('click')
    expect(page.emitted('sort')).toEqual([['villages', false], ['name', false]])
  })

  it('names villages without a team', async () => {
    const { page } = await mounted(VillageTable, { props: { name: '清塘铺镇', points }, at })
    const unserved = page.findAll('tbody tr').find((row) => row.text().includes('苏溪村'))
    expect(unserved?.text()).toContain('未派驻')
    expect(unserved?.find('a').exists()).toBe(false)
  })
})

describe('plan quality', () => {
  it('is said in words before numbers', async () => {
    const { page } = await mounted(PlanQuality, { props: { plan } })
    expect(page.text()).toContain('与可能的最优方案相比，至多差 0.08%')
    expect(page.text()).toContain('4,806,122,674')
  })

  it('shows both bounds where they differ', async () => {
    const { page } = await mounted(PlanQuality, { props: { plan: { ...plan, tight_bound: 4_804_000_000, relaxation_gap: 0.00044 } } })
    expect(page.text()).toContain('4,804,000,000')
    expect(page.text()).toContain('两者相差 0.04%')
  })

  it('claims nothing for a record', async () => {
    const { page } = await mounted(PlanQuality, { props: { plan: { ...plan, origin: 'recorded', status: 'recorded', bound: 0, gap: 0 } } })
    expect(page.text()).toContain('没有上界可比')
    expect(page.findAll('dt').map((dt) => dt.text())).not.toContain('上界')
  })

  it('shows each floor, whether it is met, and how many are missing', async () => {
    const { page } = await mounted(ShareFloors, { props: { shares: plan.shares } })
    const [under40, rural] = page.findAll('li').map((li) => li.text())
    expect(under40).toContain('已达到')
    expect(rural).toContain('还差约 4 人')
    expect(rural).toContain('下限 26%')
  })
})

describe('the log-in page', () => {
  const me: Me = { id: '1', username: 'u', name: '驻村办', role: 'county_office', region: anhua.region }

  async function tried(signIn: () => Promise<Me>, query = '') {
    const called = vi.fn(signIn)
    const { page, router } = await mounted(LoginPage, { api: { signIn: called }, at: `/login${query}` })
    const fill = async (username: string, password: string) => {
      await page.get('#username').setValue(username)
      await page.get('#password').setValue(password)
      await page.get('form').trigger('submit')
      await flushPromises()
    }
    return { page, router, called, fill }
  }

  it('says in words that the password is wrong, and keeps the name', async () => {
    const { page, fill } = await tried(() => Promise.reject(new ApiError('signed_out', 401, { code: 'session.bad_credentials' })))
    await fill('u', 'wrong')
    expect(page.get('[role=alert]').text()).toBe('用户名或密码不正确，请核对后再试。')
    expect((page.get('#username').element as HTMLInputElement).value).toBe('u')
    expect((page.get('#password').element as HTMLInputElement).value).toBe('')
  })

  it('says what is missing without asking the server', async () => {
    const { page, called, fill } = await tried(() => Promise.resolve(me))
    await fill('u', '')
    expect(page.get('[role=alert]').text()).toBe('请填写用户名和密码。')
    expect(called).not.toHaveBeenCalled()
  })

  it('says that the server is out of reach, and gives its own words where it has some', async () => {
    const offline = await tried(() => Promise.reject(new ApiError('offline', 0)))
    await offline.fill('u', 'p')
    expect(offline.page.get('[role=alert]').text()).toBe('连不上服务器')
    offline.page.unmount()
    const words = '尝试次数太多，请一分钟后再试。'
    const throttled = await tried(() => Promise.reject(new ApiError('busy', 429, { code: 'session.throttled', detail: words })))
    await throttled.fill('u', 'p')
    expect(throttled.page.get('[role=alert]').text()).toBe(words)
  })

  it('leads back to the page that the session ended on', async () => {
    const { page, router, fill } = await tried(() => Promise.resolve(me), '?expired=1&next=/plans/p/teams')
    expect(page.get('[role=status]').text()).toContain('登录已过期')
    await fill('u', 'p')
    await soon(() => expect(router.currentRoute.value.fullPath).toBe('/plans/p/teams'))
  })
})
