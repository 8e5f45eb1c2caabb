import type { LogRecord } from '@throughline/core'
import { getPosthog } from '@throughline/posthog'
import { type Visitor, withVisitor } from '../../src/visitor.js'
import { Lines } from './lines.js'
import { FakePosthog } from './posthog/fake-posthog.js'
import { SESSION_COOKIE } from './site/session.js'
import type { SiteSetup } from './site/setup.js'
import { type Platform, type Site, startSite } from './site/site.js'

export interface StageSetup extends SiteSetup {
  readonly platform?: Platform
  /** On top of key and host; undefined takes a variable away. */
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** A site, its PostHog, and somebody who visits it. */
export interface Stage {
  readonly site: Site
  readonly posthog: FakePosthog
  readonly visitor: Visitor
  readonly lines: readonly LogRecord[]
  /** Makes the visitor the user of a session. */
  logIn(session: string): Promise<void>
  /** Takes the session away, and nothing else. */
  logOut(): Promise<void>
}

/** A site with a visitor, for the length of one test. */
export async function withStage<T>(setup: StageSetup, use: (stage: Stage) => Promise<T>): Promise<T> {
  return withSite(setup, (site, posthog, lines) =>
    withVisitor((visitor) => {
      const { context } = visitor
      return use({
        site,
        posthog,
        visitor,
        lines,
        logIn: (value) =>
          context.addCookies([{ name: SESSION_COOKIE, value, url: site.url('/'), httpOnly: true }]),
        logOut: () => context.clearCookies({ name: SESSION_COOKIE }),
      })
    }),
  )
}

/** A site without anybody, for the length of one test. */
export async function withSite<T>(
  { platform = 'express', env = {}, ...setup }: StageSetup,
  use: (site: Site, posthog: FakePosthog, lines: readonly LogRecord[]) => Promise<T>,
): Promise<T> {
  const posthog = await FakePosthog.start()
  const before = { ...process.env }
  const wanted = { POSTHOG_API_KEY: 'phc_suite', POSTHOG_HOST: posthog.url, POSTHOG_REPLAY: 'false', ...env }
  for (const [name, value] of Object.entries(wanted)) {
    if (value === undefined) delete process.env[name]
    else process.env[name] = value
  }
  const lines = new Lines()
  let site: Site | undefined
  try {
    site = await startSite(platform, setup)
    return await use(site, posthog, lines.all)
  } finally {
    process.env = before
    await site?.close()
    await getPosthog().shutdown()
    lines.stop()
    await posthog.stop()
  }
}
