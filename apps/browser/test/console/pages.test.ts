import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tell } from '../support/console/otlp.js'
import { withConsole } from '../support/console/with-console.js'

describe('the events', () => {
  it('are marked where the catalogue does not have them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'throughline-'))
    try {
      const catalogue = join(folder, 'EVENTS.md')
      await writeFile(
        catalogue,
        '# Event catalogue\n\n### `order_seen`\n\nLogged at `info` from:\n\n- `a.ts:1`\n',
      )
      await withConsole({ catalogue }, async ({ url }, { page }) => {
        const lines = [
          { level: 'info', event: 'order_seen' },
          { level: 'info', event: 'order_lost' },
        ] as const
        await tell(url, [{ requestId: 'one', lines }])
        await page.goto(new URL('/events', url).href)
        await page
          .getByRole('row', { name: /order_seen/ })
          .getByText('listed')
          .waitFor()
        await page
          .getByRole('row', { name: /order_lost/ })
          .getByText('! unknown')
          .waitFor()
        await page.getByRole('link', { name: 'order_lost' }).click()
        await page.waitForURL(/\/\?q=event(?::|%3A)order_lost$/)
        await page.getByRole('link', { name: 'GET /orders' }).waitFor()
      })
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('the metrics', () => {
  it('say what to set where there are none, and are drawn as soon as something has arrived', async () => {
    await withConsole({}, async ({ url }, { page, errors, violations }) => {
      await page.goto(new URL('/metrics', url).href)
      await page.getByText('OTEL_METRIC_EXPORT_INTERVAL=5000').waitFor()
      await tell(url, [{ requestId: 'one' }])
      await page.getByRole('img', { name: 'Requests over time' }).locator('canvas').waitFor()
      await page
        .getByRole('figure', { name: /^Memory/ })
        .getByText('No data yet.')
        .waitFor()
      await page.getByRole('button', { name: '60 min' }).click()
      await page.waitForURL(/minutes=60/)
      expect(errors).toEqual([])
      expect(violations).toEqual([])
    })
  })
})

describe('every page', () => {
  it('says that the connection is lost, and goes on by itself once it is back', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await page.route('**/api/stream', (route) => route.abort())
      await page.goto(url)
      await page.getByText('Connection lost').waitFor()
      await tell(url, [{ requestId: 'one', name: 'GET /one' }])
      await page.unroute('**/api/stream')
      await page.getByRole('button', { name: /^Live/ }).waitFor()
      await page.getByRole('link', { name: 'GET /one' }).waitFor()
    })
  })

  it('keeps the theme that was chosen', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await page.emulateMedia({ colorScheme: 'light' })
      await page.goto(url)
      await page.getByRole('button', { name: 'Theme: auto' }).click()
      await page.getByRole('button', { name: 'Theme: light' }).click()
      await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
      const back = () => page.evaluate('getComputedStyle(document.body).backgroundColor')
      const dark = await back()
      await page.reload()
      await page.getByRole('button', { name: 'Theme: dark' }).waitFor()
      expect(await back()).toBe(dark)
      expect(dark).toBe('rgb(15, 18, 24)')
    })
  })

  it('goes by the keys of its list: filter, open, back to the same row', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      const at = Date.now() - 1_000
      await tell(url, [
        { requestId: 'one', name: 'GET /one', at },
        { requestId: 'two', name: 'GET /two', at: at + 100 },
      ])
      await page.goto(url)
      await page.getByRole('link', { name: 'GET /one' }).waitFor()
      await page.keyboard.press('j')
      await page.keyboard.press('j')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/r/one')
      await page.getByRole('treegrid', { name: 'Timeline' }).waitFor()
      await page.keyboard.press('Escape')
      await page.getByRole('link', { name: 'GET /two' }).waitFor()
      await page.keyboard.press('/')
      await page.keyboard.type('two')
      await page.getByRole('link', { name: 'GET /one' }).waitFor({ state: 'detached' })
      expect(await page.getByRole('row').getByRole('link').allInnerTexts()).toEqual(['GET /two'])
    })
  })
})
