import { describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useLoad } from '@jieli/core'

/** Runs a composable outside of a component. */
function inScope<T>(run: () => T): { value: T; stop: () => void } {
  const scope = effectScope()
  return { value: scope.run(run) as T, stop: () => scope.stop() }
}

const settled = () => new Promise((resolve) => setTimeout(resolve))

describe('loading', () => {
  it('shows the data of the newest question only', async () => {
    const question = ref('a')
    const answers = new Map<string, (value: string) => void>()
    const { value: load } = inScope(() =>
      useLoad(question, (q) => new Promise<string>((resolve) => answers.set(q, resolve))),
    )
    question.value = 'b'
    await nextTick()
    answers.get('b')?.('answer b')
    answers.get('a')?.('answer a')
    await settled()
    expect(load.data.value).toBe('answer b')
    expect(load.loading.value).toBe(false)
  })

  it('keeps what was there until the new came, unless it would mislead', async () => {
    for (const clearing of [false, true]) {
      const question = ref(1)
      const answer = async (q: number) => (await settled(), q * 10)
      const { value: load } = inScope(() => useLoad(question, answer, { clearing }))
      await settled()
      await settled()
      question.value = 2
      await nextTick()
      expect(load.data.value).toBe(clearing ? undefined : 10)
      await settled()
      await settled()
      expect(load.data.value).toBe(20)
    }
  })

  it('says what stood in the way and tries again', async () => {
    let works = false
    const { value: load } = inScope(() =>
      useLoad(ref(1), () => (works ? Promise.resolve('here') : Promise.reject(new Error('no')))),
    )
    await settled()
    expect(load.error.value).toEqual(new Error('no'))
    works = true
    await load.reload()
    expect(load.error.value).toBeUndefined()
    expect(load.data.value).toBe('here')
  })

  it('ends its request when the page is left', async () => {
    let ended = false
    const { stop } = inScope(() =>
      useLoad(ref(1), (_, signal) => {
        signal.addEventListener('abort', () => (ended = true))
        return new Promise(() => undefined)
      }),
    )
    stop()
    await settled()
    expect(ended).toBe(true)
  })
})
