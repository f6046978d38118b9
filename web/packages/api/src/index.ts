// The door to the server: typed calls from the committed contract, and the one error that they throw.
export * from './client'
export * from './problem'
export * from './types'
