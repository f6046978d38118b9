import { computed, shallowRef } from 'vue'
import type { RegistryRecord } from '@jieli/api'

/** The rows that were chosen, by key with the version that the reader saw; or all that the question finds. */
export function useChoice(total: () => number) {
  const chosen = shallowRef<ReadonlyMap<string, number>>(new Map())
  const whole = shallowRef(false)
  const count = computed(() => (whole.value ? total() : chosen.value.size))

  function choose({ key, version }: RegistryRecord, on: boolean) {
    const next = new Map(chosen.value)
    if (on) next.set(key, version)
    else next.delete(key)
    chosen.value = next
    whole.value = false
  }

  function clear() {
    chosen.value = new Map()
    whole.value = false
  }

  return { chosen, whole, count, choose, clear }
}
