import type { TestProject } from 'vitest/node'
import { startServer, type Accounts } from './server'

declare module 'vitest' {
  export interface ProvidedContext {
    url: string
    accounts: Accounts
  }
}

/** One server for all browser tests; those that write leave alone what the others read. */
export default async function setup(project: TestProject) {
  const server = await startServer()
  project.provide('url', server.url)
  project.provide('accounts', server.accounts)
  return () => server.stop()
}
