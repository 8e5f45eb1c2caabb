import type { BrowserOfTheRun } from './start-browser.js'

/** Jest's `globalTeardown`. */
export default async function stopBrowser(): Promise<void> {
  await (globalThis as BrowserOfTheRun).throughlineBrowser?.close()
}
