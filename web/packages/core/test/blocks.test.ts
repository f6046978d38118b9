import { describe, expect, it } from 'vitest'
import { blockSize, BlockList, type FetchBlock } from '@jieli/core'

/** A list of `total` numbers that remembers which blocks were asked for. */
function numbers(total: number) {
  const asked: number[] = []
  const fetchBlock: FetchBlock<number> = (offset, limit) => {
    asked.push(offset)
    const rows = Array.from({ length: Math.min(limit, total - offset) }, (_, i) => offset + i)
    return Promise.resolve({ rows, total })
  }
  return { asked, fetchBlock }
}

describe('a list in blocks', () => {
  it('knows its length after the first block', async () => {
    const { asked, fetchBlock } = numbers(10253)
    const list = new BlockList(fetchBlock)
    await list.reset()
    expect(list.state.total).toBe(10253)
    expect(asked).toEqual([0])
  })

  it('fetches what comes into view, once', async () => {
    const { asked, fetchBlock } = numbers(1000)
    const list = new BlockList(fetchBlock)
    await list.reset()
    await Promise.all([list.ensure(90, 210), list.ensure(95, 205)])
    expect(asked).toEqual([0, 100, 200])
    expect(list.row(210)).toBe(210)
    expect(list.row(700)).toBeUndefined()
  })

  it('asks for nothing beyond its end', async () => {
    const { asked, fetchBlock } = numbers(150)
    const list = new BlockList(fetchBlock)
    await list.reset()
    await list.ensure(0, 499)
    expect(asked).toEqual([0, 100])
  })

  it('may start in the middle', async () => {
    const { asked, fetchBlock } = numbers(1000)
    const list = new BlockList(fetchBlock)
    await list.reset(fetchBlock, 730)
    expect(asked).toEqual([7 * blockSize])
    expect(list.row(730)).toBe(730)
  })

  it('drops late answers to an older question', async () => {
    let answerLate: (value: { rows: string[]; total: number }) => void = () => undefined
    const list = new BlockList<string>(() => new Promise((resolve) => (answerLate = resolve)))
    const old = list.reset()
    await list.reset(() => Promise.resolve({ rows: ['new'], total: 1 }))
    answerLate({ rows: ['old'], total: 99 })
    await old
    expect(list.state.total).toBe(1)
    expect(list.row(0)).toBe('new')
  })

  it('says what failed and recovers when asked again', async () => {
    const { fetchBlock } = numbers(10)
    const trouble = new Error('no')
    const list = new BlockList<number>(() => Promise.reject(trouble))
    await list.reset()
    expect(list.state.error).toBe(trouble)
    await list.reset(fetchBlock)
    expect(list.state.error).toBeUndefined()
    expect(list.row(9)).toBe(9)
  })

  it('tells readers when a block came', async () => {
    const { fetchBlock } = numbers(300)
    const list = new BlockList(fetchBlock)
    await list.reset()
    const before = list.state.version
    await list.ensure(100, 100)
    expect(list.state.version).toBeGreaterThan(before)
  })
})
