import { parseArgs } from 'node:util'

export const HELP = `Usage: npm run demo [-- --serve [--port <n>]]

Starts a tournament service (NestJS API, BullMQ worker, ws sockets; PostgreSQL and Redis), drives it with
a real client, and shows the log lines of one request across both processes. Exit code 1 if they disagree.

  --serve              stay up: print URLs and curl commands, stream the logs, show the console, a page with
                       all that happened; Ctrl-C ends everything
  --port <n>           port of the API with --serve (or PORT); default: any free one
  --console-port <n>   port of the console with --serve; default: 4318, or a free one where that is taken
  --no-console         no console with --serve
  --help               this text

DATABASE_URL, REDIS_URL   servers of your own; default: private ones that leave nothing behind
LOG_LEVEL, LOG_FORMAT     how --serve logs; default debug, pretty on a terminal, else json
OTEL_ENABLED=true and OTEL_EXPORTER_OTLP_ENDPOINT
                          send traces, logs and metrics of both processes there, not to the console; every
                          request is a trace, unless OTEL_TRACES_SAMPLER_ARG says otherwise
POSTHOG_API_KEY           send errors to PostHog, ask it for flags, put its script into the leaderboard`

export interface CommandLine {
  mode: 'story' | 'serve' | 'help'
  port: number
  /** Port of the console; undefined for its own and then any, false for no console. */
  consolePort?: number | false | undefined
}

/** Reads the arguments; throws a text for the user where they make no sense. */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      serve: { type: 'boolean' },
      port: { type: 'string' },
      'console-port': { type: 'string' },
      'no-console': { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { mode: 'help', port: 0 }
  if (values.serve !== true) {
    const [extra] = Object.keys(values)
    if (extra !== undefined) throw new Error(`--${extra} goes with --serve`)
    return { mode: 'story', port: 0 }
  }
  return { mode: 'serve', port: portOf(values.port ?? env.PORT), consolePort: consolePortOf(values) }
}

function consolePortOf(values: {
  'console-port'?: string
  'no-console'?: boolean
}): number | false | undefined {
  if (values['no-console'] === true) return false
  return values['console-port'] === undefined ? undefined : portOf(values['console-port'])
}

function portOf(given: string | undefined): number {
  if (!given?.trim()) return 0
  const port = Number(given)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`"${given}" is not a port: give a number from 0 (any free one) to 65535`)
}
