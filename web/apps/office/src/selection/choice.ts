import type { NomineeChoice, RankedNominee } from '@jieli/api'

export type ChoiceOutcome = 'open' | 'chosen' | 'reserve' | 'not_chosen'

/** What is being decided about a nominee, before it is saved. */
export interface Draft {
  outcome: ChoiceOutcome
  /** Place in the reserve from 1, else 0. */
  place: number
  reason: string
  /** The ranking cannot break the tie: people must. */
  undecided: boolean
}

/** The choice as it is saved. */
export function savedDraft(row: RankedNominee): Draft {
  const outcome = row.outcome === 'withdrawn' ? 'open' : row.outcome
  return { outcome, place: row.reserve_place, reason: '', undecided: false }
}

/** What differs from what is saved, ready to be sent. */
export function changesOf(rows: readonly RankedNominee[], drafts: Readonly<Record<string, Draft>>): NomineeChoice[] {
  return rows.flatMap((row) => {
    const draft = drafts[row.cadre]
    if (!draft || same(savedDraft(row), draft)) return []
    const { outcome, place, reason } = draft
    return [{ cadre: row.cadre, version: row.version, outcome, reserve_place: outcome === 'reserve' ? place : 0, reason }]
  })
}

function same(a: Draft, b: Draft): boolean {
  return a.outcome === b.outcome && a.reason === b.reason && (a.outcome !== 'reserve' || a.place === b.place)
}

/** The first free place in the reserve. */
export function nextPlace(drafts: Readonly<Record<string, Draft>>): number {
  return 1 + Math.max(0, ...Object.values(drafts).filter((d) => d.outcome === 'reserve').map((d) => d.place))
}

/** How many drafts have the outcome. */
export function countOf(drafts: Readonly<Record<string, Draft>>, outcome: ChoiceOutcome): number {
  return Object.values(drafts).filter((d) => d.outcome === outcome).length
}
