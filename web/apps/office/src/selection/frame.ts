import { inject, provide, type ComputedRef, type InjectionKey, type ShallowRef } from 'vue'
import type { SelectionOverview } from '@jieli/api'
import type { Acts } from './acts'

/** What all pages of a round share: where it stands, what the account may do, and the acts on it. */
export interface Frame {
  overview: Readonly<ShallowRef<SelectionOverview | undefined>>
  may: ComputedRef<Powers>
  acts: Acts
  /** Asks again where the round stands. */
  refresh(): Promise<void>
}

/** What the account may do in a round that is open; the server has the last word. */
export interface Powers {
  /** Runs the selection: calendar, publication, lock. */
  run: boolean
  /** Fixes villages and quotas, assesses and chooses, in its own area. */
  manage: boolean
  nominate: boolean
  writeNeeds: boolean
  /** An office from the county up: sees what others noted. */
  office: boolean
  /** Sees nominees. */
  nominees: boolean
}

const key: InjectionKey<Frame> = Symbol('round')

export const provideFrame = (frame: Frame): void => provide(key, frame)

export function useFrame(): Frame {
  const frame = inject(key)
  if (!frame) throw new Error('a page of a round stands outside its frame')
  return frame
}

export { key as frameKey }
