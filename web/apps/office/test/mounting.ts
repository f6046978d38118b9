import { mount, type VueWrapper } from '@vue/test-utils'
import type { Component } from 'vue'
import { vi } from 'vitest'
import { createMemoryHistory, createRouter, type Router } from 'vue-router'
import type { Api } from '@jieli/api'
import { createSession, type Session } from '@jieli/core'
import { createPages } from '../src/router'
import { servicesKey } from '../src/services'
import { createPlans } from '../src/state/plans'
import { setLanguage, texts } from '../src/texts'

/** A component in the middle of the real texts, addresses and services, over the given calls. */
export async function mounted(component: Component, given: {
  props?: Record<string, unknown>
  api?: Partial<Api>
  at?: string
  /** Components that are not drawn, such as those that need a canvas. */
  without?: string[]
}): Promise<{ page: VueWrapper; router: Router; session: Session }> {
  await setLanguage('zh-CN')
  const api = { me: () => Promise.reject(new Error('nobody asked')), ...given.api } as Api
  const session = createSession(api)
  const router = createRouter({ history: createMemoryHistory(), routes: createPages(session, createMemoryHistory()).options.routes })
  await router.push(given.at ?? '/login')
  const stubs = Object.fromEntries((given.without ?? []).map((name) => [name, true]))
  const page = mount(component, {
    props: given.props,
    global: {
      stubs,
      plugins: [texts, router],
      provide: { [servicesKey as symbol]: { api, session, plans: createPlans(api) } },
    },
    attachTo: document.body,
  })
  return { page, router, session }
}

const patienceMs = 30_000

/** Waits until a check holds, however busy the machine is. */
export function soon(check: () => void): Promise<void> {
  return vi.waitFor(check, patienceMs)
}

/** What elements inherit their height from. */
export function layout(): HTMLElement {
  let owner = document.createElement('div') as HTMLElement
  while (!Object.hasOwn(owner, 'clientHeight')) owner = Object.getPrototypeOf(owner) as HTMLElement
  return owner
}
