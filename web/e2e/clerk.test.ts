import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { violations } from './support/accessibility'
import { visit, type Office } from './support/office'
import { startServer, type Server } from './support/server'

const round = 'e2e-clerk'
const people = ['申远航', '申知夏', '申望舒', '申景行']
const chosen = 3
const bodies = ['纪检监察', '组织部门']

interface Tables {
  entities: { entity: string; fields: { key: string; label: string }[] }[]
}
interface Rows {
  total: number
  records: { key: string; values: Record<string, string> }[]
}
interface Published {
  publication: { to: string }
}

// The server is the test's own: its clock is moved, and a round comes out of it.
let server: Server
let office: Office
let page: Page
let headings: Map<string, string>
let unit: string
let cadres: string[]

beforeAll(async () => {
  server = await startServer()
  office = await visit(1440, 900, server)
  page = office.page
  await office.go('/')
  await office.signIn('province')
  const { entities } = await office.api<Tables>('/api/registry')
  headings = new Map(entities.find((e) => e.entity === 'cadre')?.fields.map((f) => [f.key, f.label]))
  const { records } = await office.api<Rows>(`/api/registry/unit?limit=1&filter=${encodeURIComponent('level:eq:province')}`)
  unit = records[0]?.key ?? ''
}, 240_000)
afterAll(async () => {
  await office.leave()
  await server.stop()
})

const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
const today = () => day(0)
const said = (text: RegExp) => page.getByRole('status').filter({ hasText: text }).waitFor()

/** What the clerk types about each: fit for a team of the province, one of them as its leader. */
const typed = () => people.map((name, i) => ({
  unit, name, sex: i % 2 ? '女' : '男', birth_date: `19${85 + i}-03-0${i + 1}`, politics: '中共党员', party_date: '2008-06', native: '430181', work_date: '2009-07',
  position: '副处长', ladder: '公务员', position_rank: '县处级副职', health: '适合驻村', rural_years: '3', terms: '0', skill_farming: `${60 + 10 * i}`, skill_party: '50',
}))

/** A sheet as a spreadsheet program saves it: headings in words, one line a person. */
function sheet(rows: Record<string, string>[]): Buffer {
  const keys = Object.keys(rows[0] ?? {})
  const lines = [keys.map((key) => headings.get(key) ?? key), ...rows.map((row) => keys.map((key) => row[key] ?? ''))]
  return Buffer.from('\ufeff' + lines.map((line) => line.join(',')).join('\r\n'))
}

async function upload(rows: Record<string, string>[]) {
  await office.go('/imports?entity=cadre')
  await page.getByRole('radio', { name: '干部' }).waitFor()
  await page.setInputFiles('#sheet', { name: '人选.csv', mimeType: 'text/csv', buffer: sheet(rows) })
  await page.getByTestId('status').filter({ hasText: '试算完成' }).waitFor()
}

/** The four figures of the try. */
async function counts(): Promise<Record<string, string>> {
  const box = page.getByTestId('counts')
  const [kinds, figures] = [await box.locator('dt').allInnerTexts(), await box.locator('dd').allInnerTexts()]
  return Object.fromEntries(kinds.map((kind, i) => [kind, figures[i] ?? '']))
}

const registered = () => office.api<Rows>(`/api/registry/cadre?limit=20&columns=id,name,rural_years&filter=${encodeURIComponent('name:in:' + people.join(';'))}`)

