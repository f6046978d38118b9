import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { numberIn, offices, rowOf, shown, visit, type Office } from './support/office'

let office: Office
beforeAll(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('province')
  await shown(office.page, offices.province.name)
})
afterAll(() => office.leave())

/** Moves the pointer over the map until the card beside it names the place. */
async function pointAt(page: Page, name: string): Promise<Record<string, string>> {
  const box = await page.locator('.canvas').boundingBox()
  if (!box) throw new Error('there is no map')
  const card = page.locator('.hover')
  for (let y = 12; y < box.height; y += 16) {
    for (let x = 12; x < box.width; x += 16) {
      await page.mouse.move(box.x + x, box.y + y)
      if ((await card.count()) === 0) continue
      if ((await card.locator('strong').textContent({ timeout: 1000 }).catch(() => '')) !== name) continue
      return cardNumbers(page)
    }
  }
  throw new Error(`${name} is not on the map`)
}

async function cardNumbers(page: Page): Promise<Record<string, string>> {
  const names = await page.locator('.hover dt').allInnerTexts()
  const values = await page.locator('.hover dd').allInnerTexts()
  return Object.fromEntries(names.map((name, i) => [name, values[i] ?? '']))
}

async function drill(page: Page, name: string) {
  const told = await pointAt(page, name)
  const row = await rowOf(page, name)
  expect(told).toMatchObject({ 村: row.村, 已派驻: row.已派驻, 工作队: row.工作队, 队员: row.队员 })
  await page.mouse.down()
  await page.mouse.up()
  await shown(page, name)
}

describe('the map', () => {
  it('leads from the province to a township, telling the table’s numbers on the way, and the back key leads back', async () => {
    const { page } = office
    await page.mouse.move(0, 0)
    for (const name of ['湘西土家族苗族自治州', '花垣县', '双龙镇']) await drill(page, name)
    await page.getByTestId('villages').waitFor()
    for (const name of ['花垣县', '湘西土家族苗族自治州', '湖南省']) {
      await page.goBack()
      await shown(page, name)
    }
  })

  it('is coloured by the measure in the address', async () => {
    const { page } = office
    await page.getByText('队员匹配', { exact: true }).first().click()
    await page.waitForURL(/[?&]m=member_match/)
    await page.getByRole('img', { name: /按队员匹配着色/ }).waitFor()
    await page.reload()
    await page.getByRole('img', { name: /按队员匹配着色/ }).waitFor()
  })

  it('says where its outlines come from and that they are not an approved map', async () => {
    const notices = (await office.page.locator('.notice').allInnerTexts()).join()
    expect(notices).toMatch(/示意|演示/)
    expect(notices).toContain('界线来源')
  })
})

describe('the table beside it', () => {
  it('leads from the province to a township and its teams', async () => {
    const { page } = office
    await office.go(`/plans/${office.plan()}/regions/430000000000`)
    for (const name of ['怀化市', '沅陵县', '官庄镇']) {
      await page.getByTestId('figures').getByRole('link', { name, exact: true }).click()
      await shown(page, name)
    }
    await page.getByTestId('villages').getByRole('link').first().click()
    await page.getByTestId('parts').waitFor()
    await page.getByRole('navigation', { name: '所在位置' }).getByRole('link', { name: '沅陵县' }).click()
    await shown(page, '沅陵县')
  })

  it('sums to its last row', async () => {
    const { page } = office
    await office.go(`/plans/${office.plan()}/regions/430000000000`)
    await shown(page, '湖南省')
    const table = page.getByTestId('figures')
    expect(await table.locator('tbody tr').count()).toBe(14)
    const villages = await table.locator('tbody tr td:nth-of-type(2)').allInnerTexts()
    const total = await table.locator('tfoot td:nth-of-type(2)').innerText()
    expect(villages.reduce((sum, n) => sum + numberIn(n), 0)).toBe(numberIn(total))
  })

  it('is sorted by a heading, and the order is in the address', async () => {
    const { page } = office
    await page.getByTestId('figures').getByRole('button', { name: '村', exact: true }).click()
    await page.waitForURL(/sort=villages&desc=1/)
    const villages = await page.locator('[data-testid=figures] tbody tr td:nth-of-type(2)').allInnerTexts()
    const numbers = villages.map(numberIn)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
  })
})
