import { createApp } from 'vue'
import { createApi } from '@jieli/api'
import { createSession } from '@jieli/core'
import '@jieli/ui/styles/base.css'
import './kit'
import '@jieli/ui/styles/tokens.css'
import App from './App.vue'
import { createPages } from './router'
import { provideServices } from './services'
import { createPlans } from './state/plans'
import { restoreLanguage, texts } from './texts'

const api = createApi({
  language: () => texts.global.locale.value,
  onSignedOut: () => {
    session.drop()
    plans.forget()
    const { fullPath, name } = router.currentRoute.value
    if (name === 'login') return
    void router.push({ name: 'login', query: { next: fullPath, expired: '1' } })
  },
})
const session = createSession(api)
const plans = createPlans(api)
const router = createPages(session)

void restoreLanguage().then(() => {
  const app = createApp(App).use(texts).use(router)
  provideServices(app, { api, session, plans })
  app.mount('#app')
})
