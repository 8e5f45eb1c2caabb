import type { Page } from 'playwright-core'

/** Settles when the page is being recorded. */
export async function recording(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { posthog } = window as { posthog?: { sessionRecordingStarted?(): boolean } }
    return posthog?.sessionRecordingStarted?.() === true
  })
}
