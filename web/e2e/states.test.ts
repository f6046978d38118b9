import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { violations } from './support/accessibility'
import { offices, rowOf, shown, visit, type Office } from './support/office'

let office: Office
beforeEach(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('province')
  await shown(office.page, offices.province.name)
})
afterEach(() => office.leave())

describe('where things go wrong', () => {
  it('the page says that the server is out of reach, and goes on when it is back', async () => {
    const { page } = office
    office.allow(/net::ERR_FAILED/)
    await page.route('**/api/plans/*/teams/**', (route) => route.abort())
    await office.go(`/plans/${office.plan()}/teams`)
    await page.locator('tbody .open').first().click()
    await page.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.unroute('**/api/plans/*/teams/**')
    await page.getByRole('button', { name: '再试一次' }).click()
    await page.getByTestId('parts').waitFor()
  })

  it('the page says that the server failed, and does not show numbers of another place', async () => {
    const { page } = office
    office.allow(/status of 500/)
    await page.route('**/regions/431200000000', (route) => route.fulfill({ status: 500, body: '' }))
    await page.getByTestId('figures').getByRole('link', { name: '怀化市' }).click()
    await page.getByRole('alert').filter({ hasText: '服务器出错了' }).waitFor()
    expect(await page.getByTestId('figures').count()).toBe(0)
    await page.unroute('**/regions/431200000000')
    await page.getByRole('button', { name: '再试一次' }).click()
    await shown(page, '怀化市')
  })

  it('the list says so too', async () => {
    const { page } = office
    office.allow(/net::ERR_FAILED/)
    await page.route('**/unserved?**', (route) => route.abort())
    await office.go(`/plans/${office.plan()}/unserved`)
    await page.getByRole('alert').filter({ hasText: '连不上服务器' }).waitFor()
  })
})

describe('without outlines', () => {
  it('tiles take the map’s place, with its numbers and its way on', async () => {
    const { page } = office
    await page.route('**/api/outlines/**', (route) => route.fulfill({ status: 404, body: '' }))
    await page.reload()
    const tiles = page.locator('.tiles button')
    await tiles.first().waitFor()
    expect(await tiles.count()).toBe(14)
    expect(await violations(page)).toEqual([])
    await page.getByText('工作队数').click()
    const { 工作队: teams } = await rowOf(page, '怀化市')
    await expect.poll(() => tiles.filter({ hasText: '怀化市' }).innerText()).toContain(teams ?? '-')
    await tiles.filter({ hasText: '怀化市' }).click()
    await page.getByRole('heading', { level: 1, name: '怀化市' }).waitFor()
  })
})

it('a team’s page prints without the bars of the screen', async () => {
  const { page } = office
  await office.go(`/plans/${office.plan()}/teams`)
  await page.locator('tbody .open').first().click()
  await page.getByTestId('parts').waitFor()
  await page.emulateMedia({ media: 'print' })
  expect(await page.getByRole('banner').isVisible()).toBe(false)
  expect(await page.getByTestId('parts').isVisible()).toBe(true)
})
