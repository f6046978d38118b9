import { describe, expect, it, vi } from 'vitest'
import { createMemoryHistory } from 'vue-router'
import { ApiError, type Api, type Me, type Plan, type Round } from '@jieli/api'
import { createSession } from '@jieli/core'
import { createPages, safeNext } from '../src/router'
import { createPlans, firstPlan, planTitle } from '../src/state/plans'
import { anhua, plan } from './fixtures'

const round = (given: Partial<Round>): Round => ({
  id: '2023', name: '2023—2025', from_year: 2023, to_year: 2025, status: 'planning', headcount: 24021, plan_id: 'p',
  specialities: [], ...given,
})

describe('the first plan', () => {
  const inForce = { round: round({ id: '2021', status: 'in_force', plan_id: 'old' }), plans: [] }

  it('is that of the round being planned', () => {
    expect(firstPlan([inForce, { round: round({}), plans: [] }])).toBe('p')
  })

  it('is that of the newest round that has one', () => {
    expect(firstPlan([{ round: round({ plan_id: '' }), plans: [] }, inForce])).toBe('old')
    expect(firstPlan([])).toBeUndefined()
  })
})

describe('the title of a plan', () => {
  it('names the round once', () => {
    const named = round({ name: '2023—2025 轮次' })
    expect(planTitle(named, { ...plan, name: '第一稿' }, '测算方案')).toBe('2023—2025 轮次 · 第一稿')
    expect(planTitle(named, { ...plan, name: named.name }, '测算方案')).toBe('2023—2025 轮次 · 测算方案')
    expect(planTitle(undefined, plan, '测算方案')).toBe(`${plan.name} · 测算方案`)
  })
})

describe('plans', () => {
  it('are loaded once, and again for another account', async () => {
    const rounds = vi.fn(() => Promise.resolve([round({})]))
    const api = { rounds, plans: (): Promise<Plan[]> => Promise.resolve([plan]) } as unknown as Api
    const plans = createPlans(api)
    await Promise.all([plans.ready(), plans.ready()])
    expect(plans.find('p')?.name).toBe(plan.name)
    expect(plans.first.value).toBe('p')
    expect(rounds).toHaveBeenCalledOnce()
    plans.forget()
    expect(plans.find('p')).toBeUndefined()
    await plans.ready()
    expect(rounds).toHaveBeenCalledTimes(2)
  })

  it('can be asked for again after a failure', async () => {
    const rounds = vi.fn<() => Promise<Round[]>>().mockRejectedValueOnce(new Error('no')).mockResolvedValue([])
    const plans = createPlans({ rounds } as unknown as Api)
    await expect(plans.ready()).rejects.toThrow('no')
    await expect(plans.ready()).resolves.toBeUndefined()
  })
})

describe('addresses', () => {
  const me: Me = { id: '1', username: 'u', name: '驻村办', role: 'county_office', region: anhua.region }
  const pagesFor = (ask: () => Promise<Me>) => createPages(createSession({ me: ask } as Api), createMemoryHistory())

  it('lead to the log-in and remember where one wanted to go', async () => {
    const router = pagesFor(() => Promise.reject(new ApiError('signed_out', 401)))
    await router.push('/plans/p/teams?q=anhua')
    expect(router.currentRoute.value.name).toBe('login')
    expect(router.currentRoute.value.query.next).toBe('/plans/p/teams?q=anhua')
  })

  it('open for who is signed in', async () => {
    const router = pagesFor(() => Promise.resolve(me))
    await router.push('/plans/p/teams/T1')
    expect(router.currentRoute.value.name).toBe('team')
    expect(router.currentRoute.value.params).toEqual({ plan: 'p', team: 'T1' })
  })

  it('stay where the server is out of reach: the page says so', async () => {
    const router = pagesFor(() => Promise.reject(new ApiError('offline', 0)))
    await router.push('/plans/p/teams')
    expect(router.currentRoute.value.name).toBe('teams')
  })

  it('that do not exist have a page that says so', async () => {
    const router = pagesFor(() => Promise.resolve(me))
    await router.push('/no/such/page')
    expect(router.currentRoute.value.name).toBe('lost')
  })

  it('of other sites are not gone to after the log-in', () => {
    const bad = ['https://evil.test', '//evil.test', '/\\evil.test', 'javascript:alert(1)', undefined, ['/a'], '']
    expect(bad.map(safeNext)).toEqual(bad.map(() => '/'))
    expect(safeNext('/plans/p/teams?q=1')).toBe('/plans/p/teams?q=1')
  })
})
