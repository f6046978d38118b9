import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launch } from './support/browser'
import { startServer, type Server } from './support/server'

const widths = [1440, 390]
const username = 'hunan'
const settleMs = 600

/** Takes a picture of each page at each width into the folder, as WIDTH-PAGE.png. */
export async function takeScreenshots(folder: string | undefined): Promise<void> {
  if (!folder) throw new Error('say where the pictures go: npm run screenshots -- FOLDER')
  await mkdir(folder, { recursive: true })
  const server = await startServer()
  try {
    for (const width of widths) await takeAt(width, server, folder)
  } finally {
    await server.stop()
  }
}

async function takeAt(width: number, server: Server, folder: string) {
  const browser = await launch(width, 900)
  const page = await browser.context.newPage()
  const take = async (name: string) => {
    await page.waitForLoadState('networkidle')
    await page.waitForTimeout(settleMs)
    const path = join(folder, `${width}-${name}.png`)
    await page.screenshot({ path, fullPage: true })
    console.log(path)
  }
  try {
    await page.goto(`${server.url}/login`)
    await take('login')
    const plan = await signIn(page, server)
    await take('province')
    for (const [name, path] of pages(plan)) {
      await page.goto(server.url + path)
      await take(name)
    }
    await page.goto(`${server.url}/plans/${plan}/teams?unit=province&sort=score&desc=1`)
    await page.locator('tbody .open').first().click()
    await take('team')
    await page.getByRole('button', { name: 'English' }).click()
    await take('team-en')
    await page.goto(`${server.url}/plans/${plan}/regions/433100000000?m=unit_match`)
    await take('city-en')
  } finally {
    await browser.close()
  }
}

async function signIn(page: Page, server: Server): Promise<string> {
  await page.fill('#username', username)
  await page.fill('#password', server.accounts[username] ?? '')
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/regions\//)
  return new URL(page.url()).pathname.split('/')[2] ?? ''
}

function pages(plan: string): [name: string, path: string][] {
  return [
    ['city', `/plans/${plan}/regions/433100000000?m=unit_match`],
    ['county', `/plans/${plan}/regions/433124000000?m=unit_match`],
    ['township', `/plans/${plan}/regions/433124105000`],
    ['teams', `/plans/${plan}/teams`],
    ['teams-filtered', `/plans/${plan}/teams?region=433100000000&category=key&unit=province`],
    ['teams-none', `/plans/${plan}/teams?q=没有这样的村名`],
    ['unserved', `/plans/${plan}/unserved`],
    ['not-found', `/plans/${plan}/teams/none`],
    ['lost', '/no/such/page'],
  ]
}
