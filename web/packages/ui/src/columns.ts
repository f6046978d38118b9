/** A column of a long table. */
export interface Column {
  key: string
  label: string
  /** Width in pixels; the columns share what is left over. */
  width: number
  /** The server's key to sort by, where it can. */
  sort?: string
  number?: boolean
}

/** How high a row of a long table is, in pixels. */
export const rowHeight = 44

/** How the rows in view sit in the whole list: what is above and below them is only as high, not there. */
export interface Window {
  first: number
  last: number
  above: number
  below: number
}

/** The window of the virtual rows among `total` rows; empty lists have no window. */
export function windowOf(indexes: readonly number[], total: number): Window | undefined {
  const first = indexes[0]
  const last = indexes.at(-1)
  if (first === undefined || last === undefined || total === 0) return undefined
  return { first, last, above: first * rowHeight, below: Math.max(total - 1 - last, 0) * rowHeight }
}
