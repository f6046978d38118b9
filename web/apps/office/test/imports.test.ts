import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Api, type SheetImport, type SheetReport } from '@jieli/api'
import ImportPage from '../src/pages/ImportPage.vue'
import ImportsPage from '../src/pages/ImportsPage.vue'
import { mounted, soon } from './mounting'
import { cadres } from './registry-fixtures'

afterEach(() => {
  document.body.innerHTML = ''
})

const counts = { total: 3, added: 1, changed: 1, same: 0, refused: 1 }
const sheet = (given: Partial<SheetImport> = {}): SheetImport => ({
  id: 'I1', entity: 'cadre', file_name: '干部.xlsx', sheet: '', status: 'tried', job: 'J1', counts, heads: 0, good_only: false,
  reason: '', change_set: '', created_at: '2026-01-02T03:04:05Z', updated_at: '2026-01-02T03:04:05Z',
  remove_at: '2026-01-09T03:04:05Z', ...given,
})
const report: SheetReport = {
  counts, heads: [], total: 1,
  rows: [{ row: 4, key: 'C1', kind: 'refused', faults: [
    { column: 'B', heading: '姓名', value: '', wrong: '不能为空', expected: '与身份证一致' },
    { column: 'D', heading: '性别', value: '不详', wrong: '不在可选项中', expected: '男、女' },
  ] }],
}
const calls: Partial<Api> = {
  registryTables: () => Promise.resolve([cadres]),
  imports: () => Promise.resolve([sheet()]),
  importReport: () => Promise.resolve(report),
}

describe('bringing a sheet', () => {
  const open = async (api: Partial<Api> = {}) => {
    const made = await mounted(ImportsPage, { api: { ...calls, ...api }, at: '/imports' })
    await flushPromises()
    await flushPromises()
    return made
  }
  const file = new File(['a'], '干部.xlsx')
  const drop = (page: Awaited<ReturnType<typeof open>>['page']) => page.get('.drop').trigger('drop', { dataTransfer: { files: [file] } })

  it('leads to the import, whether picked or dropped', async () => {
    const upload = vi.fn<Api['upload']>(() => Promise.resolve(sheet()))
    const { page, router } = await open({ upload })
    await drop(page)
    await soon(() => expect(router.currentRoute.value.fullPath).toBe('/imports/I1'))
    expect(upload).toHaveBeenCalledWith('cadre', file)
  })

  it('says in the server’s words why a file is refused', async () => {
    const { page } = await open({ upload: () => Promise.reject(new ApiError('invalid', 422, { code: 'sheet.x', detail: '这不是表格' })) })
    await drop(page)
    await flushPromises()
    expect(page.get('[role=alert]').text()).toBe('这不是表格')
  })

  it('lists what was brought before', async () => {
    const { page } = await open()
    expect(page.get('[data-testid=imports] tbody tr').text()).toContain('试算完成')
  })

  it('is not for accounts that may not', async () => {
    const closed = { ...cadres, may: { ...cadres.may, import: false } }
    const { page } = await open({ registryTables: () => Promise.resolve([closed]) })
    expect(page.text()).toContain('您的账号不能导入')
  })
})

describe('an import', () => {
  const open = async (one: SheetImport, api: Partial<Api> = {}) => {
    const sheetImport = vi.fn<Api['sheetImport']>(() => Promise.resolve(one))
    const made = await mounted(ImportPage, { props: { id: 'I1' }, api: { ...calls, sheetImport, ...api }, at: '/imports/I1' })
    await flushPromises()
    await flushPromises()
    return { ...made, sheetImport }
  }

  it('tells each fault with its cell, what was written, what is wrong and what is expected', async () => {
    const { page } = await open(sheet())
    const lines = page.findAll('[data-testid=report] tbody tr').map((tr) => tr.findAll('th, td').map((cell) => cell.text()))
    expect(lines).toEqual([
      ['4', 'C1', 'B4', '姓名', '', '不能为空', '与身份证一致'],
      ['4', 'C1', 'D4', '性别', '不详', '不在可选项中', '男、女'],
    ])
  })

  it('with refused rows offers the good ones only', async () => {
    const acceptImport = vi.fn<Api['acceptImport']>(() => Promise.resolve(sheet({ status: 'writing' })))
    const { page, sheetImport } = await open(sheet(), { acceptImport })
    expect(page.get('form button').text()).toBe('只写入合格的 2 行')
    await page.get('#accept-reason').setValue('年度更新')
    sheetImport.mockResolvedValue(sheet({ status: 'written', change_set: 'S1' }))
    await page.get('form').trigger('submit')
    await soon(() => expect(page.get('[data-testid=status]').text()).toBe('已写入'))
    expect(acceptImport).toHaveBeenCalledWith('I1', true, '年度更新')
    expect(page.text()).toContain('查看改动、撤销')
  })

  it('without refused rows offers all, and with wrong headings none', async () => {
    const whole = await open(sheet({ counts: { ...counts, refused: 0 } }))
    expect(whole.page.get('form button').text()).toBe('全部写入（2 行）')
    const none = await open(sheet({ heads: 1 }), {
      importReport: () => Promise.resolve({ ...report, heads: [{ heading: '性别', wrong: '出现了两次' }] }),
    })
    expect(none.page.find('form').exists()).toBe(false)
    expect(none.page.get('[data-testid=heads]').text()).toContain('出现了两次')
  })

  it('is looked at again while the server works, and can be stopped', async () => {
    const cancelImport = vi.fn<Api['cancelImport']>(() => Promise.resolve(sheet({ status: 'cancelled' })))
    const { page, sheetImport } = await open(sheet({ status: 'trying', progress: { ...counts, of: 30_000 } }), { cancelImport })
    expect(page.text()).toContain('已处理 3 行，共 30,000 行')
    await soon(() => expect(sheetImport.mock.calls.length).toBeGreaterThan(1))
    sheetImport.mockResolvedValue(sheet({ status: 'cancelled' }))
    await page.findAll('button').find((b) => b.text() === '取消导入')?.trigger('click')
    await soon(() => expect(page.get('[data-testid=status]').text()).toBe('已取消'))
    expect(cancelImport).toHaveBeenCalledWith('I1')
  })
})
