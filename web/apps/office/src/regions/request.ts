import type { RegionChangeKind, RegionRequest } from '@jieli/api'

/** A division that was picked. */
export interface Picked {
  code: string
  name: string
}

/** What a person has filled in about a change of divisions. */
export interface Draft {
  kind: RegionChangeKind
  day: string
  from: Picked[]
  into: string
  name: string
  as: string
  parts: string[]
  reason: string
}

/** The kinds of change, in the order in which they are shown. */
export const kinds: RegionChangeKind[] = ['rename', 'upgrade', 'merge', 'split']

/** An empty draft for a day. */
export const emptyDraft = (day: string): Draft => ({ kind: 'rename', day, from: [], into: '', name: '', as: '', parts: [], reason: '' })

/** The draft as the server takes it: without what its kind has no use for. */
export function requestOf({ kind, day, from, into, name, as, parts, reason }: Draft): RegionRequest {
  return {
    kind, day, from: from.map(({ code }) => code), name: name.trim(), as, reason: reason.trim(),
    into: kind === 'rename' ? '' : into.trim(),
    parts: kind === 'split' ? parts : [],
  }
}

/** Whether as many divisions are picked as the kind takes. */
export const enough = ({ kind, from }: Draft): boolean => (kind === 'merge' ? from.length >= 2 : from.length === 1)
