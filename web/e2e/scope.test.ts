import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberIn, offices, shown, visit, type Office } from './support/office'

let office: Office
let plan: string
beforeAll(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('county')
  await shown(office.page, offices.county.name)
  plan = office.plan()
})
afterAll(() => office.leave())

describe('a county’s account', () => {
  it('sees its county and names, but no links, of what lies above', async () => {
    const crumbs = office.page.getByRole('navigation', { name: '所在位置' })
    expect(await crumbs.innerText()).toMatch(/湖南省[\s›]+湘西土家族苗族自治州[\s›]+花垣县/)
    expect(await crumbs.getByRole('link').count()).toBe(0)
  })

  it('lists the teams of its county only', async () => {
    const { page } = office
    await office.go(`/plans/${plan}/teams`)
    await page.locator('tbody .open').first().waitFor()
    const places = await page.locator('tbody tr.row td:nth-child(2)').allInnerTexts()
    expect(places.length).toBeGreaterThan(10)
    expect(places.filter((place) => !place.startsWith('花垣县'))).toEqual([])
    const { total } = await office.api<{ total: number }>(`/api/plans/${plan}/teams?limit=1`)
    expect(numberIn(await page.getByRole('status').first().innerText())).toBe(total)
  })

  it('is told “not found” of places and teams elsewhere', async () => {
    const { page } = office
    const elsewhere = ['430000000000', '431222000000', '431222114000'].map((code) => `/plans/${plan}/regions/${code}`)
    // The recorded plan's first team is in Changsha.
    for (const path of [...elsewhere, '/plans/2021-recorded/teams/T00001']) {
      await office.go(path)
      await page.getByRole('alert').filter({ hasText: '没有找到' }).waitFor()
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(0)
    }
  })

  it('finds no places elsewhere', async () => {
    const { page } = office
    await office.go(`/plans/${plan}/regions/${offices.county.code}`)
    await shown(page, offices.county.name)
    const box = page.getByRole('combobox', { name: '搜索地区' })
    const answered = page.waitForResponse(/\/api\/regions\?q=/)
    await box.fill('沅陵')
    expect(((await (await answered).json()) as { regions: unknown[] }).regions).toEqual([])
    await box.fill('双龙')
    await page.getByRole('option', { name: /双龙镇/ }).first().waitFor()
  })
})

it('a page that does not exist says so', async () => {
  await office.go('/no/such/page')
  await office.page.getByText('没有这个页面').waitFor()
})
