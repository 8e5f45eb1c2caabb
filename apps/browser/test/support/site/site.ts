import { getPosthog } from '@throughline/posthog'
import { startExpressSite } from './express-site.js'
import { startFastifySite } from './fastify-site.js'
import { startNestSite } from './nest-site.js'
import { type Raw, rawGet } from './raw.js'
import type { SiteSetup } from './setup.js'

const STARTS = {
  express: startExpressSite,
  fastify: startFastifySite,
  'nest on express': (setup: SiteSetup) => startNestSite('express', setup),
  'nest on fastify': (setup: SiteSetup) => startNestSite('fastify', setup),
}

/** The applications that pages come from. */
export type Platform = keyof typeof STARTS
export const PLATFORMS = Object.keys(STARTS) as Platform[]

/** A running application. */
export interface Site {
  /** Of a path, as a browser is given it. */
  url(path: string): string
  /** The answer to a request as its bytes are, over a connection of its own. */
  get(path: string, headers?: Record<string, string>): Promise<Raw>
  close(): Promise<void>
}

export async function startSite(platform: Platform, setup: SiteSetup): Promise<Site> {
  // The module of Nest waits for it as well.
  await getPosthog().ready
  const { port, close } = await STARTS[platform](setup)
  return {
    url: (path) => `http://shop.localhost:${port}${path}`,
    get: (path, headers) => rawGet(port, path, headers),
    close,
  }
}
