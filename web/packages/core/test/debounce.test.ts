import { expect, it, vi } from 'vitest'
import { debounce } from '@jieli/core'

it('runs the last of a burst once', () => {
  vi.useFakeTimers()
  const ran: string[] = []
  const type = debounce((text: string) => ran.push(text), 300)
  for (const text of ['s', 'sh', 'shi']) {
    type(text)
    vi.advanceTimersByTime(200)
  }
  expect(ran).toEqual([])
  vi.advanceTimersByTime(300)
  expect(ran).toEqual(['shi'])
  vi.useRealTimers()
})