describe('the clerk, from an empty sheet to a team in a village', () => {
  it('takes the template', async () => {
    await office.go('/imports?entity=cadre')
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载干部模板' }).click()
    expect((await coming).suggestedFilename()).toMatch(/干部.*\.xlsx$/)
  })

  it('is told each wrong cell of the sheet, and nothing is written', async () => {
    const rows = typed()
    Object.assign(rows[1] ?? {}, { birth_date: '1986-02-30' })
    Object.assign(rows[3] ?? {}, { politics: '团队', rural_years: '四年' })
    await upload(rows)
    expect(await counts()).toEqual({ 新增: '2', 修改: '0', 无变化: '0', 不合要求: '2' })
    const faults = await page.getByTestId('report').locator('tbody tr').allInnerTexts()
    for (const told of [/3\s.*D3.*1986-02-30/s, /5\s.*E5.*团队/s, /5\s.*M5.*四年/s]) expect(faults.some((fault) => told.test(fault))).toBe(true)
    expect(await violations(page)).toEqual([])
    expect((await registered()).total).toBe(0)
  })

  it('mends it, brings it again, and all of them are in the registry', async () => {
    await upload(typed())
    expect(await counts()).toEqual({ 新增: '4', 修改: '0', 无变化: '0', 不合要求: '0' })
    await page.getByRole('button', { name: /全部写入/ }).click()
    await page.getByTestId('status').filter({ hasText: '已写入' }).waitFor()
    const { records } = await registered()
    cadres = people.map((name) => records.find((r) => r.values.name === name)?.key ?? '')
    expect(cadres.every(Boolean)).toBe(true)
  })

  it('puts rules in force', async () => {
    await office.go('/policies')
    await page.getByRole('button', { name: '从样例起草' }).click()
    await page.locator('[data-sample=hunan-2021]').getByRole('button').click()
    await page.getByTestId('values').waitFor()
    await page.getByRole('button', { name: '施行', exact: true }).click()
    await page.getByRole('dialog').getByRole('button', { name: '施行' }).click()
    await said(/已施行/)
  })

  it('opens a round with a village, and gives the unit its places', async () => {
    await office.go('/selections')
    await page.getByRole('button', { name: '开始一轮选派' }).click()
    await page.fill('#open-round', round)
    await page.fill('#open-name', '经办人全程')
    await page.fill('#open-day', today())
    await page.fill('#open-posts', String(chosen))
    await page.fill('#open-begins', day(-1))
    await page.fill('#open-ends', day(60))
    await page.fill('#open-skills', 'farming party')
    await page.fill('#open-preferred', 'farming')
    await page.getByRole('button', { name: '开始选派' }).click()
    await page.getByRole('heading', { level: 1, name: '经办人全程' }).waitFor()
    await page.getByRole('link', { name: '帮扶的村' }).click()
    await page.locator('main').getByRole('combobox', { name: /查找村/ }).fill('shibadong')
    await page.getByRole('option', { name: /十八洞村/ }).first().click()
    await page.getByRole('button', { name: '列入帮扶' }).click()
    await page.locator('tr.row').filter({ hasText: '十八洞村' }).waitFor()
    await page.getByRole('link', { name: '分配名额' }).click()
    await page.fill('#quota-unit', unit)
    await page.fill('#quota-places', '4')
    await page.locator('form').getByRole('button', { name: '保存' }).click()
    await page.getByTestId('quotas').locator(`[data-unit=${unit}]`).waitFor()
  })

  it('nominates those of the sheet and has them checked', async () => {
    await page.getByRole('link', { name: '提名人选', exact: true }).first().click()
    await page.getByRole('button', { name: '提名', exact: true }).click()
    await page.fill('#nominate-ids', cadres.join('\n'))
    await page.getByRole('button', { name: '提名 4 人' }).click()
    await page.locator('tr.row').nth(3).waitFor()
    await page.getByRole('button', { name: '全部审核' }).click()
    await said(/审核 4 人/)
  })

  it('clears each', async () => {
    for (const cadre of cadres) {
      await office.go(`/selections/${round}/nominees/${cadre}`)
      for (const [i, body] of bodies.entries()) {
        await page.getByTestId('clearances').getByRole('combobox', { name: '部门' }).click({ force: true })
        await page.getByRole('option', { name: body }).locator('visible=true').click()
        await page.fill('#clearance-file', `2026-${i + 1}`)
        await page.getByRole('button', { name: '登记结论' }).click()
        await page.getByTestId('clearances').locator('td.clear').nth(i).waitFor()
      }
      await page.getByTestId('obstacles').getByText('没有障碍').waitFor()
    }
  })

  it('ranks them, chooses three, keeps the fourth in reserve, and publishes', async () => {
    await page.getByRole('link', { name: '研究确定' }).click()
    const rows = page.getByTestId('ranking').locator('tbody tr')
    await rows.nth(3).waitFor()
    // The better farmer stands above, all else being equal.
    expect(await rows.first().innerText()).toContain(people[3])
    for (let i = 0; i < people.length; i++) await rows.nth(i).locator('select').selectOption(i < chosen ? 'chosen' : 'reserve')
    await page.getByRole('button', { name: /保存 4 项变更/ }).click()
    await said(/结论已保存/)
    await page.getByRole('link', { name: '公示与锁定' }).click()
    await page.getByRole('button', { name: '公示名单' }).click()
    await page.getByTestId('public-list').locator('tbody tr').nth(chosen - 1).waitFor()
  })

  it('locks the list once the publication is over', async () => {
    const { publication } = await office.api<Published>(`/api/selections/${round}/publicity`)
    await page.goto('about:blank')
    const days = Math.round((Date.parse(publication.to) - Date.parse(today())) / 86_400_000)
    await server.restart('--demo-clock-shift', `${24 * days}h`)
    await office.go('/login')
    await office.signIn('province')
    await office.go(`/selections/${round}/publicity`)
    await page.getByText('公示期已过').waitFor()
    await page.getByRole('button', { name: /锁定名单…/ }).click()
    await page.fill('#lock-round', round)
    await page.getByRole('button', { name: '锁定', exact: true }).click()
    await page.getByTestId('lock').getByText('名单已锁定').waitFor()
    expect(await violations(page)).toEqual([])
  })

  it('feeds dispatch: the plan of the round sends those of the list, and is shown', async () => {
    expect(await server.command('plan', '--round', round, '--time-limit', '20s')).toMatch(/工作队1支，队员3人|1 teams, 3 members/)
    await office.go(`/selections/${round}/publicity`)
    const names = page.getByTestId('public-list').locator('tbody th')
    await names.nth(chosen - 1).waitFor()
    const locked = await names.allInnerTexts()
    await page.getByRole('link', { name: '查看派驻方案' }).click()
    await page.locator('tbody .open').first().click()
    await page.getByText('十八洞村').first().waitFor()
    for (const name of locked) await page.getByText(name.trim()).first().waitFor()
    expect(locked).toHaveLength(chosen)
  })
})
