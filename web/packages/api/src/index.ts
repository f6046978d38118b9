// The door to the server: typed calls from the committed contract, and the one error that they throw.
export * from './client'
export * from './policies'
export * from './problem'
export * from './divisions'
export * from './registry'
export * from './selections'
export * from './types'
