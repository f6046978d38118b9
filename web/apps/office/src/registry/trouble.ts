import { ApiError } from '@jieli/api'

/** A failed call in words: the server's own where it has some, the connection's trouble in ours. */
export function sayTrouble(error: unknown, t: (key: string) => string): string {
  if (!(error instanceof ApiError)) throw error
  return error.code ? error.message : t(`trouble.${error.trouble}.title`)
}
