import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { numberIn, visit, type Office } from './support/office'

interface Row {
  id: string
  villages: { code: string; name: string }[]
  unit: { name: string }
  leader: string
  score: number
  category: string
}
interface Answer {
  total: number
  rows: Row[]
}

let office: Office
let plan: string
beforeAll(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('province')
  await office.page.waitForURL(/\/regions\//)
  plan = office.plan()
})
afterAll(() => office.leave())

beforeEach(async () => {
  await office.go(`/plans/${plan}/teams`)
  await office.page.locator('tbody .open').first().waitFor()
})

/** Offices that a county has, and how they are spelt. */
const offices: [name: string, spelt: string[]][] = [
  ['花垣县农业农村局', ['huayuanxiannongyenongcunju', 'hyxnyncj']],
  ['花垣县财政局', ['huayuanxiancaizhengju', 'hyxczj']],
  ['花垣县水利局', ['huayuanxianshuiliju', 'hyxslj']],
  ['花垣县教育局', ['huayuanxianjiaoyuju', 'hyxjyj']],
  ['花垣县审计局', ['huayuanxianshenjiju', 'hyxsjj']],
  ['花垣县司法局', ['huayuanxiansifaju', 'hyxsfj']],
]

const total = async () => numberIn(await office.page.getByRole('status').first().innerText())
const asked = (query: string) => office.api<Answer>(`/api/plans/${plan}/teams?${query}`)
const names = () => office.page.locator('tbody .open').allInnerTexts()

async function search(text: string) {
  await office.page.getByRole('textbox', { name: '搜索工作队' }).fill(text)
  await office.page.waitForURL((url) => url.searchParams.get('q') === text)
  await office.page.locator('tbody .open').first().waitFor()
}

describe('the list of teams', () => {
  it('holds all teams, few of them in the page', async () => {
    const { page } = office
    const { total: all } = await asked('limit=1')
    expect(await total()).toBe(all)
    expect(await page.getByRole('table').getAttribute('aria-rowcount')).toBe(String(all + 1))
    expect(await page.locator('tbody tr.row').count()).toBeLessThanOrEqual(45)
  })

  it('can be scrolled to its end, and the back key leads back to where one was', async () => {
    const { page } = office
    const { total: all } = await asked('limit=1')
    await page.locator('.scroller').evaluate((e) => e.scrollTo(0, e.scrollHeight))
    const last = page.locator(`tbody tr[aria-rowindex="${all + 1}"] .open`)
    await last.waitFor()
    await page.waitForURL(/[?&]at=\d+/)
    await last.click()
    await page.getByTestId('parts').waitFor()
    await page.goBack()
    await last.waitFor()
  })

  it('finds teams by a village’s name and by its code', async () => {
    const { rows } = await asked('region=433124&limit=1')
    const village = rows[0]?.villages[0]
    await search(village?.name ?? '')
    expect(await total()).toBe((await asked(`limit=1&q=${encodeURIComponent(village?.name ?? '')}`)).total)
    await search(village?.code ?? '')
    expect(await total()).toBe(1)
    expect((await names())[0]).toContain(village?.name)
  })

  it('finds teams by pinyin and by its initials', async () => {
    const { rows } = await asked('region=433124&unit_level=county&limit=200')
    const [unit, spelt] = rows.flatMap(({ unit: { name } }) => offices.filter(([office]) => office === name))[0] ?? []
    if (!unit || !spelt) throw new Error('none of the offices leads a team')
    for (const text of spelt) {
      await search(text)
      expect(await total()).toBeLessThan(rows.length)
      await expect.poll(() => office.page.locator('tbody').innerText()).toContain(unit)
    }
  })

  it('says in words that nothing fits', async () => {
    await office.page.getByRole('textbox', { name: '搜索工作队' }).fill('没有这样的村名')
    await office.page.getByText('没有符合条件的工作队').waitFor()
  })

  it('is narrowed by category and by level of unit; the address keeps both', async () => {
    const { page } = office
    await page.getByRole('combobox', { name: '类别' }).click({ force: true })
    await page.getByRole('option', { name: '重点帮扶村' }).click()
    await page.getByRole('combobox', { name: '单位层级' }).click({ force: true })
    await page.getByRole('option', { name: '省派' }).click()
    await page.waitForURL(/category=key.*unit=province/)
    const { total: expected } = await asked('category=key&unit_level=province&limit=1')
    await expect.poll(total).toBe(expected)
    await page.reload()
    await page.locator('tbody .open').first().waitFor()
    expect(await total()).toBe(expected)
    const rows = await page.locator('tbody tr.row').allInnerTexts()
    expect(rows.every((row) => row.includes('重点帮扶村') && row.includes('省派'))).toBe(true)
  })

  it('is sorted by its headings', async () => {
    const { page } = office
    await page.getByRole('columnheader', { name: '得分' }).getByRole('button').click()
    await page.waitForURL(/sort=score&desc=1/)
    const { rows } = await asked('sort=score&desc=true&limit=1')
    await expect.poll(async () => (await page.locator('tbody tr.row').first().innerText()).includes(rows[0]?.id ?? '-')).toBe(true)
    expect(await page.getByRole('columnheader', { name: '得分' }).getAttribute('aria-sort')).toBe('descending')
  })

  it('is narrowed to a division', async () => {
    const { page } = office
    await page.getByRole('combobox', { name: '按地区筛选' }).fill('huayuan')
    await page.getByRole('option', { name: /^花垣县/ }).click()
    await page.waitForURL(/region=433124000000/)
    await page.getByRole('link', { name: '花垣县', exact: true }).waitFor()
    const { total: some } = await asked('region=433124&limit=1')
    await expect.poll(total).toBe(some)
    await page.getByRole('button', { name: '取消地区条件' }).click()
    const { total: all } = await asked('limit=1')
    await expect.poll(total).toBe(all)
  })
})

describe('a team’s page', () => {
  it('explains its score: the parts sum to it', async () => {
    const { page } = office
    const { rows } = await asked('sort=score&desc=true&limit=3')
    for (const row of rows) {
      await office.go(`/plans/${plan}/teams/${row.id}`)
      const parts = page.getByTestId('parts')
      await parts.waitFor()
      const points = await parts.locator('tbody [data-points]').evaluateAll((all) => all.map((e) => Number(e.getAttribute('data-points'))))
      expect(points).toHaveLength(9)
      expect(points.reduce((a, b) => a + b, 0)).toBe(row.score)
      expect(numberIn(await page.getByTestId('total').innerText())).toBe(row.score)
      expect(await page.getByTestId('members').innerText()).toContain(row.leader)
    }
  })

  it('has words for every part', async () => {
    const { page } = office
    await page.locator('tbody .open').first().click()
    await page.getByTestId('parts').waitFor()
    const sentences = await page.locator('[data-part] th .note').allInnerTexts()
    expect(sentences).toHaveLength(9)
    for (const sentence of sentences) expect(sentence).toMatch(/[\u4e00-\u9fff].*。$/)
  })
})

it('unserved villages have their reasons, or there are none', async () => {
  const { page } = office
  const { total: unserved } = await office.api<Answer>(`/api/plans/${plan}/unserved?limit=1`)
  await office.go(`/plans/${plan}/unserved`)
  if (unserved === 0) return page.getByText('这里没有未派驻的村').waitFor()
  await page.locator('tbody .open').first().waitFor()
  expect(await total()).toBe(unserved)
  const reasons = await page.locator('tbody tr.row td:last-child').allInnerTexts()
  expect(reasons.filter((reason) => reason.trim() === '')).toEqual([])
})
