/** One class of a colour scale: values from `from` up to `to`, the last class with its end. */
export interface ColourClass {
  from: number
  to: number
  colour: string
}

/** The green-teal data ramp, light to dark; each step is told from its neighbour without hue. */
export const ramp = ['#dcefe9', '#aad7cb', '#6fb7a8', '#2b7f74', '#0e5a53'] as const

/** Where there is nothing to measure. */
export const noData = '#e6e4de'

const steps = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10]

/** The smallest round number that is at least `raw`: one or two digits and zeros. */
export function roundUp(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw))
  return (steps.find((step) => step * power >= raw * (1 - 1e-9)) ?? 10) * power
}

/**
 * Cuts the values' range into at most five classes with round borders. Equal values make one class. `least` is the
 * smallest width of a class: 1 for counts.
 */
export function classesOf(values: readonly number[], least = 0): ColourClass[] {
  const known = values.filter(Number.isFinite)
  if (known.length === 0) return []
  const low = Math.min(...known)
  const high = Math.max(...known)
  if (low === high) return [{ from: low, to: high, colour: ramp[3] }]
  const width = Math.max(roundUp((high - low) / ramp.length), least)
  return cut(low, high, width)
}

function cut(low: number, high: number, width: number): ColourClass[] {
  let start = Math.floor(low / width + 1e-9) * width
  let classes = Math.ceil((high - start) / width - 1e-9)
  if (classes > ramp.length) {
    const wider = roundUp(width * 1.01)
    start = Math.floor(low / wider + 1e-9) * wider
    classes = Math.ceil((high - start) / wider - 1e-9)
    width = wider
  }
  return ramp.slice(-Math.max(classes, 1)).map((colour, i) => ({
    from: clean(start + i * width),
    to: clean(start + (i + 1) * width),
    colour,
  }))
}

/** Takes the dust of binary fractions off. */
function clean(n: number): number {
  return Number(n.toPrecision(12))
}

/** The colour of a value among the classes. */
export function colourOf(value: number | undefined, classes: readonly ColourClass[]): string {
  if (value === undefined || !Number.isFinite(value)) return noData
  const found = classes.find((c) => value < c.to) ?? classes.at(-1)
  return found?.colour ?? noData
}
