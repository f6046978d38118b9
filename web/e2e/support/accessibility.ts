import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What axe-core finds against WCAG 2.2 AA: the rule and each place. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(async (tags) => {
    const { axe: run } = window as unknown as { axe: typeof import('axe-core') }
    const { violations: found } = await run.run(document, { runOnly: { type: 'tag', values: tags } })
    return found.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.html.slice(0, 160)} ${n.failureSummary ?? ''}`))
  }, rules)
}

/** How many things of each role assistive technology is told of. */
export async function roles(page: Page): Promise<Map<string, number>> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  await session.detach()
  const counts = new Map<string, number>()
  for (const node of nodes) {
    const role = String(node.role?.value ?? '')
    if (!node.ignored) counts.set(role, (counts.get(role) ?? 0) + 1)
  }
  return counts
}
