import { computed, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { writeFilter, type RegistryField, type RegistryFilter, type RegistryOrder, type RegistryQuery, type SavedView } from '@jieli/api'
import { valuesWanted } from './values'

/** What is asked of a table, besides which part of it. */
export type Question = Pick<RegistryQuery, 'search' | 'filters' | 'sort' | 'columns'>

/** Reads what `writeFilter` wrote; undefined for what is no filter. */
export function readFilter(text: string): RegistryFilter | undefined {
  const [, field, op, values] = /^(\w+):(\w+)(?::([^]*))?$/.exec(text) ?? []
  if (!field || !op) return undefined
  return { field, op: op as RegistryFilter['op'], values: !values ? [] : valuesWanted(op) === 1 ? [values] : values.split(';') }
}

const all = (value: unknown) => (Array.isArray(value) ? value : [value]).filter((v): v is string => typeof v === 'string')

/**
 * The question that a table's page asks. It stands in the page's address, so that it can be gone back to and passed on;
 * filters by a secret number do not, since addresses are kept: they last as long as the page.
 */
export function useQuestion(fields: () => readonly RegistryField[]) {
  const route = useRoute()
  const router = useRouter()
  const secrets = shallowRef<RegistryFilter[]>([])
  const isSecret = (f: RegistryFilter) => fields().some((own) => own.key === f.field && own.masked)

  const question = computed<Question>(() => {
    const sort = all(route.query.sort)[0]
    const columns = all(route.query.c)[0]
    return {
      search: all(route.query.q)[0] ?? '',
      filters: [...all(route.query.f).map(readFilter).filter((f) => f !== undefined), ...secrets.value],
      sort: sort ? sort.split(',').map(readOrder) : [],
      columns: columns ? columns.split(',') : fields().filter((f) => f.default).map((f) => f.key),
    }
  })

  /** Changes a part of the question; the rest of the address stays. */
  function ask(change: Partial<Question>, quiet = false) {
    const query = { ...route.query, ...inAddress(change) }
    if (change.filters) secrets.value = change.filters.filter(isSecret)
    const kept = Object.fromEntries(Object.entries(query).filter(([key, v]) => key !== 'at' && v !== undefined && v.length !== 0))
    return quiet ? router.replace({ query: kept }) : router.push({ query: kept })
  }

  function inAddress(change: Partial<Question>) {
    return {
      ...('search' in change && { q: change.search }),
      ...('sort' in change && { sort: change.sort?.map(({ field, desc }) => (desc ? '-' : '') + field).join(',') }),
      ...('columns' in change && { c: change.columns?.join(',') }),
      ...(change.filters && { f: change.filters.filter((f) => !isSecret(f)).map(writeFilter) }),
    }
  }

  const look = ({ search, filters, sort, columns }: SavedView) => ask({ search, filters, sort, columns })
  return { question, ask, look }
}

function readOrder(text: string): RegistryOrder {
  return text.startsWith('-') ? { field: text.slice(1), desc: true } : { field: text, desc: false }
}
