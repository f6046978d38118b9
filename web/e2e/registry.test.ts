import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles, violations } from './support/accessibility'
import { numberIn, visit, type Office } from './support/office'

interface Rows {
  total: number
  records: { key: string; values: Record<string, string> }[]
}

describe.each([['a desk', 1440, 900], ['a phone', 390, 844]])('the registry on %s', (_, width, height) => {
  let office: Office
  beforeAll(async () => {
    office = await visit(width, height)
    await office.go('/')
    await office.signIn('county')
  })
  afterAll(() => office.leave())

  it.each(['cadre', 'unit', 'village', 'region'])('has no barriers in the table of each %s, and tells rows and cells', async (entity) => {
    const { page } = office
    await office.go(`/registry/${entity}`)
    await page.locator('tbody a').first().waitFor()
    expect(await violations(page)).toEqual([])
    const rows = await page.locator('tbody tr.row').count()
    const columns = await page.locator('thead th').count()
    const told = await roles(page)
    expect(rows).toBeGreaterThan(5)
    expect(told.get('row')).toBe(rows + 1)
    expect(told.get('cell')).toBe(rows * columns)
    expect(told.get('columnheader')).toBe(columns)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
  })

  it('has no barriers in its panels, in a record and in its form', async () => {
    const { page } = office
    await office.go('/registry/cadre')
    await page.locator('tbody a').first().waitFor()
    for (const name of ['筛选', '筛选方案', '显示列', '导出']) {
      await page.getByRole('button', { name, exact: true }).click()
      await page.getByRole('group', { name, exact: true }).first().waitFor()
      expect([name, await violations(page)]).toEqual([name, []])
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
      await page.keyboard.press('Escape')
    }
    await page.locator('tbody a').first().click()
    await page.locator('#record').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '修改' }).click()
    await page.locator('#field-name').waitFor()
    expect(await violations(page)).toEqual([])
  })
})

describe('the table of cadres', () => {
  let office: Office
  beforeAll(async () => {
    office = await visit()
    await office.go('/')
    await office.signIn('county')
  })
  afterAll(() => office.leave())

  const asked = (query: string) => office.api<Rows>(`/api/registry/cadre?${query}`)
  const told = async () => numberIn(await office.page.locator('.head [role=status]').innerText())

  it('is narrowed by a filter, which stands in the address and can be let go', async () => {
    const { page } = office
    await office.go('/registry/cadre')
    await page.locator('tbody a').first().waitFor()
    const all = await told()
    await page.getByRole('button', { name: '筛选', exact: true }).click()
    await page.selectOption('#filter-field', 'sex')
    await page.getByRole('checkbox', { name: '女', exact: true }).check()
    await page.getByRole('button', { name: '加上这个条件' }).click()
    await page.waitForURL(/f=sex/)
    const { total } = await asked('limit=1&filter=sex:in:2')
    await page.getByText(`共 ${total.toLocaleString('zh-CN')} 条`).waitFor()
    expect(total).toBeLessThan(all)
    await page.getByRole('button', { name: /去掉：性别/ }).click()
    await page.getByText(`共 ${all.toLocaleString('zh-CN')} 条`).waitFor()
  })

  it('changes chosen rows together after a look at what would come of it, and takes it back', async () => {
    const { page } = office
    const { records } = await asked('limit=2&columns=name,rural_years')
    await office.go('/registry/cadre?c=name,rural_years')
    const boxes = page.locator('tbody input[type=checkbox]')
    await boxes.nth(0).check()
    await boxes.nth(1).check()
    await page.getByRole('button', { name: '批量修改' }).click()
    await page.selectOption('#bulk-field', 'rural_years')
    await page.fill('#bulk-value', '37')
    expect(await page.getByRole('button', { name: '确认修改' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: '先看结果' }).click()
    await page.getByTestId('outcome').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '确认修改' }).click()
    await page.getByTestId('undo').getByText('修改 2 条').waitFor()
    expect((await asked('limit=2&columns=rural_years')).records.map((r) => r.values.rural_years)).toEqual(['37', '37'])
    await page.getByTestId('undo').getByRole('button', { name: '撤销' }).click()
    await page.getByTestId('undo').getByText('已撤销').waitFor()
    const after = await asked('limit=2&columns=name,rural_years')
    expect(after.records.map((r) => r.values)).toEqual(records.map((r) => r.values))
  })

  it('says beside the field what is wrong with it', async () => {
    const { page } = office
    await office.go('/registry/cadre')
    await page.locator('tbody a').first().click()
    await page.getByRole('button', { name: '修改' }).click()
    await page.fill('#field-rural_years', '400')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.locator('#field-rural_years-fault').filter({ hasText: '超出范围' }).waitFor()
    await page.getByRole('button', { name: '不保存，返回' }).click()
  })

  it('shows a masked number to whoever gives a reason', async () => {
    const { page } = office
    await office.go('/registry/cadre')
    await page.locator('tbody a').first().click()
    await page.getByRole('button', { name: '查看公民身份号码' }).click()
    await page.getByLabel('查看理由').fill('核对花名册')
    await page.getByRole('dialog').getByRole('button', { name: '查看', exact: true }).click()
    await page.locator('.secret .value').filter({ hasText: /^\d{17}[\dX]$/ }).waitFor()
  })

  it('prints its statistics as an official paper', async () => {
    const { page } = office
    await office.go('/registry/cadre/papers/statistics')
    await page.getByTestId('paper').waitFor()
    const { total } = await asked('limit=1')
    expect(await page.getByTestId('paper').locator('tbody tr').first().innerText()).toContain(String(total))
    expect(await violations(page)).toEqual([])
  })
})
