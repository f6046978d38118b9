import { shallowReactive, type ShallowReactive } from 'vue'

/** Brings `limit` rows from `offset`, and how many there are in all. */
export type FetchBlock<Row> = (
  offset: number,
  limit: number,
  signal: AbortSignal,
) => Promise<{ rows: Row[]; total: number }>

/** The state of a long list of which only the blocks that were looked at are loaded. */
export interface BlockState {
  /** How many rows there are; undefined until the first block came. */
  total: number | undefined
  /** The trouble of the newest failed block; undefined while all is well. */
  error: unknown
  /** Counts the blocks that came, so that readers of rows notice. */
  version: number
}

/** How many rows a block holds; the server gives at most 200 at once. */
export const blockSize = 100

/**
 * Keeps a list of any length in blocks, fetched as they come into view. After `reset` late answers to older questions
 * are dropped.
 */
export class BlockList<Row> {
  readonly state: ShallowReactive<BlockState> = shallowReactive({ total: undefined, error: undefined, version: 0 })
  private blocks = new Map<number, Row[]>()
  private pending = new Set<number>()
  private abort = new AbortController()

  constructor(private fetchBlock: FetchBlock<Row>) {}

  /** Forgets everything and asks anew, with another question if one is given. */
  async reset(fetchBlock: FetchBlock<Row> = this.fetchBlock, first = 0): Promise<void> {
    this.abort.abort()
    this.abort = new AbortController()
    this.fetchBlock = fetchBlock
    this.blocks.clear()
    this.pending.clear()
    this.state.error = undefined
    this.state.version++
    await this.load(Math.floor(first / blockSize))
  }

  /** The row, or undefined while its block has not come. */
  row(index: number): Row | undefined {
    return this.blocks.get(Math.floor(index / blockSize))?.[index % blockSize]
  }

  /** Fetches the blocks that hold the rows from `first` to `last`, both included, where they are missing. */
  async ensure(first: number, last: number): Promise<void> {
    const from = Math.floor(Math.max(first, 0) / blockSize)
    const to = Math.floor(Math.max(last, 0) / blockSize)
    const missing = Array.from({ length: to - from + 1 }, (_, i) => from + i).filter((b) => this.isMissing(b))
    await Promise.all(missing.map((b) => this.load(b)))
  }

  private isMissing(block: number): boolean {
    const beyond = this.state.total !== undefined && block > 0 && block * blockSize >= this.state.total
    return !beyond && !this.blocks.has(block) && !this.pending.has(block)
  }

  private async load(block: number): Promise<void> {
    const { signal } = this.abort
    this.pending.add(block)
    try {
      const { rows, total } = await this.fetchBlock(block * blockSize, blockSize, signal)
      if (signal.aborted) return
      this.blocks.set(block, rows)
      this.state.total = total
      this.state.error = undefined
    } catch (error) {
      if (signal.aborted) return
      this.state.error = error
    }
    this.pending.delete(block)
    this.state.version++
  }
}
