import { onScopeDispose, ref, shallowRef, watch, type Ref, type ShallowRef, type WatchSource } from 'vue'

/** What a page shows while, after or instead of its data. */
export interface Load<Data> {
  /** The newest data; what was there before stays until the new came. */
  data: ShallowRef<Data | undefined>
  /** What stood in the way the last time. */
  error: ShallowRef<unknown>
  loading: Ref<boolean>
  /** Asks again. */
  reload(): Promise<void>
}

/**
 * Loads anew whenever the sources change, and ends the request before. `clearing` forgets the old data at once: for
 * pages where old data under a new heading would mislead.
 */
export function useLoad<Source, Data>(
  source: WatchSource<Source>,
  fetchData: (source: Source, signal: AbortSignal) => Promise<Data>,
  { clearing = false } = {},
): Load<Data> {
  const data = shallowRef<Data>()
  const error = shallowRef<unknown>()
  const loading = ref(false)
  let abort = new AbortController()
  let current: Source

  async function reload() {
    abort.abort()
    const mine = (abort = new AbortController())
    loading.value = true
    error.value = undefined
    if (clearing) data.value = undefined
    try {
      const fresh = await fetchData(current, mine.signal)
      if (!mine.signal.aborted) data.value = fresh
    } catch (trouble) {
      if (!mine.signal.aborted) error.value = trouble
    }
    if (mine === abort) loading.value = false
  }

  watch(source, (value) => ((current = value), void reload()), { immediate: true })
  onScopeDispose(() => abort.abort())
  return { data, error, loading, reload }
}
