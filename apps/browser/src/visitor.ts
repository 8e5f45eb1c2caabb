import type { Browser, BrowserContext, ConsoleMessage, Page, Request } from 'playwright-core'
import { isLocal, Outside } from './outside.js'
import { connectBrowser } from './shared-browser.js'

/** What a Content-Security-Policy has refused, as the browser tells the page. */
export interface Violation {
  readonly directive: string
  readonly blocked: string
}

/** Somebody with a browser that nobody has used before; everything they come across is kept. */
export class Visitor {
  /** Errors and rejections that nothing caught. */
  readonly errors: Error[] = []
  readonly console: ConsoleMessage[] = []
  readonly requests: Request[] = []
  readonly violations: Violation[] = []

  private constructor(
    readonly context: BrowserContext,
    readonly page: Page,
    private readonly outside: Outside,
  ) {}

  static async open(browser: Browser): Promise<Visitor> {
    const outside = await Outside.start()
    const context = await browser.newContext({ proxy: outside.proxy })
    const visitor = new Visitor(context, await context.newPage(), outside)
    await visitor.#watch()
    return visitor
  }

  /** Addresses that are not of this machine, whether the page named them or the browser asked by itself. */
  get foreign(): string[] {
    const named = this.requests.map((request) => request.url()).filter((url) => !isLocal(url))
    return [...new Set([...named, ...this.outside.asked])]
  }

  /** What the console has of one kind, `error` or `warning`. */
  logged(...types: ReturnType<ConsoleMessage['type']>[]): string[] {
    return this.console.filter((message) => types.includes(message.type())).map((message) => message.text())
  }

  /** Goes to an empty page, so that the one before hands over what it kept for its end. */
  async leave(): Promise<void> {
    await this.page.goto('about:blank')
  }

  async close(): Promise<void> {
    await this.context.close()
    await this.outside.stop()
  }

  async #watch(): Promise<void> {
    const { context } = this
    context.on('weberror', (error) => this.errors.push(error.error()))
    context.on('console', (message) => this.console.push(message))
    context.on('request', (request) => this.requests.push(request))
    await context.exposeBinding('noteViolation', (_source, violation: Violation) => {
      this.violations.push(violation)
    })
    await context.addInitScript(`addEventListener('securitypolicyviolation', (event) => noteViolation({
      directive: event.effectiveDirective, blocked: event.blockedURI,
    }))`)
  }
}

/**
 * Runs a visit in the browser of the run; afterwards the browser is to have asked nobody but this machine.
 *
 * @throws Error with the addresses, when it has
 */
export async function withVisitor<T>(use: (visitor: Visitor) => Promise<T>): Promise<T> {
  const browser = await connectBrowser()
  const visitor = await Visitor.open(browser)
  let result: T
  try {
    result = await use(visitor)
  } finally {
    await visitor.close()
    await browser.close()
  }
  if (visitor.foreign.length > 0) throw new Error(`Others were asked: ${visitor.foreign.join(', ')}`)
  return result
}
