import type { IncomingMessage, ServerResponse } from 'node:http'
import { bindContext, type Unit } from '@throughline/core'
import type { Settings } from '@throughline/core/binding'
import { matchedRoute } from './matched-route.js'
import { userIdOf } from './user-id.js'

const KEY: unique symbol = Symbol.for('throughline.http.exchange')

/** Node's request, with what we keep on it. */
type RawRequest = IncomingMessage & { [KEY]?: Exchange }

/** One HTTP request and its response, from the first hook to the completion line. */
export class Exchange {
  /** Template of the controller's route; undefined where no controller's route was taken. */
  route: string | undefined
  #userKnown = false
  #failed = false
  #error: unknown
  #brokeOff = false
  #finished = false

  constructor(
    readonly unit: Unit,
    private readonly raw: RawRequest,
    private readonly response: ServerResponse,
    /** The request as guards and handlers see it. */
    private readonly request: unknown,
    private readonly settings: Settings,
    private readonly path: string,
    private readonly client: string | undefined,
  ) {
    raw[KEY] = this
  }

  /** Binds `user.id`, once somebody knows it. */
  identify(request: unknown = this.request): void {
    if (this.#userKnown) return
    const id = userIdOf(request, this.settings.user)
    if (id === undefined) return
    this.#userKnown = true
    this.unit.run(() => bindContext({ 'user.id': id }))
  }

  /** Notes what reached Nest's exception layer; the last one is what the response came from. */
  fail(error: unknown, belowServerError: boolean): void {
    this.#failed = true
    this.#error = error
    // Nothing can be said to the client any more: the response ends in the middle.
    if (this.response.headersSent && !belowServerError) this.#brokeOff = true
  }

  /** Notes that the response was told to be complete; an injected one never has its bytes taken. */
  finish(): void {
    this.#finished = true
  }

  /** Writes the completion line; called when the response is through or its connection is gone. */
  end(): void {
    const { raw, response, unit } = this
    const method = raw.method ?? 'GET'
    const route = this.route ?? matchedRoute(this.request, response.statusCode)
    if (route !== undefined) unit.setName(`${method} ${route}`)
    this.identify()
    const destroyedBy = destroyingError(response)
    const failed =
      this.#brokeOff || destroyedBy !== undefined || (response.headersSent && response.statusCode >= 500)
    const outcome = failed ? 'error' : isComplete(response, this.#finished) ? 'ok' : 'aborted'
    unit.end({
      outcome,
      error: failed ? (this.#failed ? this.#error : destroyedBy) : undefined,
      attributes: {
        'http.request.method': method,
        'http.route': route,
        'url.path': this.path,
        'http.response.status_code': response.headersSent ? response.statusCode : undefined,
        'client.address': this.client,
        'http.aborted': outcome === 'aborted' ? true : undefined,
      },
    })
  }
}

/** What codes Node gives the end of a response whose client went away. */
const CLIENT_LEFT = new Set(['ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE'])

/** The error by which the server itself broke the response off. */
function destroyingError({ errored }: ServerResponse): Error | undefined {
  if (!errored || CLIENT_LEFT.has((errored as NodeJS.ErrnoException).code ?? '')) return undefined
  return errored
}

/** What HTTP/2's compatibility layer has in place of `writableFinished`. */
type Http2Response = { stream?: { aborted: boolean } }

/** Whether the whole response was handed to the operating system. */
function isComplete(response: ServerResponse, finished: boolean): boolean {
  const { stream } = response as Http2Response
  return (
    response.headersSent && (stream === undefined ? finished || response.writableFinished : !stream.aborted)
  )
}

/** The exchange of a request of Express, of Fastify or of Node. */
export function exchangeOf(request: unknown): Exchange | undefined {
  const given = request as { raw?: RawRequest; [KEY]?: Exchange } | null | undefined
  return given?.[KEY] ?? given?.raw?.[KEY]
}
