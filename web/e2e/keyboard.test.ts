import { afterAll, beforeAll, expect, it } from 'vitest'
import { offices, shown, visit, type Office } from './support/office'

let office: Office
beforeAll(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('province')
  await shown(office.page, offices.province.name)
})
afterAll(() => office.leave())

const focused = () =>
  office.page.evaluate(() => {
    const e = document.activeElement as HTMLElement
    return e.getAttribute('aria-label') ?? e.innerText.trim()
  })

it('skips to the content first', async () => {
  const { page } = office
  await page.reload()
  await shown(page, offices.province.name)
  await page.keyboard.press('Tab')
  expect(await focused()).toBe('跳到正文')
  await page.keyboard.press('Enter')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
})

it('finds a place by pinyin, initials and code with / and Enter', async () => {
  const { page } = office
  for (const [text, name] of [['huayuan', '花垣县'], ['hyx', '花垣县'], ['431222114', '官庄镇']] as const) {
    await page.locator('h1').click()
    await page.keyboard.press('/')
    expect(await focused()).toBe('搜索地区')
    await page.keyboard.type(text, { delay: 20 })
    await page.getByRole('option', { name: new RegExp(name) }).first().waitFor()
    const options = await page.getByRole('option').allInnerTexts()
    const steps = options.findIndex((option) => option.startsWith(name))
    for (let i = 0; i < steps; i++) await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await shown(page, name)
  }
})

it('sorts and drills without a pointer', async () => {
  const { page } = office
  await office.go(`/plans/${office.plan()}/regions/430000000000`)
  await shown(page, '湖南省')
  await page.getByTestId('figures').getByRole('button', { name: '工作队' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/sort=teams&desc=1/)
  await page.getByTestId('figures').getByRole('link').first().focus()
  const name = await focused()
  await page.keyboard.press('Enter')
  await shown(page, name)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('main')
})

it('scrolls the long table and opens a team', async () => {
  const { page } = office
  await office.go(`/plans/${office.plan()}/teams`)
  await page.locator('tbody .open').first().waitFor()
  await page.locator('.scroller').focus()
  for (let i = 0; i < 3; i++) await page.keyboard.press('PageDown')
  await page.waitForURL(/[?&]at=\d+/)
  await page.locator('tbody tr.row .open').nth(12).focus()
  await page.keyboard.press('Enter')
  await page.getByTestId('parts').waitFor()
})

it('signs out from the menu', async () => {
  const { page } = office
  await page.getByRole('button', { name: /账号/ }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: '退出登录' }).waitFor()
  await page.keyboard.press('Tab')
  await page.getByRole('menuitem', { name: '退出登录' }).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/login/)
})
