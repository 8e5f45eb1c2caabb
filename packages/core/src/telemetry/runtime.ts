import type { TelemetryConfig } from '../config/config.js'
import { createPathMatcher } from '../config/excluded-paths.js'
import { type LineFormat, lineFormat } from '../console/line-format.js'
import { currentFrame } from '../context/current-frame.js'
import type { Frame } from '../context/frame.js'
import { AttributeKeys } from '../logger/attribute-keys.js'
import { cutString } from '../logger/attribute-value.js'
import type { Entry } from '../logger/entry.js'
import { isError } from '../logger/error.js'
import { type LevelName, parseLevel, SEVERITY } from '../logger/level.js'
import { LineSource } from '../logger/line-source.js'
import { type LogSink, toLogRecord } from '../logger/log-record.js'
import { createRedaction, DEFAULT_REDACTED } from '../logger/redaction.js'
import { keepLine, type KeptLine, recorderLimits, RecorderPool } from '../recorder/recorder.js'
import { slot } from '../slot.js'
import type { LineWriter } from '../writer/writer.js'
import { createBaggageFilter } from './baggage-filter.js'
import type { LogOptions } from './log-options.js'
import type { Settings } from './settings.js'

const LONGEST_EVENT = 1_024
/** How deep lines may be written from within the writing of a line, by a getter, `toJSON` or a sink. */
const DEEPEST_LINE = 4
/** Our own start-up and completion lines. */
const OWN = new LineSource('throughline')

/** Where lines go: the console's text and further sinks, each with its own lowest level. */
export class Runtime {
  readonly keys: AttributeKeys
  readonly recorder: RecorderPool | undefined
  readonly isLogExcluded: (path: string) => boolean
  readonly isTracingExcluded: (path: string) => boolean
  /** Lowest severity for which a call does anything at all. */
  threshold = 0
  /** Records that were lost to an error of our own or of a sink. */
  failed = 0
  /** No batches: for a reader's eyes, in order with what else is printed, and once nothing would flush them. */
  #atOnce: boolean
  #awaitsExit = false
  #exiting = false
  #depth = 0
  /** A sink has the record: what it logs itself would come back to it. */
  #handing = false
  readonly #sinks = new Map<LogSink, number>()
  #lowestSink = Infinity
  readonly #consoleSeverity: number
  readonly #format: LineFormat
  readonly #baggage: (entries: Iterable<[string, string]>) => Record<string, string>

