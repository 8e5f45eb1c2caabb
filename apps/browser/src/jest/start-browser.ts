import type { BrowserServer } from 'playwright-core'
import { BROWSER_VARIABLE, findBrowser } from '../find-browser.js'
import { launchBrowser } from '../launch.js'
import { ENDPOINT_VARIABLE } from '../shared-browser.js'

/** What `stop-browser` finds, in the same process. */
export interface BrowserOfTheRun {
  throughlineBrowser?: BrowserServer
}

/** Jest's `globalSetup`: one browser for the whole run. */
export default async function startBrowser(): Promise<void> {
  const path = findBrowser()
  if (path === undefined) {
    throw new Error(`There is no Chromium or Chrome here: install one, or name it by ${BROWSER_VARIABLE}.`)
  }
  const server = await launchBrowser(path)
  ;(globalThis as BrowserOfTheRun).throughlineBrowser = server
  process.env[ENDPOINT_VARIABLE] = server.wsEndpoint()
}
