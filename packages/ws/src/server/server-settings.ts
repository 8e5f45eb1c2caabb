import { resolveSettings, type Settings } from '@throughline/core/binding'
import type { WsOptions } from '../options.js'
import { routeOf } from './web-socket-server.js'

/** The options of one server, over those of `initTelemetry`, which may be called after the server is made. */
export class ServerSettings {
  #base: Settings | undefined
  #edge: Settings | undefined

  /** @param server whose options they are; none where they are only tried */
  constructor(
    public options: WsOptions,
    private readonly server?: object,
  ) {
    this.edge()
  }

  /** The one path that the server takes connections on, as a template; undefined where it takes any. */
  get route(): string | undefined {
    return this.server === undefined ? undefined : routeOf(this.server)
  }

  /** Options of a further way in: what is already said stays. */
  add(options: WsOptions): void {
    this.options = { ...options, ...this.options }
    this.#base = undefined
  }

  /** @throws TypeError for a label or an address range that cannot be used */
  edge(): Settings {
    const base = resolveSettings()
    if (this.#edge === undefined || this.#base !== base) {
      const { labels, trust, trustProxy, user } = this.options
      this.#edge = resolveSettings({ labels, trust, trustProxy, user })
      this.#base = base
    }
    return this.#edge
  }
}
