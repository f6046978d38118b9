import { flushPromises } from '@vue/test-utils'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, type Dossier, type Me, type NomineeCheck, type RankedNominee, type SelectionOverview } from '@jieli/api'
import ActNotice from '../src/selection/ActNotice.vue'
import CheckList from '../src/selection/CheckList.vue'
import CompositionPanel from '../src/selection/CompositionPanel.vue'
import { createActs } from '../src/selection/acts'
import { changesOf, countOf, nextPlace, savedDraft, type Draft } from '../src/selection/choice'
import { historyOf } from '../src/selection/history'
import { phaseState, spanOf } from '../src/selection/phases'
import { powersOf } from '../src/selection/powers'
import { tally } from '../src/selection/tally'
import { mounted } from './mounting'

afterEach(() => (document.body.innerHTML = ''))

describe('phases', () => {
  const days = { phase: 'checks', from: '2026-05-10', to: '2026-05-20' }

  it.each([
    ['2026-05-09', 'coming'], ['2026-05-10', 'open'], ['2026-05-19', 'open'], ['2026-05-20', 'over'],
  ])('on %s is %s: the first day counts, the last no longer', (today, state) => expect(phaseState(days, today)).toBe(state))

  it('without days is unset', () => {
    expect(phaseState(undefined, '2026-05-10')).toBe('unset')
    expect(phaseState({ ...days, to: '' }, '2026-05-10')).toBe('unset')
  })

  it('has its place on the line of all', () => {
    const all = [days, { phase: 'lock', from: '2026-05-20', to: '2026-05-30' }]
    expect(spanOf(days, all)).toEqual({ start: 0, length: 0.5 })
    expect(spanOf({ phase: 'x', from: '2026-05-25', to: '2026-05-30' }, all)).toEqual({ start: 0.75, length: 0.25 })
    expect(spanOf(days, [])).toEqual({ start: 0, length: 1 })
  })
})

describe('acts', () => {
  const outside = new ApiError('invalid', 409, { code: 'selection.outside_phase', detail: '现在不在提名阶段' })

  it('asks for a reason where the calendar stands in the way, and goes on with it', async () => {
    const after = vi.fn(() => Promise.resolve())
    const acts = createActs(after, () => true)
    const act = vi.fn((override?: string) => (override ? Promise.resolve() : Promise.reject(outside)))
    expect(await acts.run(act, '已保存')).toBe(false)
    expect(acts.asking.value).toBe('现在不在提名阶段')
    expect(after).not.toHaveBeenCalled()
    expect(await acts.insist('上级要求')).toBe(true)
    expect(act).toHaveBeenLastCalledWith('上级要求')
    expect(after).toHaveBeenCalledOnce()
    expect([acts.asking.value, acts.done.value, acts.trouble.value]).toEqual(['', '已保存', ''])
  })

  it('only tells the refusal to those who may not override, and any other refusal to all', async () => {
    const acts = createActs(() => Promise.resolve(), () => false)
    await acts.run(() => Promise.reject(outside))
    expect([acts.asking.value, acts.trouble.value]).toEqual(['', '现在不在提名阶段'])
    const own = createActs(() => Promise.resolve(), () => true)
    await own.run(() => Promise.reject(new ApiError('forbidden', 403, { code: 'selection.own_case', detail: '不能办理本人的事项' })))
    expect([own.asking.value, own.trouble.value]).toEqual(['', '不能办理本人的事项'])
    expect(await own.insist('因为')).toBe(false)
  })

  it('does one at a time', async () => {
    const acts = createActs(() => Promise.resolve(), () => true)
    let end: () => void = () => undefined
    const first = acts.run(() => new Promise<void>((resolve) => (end = resolve)))
    const second = vi.fn(() => Promise.resolve())
    expect(await acts.run(second)).toBe(false)
    end()
    expect(await first).toBe(true)
    expect(second).not.toHaveBeenCalled()
  })

  it('are told of in the page', async () => {
    const acts = createActs(() => Promise.resolve(), () => false)
    const { page } = await mounted(ActNotice, { props: { acts } })
    await acts.run(() => Promise.reject(outside))
    await flushPromises()
    expect(page.get('[role=alert]').text()).toBe('现在不在提名阶段')
  })
})

describe('powers', () => {
  const at = (status: 'open' | 'locked', runs: boolean) => ({ selection: { status }, runs }) as SelectionOverview
  const me = (role: string) => ({ role }) as Me

  it('are those of the role, and end with the lock', () => {
    expect(powersOf(me('county_office'), at('open', true))).toMatchObject({ run: true, manage: true, nominate: true, nominees: true })
    expect(powersOf(me('county_office'), at('open', false))).toMatchObject({ run: false, manage: true })
    expect(powersOf(me('county_office'), at('locked', true))).toMatchObject({ run: false, manage: false, nominate: false, nominees: true })
    expect(powersOf(me('township_office'), at('open', false))).toMatchObject({ manage: false, writeNeeds: true, nominees: false })
    expect(powersOf(me('unit_office'), at('open', false))).toMatchObject({ manage: false, nominate: true, office: false, nominees: true })
    expect(powersOf(undefined, at('open', true)).nominees).toBe(false)
  })
})

