import { ref, type Ref } from 'vue'
import { ApiError } from '@jieli/api'

/** Something that changes a selection. It is given the reason for acting outside the calendar, once there is one. */
export type Act = (override: string | undefined) => Promise<unknown>

/** What the page does for the reader, and what stands in its way. */
export interface Acts {
  busy: Ref<boolean>
  /** Why the last act was refused, in words. */
  trouble: Ref<string>
  /** What was done, in words. */
  done: Ref<string>
  /** The refusal of an act that a reason would let pass; empty where nothing waits for one. */
  asking: Ref<string>
  /** Does it, and then what follows from it; true where it was done. */
  run(act: Act, said?: string): Promise<boolean>
  /** Does what waits for a reason. */
  insist(reason: string): Promise<boolean>
  /** Lets it be. */
  clear(): void
}

const outsidePhase = 'selection.outside_phase'

/** Does acts one at a time. `after` brings the page up to date. `mayInsist` says whether the account may override the calendar. */
export function createActs(after: () => Promise<unknown>, mayInsist: () => boolean): Acts {
  const busy = ref(false)
  const trouble = ref('')
  const done = ref('')
  const asking = ref('')
  let waiting: { act: Act; said: string } | undefined

  const clear = () => {
    trouble.value = done.value = asking.value = ''
    waiting = undefined
  }

  async function attempt(act: Act, said: string, override?: string): Promise<boolean> {
    if (busy.value) return false
    clear()
    busy.value = true
    try {
      await act(override)
      await after()
      done.value = said
      return true
    } catch (error) {
      refuse(error, act, said)
      return false
    } finally {
      busy.value = false
    }
  }

  function refuse(error: unknown, act: Act, said: string) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof ApiError && error.code === outsidePhase && mayInsist()) {
      asking.value = message
      waiting = { act, said }
    } else {
      trouble.value = message
    }
  }

  return {
    busy, trouble, done, asking, clear,
    run: (act, said = '') => attempt(act, said),
    insist: (reason) => (waiting ? attempt(waiting.act, waiting.said, reason) : Promise.resolve(false)),
  }
}
