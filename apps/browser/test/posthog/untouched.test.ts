import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { HTML, page, type Routes } from '../support/site/content.js'
import type { Raw } from '../support/site/raw.js'
import { PLATFORMS } from '../support/site/site.js'
import { type StageSetup, withSite, withStage } from '../support/stage.js'

const MIB = 1024 * 1024
const PAGE = page('<h1>Shop</h1>')
const LARGE = page(`<p>${'x'.repeat(4 * MIB)}</p><h1 id="end">Shop</h1>`)
const OWN = page('', `<script>window.posthog && posthog.init('phc_own')</script>`)

/** What stays as it is, whoever asks. */
const ROUTES: Routes = {
  '/json': () => ({ body: { html: PAGE } }),
  '/text': () => ({ headers: { 'content-type': 'text/plain' }, body: PAGE }),
  '/gzip': () => ({ headers: { ...HTML, 'content-encoding': 'gzip' }, body: gzipSync(PAGE) }),
  '/large': () => ({ headers: HTML, body: LARGE }),
  '/large-stream': () => ({ headers: HTML, body: inPieces(LARGE) }),
  '/saved': () => ({
    headers: { ...HTML, 'content-disposition': 'attachment; filename="a.html"' },
    body: PAGE,
  }),
  '/piece': () => ({ headers: HTML, body: '<p>a piece of a page</p>' }),
  '/own': () => ({ headers: HTML, body: OWN }),
}

function inPieces(text: string): Readable {
  const pieces = Array.from({ length: Math.ceil(text.length / MIB) }, (_, index) =>
    Buffer.from(text.slice(index * MIB, (index + 1) * MIB)),
  )
  return Readable.from(pieces, { objectMode: false })
}

const ENCODINGS = ['identity', 'gzip']

/** The answers to every path, in every encoding. */
function answersOf(setup: StageSetup): Promise<Map<string, Raw>> {
  return withSite(setup, async (site) => {
    const answers = new Map<string, Raw>()
    for (const path of Object.keys(setup.routes)) {
      for (const encoding of ENCODINGS) {
        answers.set(`${path} ${encoding}`, await site.get(path, { 'accept-encoding': encoding }))
      }
    }
    return answers
  })
}

describe.each(PLATFORMS)('what is no page, or may not be changed, on %s', (platform) => {
  it('is byte for byte what the same application answers without the script', async () => {
    const setup = { platform, routes: ROUTES }
    const [plain, watched] = [await answersOf({ ...setup, mounted: 0 }), await answersOf(setup)]
    for (const [call, { status, headers, body }] of watched) {
      const expected = plain.get(call)
      expect([call, status, headers]).toEqual([call, expected?.status, expected?.headers])
      expect([call, expected?.body.equals(body)]).toEqual([call, true])
    }
  })

  it('is shown whole when it is larger than 4 MiB', async () => {
    await withStage({ platform, routes: ROUTES }, async ({ site, posthog, visitor }) => {
      await visitor.page.goto(site.url('/large-stream'))
      expect(await visitor.page.locator('#end').textContent()).toBe('Shop')
      expect(await visitor.page.evaluate(() => 'posthog' in window)).toBe(false)
      expect(posthog.requests).toEqual([])
    })
  })
})