  constructor(
    readonly config: TelemetryConfig,
    readonly settings: Settings,
    readonly log: LogOptions,
    readonly writer: LineWriter,
    isTTY: boolean,
  ) {
    this.keys = new AttributeKeys(
      createRedaction([...DEFAULT_REDACTED, ...(log.redact ?? [])]),
      log.dunderKeys !== false,
    )
    this.#atOnce = config.format === 'pretty'
    this.#consoleSeverity = SEVERITY[config.level]
    this.#format = lineFormat(config, isTTY)
    const baggageKeys = log.baggageKeys ?? config.baggageKeys
    this.#baggage = createBaggageFilter(baggageKeys, this.keys, settings.options.labels)
    this.isLogExcluded = createPathMatcher(config.logExcludedPaths)
    this.isTracingExcluded = createPathMatcher(config.excludedPaths)
    this.flushAtExit()
    if (config.enabled && log.recorder !== false && replays(this.#consoleSeverity)) {
      this.recorder = new RecorderPool(recorderLimits(log.recorder))
    }
    this.#setThreshold()
  }

  /** Adds a sink and returns what takes it out again. */
  addSink(sink: LogSink): () => void {
    this.#sinks.set(sink, SEVERITY[parseLevel(sink.level) ?? this.config.exportLevel])
    this.#setThreshold()
    return () => this.removeSink(sink)
  }

  removeSink(sink: LogSink): void {
    this.#sinks.delete(sink)
    this.#setThreshold()
  }

  get sinks(): LogSink[] {
    return [...this.#sinks.keys()]
  }

  /** Whether a line of that severity is written anywhere; the recorder does not count. */
  writes(severity: number): boolean {
    if (severity >= this.#consoleSeverity) return true
    for (const lowest of this.#sinks.values()) if (severity >= lowest) return true
    return false
  }

  /** One line of this package's own, in the current or the given frame. */
  report(level: LevelName, event: string, attrs: object, frame?: Frame): void {
    const severity = SEVERITY[parseLevel(level) ?? 'info']
    if (severity >= this.threshold) this.record(OWN, severity, event, attrs, undefined, frame)
  }

  /** Takes one line to every sink that wants it. Never throws (R7.5). */
  record(
    source: LineSource,
    severity: number,
    event: string,
    attrs: object | undefined,
    thrown: { readonly thrown: unknown } | undefined,
    frame = currentFrame(),
  ): void {
    if (this.#depth === DEEPEST_LINE) {
      this.failed++
      return
    }
    this.#depth++
    try {
      const name = cutString(String(event), LONGEST_EVENT)
      if (isError(attrs)) this.#route(source, severity, name, undefined, { thrown: attrs }, frame)
      else this.#route(source, severity, name, objectOnly(attrs), thrown, frame)
    } catch {
      this.failed++
    } finally {
      this.#depth--
    }
  }

  /** Writes kept lines to the console, with the context as it is now (R7.12). */
  replay(lines: readonly KeptLine[]): void {
    for (const { time, severity, source, event, attributes, frame } of lines) {
      const entry = {
        ...this.#entry(source, severity, event, attributes, undefined, frame),
        time,
        replayed: true,
      }
      this.#print(entry, false)
    }
  }

  /** Writes a line to the console, and nowhere else, whatever the level: for what must be seen once. */
  insist(event: string, attrs: object, level: 'warn' | 'info' = 'warn'): void {
    const entry = this.#entry(OWN, SEVERITY[level], event, attrs, undefined, undefined)
    this.#print(entry, true)
  }

  /** Counts go on where another runtime of the same telemetry has left off. */
  continue(former: Runtime): void {
    this.failed += former.failed
    this.writer.written += former.writer.written
    this.writer.dropped += former.writer.dropped
  }

  /** Gives up the process's exit unless a stalled reader still has to get lines; loggers go on without a buffer. */
  close(): void {
    this.#atOnce = true
    this.writer.flush()
    if (this.writer.isWaiting) return
    process.off('exit', this.#onExit)
    this.#awaitsExit = false
  }

  /** Has the process's exit wait for what is not written by then. */
  flushAtExit(): void {
    if (this.#awaitsExit) return
    this.#awaitsExit = true
    process.on('exit', this.#onExit)
  }

  /** Listeners that come after this one may still write lines. */
  readonly #onExit = (): void => {
    this.#atOnce = true
    this.#exiting = true
    this.writer.flushAtExit()
  }

  #print(entry: Entry, urgent: boolean): void {
    this.writer.write(this.#format(entry, this.keys), this.#atOnce || urgent)
    if (!this.writer.isWaiting) return
    if (this.#exiting) this.writer.flushAtExit()
    else this.flushAtExit()
  }

  #route(
    source: LineSource,
    severity: number,
    event: string,
    attrs: object | undefined,
    thrown: { readonly thrown: unknown } | undefined,
    frame: Frame | undefined,
  ): void {
    const unit = frame?.scope?.unit
    const toConsole = severity >= this.#consoleSeverity
    if (!toConsole && this.recorder !== undefined && severity >= SEVERITY.debug && unit?.records === true) {
      unit
        .openRecorder(this.recorder)
        ?.keep(keepLine(Date.now(), severity, source, event, attrs, thrown, frame, this.keys))
    }
    const toSinks = severity >= this.#lowestSink && !this.#handing
    if (!toConsole && !toSinks) return
    const entry = this.#entry(source, severity, event, attrs, thrown, frame)
    if (toConsole) this.#print(entry, severity >= SEVERITY.error)
    if (!toSinks) return
    for (const [sink, lowest] of this.#sinks) {
      if (severity >= lowest) this.#hand(sink, entry)
    }
  }

  /** A sink that throws or rejects loses the record for itself only. */
  #hand(sink: LogSink, entry: Entry): void {
    try {
      if (sink.enabled?.(entry.source.name, entry.event) === false) return
      const record = toLogRecord(entry, this.keys)
      this.#handing = true
      this.countRejection(sink.write(record))
    } catch {
      this.failed++
    } finally {
      this.#handing = false
    }
  }

  /** An asynchronous sink or listener is allowed; its rejection must not end the process. */
  countRejection(answer: unknown): void {
    if (answer instanceof Promise) answer.catch(() => this.failed++)
  }

  #entry(
    source: LineSource,
    severity: number,
    event: string,
    attrs: object | undefined,
    thrown: { readonly thrown: unknown } | undefined,
    frame: Frame | undefined,
  ): Entry {
    const { activeTrace } = slot
    const baggage = activeTrace?.baggage(frame)
    return {
      time: Date.now(),
      severity,
      source,
      event,
      attrs,
      thrown,
      scope: frame?.scope,
      trace: activeTrace?.ids(frame),
      baggage: baggage === undefined ? undefined : this.#baggage(baggage),
      replayed: false,
    }
  }

  #setThreshold(): void {
    this.#lowestSink = Math.min(...this.#sinks.values())
    const lowest = Math.min(this.#consoleSeverity, this.#lowestSink)
    this.threshold = this.recorder === undefined ? lowest : Math.min(lowest, SEVERITY.debug)
  }
}

/** There is something to keep below the console's level, and the failure that would bring it up is shown. */
function replays(consoleSeverity: number): boolean {
  return consoleSeverity > SEVERITY.debug && consoleSeverity <= SEVERITY.error
}

/** JavaScript callers pass anything: what is not an object becomes an attribute of its own. */
function objectOnly(attrs: unknown): object | undefined {
  if (attrs === undefined || attrs === null) return undefined
  return typeof attrs === 'object' ? attrs : { value: attrs }
}
