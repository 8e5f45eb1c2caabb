import { parseArgs } from 'node:util'

export const HELP = `Usage: npm run demo [-- --serve [--port <n>]]

Starts a tournament service (NestJS API, BullMQ worker, ws sockets; PostgreSQL and Redis), drives it with
a real client, and shows the log lines of one request across both processes. Exit code 1 if they disagree.

  --serve       stay up: print URLs and curl commands, stream the logs; Ctrl-C ends everything
  --port <n>    port of the API with --serve (or PORT); default: any free one
  --help        this text

DATABASE_URL, REDIS_URL   servers of your own; default: private ones that leave nothing behind
LOG_LEVEL, LOG_FORMAT     how --serve logs; default debug, pretty on a terminal, else json
OTEL_ENABLED=true and OTEL_EXPORTER_OTLP_ENDPOINT
                          send traces, logs and metrics of both processes there; every request is a trace,
                          unless OTEL_TRACES_SAMPLER_ARG says otherwise`

export interface CommandLine {
  mode: 'story' | 'serve' | 'help'
  port: number
}

/** Reads the arguments; throws a text for the user where they make no sense. */
export function readCommandLine(args: string[], env: NodeJS.ProcessEnv): CommandLine {
  const { values } = parseArgs({
    args,
    options: {
      serve: { type: 'boolean' },
      port: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  })
  if (values.help === true) return { mode: 'help', port: 0 }
  if (values.serve !== true) {
    if (values.port !== undefined) throw new Error('--port goes with --serve')
    return { mode: 'story', port: 0 }
  }
  return { mode: 'serve', port: portOf(values.port ?? env.PORT) }
}

function portOf(given: string | undefined): number {
  if (!given?.trim()) return 0
  const port = Number(given)
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port
  throw new Error(`"${given}" is not a port: give a number from 0 (any free one) to 65535`)
}
