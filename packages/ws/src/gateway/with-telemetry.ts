import type { WsOptions } from '../options.js'
import { instrumentWebSocketServer } from '../server/instrument.js'
import { ServerSettings } from '../server/server-settings.js'
import type { WebSocketServerLike } from '../server/web-socket-server.js'

/** The base class of a gateway that has no other. */
export const Plain: new () => object = Object

type Constructor = new (...args: unknown[]) => object
type AfterInit = (server: WebSocketServerLike) => unknown

/**
 * A base class for a Nest gateway whose server is instrumented when the gateway is initialised (R6.3).
 *
 * The subclass keeps the constructor, the injection and the hooks of `Base`, and may write any hook with or
 * without calling super. A `Base` that is injected needs `@Injectable()`.
 *
 * @throws TypeError, when the gateway is made, for a label or an address range that cannot be used
 * @example
 * @WebSocketGateway({ path: '/ws/draft' })
 * class DraftGateway extends WithTelemetry(BaseGateway) {}
 */
export function WithTelemetry(): typeof Plain
export function WithTelemetry<B extends abstract new (...args: never[]) => object>(
  Base: B,
  options?: WsOptions,
): B
export function WithTelemetry(Base: unknown = Plain, options: WsOptions = {}): unknown {
  const Parent = Base as Constructor
  const Telemetric = class extends Parent {
    constructor(...args: unknown[]) {
      super(...args)
      // What cannot be used is said here, while the application starts, rather than at the first socket.
      void new ServerSettings(options)
      wrapAfterInit(this, options)
      // A subclass that has the hook as a field sets it after this constructor, in the same turn.
      queueMicrotask(() => wrapAfterInit(this, options))
    }
  }
  Object.defineProperty(Telemetric, 'length', { value: Parent.length })
  return Telemetric
}

/** Enumerable, as a field is: for circular dependencies Nest copies the fields of an instance to another. */
function wrapAfterInit(gateway: { afterInit?: AfterInit }, options: WsOptions): void {
  const hook = gateway.afterInit
  if (hook !== undefined && wrapped.has(hook)) return
  const afterInit = function (this: unknown, ...args: Parameters<AfterInit>): unknown {
    instrumentWebSocketServer(args[0], options)
    return hook?.apply(this, args)
  }
  wrapped.add(afterInit)
  gateway.afterInit = afterInit
}

const wrapped = new WeakSet<AfterInit>()
