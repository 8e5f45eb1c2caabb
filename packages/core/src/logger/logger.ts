import { currentRuntime } from '../telemetry/current-runtime.js'
import { type LevelName, parseLevel, SEVERITY } from './level.js'
import { LineSource } from './line-source.js'
import { moduleDomain } from './module-domain.js'

/** The domain of `getLogger(import.meta)`: known at run time only, so a marker stands for it in types. */
export type ModuleDomain = '<module>'

/**
 * Writes events with attributes; every line carries the context it is written in.
 *
 * `D` is the domain and `B` what is bound, for the event catalogue to read. No method ever throws (R7.1, R7.5).
 */
export interface Logger<D extends string = string, B extends object = object> {
  readonly __domain?: D
  readonly __bound?: B
  /** A logger that adds these attributes to each of its lines; the original stays as it is. */
  bind<X extends object>(attrs: X): Logger<D, Omit<B, keyof X> & X>
  trace<const E extends string>(event: E, attrs?: object): void
  debug<const E extends string>(event: E, attrs?: object): void
  info<const E extends string>(event: E, attrs?: object): void
  warn<const E extends string>(event: E, attrs?: object): void
  error<const E extends string>(event: E, attrs?: object): void
  fatal<const E extends string>(event: E, attrs?: object): void
  /** Level error with the `exception.*` attributes of whatever was thrown. */
  exception<const E extends string>(event: E, error: unknown, attrs?: object): void
  /** For a level known only at run time; an unknown one counts as info. */
  log<const E extends string>(level: LevelName, event: E, attrs?: object): void
  /** Whether a line of that level reaches the console or another sink; the recorder does not count. */
  isLevelEnabled(level: LevelName): boolean
}

/**
 * A logger of a domain, which becomes the first part of its event names; without one the events stand bare.
 *
 * Given `import.meta`, the domain is the module's path from its package.json: `src/orders/refund.ts` is
 * `orders.refund` (R7.2).
 *
 * @example
 * const log = getLogger('draft')
 * log.info('pick_made', { 'hero.id': 42 }) // event name draft.pick_made
 */
export function getLogger(): Logger<'', {}>
export function getLogger<const D extends string>(domain: D): Logger<D, {}>
export function getLogger(meta: ImportMeta): Logger<ModuleDomain, {}>
export function getLogger(domain?: string | ImportMeta): Logger {
  return new ContextLogger(typeof domain === 'object' ? moduleDomain(domain) : (domain ?? ''))
}

/** The logger behind the interface: a source of lines with a method for each level. */
export class ContextLogger extends LineSource implements Logger {
  bind<X extends object>(attrs: X): Logger<string, X> {
    return new ContextLogger(this.name, this.bound.with(attrs), this.heads) as Logger<string, X>
  }

  trace(event: string, attrs?: object): void {
    record(this, SEVERITY.trace, event, attrs)
  }

  debug(event: string, attrs?: object): void {
    record(this, SEVERITY.debug, event, attrs)
  }

  info(event: string, attrs?: object): void {
    record(this, SEVERITY.info, event, attrs)
  }

  warn(event: string, attrs?: object): void {
    record(this, SEVERITY.warn, event, attrs)
  }

  error(event: string, attrs?: object): void {
    record(this, SEVERITY.error, event, attrs)
  }

  fatal(event: string, attrs?: object): void {
    record(this, SEVERITY.fatal, event, attrs)
  }

  exception(event: string, error: unknown, attrs?: object): void {
    record(this, SEVERITY.error, event, attrs, { thrown: error })
  }

  log(level: LevelName, event: string, attrs?: object): void {
    record(this, SEVERITY[parseLevel(level) ?? 'info'], event, attrs)
  }

  isLevelEnabled(level: LevelName): boolean {
    const known = parseLevel(level)
    return known !== undefined && currentRuntime().writes(SEVERITY[known])
  }
}

const BARE = new LineSource('')

/** A method that was taken off its logger still logs, without the domain. */
function record(
  source: LineSource | undefined,
  severity: number,
  event: string,
  attrs: object | undefined,
  thrown?: { readonly thrown: unknown },
): void {
  const runtime = currentRuntime()
  if (severity < runtime.threshold) return
  runtime.record(source?.heads === undefined ? BARE : source, severity, event, attrs, thrown)
}
