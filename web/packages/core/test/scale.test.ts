import { describe, expect, it } from 'vitest'
import { classesOf, colourOf, noData, ramp, roundUp } from '@jieli/core'

/** A small generator of numbers that is the same in every run. */
function* drawn(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1103515245 + 12345) % 2147483648
    yield state / 2147483648
  }
}

describe('classes of a measure', () => {
  it('have round borders', () => {
    expect(classesOf([0.9767, 0.988]).map((c) => [c.from, c.to])).toEqual([
      [0.975, 0.978], [0.978, 0.981], [0.981, 0.984], [0.984, 0.987], [0.987, 0.99],
    ])
  })

  it('are one where all values are equal, none where there are none', () => {
    expect(classesOf([1, 1, 1])).toEqual([{ from: 1, to: 1, colour: ramp[3] }])
    expect(classesOf([])).toEqual([])
    expect(classesOf([Number.NaN])).toEqual([])
  })

  it('are no narrower than a count', () => {
    for (const c of classesOf([0, 1, 2], 1)) expect(c.to - c.from).toBeGreaterThanOrEqual(1)
  })

  it('hold every value, touch each other and are at most five, whatever the values', () => {
    const random = drawn(7)
    for (let round = 0; round < 2000; round++) {
      const scale = 10 ** Math.floor(random.next().value * 8 - 3)
      const values = Array.from({ length: 2 + (round % 20) }, () => (random.next().value - 0.2) * scale)
      const classes = classesOf(values)
      expect(classes.length).toBeLessThanOrEqual(ramp.length)
      classes.forEach((c, i) => i > 0 && expect(c.from).toBe(classes[i - 1]?.to))
      const slack = scale * 1e-6
      expect(Math.min(...values)).toBeGreaterThanOrEqual((classes[0]?.from ?? Infinity) - slack)
      expect(Math.max(...values)).toBeLessThanOrEqual((classes.at(-1)?.to ?? -Infinity) + slack)
    }
  })
})

describe('the colour of a value', () => {
  const classes = classesOf([0, 100])

  it('gets darker with the value', () => {
    expect([0, 20, 40, 60, 80].map((v) => colourOf(v, classes))).toEqual([...ramp])
  })

  it('takes the last class at its end', () => {
    expect(colourOf(100, classes)).toBe(ramp[4])
  })

  it('is grey where nothing was measured', () => {
    expect(colourOf(undefined, classes)).toBe(noData)
    expect(colourOf(5, [])).toBe(noData)
  })
})

it('rounds up to a round number that is not far', () => {
  const random = drawn(3)
  for (let i = 0; i < 1000; i++) {
    const raw = random.next().value * 10 ** Math.floor(random.next().value * 9 - 4)
    const up = roundUp(raw)
    expect(up).toBeGreaterThanOrEqual(raw * (1 - 1e-9))
    expect(up).toBeLessThanOrEqual(raw * 1.5 * (1 + 1e-9))
  }
})
