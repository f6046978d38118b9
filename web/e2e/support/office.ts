import type { Page } from 'playwright-core'
import { expect, inject } from 'vitest'
import { launch, type OwnBrowser } from './browser'
import type { Server } from './server'

/** The account of each level that the tests use, and its own division. */
export const offices = {
  province: { username: 'hunan', code: '430000000000', name: '湖南省' },
  county: { username: 'huayuan', code: '433124000000', name: '花垣县' },
} as const

/** A browser on the office, with all that went wrong behind the page's back. */
export interface Office {
  page: Page
  url: string
  /** Goes to an address of the office. */
  go(path: string): Promise<void>
  /** Signs in as the office of a level, from the log-in page. */
  signIn(level: keyof typeof offices): Promise<void>
  /** The plan that the page is about, from its address. */
  plan(): string
  /** Asks the server as the signed-in account. */
  api<Answer>(path: string): Promise<Answer>
  /** Takes a console error for part of the test. */
  allow(pattern: RegExp): void
  /** Fails on console errors, on uncaught errors and on requests to any other host; then closes. */
  leave(): Promise<void>
}

/** Chrome writes an error for each of these answers, which the office expects: nobody is signed in, or nothing is there. */
const expected = [/Failed to load resource: the server responded with a status of (401|404|422)/]

/** Opens a browser on the server of all tests, or on one of the test's own. */
export async function visit(width?: number, height?: number, server?: Pick<Server, 'url' | 'accounts'>): Promise<Office> {
  const browser = await launch(width, height)
  const page = await browser.context.newPage()
  const { url, accounts } = server ?? { url: inject('url'), accounts: inject('accounts') }
  const allowed = [...expected]
  const troubles = watch(page, url)
  return {
    page,
    url,
    go: async (path) => void (await page.goto(url + path)),
    async signIn(level) {
      const { username } = offices[level]
      await page.fill('#username', username)
      await page.fill('#password', accounts[username] ?? '')
      await page.keyboard.press('Enter')
      await page.waitForURL((now) => now.pathname !== '/login')
    },
    plan: () => new URL(page.url()).pathname.split('/')[2] ?? '',
    async api(path) {
      const answer = await page.request.get(url + path)
      return (await answer.json()) as never
    },
    allow: (pattern) => void allowed.push(pattern),
    leave: () => leave(browser, troubles, allowed),
  }
}

async function leave(browser: OwnBrowser, troubles: string[], allowed: RegExp[]) {
  await browser.close()
  expect(troubles.filter((trouble) => !allowed.some((pattern) => pattern.test(trouble)))).toEqual([])
}

function watch(page: Page, url: string): string[] {
  const troubles: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text())
  })
  page.on('pageerror', (error) => troubles.push(String(error)))
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.origin !== url && asked.protocol.startsWith('http')) troubles.push(`request to ${asked.origin}`)
  })
  return troubles
}

/** Waits until the page shows a division: its heading, its table and its map. */
export async function shown(page: Page, name: string) {
  await page.getByRole('heading', { level: 1, name, exact: true }).waitFor()
  await page.locator('[data-drawn=yes]').waitFor()
}

/** The numbers of a table's row, by heading. */
export async function rowOf(page: Page, name: string): Promise<Record<string, string>> {
  const table = page.getByTestId('figures')
  const headings = await table.locator('thead th').allInnerTexts()
  const row = table.locator('tbody tr').filter({ has: page.getByRole('link', { name, exact: true }) })
  const cells = await row.locator('th, td').allInnerTexts()
  return Object.fromEntries(headings.map((heading, i) => [heading.trim(), (cells[i] ?? '').trim()]))
}

/** "12,460" as a number. */
export const numberIn = (text: string | undefined) => Number((text ?? '').replace(/[^\d.−-]/g, '').replace('−', '-'))
