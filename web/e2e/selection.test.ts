import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { roles, violations } from './support/accessibility'
import { visit, type Office } from './support/office'

/** A round of its own, so that the demo's plans stay as the other tests know them. */
const round = 'e2e-gate'
const bodies = ['纪检监察', '组织部门']

interface Person {
  key: string
  values: Record<string, string | undefined>
}

let office: Office
let page: Page
let cadres: string[]
let unit: string

beforeAll(async () => {
  office = await visit()
  // The lock is refused on the day of the publication.
  office.allow(/status of 409/)
  page = office.page
  await office.go('/')
  await office.signIn('province')
  ;({ unit, cadres } = await fitPeople())
})
afterAll(() => office.leave())

/** Three people of one unit whom no rule of the sample bars, from the registry. */
async function fitPeople(): Promise<{ unit: string; cadres: string[] }> {
  const { records } = await office.api<{ records: Person[] }>('/api/registry/cadre?limit=500&columns=unit,health,birth_date,terms')
  const fit = records.filter((r) => r.values.health === 'fit' && Number(r.values.terms) < 2 && Number(r.values.birth_date?.slice(0, 4)) > 1975)
  for (const one of new Set(fit.map((r) => r.values.unit))) {
    const here = fit.filter((r) => r.values.unit === one)
    if (one && here.length >= 3) return { unit: one, cadres: here.slice(0, 3).map((r) => r.key) }
  }
  throw new Error('the registry has no unit with three fit people')
}

const said = (text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()
const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)

