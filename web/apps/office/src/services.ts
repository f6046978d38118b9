import { inject, type App, type InjectionKey } from 'vue'
import type { Api } from '@jieli/api'
import type { Session } from '@jieli/core'
import type { Plans } from './state/plans'

/** What pages reach the outside through. */
export interface Services {
  api: Api
  session: Session
  plans: Plans
}

const key: InjectionKey<Services> = Symbol('services')

export function provideServices(app: App, services: Services): void {
  app.provide(key, services)
}

export function useServices(): Services {
  const services = inject(key)
  if (!services) throw new Error('services are not provided')
  return services
}

export { key as servicesKey }
