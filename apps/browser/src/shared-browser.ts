import { type Browser, chromium } from 'playwright-core'

/** Where `start-browser` leaves the address of the run's browser. */
export const ENDPOINT_VARIABLE = 'THROUGHLINE_BROWSER_ENDPOINT'

/** Connects to the browser of the run; whoever does so closes the connection. */
export function connectBrowser(): Promise<Browser> {
  const endpoint = process.env[ENDPOINT_VARIABLE]
  if (endpoint === undefined)
    throw new Error('The browser of the run has not been started: see jest.config.mjs.')
  return chromium.connect(endpoint)
}
