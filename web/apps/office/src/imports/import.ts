import { computed, onBeforeUnmount, watch } from 'vue'
import { useLoad } from '@jieli/core'
import { useServices } from '../services'
import { useWords } from '../texts'

/** How long a look at a running import is from the next one, in milliseconds. */
const pauseMs = 600

/** An import, looked at again and again for as long as the server works on it. */
export function useImport(id: () => string) {
  const { api } = useServices()
  const { locale } = useWords()
  const { data, error, loading, reload } = useLoad(
    () => ({ id: id(), language: locale.value }),
    (asked, signal) => api.sheetImport(asked.id, signal),
  )
  const running = computed(() => data.value?.status === 'trying' || data.value?.status === 'writing')

  let timer: ReturnType<typeof setTimeout> | undefined
  watch([data, error, loading], () => {
    clearTimeout(timer)
    if (running.value && !loading.value) timer = setTimeout(() => void reload(), pauseMs)
  })
  onBeforeUnmount(() => clearTimeout(timer))
  return { data, error, reload, running }
}
