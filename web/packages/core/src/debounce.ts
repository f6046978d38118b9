/** Runs the last of a burst of calls, `ms` after it. */
export function debounce<Args extends unknown[]>(run: (...args: Args) => void, ms: number): (...args: Args) => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  return (...args) => {
    clearTimeout(timer)
    timer = setTimeout(() => run(...args), ms)
  }
}
