import { createContext, runInContext } from 'node:vm'

/** What a page's script asked of PostHog. */
export interface BrowserCalls {
  key?: string
  options: Record<string, never>
  registered: Record<string, unknown>
  identified?: unknown[]
  readonly unregistered: string[]
}

/** The text of the script in a snippet. */
export function scriptOf(snippet: string): string {
  return /^<script[^>]*>(.*)<\/script>$/s.exec(snippet)?.[1] ?? ''
}

/** Runs a snippet in a page that has PostHog already, and tells what it asked of it. */
export function runSnippet(snippet: string): BrowserCalls {
  const calls: BrowserCalls = { options: {}, registered: {}, unregistered: [] }
  const posthog = {
    init(key: string, options: { loaded(posthog: unknown): void } & Record<string, never>) {
      calls.key = key
      calls.options = options
      options.loaded(posthog)
    },
    register: (properties: object) => Object.assign(calls.registered, properties),
    unregister: (name: string) => calls.unregistered.push(name),
    identify: (...args: unknown[]) => void (calls.identified = args),
  }
  const window = { posthog, location: { hostname: 'shop.example' } }
  runInContext(scriptOf(snippet), createContext({ window, document: {} }))
  // What comes out of another realm has other prototypes.
  return structuredCloneOf(calls)
}

function structuredCloneOf(calls: BrowserCalls): BrowserCalls {
  const { options, ...rest } = calls
  return { ...(JSON.parse(JSON.stringify(rest)) as BrowserCalls), options }
}
