import { describe, expect, it } from '@jest/globals'
import { tell } from '../support/console/otlp.js'
import { withConsole } from '../support/console/with-console.js'

/** In every field that a sender fills. */
const MARKUP = '<img src=x onerror="window.hit = true"><script>window.hit = true</script>'

describe('the list', () => {
  it('follows what arrives, holds still while it is paused, and then goes on', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await page.goto(url)
      await page.getByText('OTEL_EXPORTER_OTLP_ENDPOINT').first().waitFor()
      await tell(url, [{ requestId: 'one', name: 'GET /one' }])
      const names = page.getByRole('row').getByRole('link')
      await page.getByRole('link', { name: 'GET /one' }).waitFor()

      await page.keyboard.press('Space')
      const button = page.getByRole('button', { name: /Paused/ })
      await button.waitFor()
      await tell(url, [{ requestId: 'two', name: 'GET /two' }])
      await page.getByRole('button', { name: /Paused.*1/ }).waitFor()
      expect(await names.allInnerTexts()).toEqual(['GET /one'])

      await button.click()
      await page.getByRole('link', { name: 'GET /two' }).waitFor()
      expect(await names.allInnerTexts()).toEqual(['GET /two', 'GET /one'])
    })
  })

  it('stays usable while thousands arrive, with few rows on the page', async () => {
    await withConsole({}, async ({ url }, { page, errors }) => {
      await page.goto(url)
      const at = Date.now()
      for (let batch = 0; batch < 20; batch++) {
        const requests = Array.from({ length: 200 }, (_, index) => ({
          requestId: `load-${batch}-${index}`,
          status: index === 7 ? 500 : 200,
          at: at + batch * 200 + index,
          lines: [{ level: 'info', event: 'order_seen' } as const],
        }))
        await tell(url, requests)
      }
      await page.getByRole('button', { name: 'Failed 20' }).click()
      await page.waitForURL(/state=failed/)
      await page.getByRole('row', { name: /500/ }).first().waitFor()
      expect(await page.getByRole('row').count()).toBeLessThan(100)
      await page.getByRole('textbox', { name: 'Filter' }).fill('load-3-7')
      await page.keyboard.press('Enter')
      await page.waitForURL('**/r/load-3-7')
      expect(errors).toEqual([])
    })
  })

  it('says what to do where nothing is found, and where a term is not understood', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      await tell(url, [{ requestId: 'one', user: '42' }])
      await page.goto(`${url}/?q=user:42+event:never`)
      await page.getByText('event:never').first().waitFor()
      await expect(page.getByRole('main').innerText()).resolves.toMatch(/event:never/)
      await page.goto(`${url}/?q=wrong:42`)
      await page.getByText(/wrong/).last().waitFor()
    })
  })
})

describe('what senders write', () => {
  it('is shown as text, on every page', async () => {
    await withConsole({}, async ({ url }, { page, errors, violations }) => {
      await tell(url, [
        {
          requestId: MARKUP,
          name: MARKUP,
          user: MARKUP,
          status: 500,
          lines: [{ level: 'error', event: MARKUP, text: MARKUP }],
        },
      ])
      for (const path of ['/', `/r/${encodeURIComponent(MARKUP)}`, '/events', '/metrics']) {
        await page.goto(url + path)
        await page.getByRole('heading').first().waitFor()
        if (path !== '/metrics') await page.getByText('onerror').first().waitFor()
        expect(await page.evaluate('window.hit')).toBeUndefined()
        expect(await page.locator('main img[src=x], main script').count()).toBe(0)
      }
      expect(errors).toEqual([])
      expect(violations).toEqual([])
    })
  })
})

describe('a request of 5,000 lines', () => {
  it('opens, with few of them on the page, and finds one of them', async () => {
    await withConsole({}, async ({ url }, { page }) => {
      const lines = Array.from({ length: 5_000 }, (_, index) => ({
        level: 'info' as const,
        event: `step_${index}`,
      }))
      await tell(url, [{ requestId: 'long', name: 'GET /long', lines }])
      await page.goto(`${url}/r/long`)
      await page.getByText('step_0').first().waitFor()
      expect(await page.getByRole('row').count()).toBeLessThan(300)
      await page.getByRole('textbox', { name: 'Search in this request' }).fill('step_4321')
      await page.keyboard.press('Enter')
      await page.getByText('step_4321').first().waitFor()
    })
  })
})
