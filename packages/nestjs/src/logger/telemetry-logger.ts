import { Injectable, type LoggerService, type LogLevel } from '@nestjs/common'
import { getLogger, type Level, type Logger } from '@throughline/core'
import { currentUnit } from '@throughline/core/binding'
import { readNestLine } from './nest-line.js'

/** Nest's contexts are class names, so there are few; beyond this many a logger is made for each line. */
const MOST_LOGGERS = 1_000

/** Nest's levels, from the least severe. */
const NEST_LEVELS: readonly LogLevel[] = ['verbose', 'debug', 'log', 'warn', 'error', 'fatal']

/** Under which Nest's exception layer logs errors that no filter took. */
const EXCEPTIONS_HANDLER = 'ExceptionsHandler'

/** The request under way ends with `request_failed`, which says the same and more: one error is one line. */
function isToldByRequest(): boolean {
  return currentUnit('http')?.ended === false
}

/**
 * Nest's logger over Throughline's: lines of Nest and of `new Logger(X.name)` go where all others go (R4.8).
 *
 * The context name becomes the logger, the message the event, an object message attributes, an Error or a stack
 * trace `exception.*`; `verbose` is level trace. It needs no `TelemetryModule` to work.
 *
 * @example
 * const app = await NestFactory.create(AppModule, { bufferLogs: true })
 * app.useLogger(app.get(TelemetryLogger))
 */
@Injectable()
export class TelemetryLogger implements LoggerService {
  readonly #loggers = new Map<string, Logger>()
  #levels: readonly LogLevel[] | undefined

  log(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('log', 'info', message, optionalParams)
  }

  error(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('error', 'error', message, optionalParams)
  }

  warn(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('warn', 'warn', message, optionalParams)
  }

  debug(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('debug', 'debug', message, optionalParams)
  }

  verbose(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('verbose', 'trace', message, optionalParams)
  }

  fatal(message: unknown, ...optionalParams: unknown[]): void {
    this.#write('fatal', 'fatal', message, optionalParams)
  }

  /** Narrows what Nest's own loggers write, as `app.useLogger(['error'])` does; `LOG_LEVEL` rules all the same. */
  setLogLevels(levels: LogLevel[]): void {
    this.#levels = levels
  }

  #write(nestLevel: LogLevel, level: Level, message: unknown, rest: readonly unknown[]): void {
    if (!this.#isEnabled(nestLevel)) return
    try {
      const takesStack = nestLevel === 'error' || nestLevel === 'fatal'
      const { domain, event, attributes } = readNestLine(message, rest, takesStack)
      if (domain === EXCEPTIONS_HANDLER && isToldByRequest()) return
      this.#loggerOf(domain).log(level, event, attributes)
    } catch {
      // A message whose getters or toString throw costs its line, never the caller.
    }
  }

  /** As Nest's console logger: a level that is listed, and those above the highest listed one. */
  #isEnabled(level: LogLevel): boolean {
    if (this.#levels === undefined || this.#levels.includes(level)) return true
    const highest = Math.max(...this.#levels.map((one) => NEST_LEVELS.indexOf(one)))
    return this.#levels.length > 0 && NEST_LEVELS.indexOf(level) >= highest
  }

  #loggerOf(domain: string): Logger {
    let logger = this.#loggers.get(domain)
    if (logger === undefined) {
      logger = getLogger(domain)
      if (this.#loggers.size < MOST_LOGGERS) this.#loggers.set(domain, logger)
    }
    return logger
  }
}
