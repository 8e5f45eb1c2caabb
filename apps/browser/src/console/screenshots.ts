import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright-core'
import { findBrowser } from '../find-browser.js'
import { flags } from '../launch.js'
import { Demo } from './demo.js'

/** Makes the pictures of README and docs, from the demo. */
const FOLDER = fileURLToPath(new URL('../../../../docs/console/', import.meta.url))
/** Its details name no file of this machine, as a stack would. */
const SELECTED = 'pg.query:INSERT postgres'
const HEROES = ['rook', 'lantern', 'thistle', 'harrier', 'mole']

const executablePath = findBrowser()
if (executablePath === undefined) throw new Error('There is no Chromium or Chrome here.')
const browser = await chromium.launch({ executablePath, args: flags(process.getuid?.()) })
const demo = await Demo.start()
try {
  await demo.look('1')
  for (const hero of HEROES) await demo.pick(hero, `pick-${hero}`)
  await demo.pick('ember', 'pick-ember')
  await demo.look('2')
  mkdirSync(FOLDER, { recursive: true })
  await picture(browser, '/', 'list-light', { width: 1280, height: 640 }, 'light', '1 retry')
  const page = `/r/${demo.requestId}`
  await picture(browser, page, 'request-light', { width: 1280, height: 900 }, 'light', SELECTED)
  await picture(browser, page, 'request-dark', { width: 1280, height: 900 }, 'dark', SELECTED)
  await picture(browser, page, 'request-narrow', { width: 390, height: 844 }, 'dark', SELECTED)
} finally {
  await demo.stop()
  await browser.close()
}

async function picture(
  browser: Browser,
  path: string,
  name: string,
  viewport: { width: number; height: number },
  colorScheme: 'light' | 'dark',
  seen: string,
): Promise<void> {
  const page = await browser.newPage({ viewport, colorScheme, timezoneId: 'UTC' })
  await page.goto(`${demo.consoleUrl}${path}`)
  await page.getByText(seen).first().waitFor()
  if (seen === SELECTED) await page.getByText(seen).first().click()
  // Fonts are there and the first batch of the stream is drawn.
  await page.waitForTimeout(1_500)
  await page.screenshot({ path: `${FOLDER}${name}.png` })
  console.log(`docs/console/${name}.png`)
  await page.close()
}
