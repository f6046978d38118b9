import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, violations } from './support/accessibility'
import { shown, visit, type Office } from './support/office'

describe.each([['a desk', 1440, 900], ['a phone', 390, 844]])('on %s', (_, width, height) => {
  let office: Office
  let plan: string
  beforeAll(async () => {
    office = await visit(width, height)
  })
  afterAll(() => office.leave())

  it('the log-in page has no barriers', async () => {
    await office.go('/login')
    await office.page.getByRole('heading', { name: '登录' }).waitFor()
    expect(await violations(office.page)).toEqual([])
    await office.signIn('province')
    await office.page.waitForURL(/\/regions\//)
    plan = office.plan()
  })

  it.each([
    ['湖南省', '430000000000', 14],
    ['湘西土家族苗族自治州', '433100000000', 8],
    ['花垣县', '433124000000', 12],
  ])('the page of %s has no barriers, and every row of its table is told', async (name, code, rows) => {
    const { page } = office
    await office.go(`/plans/${plan}/regions/${code}`)
    await shown(page, name)
    expect(await violations(page)).toEqual([])
    const told = await roles(page)
    expect(told.get('row')).toBe(rows + 2)
    expect(told.get('rowheader')).toBe(rows + 1)
    expect(told.get('cell')).toBe((rows + 1) * 8)
    expect(told.get('columnheader')).toBe(9)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('the page of a township has no barriers', async () => {
    const { page } = office
    await office.go(`/plans/${plan}/regions/433124107000`)
    await page.getByTestId('villages').waitFor()
    const rows = await page.locator('[data-testid=villages] tbody tr').count()
    expect(rows).toBeGreaterThan(0)
    expect(await violations(page)).toEqual([])
    expect((await roles(page)).get('row')).toBe(rows + 1)
  })

  it('the list of teams has no barriers, and tells each row in view with its cells', async () => {
    const { page } = office
    await office.go(`/plans/${plan}/teams`)
    await page.locator('tbody .open').first().waitFor()
    expect(await violations(page)).toEqual([])
    const rows = await page.locator('tbody tr.row').count()
    expect(rows).toBeGreaterThan(10)
    const told = await roles(page)
    expect(told.get('row')).toBe(rows + 1)
    expect(told.get('cell')).toBe(rows * 10)
    expect(told.get('columnheader')).toBe(10)
    const indexes = await page.locator('tbody tr.row').evaluateAll((all) => all.map((e) => Number(e.getAttribute('aria-rowindex'))))
    expect(indexes).toEqual(indexes.map((_unused, i) => i + 2))
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('the page of a team has no barriers, and tells all of its tables', async () => {
    const { page } = office
    await page.locator('tbody .open').first().click()
    await page.getByTestId('parts').waitFor()
    expect(await violations(page)).toEqual([])
    const told = await roles(page)
    const members = await page.locator('[data-testid=members] tbody tr').count()
    const needs = await page.locator('table:not([data-testid]) tbody tr').count()
    expect(told.get('row')).toBe(1 + 9 + 1 + (1 + members) + (needs - 9) + 1)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it.each(['unserved', 'teams/none', 'teams?q=没有这样的村名'])('%s has no barriers', async (path) => {
    const { page } = office
    await office.go(`/plans/${plan}/${path}`)
    await page.locator('main [role=status], main [role=alert]').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await violations(page)).toEqual([])
  })

  it('open menus have no barriers', async () => {
    const { page } = office
    await office.go(`/plans/${plan}/teams`)
    await page.locator('tbody .open').first().waitFor()
    await page.getByRole('button', { name: /账号/ }).click()
    await page.getByRole('menuitem').waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: '类别' }).click({ force: true })
    await page.getByRole('option', { name: '巩固村' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('combobox', { name: '搜索地区' }).fill('huayuan')
    await page.getByRole('option', { name: /花垣县/ }).first().waitFor()
    expect(await violations(page)).toEqual([])
  })
})
