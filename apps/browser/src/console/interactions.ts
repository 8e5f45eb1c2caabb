import { setTimeout as sleep } from 'node:timers/promises'
import { chromium } from 'playwright-core'
import { findBrowser } from '../find-browser.js'
import { flags } from '../launch.js'

/** Uses the list of a console for some seconds and tells of the slowest interaction: `interactions.js <url> <seconds>`. */
const [url = '', seconds = '10'] = process.argv.slice(2)
const PAUSE_MS = 300
const KEYS = ['j', 'j', 'k', 'j', '/', 'e', 'm', 'b', 'e', 'r', 'Enter', 'Escape', 'f', 'f']
/** As text, for it runs in the page: events from input to the next frame, and tasks of more than 50 ms. */
const OBSERVE = `
  window.seen = { event: [], longtask: [] }
  for (const type of ['event', 'longtask']) {
    new PerformanceObserver((list) => {
      for (const { duration, name } of list.getEntries()) window.seen[type].push({ duration, name })
    }).observe({ type, durationThreshold: 16, buffered: true })
  }
`

interface Seen {
  readonly duration: number
  readonly name: string
}

const executablePath = findBrowser()
if (executablePath === undefined) throw new Error('There is no Chromium or Chrome here.')
const browser = await chromium.launch({ executablePath, args: flags(process.getuid?.()) })
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } })
  await page.addInitScript(OBSERVE)
  await page.goto(url)
  await page.getByRole('row').nth(1).waitFor()
  const end = performance.now() + Number(seconds) * 1000
  for (let index = 0; performance.now() < end; index += 1) {
    await page.keyboard.press(KEYS[index % KEYS.length] ?? 'j')
    await sleep(PAUSE_MS)
  }
  const seen = await page.evaluate<{ event: Seen[]; longtask: Seen[] }>('window.seen')
  const inputs = seen.event.filter(({ name }) => /^(?:key|input|click|pointer)/.test(name))
  console.log(
    `page      ${told(inputs, 'interactions over 16 ms')}; ${told(seen.longtask, 'tasks over 50 ms')}`,
  )
} finally {
  await browser.close()
}

function told(all: readonly Seen[], what: string): string {
  const slowest = all.toSorted((a, b) => b.duration - a.duration)[0]
  return `${all.length} ${what}${slowest === undefined ? '' : `, slowest ${Math.round(slowest.duration)} ms (${slowest.name})`}`
}
