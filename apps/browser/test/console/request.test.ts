import { describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { tell, type Told } from '../support/console/otlp.js'
import { withConsole } from '../support/console/with-console.js'

const REQUEST: Told = {
  requestId: 'one',
  name: 'POST /orders',
  status: 500,
  user: '42',
  lines: [
    { level: 'debug', event: 'stock_asked', text: 'warehouse north' },
    { level: 'info', event: 'order_seen' },
    { level: 'info', event: 'stock_asked', text: 'warehouse south' },
    { level: 'error', event: 'order_failed' },
  ],
}

/** The page of {@link REQUEST}, loaded. */
function opened(use: (page: Page, url: string) => Promise<void>): Promise<void> {
  return withConsole({}, async ({ url }, { context, page }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: url.replace(/\/$/, '') })
    await tell(url, [REQUEST])
    await page.goto(new URL('/r/one', url).href)
    await page.getByRole('treegrid', { name: 'Timeline' }).getByText('order_failed').waitFor()
    await use(page, url)
  })
}

/** What the timeline's rows are called, in their order. */
function titles(page: Page): Promise<string[]> {
  return page.getByRole('treegrid', { name: 'Timeline' }).locator('.row-title').allInnerTexts()
}

function pasted(page: Page): Promise<unknown> {
  return page.evaluate('navigator.clipboard.readText()')
}

describe('the page of a request', () => {
  it('finds text in its records, goes from one to the next, and counts them', async () => {
    await opened(async (page) => {
      await page.keyboard.press('/')
      const box = page.getByRole('textbox', { name: 'Search in this request' })
      await box.fill('warehouse')
      const selected = page.getByRole('row', { selected: true })
      await page.getByText('2 found').waitFor()
      for (const [keys, text] of [
        ['Enter', 'north'],
        ['Enter', 'south'],
        ['Shift+Enter', 'north'],
      ] as const) {
        await box.press(keys)
        await selected.getByText(text).waitFor()
      }
      await page.getByText('1 of 2').waitFor()
      await box.press('Escape')
      expect(new URL(page.url()).pathname).toBe('/r/one')
    })
  })

  it('leaves out debug lines, then all lines, and has them back', async () => {
    await opened(async (page) => {
      const all = ['POST /orders', 'stock_asked', 'order_seen', 'stock_asked', 'order_failed']
      expect(await titles(page)).toEqual(all)
      await page.keyboard.press('l')
      await page.getByRole('button', { name: 'Lines: info and above' }).waitFor()
      expect(await titles(page)).toEqual(all.toSpliced(1, 1))
      await page.keyboard.press('l')
      await page.getByRole('button', { name: 'Lines: none' }).waitFor()
      expect(await titles(page)).toEqual(['POST /orders'])
      await page.keyboard.press('l')
      await page.getByRole('button', { name: 'Lines: all' }).waitFor()
      expect(await titles(page)).toEqual(all)
    })
  })

  it('squeezes a stretch without work, and draws it as it was when that is asked for', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      const at = Date.now() - 60_000
      await tell(url, [
        { requestId: 'twice', at },
        { requestId: 'twice', at: at + 40_000 },
      ])
      await page.goto(new URL('/r/twice', url).href)
      const toggle = page.getByRole('button', { name: 'Short gaps' })
      await toggle.and(page.locator('[aria-pressed=true]')).waitFor()
      await page.locator('.tick.is-gap').getByText('⋯ 39.99 s').waitFor()
      await page.keyboard.press('g')
      await toggle.and(page.locator('[aria-pressed=false]')).waitFor()
      expect(await page.locator('.tick.is-gap, .band').count()).toBe(0)
    })
  })

  it('shows the record as it arrived', async () => {
    await opened(async (page) => {
      await page.getByText('order_seen').first().click()
      await page.keyboard.press('r')
      const details = page.getByRole('complementary', { name: 'Details' })
      await details.getByText('"order_seen"').first().waitFor()
      await page.keyboard.press('r')
      await details.getByText('"order_seen"').first().waitFor({ state: 'detached' })
    })
  })

  it('has its bars and its selected row in forced colours too', async () => {
    await opened(async (page) => {
      await page.emulateMedia({ forcedColors: 'active' })
      const styleOf = (selector: string, property: string) =>
        page.evaluate(`getComputedStyle(document.querySelector('${selector}')).${property}`)
      expect(await styleOf('.row .bar', 'backgroundImage')).toMatch(/gradient/)
      expect(await styleOf('.row .m-info', 'borderColor')).not.toBe(await styleOf('body', 'color'))
      expect(await styleOf('.row[aria-selected=true]', 'outlineStyle')).toBe('solid')
    })
  })

  it('copies its id, its link, and all its records', async () => {
    await opened(async (page) => {
      await page.getByRole('button', { name: 'Copy the id', exact: true }).click()
      await page.getByText('✓ Copied').waitFor()
      expect(await pasted(page)).toBe('one')
      await page.getByText('✓ Copied').waitFor({ state: 'detached' })

      await page.getByRole('button', { name: 'Copy link' }).click()
      await page.getByText('✓ Copied').waitFor()
      expect(await pasted(page)).toBe(page.url())
      await page.getByText('✓ Copied').waitFor({ state: 'detached' })

      await page.getByRole('button', { name: 'Copy as JSON' }).click()
      await page.getByText('✓ Copied').waitFor()
      expect(JSON.stringify(JSON.parse(String(await pasted(page))))).toContain('warehouse north')
    })
  })

  it('says that it was not copied where the browser refuses', async () => {
    await opened(async (page) => {
      await page.context().clearPermissions()
      await page.evaluate('delete Navigator.prototype.clipboard')
      await page.getByRole('button', { name: 'Copy link' }).click()
      await page.getByText('✕ Not copied').waitFor()
    })
  })
})

describe('a request that is not there', () => {
  it('appears as soon as it arrives', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await page.goto(new URL('/r/one', url).href)
      await page.getByText('It never arrived,').waitFor()
      await tell(url, [REQUEST])
      await page.getByRole('heading', { level: 1, name: 'POST /orders' }).waitFor()
    })
  })

  it('had to leave, and the page says what keeps more', async () => {
    await withConsole({ maxRecords: 100 }, async ({ url }, { page }) => {
      await tell(url, [REQUEST])
      for (let batch = 0; batch < 4; batch++) {
        const others = Array.from({ length: 50 }, (_, index) => ({ requestId: `other-${batch}-${index}` }))
        await tell(url, others)
      }
      await page.goto(new URL('/r/one', url).href)
      await page.getByText('It was here and had to leave:').waitFor()
      await page.getByRole('region', { name: 'Limit reached' }).waitFor()
    })
  })
})
