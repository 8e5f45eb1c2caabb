import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { Demo } from '../../src/console/demo.js'
import { withVisitor } from '../../src/visitor.js'
import { violations } from '../support/console/axe.js'

const WIDTHS = [
  [1280, 860],
  [390, 844],
] as const
const PAGES = ['/', '/r/first-pick', '/events', '/metrics', '/r/no-such-request'] as const

let demo: Demo
beforeAll(async () => {
  demo = await Demo.start()
  await demo.look('once')
})
afterAll(() => demo.stop())

/** The rows of the timeline, as they are read aloud. */
async function timeline(page: Page): Promise<string[]> {
  const rows = page.getByRole('treegrid', { name: 'Timeline' }).locator('.row')
  const texts = await rows.locator('.row-name').allInnerTexts()
  return texts.map((text) => text.replaceAll(/\s+/g, ' ').trim())
}

describe('the console beside the demo', () => {
  it('finds a request by its id, and shows its three hops on one page, with the attempt that failed', async () => {
    await withVisitor(async ({ page, errors, violations: refused }) => {
      await page.goto(demo.consoleUrl)
      await page.getByRole('textbox', { name: 'Filter' }).fill(demo.requestId)
      await page.keyboard.press('Enter')
      await page.waitForURL(`**/r/${demo.requestId}`)
      await page.getByText('process pick-results').waitFor()

      const rows = await timeline(page)
      const units = rows.filter((row) => /HTTP|JOB|WS/.test(row))
      expect(units).toEqual([
        expect.stringMatching(/^HTTP POST .*\/picks.* 202$/),
        expect.stringMatching(/JOB process_match_stats .*✕ attempt 1$/),
        expect.stringMatching(/JOB process_match_stats .*✓ attempt 2$/),
        expect.stringMatching(/WS process pick-results$/),
      ])
      expect(rows.filter((row) => row.startsWith('SQL'))).toHaveLength(6)

      const banner = page.getByRole('group', { name: 'Errors' })
      await expect(banner.innerText()).resolves.toMatch(
        /process_match_stats attempt 1\s+503 from the rating service for ember\s+then succeeded on attempt 2/,
      )
      const heading = await page.getByRole('heading', { level: 1 }).innerText()
      expect(heading).toMatch(/^POST \/api\/tournaments\/\{tournamentId\}\/drafts\/\{draftId\}\/picks/)
      expect(errors).toEqual([])
      expect(refused).toEqual([])
    })
  })

  it('shows the error with its stack, SQL, and where the context came from, beside the row', async () => {
    await withVisitor(async ({ page }) => {
      await page.goto(`${demo.consoleUrl}/r/${demo.requestId}`)
      const details = page.getByRole('complementary', { name: 'Details' })
      await page.getByText('throughline.job_failed').first().click()
      const error = await details.innerText()
      expect(error).toMatch(/StatsUnavailable: 503 from the rating service for ember/)
      expect(error).toMatch(/at StatsService\.rate/)
      expect(error).toMatch(/request\.id\s+first-pick/)
      expect(error).toMatch(/user\.id\s+8/)

      await page.getByText('pg.query:INSERT postgres').first().click()
      await expect(details.innerText()).resolves.toMatch(/insert into picks \(draft_id, user_id, hero\)/)
    })
  })

  it('opens where a link leads: the page, and the row that was selected', async () => {
    await withVisitor(async ({ page }) => {
      await page.goto(`${demo.consoleUrl}/r/${demo.requestId}`)
      await page.getByText('stats.stats_processed').first().click()
      await page.waitForURL(/\/r\/first-pick\?.*row=/)
      const link = page.url()
      await page.goto('about:blank')
      await page.goto(link)
      const selected = page.getByRole('row', { selected: true })
      await expect(selected.innerText()).resolves.toMatch(/stats\.stats_processed/)
    })
  })

  it('goes by keys: from row to row, to the next error, and back', async () => {
    await withVisitor(async ({ page }) => {
      await page.goto(demo.consoleUrl)
      await page.getByRole('row').nth(1).waitFor()
      await page.goto(`${demo.consoleUrl}/r/${demo.requestId}`)
      const selected = page.getByRole('row', { selected: true })
      await selected.waitFor()
      const first = await selected.innerText()
      await page.keyboard.press('j')
      await expect(selected.innerText()).resolves.not.toBe(first)
      await page.keyboard.press('e')
      await page.keyboard.press('?')
      await page.getByRole('dialog').waitFor()
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.waitForURL(/\/(?:\?.*)?$/)
    })
  })

  it('shows only what failed, and what a filter finds', async () => {
    await withVisitor(async ({ page }) => {
      await page.goto(demo.consoleUrl)
      const names = page.getByRole('row').getByRole('link')
      await page.getByText('/api/users/me').or(names).first().waitFor()
      await page.getByRole('button', { name: /^Failed/ }).click()
      await page.waitForURL(/state=failed/)
      await page.getByRole('row', { name: /500/ }).first().waitFor()
      await waitUntil(async () => (await names.allInnerTexts()).every((name) => name.includes('bracket')))
      await page.getByRole('button', { name: /^Failed/ }).click()
      await page.getByRole('textbox', { name: 'Filter' }).fill('event:pick_made')
      await waitUntil(async () => (await names.allInnerTexts()).every((name) => name.includes('picks')))
    })
  })
})

describe.each(WIDTHS)('at %d by %d', (width, height) => {
  it.each(PAGES)(
    '%s is without faults of axe-core in both themes, and no wider than the window',
    async (path) => {
      await withVisitor(async ({ page, errors, violations: refused }) => {
        await page.setViewportSize({ width, height })
        for (const colorScheme of ['light', 'dark'] as const) {
          await page.emulateMedia({ colorScheme })
          await page.goto(demo.consoleUrl + path)
          await page.getByRole('heading').first().waitFor()
          expect(await violations(page)).toEqual([])
          const wider = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
          expect(wider).toBeLessThanOrEqual(0)
        }
        expect(errors).toEqual([])
        expect(refused).toEqual([])
      })
    },
  )
})

/** Looks again and again, for as long as a test may take. */
async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 50))
}
