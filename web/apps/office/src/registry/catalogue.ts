import { computed } from 'vue'
import type { Entity, RegistryTable } from '@jieli/api'
import { useLoad } from '@jieli/core'
import { useServices } from '../services'
import { useWords } from '../texts'

/** The tables that the account may see, with their fields, in the reader's language. */
export function useCatalogue(entity: () => Entity) {
  const { api, session } = useServices()
  const { locale } = useWords()
  const { data: tables, error, reload } = useLoad(
    () => `${session.me.value?.id} ${locale.value}`,
    (_, signal) => api.registryTables(signal),
  )
  const table = computed<RegistryTable | undefined>(() => tables.value?.find((one) => one.entity === entity()))
  return { tables, table, error, reload }
}
