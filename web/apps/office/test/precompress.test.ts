import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { precompress } from '../build/precompress'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'jieli-build-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** Runs one of the plug-in's steps; neither looks at what the bundler hands it. */
function run(step: 'buildStart' | 'closeBundle') {
  const { [step]: hook } = precompress(folder)
  ;(hook as () => void).call(undefined)
}

describe('the build', () => {
  it('stores text files compressed as well, and they unpack to the same bytes', () => {
    const script = 'export const text = "接力"\n'.repeat(200)
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets/a.js'), script)
    writeFileSync(join(folder, 'small.svg'), '<svg/>')
    writeFileSync(join(folder, 'photo.png'), Buffer.alloc(5000))
    run('closeBundle')
    expect(readdirSync(folder).sort()).toEqual(['assets', 'photo.png', 'small.svg'])
    expect(gunzipSync(readFileSync(join(folder, 'assets/a.js.gz'))).toString()).toBe(script)
    expect(brotliDecompressSync(readFileSync(join(folder, 'assets/a.js.br'))).toString()).toBe(script)
  })

  it('clears what an earlier one left, but not the files that keep the folder', () => {
    writeFileSync(join(folder, '.gitkeep'), '')
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets/old.js'), '')
    run('buildStart')
    expect(readdirSync(folder)).toEqual(['.gitkeep'])
  })

  it('needs no folder from before', () => {
    rmSync(folder, { recursive: true })
    expect(() => run('buildStart')).not.toThrow()
    mkdirSync(folder)
  })
})
