import type { IncomingMessage, ServerResponse } from 'node:http'
import { signalOfPath } from '@throughline/otlp'
import type { Status } from '../shared/api.js'
import { sendJson, setSafetyHeaders } from './answer.js'
import { answerApi, type ApiParts } from './api.js'
import type { Assets } from './assets.js'
import { createGuard, type Guard } from './guard.js'
import { listen, type Listener, type Timeouts } from './listen.js'
import { RECEIVE_LIMITS, type ReceiveLimits } from './receive/limits.js'
import { Receiver } from './receive/receiver.js'
import { defectRefusal, Refusal } from './refusal.js'
import { StreamHub, type StreamOptions } from './stream.js'
import type { TelemetryStore } from './telemetry-store.js'

export interface ServerOptions {
  readonly port: number
  /** Loopback alone when absent. */
  readonly host?: string | undefined
  readonly allowedHosts?: readonly string[]
  readonly store: TelemetryStore
  readonly assets: Assets
  /** What the status says beside what store and server know. */
  readonly about: () => Pick<Status, 'version' | 'store'>
  /** Told of what should not have happened. */
  readonly onDefect: (error: unknown) => void
  readonly limits?: ReceiveLimits
  readonly timeouts?: Timeouts
  readonly streams?: StreamOptions
}

export interface RunningServer {
  readonly port: number
  /** The base of page, API and receiver. */
  readonly url: string
  /** Ends every connection, also one with a request in work. */
  close(): Promise<void>
}

/** Starts receiver, API and page on one port. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { store, host, timeouts } = options
  const receiver = new Receiver({
    store,
    onDefect: options.onDefect,
    limits: options.limits ?? RECEIVE_LIMITS,
  })
  let url = ''
  const status = (): Status => {
    const { rejected, ...summary } = store.summary()
    return {
      ...options.about(),
      ...summary,
      refused: rejected + receiver.refused,
      endpoint: url,
    }
  }
  const hub = new StreamHub(store, status, options.streams)
  const site = { store, hub, status, receiver, assets: options.assets, onDefect: options.onDefect }
  let guard: Guard = () => {
    throw new Refusal(503, 'The console is starting.')
  }
  const listener: Listener = await listen((request, response) => handle(site, guard, request, response), {
    port: options.port,
    host,
    ...(timeouts === undefined ? {} : { timeouts }),
  })
  const { port } = listener
  guard = createGuard({
    port,
    hosts: host === undefined ? [] : [host],
    allowedHosts: options.allowedHosts ?? [],
  })
  url = `http://${shownHost(host)}:${port}`
  return {
    port,
    url,
    close: async () => {
      hub.close()
      await listener.close()
    },
  }
}

interface Site extends ApiParts {
  readonly receiver: Receiver
  readonly assets: Assets
  readonly onDefect: (error: unknown) => void
}

function handle(site: Site, guard: Guard, request: IncomingMessage, response: ServerResponse): void {
  setSafetyHeaders(response)
  const path = request.url ?? ''
  const isOtlp = /^\/v1(?:[/?]|$)/.test(path)
  try {
    guard(request)
    if (isOtlp) void site.receiver.receive(request, response, signalOfPath(path))
    else answer(site, request, response)
  } catch (error) {
    const refusal = error instanceof Refusal ? error : defectRefusal()
    if (refusal !== error) site.onDefect(error)
    if (response.headersSent) response.destroy()
    else if (isOtlp) site.receiver.refuse(request, response, refusal)
    else sendJson(request, response, { error: refusal.message }, refusal)
  }
}

function answer(site: Site, request: IncomingMessage, response: ServerResponse): void {
  // The host is of no account: the guard has looked at it.
  const url = new URL(`http://console${request.url ?? '/'}`)
  if (/^\/api(?:\/|$)/.test(url.pathname)) answerApi(site, request, response, url)
  else site.assets.answer(request, response, url.pathname)
}

/** An address for people: that of loopback where the server listens on it, or on all. */
function shownHost(host: string | undefined): string {
  if (host === undefined || host === '0.0.0.0' || host === '::' || host === '127.0.0.1') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}
