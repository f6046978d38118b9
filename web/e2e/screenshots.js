// Runs screenshots.ts, which Node alone cannot read.
import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'

const { module } = await runnerImport(fileURLToPath(new URL('./screenshots.ts', import.meta.url)))
await module.takeScreenshots(process.argv[2])
