import type { RegistryField, RegistryFilter, RegistryOption } from '@jieli/api'

/** The names of units by id and of divisions by code. */
export type Names = Readonly<Record<string, string>>

const separator = ';'

/** The values of a canonical text. */
export const split = (text: string): string[] => (text === '' ? [] : text.split(separator))

/** The canonical text of several values: sorted, each once. */
export const join = (values: readonly string[]): string => [...new Set(values)].sort().join(separator)

/** The options that a field offers; yes and no for a boolean, in the page's words. */
export function optionsOf(field: RegistryField, yes: string, no: string): RegistryOption[] {
  return field.type === 'boolean' ? [{ value: '1', label: yes }, { value: '0', label: no }] : field.options
}

/** A value as people read it: labels for options, names for what is referred to. */
export function shownValue(field: RegistryField, text: string | undefined, names: Names, options: readonly RegistryOption[]): string {
  if (!text) return ''
  const one = (value: string) => options.find((o) => o.value === value)?.label ?? names[value] ?? value
  return ['choice', 'choices', 'boolean', 'region', 'unit', 'units', 'villages'].includes(field.type)
    ? split(text).map(one).join('、')
    : text
}

/** Which comparisons the filter of a field offers, the usual one first. An open end makes `ge` or `le` of `between`. */
export function comparisons(field: RegistryField): RegistryFilter['op'][] {
  if (field.masked) return ['eq', 'filled', 'empty']
  switch (field.type) {
    case 'integer':
    case 'date':
      return ['between', 'filled', 'empty']
    case 'choice':
    case 'choices':
    case 'boolean':
    case 'region':
      return ['in', 'filled', 'empty']
    case 'unit':
    case 'units':
    case 'villages':
      return ['eq', 'filled', 'empty']
    default:
      return ['contains', 'starts', 'eq', 'filled', 'empty']
  }
}

/** How many values a comparison wants: none, one, two, or any number. */
export function valuesWanted(op: string): number {
  if (op === 'filled' || op === 'empty') return 0
  if (op === 'between') return 2
  return op === 'in' ? Infinity : 1
}

const widths: Partial<Record<RegistryField['type'], number>> = { integer: 110, boolean: 110, date: 124, secret: 190, unit: 230, region: 150 }

/** How wide a column of a field is, in pixels: a text by how long it may be. */
export function widthOf(field: RegistryField): number {
  const heading = [...field.label].length * 14 + 46
  return Math.max(heading, widths[field.type] ?? (field.max_len && field.max_len < 60 ? 140 : 200))
}
