import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(html|js|css|svg|json|webmanifest)$/

/** Files below this size travel in one packet anyway. */
const leastBytes = 1024

/**
 * Writes FILE.gz and FILE.br beside every text file of the build, so that the server never compresses at run time.
 * What an earlier build left in the folder is removed first; a file that starts with a dot is not ours and stays.
 */
export function precompress(folder: string): Plugin {
  return {
    name: 'jieli-precompress',
    apply: 'build',
    buildStart() {
      for (const entry of readdirOrNothing(folder)) {
        if (!entry.startsWith('.')) rmSync(join(folder, entry), { recursive: true })
      }
    },
    closeBundle() {
      for (const file of filesUnder(folder)) {
        if (compressible.test(file)) compressFile(file)
      }
    },
  }
}

function compressFile(file: string) {
  const content = readFileSync(file)
  if (content.length < leastBytes) return
  writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }))
  writeFileSync(
    `${file}.br`,
    brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  )
}

function readdirOrNothing(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
}
