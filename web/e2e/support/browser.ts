import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium, type BrowserContext } from 'playwright-core'

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** A browser of its own, with nothing of an earlier run and no traffic of its own. */
export interface OwnBrowser {
  context: BrowserContext
  close(): Promise<void>
}

/** Starts Chromium with a fresh profile; `width` and `height` are the page's, in CSS pixels. */
export async function launch(width = 1440, height = 900): Promise<OwnBrowser> {
  const profile = await mkdtemp(join(tmpdir(), 'jieli-e2e-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height },
    locale: 'zh-CN',
    // Nothing is half faded in when it is looked at.
    reducedMotion: 'reduce',
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  })
  return {
    context,
    async close() {
      await context.close()
      await rm(profile, { recursive: true, force: true })
    },
  }
}
