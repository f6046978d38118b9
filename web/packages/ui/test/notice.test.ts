import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { createI18n } from 'vue-i18n'
import { ApiError, type Trouble } from '@jieli/api'
import { StateNotice } from '@jieli/ui'

const words = {
  common: { retry: 'again' },
  trouble: {
    offline: { title: 'out of reach', hint: 'check the network' },
    not_found: { title: 'not found' },
    server: { title: 'server trouble' },
  },
}
const notice = (props: { error?: unknown; empty?: string }) =>
  mount(StateNotice, { props, global: { plugins: [createI18n({ legacy: false, locale: 'en', messages: { en: words } })] } })

describe('a notice', () => {
  it('says what stands in the way and offers to try again', async () => {
    const offline = notice({ error: new ApiError('offline', 0) })
    expect(offline.get('[role=alert]').text()).toContain('out of reach')
    expect(offline.text()).toContain('check the network')
    await offline.get('button').trigger('click')
    expect(offline.emitted('retry')).toHaveLength(1)
  })

  it('does not offer what cannot help', () => {
    for (const trouble of ['not_found'] satisfies Trouble[]) {
      expect(notice({ error: new ApiError(trouble, 404) }).find('button').exists()).toBe(false)
    }
  })

  it('takes anything unknown for the server’s trouble', () => {
    expect(notice({ error: new TypeError('x') }).text()).toContain('server trouble')
  })

  it('is no alarm where there is just nothing', () => {
    const empty = notice({ empty: 'no teams' })
    expect(empty.get('[role=status]').text()).toBe('no teams')
  })
})
