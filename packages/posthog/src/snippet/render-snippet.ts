import type { PosthogConfig } from '../config/config.js'
import { superProperties } from '../event/super-properties.js'
import { userProperties, type UserBlock } from '../user/identity.js'
import { BROWSER_SCRIPT, QUEUED_METHODS } from './browser-script.js'
import { initOptions } from './init-options.js'
import { inlineJson } from './inline-json.js'

/** What is particular to one page. */
export interface PageFacts {
  /** Whom it is for; undefined where nobody is logged in, or the mode does not allow it. */
  readonly block?: UserBlock | undefined
  /** Whether others may be given the same page: then it says nothing of anybody. */
  readonly isShared?: boolean | undefined
  /** That of the page's Content-Security-Policy. */
  readonly nonce?: string | undefined
  /** Whether the page's requests to its own host name bear the id of the recording; default false. */
  readonly linkReplay?: boolean | undefined
  /** What ties the page's events to the request that it came with. */
  readonly context?: Readonly<Record<string, unknown>> | undefined
}

/** What a nonce is made of (CSP 3, 2.3.1): anything else stays out of the page. */
const NONCE = /^[\w+/=-]{1,256}$/
const USER_PROPERTIES = ['user_id', 'user_email', 'user_name']

/**
 * The script that a page gets before `</head>`: ASCII, all values as escaped JSON (P9).
 *
 * @example
 * renderSnippet(config, { block: userBlock(config, request.user), nonce })
 */
export function renderSnippet(config: PosthogConfig, facts: PageFacts): string {
  const { block, isShared, nonce, context } = facts
  const usable = nonce !== undefined && NONCE.test(nonce) ? nonce : undefined
  const known = isShared === true ? undefined : block
  const register = { ...superProperties(config), ...registeredUser(known) }
  const page = {
    key: config.apiKey,
    script: scriptUrl(config.host),
    options: initOptions(config),
    register,
    // A browser keeps what was registered: the former user's, or what a stricter mode leaves out.
    stale: isShared === true ? [] : USER_PROPERTIES.filter((name) => !(name in register)),
    ...(known !== undefined && { user: known }),
    context: isShared === true ? {} : (context ?? {}),
    ...(usable !== undefined && { nonce: usable }),
    linkReplay: facts.linkReplay === true,
    methods: QUEUED_METHODS,
  }
  const attribute = usable === undefined ? '' : ` nonce="${usable}"`
  return `<script${attribute}>${BROWSER_SCRIPT}(window,document,${inlineJson(page)})</script>`
}

/** A block has only what the mode allows. */
function registeredUser(block: UserBlock | undefined): Record<string, string> {
  return block === undefined ? {} : userProperties('full', { id: block.distinctId, ...block.props })
}

/** PostHog's cloud has a host of its own for scripts; others serve them themselves. */
function scriptUrl(host: string): string {
  return `${host.replace(/\.i\.posthog\.com$/, '-assets.i.posthog.com')}/static/array.js`
}
