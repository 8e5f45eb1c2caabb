import axe from 'axe-core'
import type { Page } from 'playwright-core'

/** What axe-core finds wrong on a page: rule, and the elements. */
export async function violations(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's Content-Security-Policy would refuse that.
  await page.evaluate(axe.source)
  const found = await page.evaluate('axe.run()')
  const { violations } = found as { violations: { id: string; nodes: { html: string }[] }[] }
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`))
}
