import { onBeforeUnmount, watch, type WatchSource } from 'vue'
import { BlockList, debounce, type FetchBlock } from '@jieli/core'
import { useQuery } from '../state/query'

const settleMs = 300

/**
 * A long list whose question stands in the address: asks anew when the question changes, and keeps the row that the
 * reader is at in the address, so that the back key leads to it.
 */
export function useList<Question, Row>(
  question: WatchSource<Question>,
  fetchFor: (question: Question) => FetchBlock<Row>,
  toTop: () => void,
): { list: BlockList<Row>; start: number; scrolled: (first: number) => void } {
  const { read, write } = useQuery()
  const start = Number(read('at')) || 0
  const list = new BlockList<Row>(() => Promise.reject(new Error('no question yet')))
  let left = false

  watch(question, (now, before) => {
    if (before !== undefined) toTop()
    void list.reset(fetchFor(now), before === undefined ? start : 0)
  }, { immediate: true })
  onBeforeUnmount(() => (left = true))

  const scrolled = debounce((first: number) => {
    if (!left) void write({ at: first > 0 ? String(first) : undefined }, true)
  }, settleMs)
  return { list, start, scrolled }
}
