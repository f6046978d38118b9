import { computed, readonly, shallowRef, type ComputedRef, type Ref } from 'vue'
import { ApiError, type Api, type Me } from '@jieli/api'

/** Who is signed in, and the ways in and out. */
export interface Session {
  /** The account, undefined while nobody is signed in. */
  me: Readonly<Ref<Me | undefined>>
  signedIn: ComputedRef<boolean>
  /** Asks the server once who is signed in; nobody is no error. */
  restore(): Promise<void>
  signIn(username: string, password: string): Promise<Me>
  signOut(): Promise<void>
  /** Forgets the account without asking the server: it has ended the session. */
  drop(): void
}

/** Makes the session of one page. */
export function createSession(api: Api): Session {
  const me = shallowRef<Me>()
  let asked: Promise<void> | undefined
  const ask = async () => {
    try {
      me.value = await api.me()
    } catch (error) {
      if (error instanceof ApiError && error.trouble === 'signed_out') return
      asked = undefined
      throw error
    }
  }
  return {
    me: readonly(me) as Readonly<Ref<Me | undefined>>,
    signedIn: computed(() => me.value !== undefined),
    restore: () => (asked ??= ask()),
    async signIn(username, password) {
      me.value = await api.signIn(username, password)
      return me.value
    },
    async signOut() {
      await api.signOut()
      me.value = undefined
    },
    drop() {
      me.value = undefined
    },
  }
}
