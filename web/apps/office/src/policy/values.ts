import type { PolicyKey, PolicyValue } from '@jieli/api'

/** Words that a value needs besides its number. */
export interface ValueWords {
  yes: string
  no: string
  nothing: string
  comma: string
}

/** A value as it is read: yes or no for a switch, labels for a list, a number with its unit else. */
export function valueText(key: PolicyKey, value: PolicyValue, words: ValueWords): string {
  if (key.unit === 'list') return itemsText(key, value.items ?? [], words)
  if (key.unit === 'switch') return value.number === 1 ? words.yes : words.no
  if (key.zero_is_none && value.number === 0) return words.nothing
  return `${value.number} ${key.unit_label}`
}

function itemsText(key: PolicyKey, items: readonly string[], words: ValueWords): string {
  const labels = items.map((item) => key.items.find((known) => known.value === item)?.label ?? item)
  return labels.length > 0 ? labels.join(words.comma) : words.nothing
}

/** What holds where nobody sets the key. */
export function defaultValue(key: PolicyKey): PolicyValue {
  return { number: key.default, ...(key.unit === 'list' ? { items: key.default_items } : {}) }
}

/** The source in one line: document, number, place, date. */
export function sourceText(source: PolicyValue['source'], comma: string): string {
  return [source?.document, source?.number, source?.place, source?.date].filter(Boolean).join(comma)
}

/** Keys in their order, by gate; only those that `wanted` lets through, and no empty gates. */
export function byGate(keys: readonly PolicyKey[], wanted: (key: PolicyKey) => boolean): [gate: PolicyKey['gate'], keys: PolicyKey[]][] {
  const gates: PolicyKey['gate'][] = ['selection', 'dispatch', 'management']
  return gates
    .map((gate): [PolicyKey['gate'], PolicyKey[]] => [gate, keys.filter((k) => k.gate === gate && wanted(k))])
    .filter(([, found]) => found.length > 0)
}
