import { afterEach, beforeEach, expect, it } from 'vitest'
import { offices, shown, visit, type Office } from './support/office'

let office: Office
beforeEach(async () => {
  office = await visit()
})
afterEach(() => office.leave())

it('leads from a page to the log-in and back to it', async () => {
  const { page } = office
  await office.go('/plans/2021-recorded/teams?category=key')
  await page.waitForURL(/\/login\?next=/)
  await office.signIn('province')
  await page.waitForURL(/\/plans\/2021-recorded\/teams\?category=key/)
})

it('says in words that the password is wrong', async () => {
  const { page } = office
  await office.go('/')
  await page.fill('#username', 'hunan')
  await page.fill('#password', 'not this one')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: '用户名或密码不正确' }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/login')
})

it('opens at the reader’s own division and ends at the log-in', async () => {
  const { page } = office
  await office.go('/')
  await office.signIn('county')
  await shown(page, offices.county.name)
  await page.getByRole('button', { name: /账号/ }).click()
  await page.getByText('退出登录').click()
  await page.waitForURL(/\/login/)
  await office.go('/plans/2021-recorded/teams')
  await page.waitForURL(/\/login/)
})

it('says when the session has ended, and goes on where it was', async () => {
  const { page } = office
  await office.go('/')
  await office.signIn('province')
  await shown(page, offices.province.name)
  await page.context().clearCookies()
  await page.getByTestId('figures').getByRole('link', { name: '怀化市' }).click()
  await page.getByText('登录已过期').waitFor()
  await office.signIn('province')
  await shown(page, '怀化市')
})

it('changes the language everywhere and keeps it', async () => {
  const { page } = office
  await office.go('/')
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Sign in' }).waitFor()
  await office.signIn('province')
  await page.getByRole('link', { name: 'Unserved villages' }).waitFor()
  expect(await page.getAttribute('html', 'lang')).toBe('en')
  await page.reload()
  await page.getByRole('columnheader', { name: 'Coverage' }).waitFor()
  await page.getByRole('button', { name: '中文' }).click()
  await page.getByRole('columnheader', { name: '覆盖率' }).waitFor()
  expect(await page.getAttribute('html', 'lang')).toBe('zh-CN')
})
