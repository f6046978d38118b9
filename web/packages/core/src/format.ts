/** Writes numbers and dates the way the language does. An amount that is not there is an em dash. */
export interface Formatter {
  /** A whole number with group marks. */
  count(n: number | undefined): string
  /** A whole number with its sign, for score parts. */
  signed(n: number): string
  /** A share of 0..1 with one decimal, or as many as `decimals` says. */
  percent(share: number | undefined, decimals?: number): string
  /** A mean mark of 0..100, with one decimal. */
  mark(n: number | undefined): string
  /** A date and time of the reader's clock. */
  moment(iso: string): string
}

const missing = '—'
const minus = '−'

/** Makes the formatter of a language such as `zh-CN`. */
export function formatterFor(language: string): Formatter {
  const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 })
  const marks = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const moments = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' })
  const ifThere = (n: number | undefined, write: (n: number) => string) =>
    n === undefined || !Number.isFinite(n) ? missing : write(n)
  return {
    count: (n) => ifThere(n, (v) => whole.format(v).replace('-', minus)),
    signed: (n) => (n < 0 ? minus : '+') + whole.format(Math.abs(n)),
    percent: (share, decimals = 1) => ifThere(share, (v) => formatPercent(language, v, decimals)),
    mark: (n) => ifThere(n, (v) => marks.format(v)),
    moment: (iso) => moments.format(new Date(iso)),
  }
}

function formatPercent(language: string, share: number, decimals: number): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return new Intl.NumberFormat(language, { style: 'percent', ...digits }).format(share).replace('-', minus)
}

/** A share rounded up to hundredths of a percent, so that "at most" stays true. */
export function atMostShare(share: number): number {
  return Math.max(0, Math.ceil(share * 10_000 - 1e-9)) / 10_000
}
