import { createRouter, createWebHistory, type Router, type RouterHistory } from 'vue-router'
import type { Session } from '@jieli/core'
import LoginPage from './pages/LoginPage.vue'
import Shell from './shell/AppShell.vue'

/** The addresses of the office. A page that needs no sign-in says so in its meta. */
export function createPages(session: Session, history: RouterHistory = createWebHistory()): Router {
  const router = createRouter({
    history,
    routes: [
      { path: '/login', name: 'login', component: LoginPage, meta: { open: true } },
      {
        path: '/',
        component: Shell,
        children: [
          { path: '', name: 'home', component: () => import('./pages/HomePage.vue') },
          { path: 'plans/:plan/regions/:code', name: 'region', component: () => import('./pages/OverviewPage.vue'), props: true },
          { path: 'plans/:plan/teams', name: 'teams', component: () => import('./pages/TeamsPage.vue'), props: true },
          { path: 'plans/:plan/teams/:team', name: 'team', component: () => import('./pages/TeamPage.vue'), props: true },
          { path: 'plans/:plan/unserved', name: 'unserved', component: () => import('./pages/UnservedPage.vue'), props: true },
          { path: 'registry/:entity', name: 'registry', component: () => import('./pages/RegistryPage.vue'), props: true },
          { path: 'registry/:entity/new', name: 'record-new', component: () => import('./pages/RecordPage.vue'), props: true },
          { path: 'registry/:entity/papers/:paper', name: 'paper', component: () => import('./pages/PaperPage.vue'), props: true },
          { path: 'registry/:entity/records/:recordKey', name: 'record', component: () => import('./pages/RecordPage.vue'), props: true },
          { path: 'divisions/changes', name: 'division-changes', component: () => import('./pages/DivisionChangesPage.vue') },
          { path: 'imports', name: 'imports', component: () => import('./pages/ImportsPage.vue') },
          { path: 'imports/:id', name: 'import', component: () => import('./pages/ImportPage.vue'), props: true },
          { path: 'policies', name: 'policies', component: () => import('./pages/PoliciesPage.vue') },
          { path: 'policies/:policy', name: 'policy', component: () => import('./pages/PolicyPage.vue'), props: true },
          { path: 'selections', name: 'selections', component: () => import('./pages/SelectionsPage.vue') },
          {
            path: 'selections/:round',
            component: () => import('./pages/RoundFrame.vue'),
            props: true,
            children: [
              { path: '', name: 'round', component: () => import('./pages/RoundPage.vue') },
              { path: 'villages', name: 'round-villages', component: () => import('./pages/RoundVillagesPage.vue'), props: true },
              { path: 'needs', name: 'round-needs', component: () => import('./pages/RoundNeedsPage.vue'), props: true },
              { path: 'quotas', name: 'round-quotas', component: () => import('./pages/RoundQuotasPage.vue'), props: true },
              { path: 'nominees', name: 'round-nominees', component: () => import('./pages/RoundNomineesPage.vue'), props: true },
              { path: 'nominees/:cadre', name: 'round-nominee', component: () => import('./pages/RoundNomineePage.vue'), props: true },
              { path: 'choice', name: 'round-choice', component: () => import('./pages/RoundChoicePage.vue'), props: true },
              { path: 'publicity', name: 'round-publicity', component: () => import('./pages/RoundPublicityPage.vue'), props: true },
            ],
          },
          { path: ':rest(.*)*', name: 'lost', component: () => import('./pages/LostPage.vue') },
        ],
      },
    ],
    scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? false : { top: 0 }),
  })

  router.beforeEach(async (to) => {
    // Where the server cannot be reached the page says so itself; the log-in page would say the wrong thing.
    const reachable = await session.restore().then(
      () => true,
      () => false,
    )
    if (to.meta.open || session.signedIn.value || !reachable) return true
    return { name: 'login', query: { next: to.fullPath === '/' ? undefined : to.fullPath } }
  })
  return router
}

/** Only addresses of this site are gone to after the log-in. */
export function safeNext(next: unknown): string {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/'
}
