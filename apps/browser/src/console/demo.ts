import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(import.meta.resolve('@throughline/demo/dist/main.js'))
/** What would have the demo send its telemetry elsewhere, or look different. */
const FOREIGN = /^(?:LOG_|OTEL_|POSTHOG_|TELEMETRY_|DATABASE_URL$|REDIS_URL$|PORT$|NODE_ENV$|NODE_OPTIONS$)/
const TOKEN = 'ada-token'

/** The demo with its console, as `npm run demo -- --serve` starts it. */
export class Demo {
  private constructor(
    readonly child: ChildProcess,
    readonly consoleUrl: string,
    /** The request that it prints the page of. */
    readonly requestId: string,
    private readonly picks: string,
    private readonly api: string,
  ) {}

  static async start(): Promise<Demo> {
    const own = Object.entries(process.env).filter(([name]) => !FOREIGN.test(name))
    const child = spawn(process.execPath, [MAIN, '--serve', '--console-port', '0'], {
      env: Object.fromEntries(own),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    while (!output.includes('Ctrl-C ends everything')) {
      if (child.exitCode !== null) throw new Error(`The demo has ended:\n${output}`)
      await Promise.race([once(child.stdout, 'data'), once(child, 'exit')])
    }
    const [, consoleUrl = '', requestId = ''] = /^ {2}(http:\S+)\/r\/(\S+)$/m.exec(output) ?? []
    const [, api = '', picks = ''] =
      /(http:\S+?)(\/api\/tournaments\/\d+\/drafts\/\d+\/picks)/.exec(output) ?? []
    return new Demo(child, consoleUrl, requestId, picks, api)
  }

  /** Picks a hero; ember's job fails once. */
  pick(hero: string, requestId: string): Promise<void> {
    return this.#call(this.picks, requestId, { hero })
  }

  /** Calls that go well, are refused, and fail. */
  async look(round: string): Promise<void> {
    await this.#call('/api/leagues/3/standings', `standings-${round}`)
    await this.#call('/api/tournaments/999', `no-such-cup-${round}`)
    await this.#call(this.picks.replace(/\/drafts.*/, '/bracket'), `no-teams-${round}`)
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return
    this.child.kill('SIGTERM')
    await once(this.child, 'exit')
  }

  async #call(path: string, requestId: string, body?: object): Promise<void> {
    const headers = {
      authorization: `Bearer ${TOKEN}`,
      'x-request-id': requestId,
      'content-type': 'application/json',
    }
    const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) }
    await (await fetch(this.api + path, init)).arrayBuffer()
  }
}
