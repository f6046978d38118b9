import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violations } from './support/accessibility'
import { visit, type Office } from './support/office'

interface Tables {
  entities: { entity: string; fields: { key: string; label: string }[] }[]
}
interface Rows {
  total: number
  records: { key: string; values: Record<string, string> }[]
}

const id = 'E2E-1'
const first = '花垣县试验农场管理处'
const second = '花垣县试验农场服务中心'

let office: Office
let headings: Map<string, string>
beforeAll(async () => {
  office = await visit()
  await office.go('/')
  await office.signIn('province')
  const { entities } = await office.api<Tables>('/api/registry')
  headings = new Map(entities.find((e) => e.entity === 'unit')?.fields.map((f) => [f.key, f.label]))
})
afterAll(() => office.leave())

/** A sheet of units as a clerk would save it: headings in words, one line a unit. */
function sheet(...rows: Record<string, string>[]): Buffer {
  const keys = ['id', 'name', 'level', 'kind', 'home', 'strength']
  const lines = [keys.map((key) => headings.get(key) ?? key), ...rows.map((row) => keys.map((key) => row[key] ?? ''))]
  return Buffer.from('\ufeff' + lines.map((line) => line.join(',')).join('\r\n'))
}

const good = { id, name: first, level: '县直', kind: '事业单位', home: '433124000000', strength: '40' }

async function upload(buffer: Buffer) {
  const { page } = office
  await office.go('/imports?entity=unit')
  await page.getByRole('radio', { name: '派出单位' }).waitFor()
  await page.setInputFiles('#sheet', { name: '单位.csv', mimeType: 'text/csv', buffer })
  await page.getByTestId('status').filter({ hasText: '试算完成' }).waitFor()
}

/** The four figures of the try. */
async function counts(): Promise<Record<string, string>> {
  const box = office.page.getByTestId('counts')
  const [kinds, figures] = [await box.locator('dt').allInnerTexts(), await box.locator('dd').allInnerTexts()]
  return Object.fromEntries(kinds.map((kind, i) => [kind, figures[i] ?? '']))
}

async function accept(button: RegExp) {
  await office.page.getByRole('button', { name: button }).click()
  await office.page.getByTestId('status').filter({ hasText: '已写入' }).waitFor()
}

const kept = () => office.api<Rows>(`/api/registry/unit?filter=${encodeURIComponent(`id:eq:${id}`)}&columns=id,name,strength`)

describe('bringing sheets in', () => {
  it('begins with a template', async () => {
    const { page } = office
    await office.go('/imports?entity=unit')
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: '下载派出单位模板' }).click()
    expect((await coming).suggestedFilename()).toMatch(/派出单位.*\.xlsx$/)
    expect(await violations(page)).toEqual([])
  })

  it('says of each wrong cell where it is, what is wrong and what is expected, and writes nothing', async () => {
    const { page } = office
    await upload(sheet({ ...good, level: '不知道', strength: '400' }))
    expect(await counts()).toEqual({ 新增: '0', 修改: '0', 无变化: '0', 不合要求: '1' })
    const rows = page.getByTestId('report').locator('tbody tr')
    expect(await rows.count()).toBe(2)
    expect(await rows.nth(0).innerText()).toMatch(/2\s.*C2.*不知道.*不在可选项中/s)
    expect(await rows.nth(1).innerText()).toMatch(/F2.*400.*超出范围/s)
    expect(await page.getByRole('button', { name: /写入/ }).count()).toBe(0)
    expect(await violations(page)).toEqual([])
    const coming = page.waitForEvent('download')
    await page.getByRole('button', { name: /下载结果文件/ }).click()
    expect((await coming).suggestedFilename()).toMatch(/\.xlsx$/)
    expect((await kept()).total).toBe(0)
  })

  it('writes the mended sheet once it is accepted, and the row is in the table', async () => {
    const { page } = office
    await upload(sheet(good))
    expect(await counts()).toMatchObject({ 新增: '1', 不合要求: '0' })
    await accept(/全部写入/)
    await page.getByRole('link', { name: '查看名录' }).click()
    await page.getByRole('textbox', { name: '搜索派出单位' }).fill(first)
    await page.getByRole('link', { name: first }).waitFor()
  })

  it('changes the row of an edited export and doubles nothing', async () => {
    const filter = encodeURIComponent(`id:eq:${id}`)
    const answer = await office.page.request.get(`${office.url}/api/registry/unit/export.csv?filter=${filter}&columns=id,name,level,kind,home,strength`)
    const exported = (await answer.body()).toString('utf8')
    expect(exported).toContain(first)
    await upload(Buffer.from(exported.replace(first, second)))
    expect(await counts()).toMatchObject({ 新增: '0', 修改: '1', 不合要求: '0' })
    await accept(/全部写入/)
    const { total, records } = await kept()
    expect(total).toBe(1)
    expect(records[0]?.values.name).toBe(second)
  })

  it('can be taken back, the last change first', async () => {
    const { page } = office
    await page.getByRole('link', { name: '查看改动、撤销' }).click()
    const newest = page.getByTestId('history').locator('li').first()
    await newest.getByRole('button', { name: '撤销' }).click()
    await page.getByTestId('history').locator('li').nth(1).getByText('已撤销').waitFor()
    expect((await kept()).records[0]?.values.name).toBe(first)
  })

  it('refuses a file that is no sheet with a word', async () => {
    const { page } = office
    await office.go('/imports?entity=unit')
    await page.getByRole('radio', { name: '派出单位' }).waitFor()
    await page.setInputFiles('#sheet', { name: '假.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK\u0003\u0004 no zip') })
    await page.locator('[role=alert]').filter({ hasText: /\S/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/imports')
  })
})