describe('a round, from its rules to the published list', () => {
  it('drafts rules from a sample and puts them in force', async () => {
    await office.go('/policies')
    await page.getByRole('button', { name: '从样例起草' }).click()
    await page.locator('[data-sample=hunan-2021]').getByRole('button').click()
    await page.getByTestId('values').waitFor()
    expect(await page.locator('[data-key=cluster_max]').innerText()).toContain('一队带多村')
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '施行', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '施行' }).click()
    await said(/已施行/)
    await office.go('/policies')
    expect(await page.getByTestId('policies').innerText()).toContain('施行中')
    expect(await page.getByTestId('effective').locator('[data-key=leader_min_grade_province]').innerText()).toContain('6')
  })

  it('opens a round of its own', async () => {
    await office.go('/selections')
    await page.getByRole('button', { name: '开始一轮选派' }).click()
    await page.fill('#open-round', round)
    await page.fill('#open-name', '浏览器测试轮')
    await page.fill('#open-day', day(0))
    await page.fill('#open-posts', '1')
    await page.fill('#open-begins', day(-1))
    await page.fill('#open-ends', day(30))
    await page.fill('#open-skills', 'farming party')
    await page.getByRole('button', { name: '开始选派' }).click()
    await page.getByRole('heading', { level: 1, name: '浏览器测试轮' }).waitFor()
    expect(await page.getByTestId('calendar').locator('tbody tr.open').count()).toBe(10)
    expect(await violations(page)).toEqual([])
    const told = await roles(page)
    expect(told.get('row')).toBe(11)
    expect(told.get('cell')).toBe(40)
  })

  it('fixes a village, hears its needs and accepts them', async () => {
    await page.getByRole('link', { name: '帮扶的村' }).click()
    const find = page.locator('main').getByRole('combobox', { name: /查找村/ })
    await find.fill('shibadong')
    await page.getByRole('option', { name: /十八洞村/ }).first().click()
    await page.getByRole('button', { name: '列入帮扶' }).click()
    await page.locator('tr.row').filter({ hasText: '十八洞村' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '需求清单', exact: true }).click()
    await page.getByRole('button', { name: /十八洞村的需求清单/ }).click()
    await page.getByRole('button', { name: '加一条' }).click()
    await page.fill('#text-0', '猕猴桃产业需要农技人员')
    await page.getByRole('button', { name: '提交乡镇审核' }).click()
    await page.getByTestId('needs').getByText('待审核').waitFor()
    await page.getByRole('button', { name: /十八洞村的需求清单/ }).click()
    await page.getByRole('button', { name: '通过', exact: true }).click()
    await page.getByTestId('needs').getByText('已通过').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('gives a unit its places, nominates and checks', async () => {
    await page.getByRole('link', { name: '分配名额' }).click()
    await page.fill('#quota-unit', unit)
    await page.fill('#quota-places', '3')
    await page.locator('form').getByRole('button', { name: '保存' }).click()
    await page.getByTestId('quotas').locator(`[data-unit=${unit}]`).waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '提名人选', exact: true }).first().click()
    await page.getByRole('button', { name: '提名', exact: true }).click()
    await page.fill('#nominate-ids', cadres.join('\n'))
    await page.getByRole('button', { name: '提名 3 人' }).click()
    await page.locator('tr.row').nth(2).waitFor()
    await page.getByRole('button', { name: '全部审核' }).click()
    await said(/审核 3 人/)
    expect(await violations(page)).toEqual([])
  })

  it('clears each nominee, with what a person has to judge', async () => {
    for (const cadre of cadres) {
      await office.go(`/selections/${round}/nominees/${cadre}`)
      await page.getByTestId('checks').waitFor()
      const open = page.getByTestId('checks').locator('tr').filter({ has: page.getByRole('button', { name: '符合', exact: true }) })
      for (let n = await open.count(); n > 0; n--) {
        const row = open.filter({ hasNot: page.locator('td p .note') }).first()
        await row.getByRole('textbox').fill('已核实')
        await row.getByRole('button', { name: '符合', exact: true }).click()
        await said(/已保存/)
      }
      for (const body of bodies) {
        await page.getByTestId('clearances').getByRole('combobox', { name: '部门' }).click({ force: true })
        await page.getByRole('option', { name: body }).locator('visible=true').click()
        await page.fill('#clearance-file', '2026-1')
        await page.getByRole('button', { name: '登记结论' }).click()
        await page.getByTestId('clearances').locator('td.clear').nth(bodies.indexOf(body)).waitFor()
      }
      await page.getByTestId('obstacles').getByText('没有障碍').waitFor()
    }
    expect(await page.getByTestId('history').locator('li').count()).toBeGreaterThanOrEqual(4)
    expect(await violations(page)).toEqual([])
  })

  it('ranks, shows the parts, chooses within the posts and keeps the rest with a reason', async () => {
    await page.getByRole('link', { name: '研究确定' }).click()
    const rows = page.getByTestId('ranking').locator('tbody tr')
    await rows.nth(2).waitFor()
    await page.getByTestId('composition').waitFor()
    for (const [i, outcome] of ['chosen', 'reserve', 'not_chosen'].entries()) await rows.nth(i).locator('select').selectOption(outcome)
    await rows.nth(2).getByRole('textbox').fill('名额已满')
    await page.getByTestId('composition').getByText('拟派 1 人').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: /保存 3 项变更/ }).click()
    await said(/结论已保存/)
  })

  it('publishes, takes an objection and decides it, and will not lock before the time is over', async () => {
    await page.getByRole('link', { name: '公示与锁定' }).click()
    await page.getByRole('button', { name: '公示名单' }).click()
    await page.getByTestId('public-list').waitFor()
    expect(await page.getByTestId('public-list').locator('tbody tr').count()).toBe(1)
    const published = await page.getByTestId('public-list').locator('tbody th').innerText()
    expect(await violations(page)).toEqual([])
    await page.getByRole('link', { name: '提名人选', exact: true }).first().click()
    await page.getByRole('link', { name: published }).first().click()
    const objections = page.getByTestId('objections')
    await objections.locator('#objection-day').fill(day(0))
    await objections.locator('#objection-text').fill('有人反映其长期不在岗')
    await objections.getByRole('button', { name: '登记异议' }).click()
    await objections.getByRole('textbox', { name: '处理理由' }).fill('经查不实')
    await page.getByTestId('obstacles').getByText('有异议尚未处理').waitFor()
    await objections.getByRole('button', { name: '不成立' }).click()
    await objections.getByText('经查不实').waitFor()
    await page.getByTestId('obstacles').getByText('没有障碍').waitFor()
    await page.getByRole('link', { name: '公示与锁定' }).click()
    await page.getByRole('button', { name: /锁定名单…/ }).click()
    await page.fill('#lock-round', round)
    await page.getByRole('button', { name: '锁定', exact: true }).click()
    expect(await page.getByRole('alert').innerText()).toMatch(/公示到 .* 前结束，之后才能锁定/)
  })

  it('fits a phone, without barriers', async () => {
    const width = 390
    await page.setViewportSize({ width, height: 844 })
    const steps = ['', '/villages', '/needs', '/quotas', '/nominees', `/nominees/${cadres[0] ?? ''}`, '/choice', '/publicity']
    const { policies } = await office.api<{ policies: { id: string }[] }>('/api/policies')
    const addresses = [...steps.map((step) => `/selections/${round}${step}`), '/selections', '/policies', `/policies/${policies[0]?.id ?? ''}`]
    for (const address of addresses) {
      await office.go(address)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.waitForLoadState('networkidle')
      expect([address, await violations(page)]).toEqual([address, []])
      expect([address, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([address, width])
    }
  })
})