describe('the choice', () => {
  const row = (cadre: string, given: Partial<RankedNominee> = {}) =>
    ({ cadre, outcome: 'open', reserve_place: 0, version: 3, ...given }) as RankedNominee
  const rows = [row('a'), row('b', { outcome: 'reserve', reserve_place: 1 }), row('c', { outcome: 'withdrawn' })]
  const drafts = (): Record<string, Draft> => Object.fromEntries(rows.map((r) => [r.cadre, savedDraft(r)]))

  it('sends only what differs, with the version it was made from', () => {
    expect(changesOf(rows, drafts())).toEqual([])
    const now = { ...drafts(), a: { outcome: 'chosen' as const, place: 7, reason: '', undecided: false } }
    expect(changesOf(rows, now)).toEqual([{ cadre: 'a', version: 3, outcome: 'chosen', reserve_place: 0, reason: '' }])
  })

  it('counts, and puts newcomers at the end of the reserve', () => {
    expect(countOf(drafts(), 'reserve')).toBe(1)
    expect(nextPlace(drafts())).toBe(2)
    expect(nextPlace({})).toBe(1)
  })
})

describe('checks', () => {
  const check = (rule: string, outcome: NomineeCheck['outcome']): NomineeCheck =>
    ({ rule, label: `规则 ${rule}`, outcome, reason: '', text: '理由', source: { document: '某文件', place: '第三条' }, policy: '' })

  it('are counted, the worst told', () => {
    expect(tally([])).toEqual({ passed: 0, failed: 0, open: 0, worst: 'unchecked' })
    expect(tally([check('a', 'pass'), check('b', 'needs_person')])).toMatchObject({ passed: 1, open: 1, worst: 'needs_person' })
    expect(tally([check('a', 'fail'), check('b', 'needs_person')]).worst).toBe('fail')
    expect(tally([check('a', 'pass')]).worst).toBe('pass')
  })

  it('take a person’s word with a reason, and only where one is needed', async () => {
    const { page } = await mounted(CheckList, {
      props: { checks: [check('a', 'fail'), check('b', 'needs_person')], judgements: [], mayJudge: true, busy: false },
    })
    expect(page.get('[data-rule=a]').findAll('button')).toHaveLength(0)
    expect(page.get('[data-rule=a]').text()).toContain('某文件、第三条')
    const [pass] = page.get('[data-rule=b]').findAll('button')
    expect(pass?.attributes('disabled')).toBeDefined()
    await page.get('[data-rule=b] input').setValue(' 已核实 ')
    await pass?.trigger('click')
    expect(page.emitted('judge')).toEqual([['b', true, '已核实']])
  })
})

it('the composition tells what is short and who would have to change', async () => {
  const report = {
    members: 4, still_short: 1, swaps: [{ out: 'a', in: 'b', gain: 1, loss: 30 }],
    goals: [{ level: 'city' as const, attribute: 'women' as const, skill: '', percent: 50, members: 4, having: 0, needed: 2, short: 2 }],
  }
  const { page } = await mounted(CompositionPanel, { props: { report, nameOf: (id: string) => `某${id}`, mayApply: true } })
  expect(page.get('[data-goal=women]').text()).toContain('还差 2 人')
  expect(page.text()).toContain('某b 换下 某a：补 1 人，总分少 30')
  expect(page.text()).toContain('仍差 1 人')
  await page.get('button').trigger('click')
  expect(page.emitted('apply')).toEqual([['a', 'b']])
})

it('the history of a nominee is in the order of time', () => {
  const at = (hour: number) => `2026-05-01T${String(hour).padStart(2, '0')}:00:00Z`
  const file = {
    nominee: { nominated_at: at(1), nominated_by: 'u', reason: '骨干', checked_at: at(3), checked_by: 'o', decided_at: null, checks: [{ rule: 'style', label: '作风' }] },
    judgements: [{ rule: 'style', at: at(5), by: 'o' }], clearances: [{ label: '纪检监察', at: at(4), by: 'o' }], interviews: [],
    objections: [{ recorded_at: at(6), recorded_by: 'o', from: '', decided_at: at(7), decided_by: 'p', decision: '不实' }],
  } as unknown as Dossier
  expect(historyOf(file).map((s) => [s.what, s.detail])).toEqual([
    ['nominated', '骨干'], ['checked', ''], ['cleared', '纪检监察'], ['judged', '作风'], ['objected', ''], ['answered', '不实'],
  ])
})
