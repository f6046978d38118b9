import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter, type LocationQueryValue } from 'vue-router'

type Values = Record<string, string | undefined>

/** The page's state in its address: what is not there has no entry, so that addresses stay short. */
export function useQuery() {
  const route = useRoute()
  const router = useRouter()

  const read = (key: string): string | undefined => one(route.query[key]) || undefined

  /** Changes some entries. A new step in the history, unless `quiet`. */
  function write(values: Values, quiet = false) {
    const query = { ...route.query }
    for (const [key, value] of Object.entries(values)) {
      if (value) query[key] = value
      else Reflect.deleteProperty(query, key)
    }
    return quiet ? router.replace({ query, hash: route.hash }) : router.push({ query })
  }

  /** One entry as a value that can be bound; clearing `also` where it changes. */
  function entry(key: string, also: Values = {}): WritableComputedRef<string | undefined> {
    return computed({ get: () => read(key), set: (value) => void write({ ...also, [key]: value }) })
  }

  return { read, write, entry }
}

function one(value: LocationQueryValue | LocationQueryValue[] | undefined): string | undefined {
  return (Array.isArray(value) ? value[0] : value) ?? undefined
}
