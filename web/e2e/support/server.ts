import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const binary = process.env.JIELI_BIN ?? join(root, 'bin/jieli')
/** The binary refuses settings that it does not know; those of these tests are not its own. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('JIELI_')))
const patienceMs = 60_000

/** Passwords of the demo's accounts by user name, as the server prints them. */
export type Accounts = Record<string, string>

/** A running server with a demo database of its own. */
export interface Server {
  url: string
  accounts: Accounts
  /** Stops it and starts it again at the same address, with more settings. */
  restart(...settings: string[]): Promise<void>
  /** Runs another command over its database and gives what it says. */
  command(...args: string[]): Promise<string>
  stop(): Promise<void>
}

/** Starts the real binary on a free loopback port over a fresh demo, or over a copy of JIELI_E2E_DB. */
export async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'jieli-server-'))
  const path = join(folder, 'jieli.db')
  await prepare(path)
  const database = ['--database', `sqlite:${path}`]
  const address = `127.0.0.1:${await freePort()}`
  const url = `http://${address}`
  let { child, accounts } = await serve(url, [...database, '--listen', address])
  return {
    url,
    accounts,
    async restart(...settings) {
      await end(child)
      ;({ child, accounts } = await serve(url, [...database, '--listen', address, ...settings]))
    },
    command: (...args) => command([...args, ...database]),
    async stop() {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function serve(url: string, settings: string[]) {
  const child = spawn(binary, ['serve', ...settings], { env })
  const said = listen(child)
  try {
    await ready(url, child, said)
  } catch (error) {
    child.kill()
    throw error
  }
  return { child, accounts: accountsIn(said()) }
}

async function end(child: ChildProcess) {
  child.kill('SIGTERM')
  if (child.exitCode === null) await once(child, 'exit')
}

/** Runs a command to its end, which has to be a good one. */
async function command(args: string[]): Promise<string> {
  const child = spawn(binary, args, { env })
  const said = listen(child)
  const [code] = (await once(child, 'close')) as [number]
  if (code !== 0) throw new Error(`jieli ${args[0] ?? ''} ended with ${code}:\n${said()}`)
  return said()
}

async function prepare(database: string) {
  const prepared = process.env.JIELI_E2E_DB
  if (prepared) {
    // Secrets are sealed: a database is nothing without its keys.
    await copyFile(`${prepared}.keys`, `${database}.keys`)
    return copyFile(prepared, database)
  }
  await command(['demo', '--database', `sqlite:${database}`, '--examples', join(root, 'examples/hunan')])
}

function listen(child: ChildProcess): () => string {
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += String(chunk)))
  return () => said
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function ready(url: string, child: ChildProcess, said: () => string) {
  const until = Date.now() + patienceMs
  for (;;) {
    if (child.exitCode !== null) throw new Error(`the server ended:\n${said()}`)
    const answer = await fetch(`${url}/readyz`).catch(() => undefined)
    if (answer?.ok && Object.keys(accountsIn(said())).length > 0) return
    if (Date.now() > until) throw new Error(`the server did not get ready:\n${said()}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** Reads "name password place" lines; passwords are three words and a number. */
export function accountsIn(said: string): Accounts {
  const lines = said.matchAll(/^\s+(\w+)\s+([a-z]+-[a-z]+-[a-z]+-\d+)\s/gm)
  return Object.fromEntries([...lines].map(([, name, password]) => [name, password]))
}
