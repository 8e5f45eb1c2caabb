import { type ContextFields, keysOf } from '../context/fields.js'
import { type BaseContext, Frame } from '../context/frame.js'
import { Scope } from '../context/scope.js'
import type { Recorder, RecorderPool } from '../recorder/recorder.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import type { Runtime } from '../telemetry/runtime.js'
import { writeCompletion } from './completion.js'

/** What a unit of work is: a request, a job attempt, a socket's connection, one message, or a task of the user's. */
export type UnitKind = 'http' | 'job' | 'connection' | 'message' | 'task'

/** How a unit ended; `aborted` is neither success nor failure, such as a client that went away. */
export type Outcome = 'ok' | 'error' | 'aborted'

/** OpenTelemetry's SpanContext, as far as it is handed through. */
export interface SpanContext {
  traceId: string
  spanId: string
  traceFlags: number
  isRemote?: boolean
}

export interface UnitOptions {
  kind: UnitKind
  /** Low-cardinality name: the method, the queue, the task. */
  name: string
  /** Fields of the unit's own scope. */
  fields?: ContextFields | undefined
  parent?: SpanContext | undefined
  links?: SpanContext[] | undefined
  /** True when the caller ends the unit itself; otherwise it ends when `fn` returns, throws or settles. */
  manualEnd?: boolean | undefined
  /** True starts outside the current context, for work that outlives or does not belong to its caller. */
  detached?: boolean | undefined
  /** The unit it belongs to, in place of the current context: a message names its connection. */
  within?: Unit | undefined
  /** The OpenTelemetry context it stands on, such as one read from a carrier; default the current one's. */
  base?: BaseContext | undefined
  /** True writes no completion line unless the unit fails. */
  quiet?: boolean | undefined
}

export interface UnitResult {
  outcome: Outcome
  /** Attributes of the completion line. */
  attributes?: object | undefined
  error?: unknown
}

/** A unit of work under way. */
export interface Unit {
  setName(name: string): void
  /** Attributes of the completion line and the span. */
  setAttributes(attributes: object): void
  /** Whether the current context is the unit's or lies within it; true where telemetry is off. */
  readonly active: boolean
  /** Whether its end was told. */
  readonly ended: boolean
  /** Runs `fn` in the unit's context again, from wherever an event brought it. */
  run<T>(fn: () => T): T
  /** Writes the completion line and replays or drops the recorder; the first end wins. */
  end(result: UnitResult): void
}

/** What `onUnitEnd` listeners get. */
export interface FinishedUnit {
  kind: UnitKind
  name: string
  outcome: Outcome
  error?: unknown
  attributes: Record<string, unknown>
  context: Readonly<ContextFields>
  /** Milliseconds, monotonic, two decimals. */
  durationMs: number
  traceId?: string
  spanId?: string
}

/**
 * Runs `fn` as one unit of work: its own context, recorder and completion line (and span, with OpenTelemetry on).
 *
 * Every framework package opens its units here. Errors pass through as they are. With `TELEMETRY_ENABLED=false`
 * it only calls `fn`.
 *
 * @example
 * await runUnit({ kind: 'task', name: 'nightly-import' }, () => importAll())
 */
export function runUnit<T>(options: UnitOptions, fn: (unit: Unit) => T): T {
  const runtime = currentRuntime()
  if (!runtime.config.enabled) return fn(INERT)
  const unit = new UnitState(options, runtime, startingFrame(options))
  if (options.manualEnd === true) return slot.storage.run(unit.frame, fn, unit)
  let result: T
  try {
    result = slot.storage.run(unit.frame, fn, unit)
  } catch (error) {
    unit.end({ outcome: 'error', error })
    throw error
  }
  if (isThenable(result)) return endWhenSettled(result, unit) as T
  unit.end({ outcome: 'ok' })
  return result
}

/**
 * Calls `listener` after each unit of work that ends; one that throws is ignored.
 *
 * @returns a function that takes the listener out again
 * @example
 * const stop = onUnitEnd((unit) => durations.record(unit.durationMs))
 */
export function onUnitEnd(listener: (unit: FinishedUnit) => void): () => void {
  slot.unitListeners.add(listener)
  return () => slot.unitListeners.delete(listener)
}

/** A unit under way, with what its lines need to know of it. */
export class UnitState implements Unit {
  readonly kind: UnitKind
  name: string
  readonly frame: Frame
  readonly quiet: boolean
  recorder: Recorder | undefined
  ended = false
  /** Without a prototype, so that `__proto__` is a key like any other. */
  attributes: Record<string, unknown> = Object.create(null) as Record<string, unknown>
  readonly #started = performance.now()

  constructor(
    options: UnitOptions,
    readonly runtime: Runtime,
    current: Frame | undefined,
  ) {
    this.kind = options.kind
    this.name = options.name
    this.quiet = options.quiet === true
    const parent = current?.scope
    const connection = this.kind === 'message' ? connectionOf(parent) : undefined
    const scope = new Scope(options.fields, parent, runtime.keys, this, connection)
    this.frame = new Frame(scope, current?.span, options.base ?? current?.base)
  }

  /** A connection lasts too long to keep the lines of all its life. */
  get records(): boolean {
    return !this.ended && this.kind !== 'connection'
  }

  get active(): boolean {
    let scope = slot.storage.getStore()?.scope
    while (scope !== undefined && scope.unit !== this) scope = scope.parent
    return scope !== undefined
  }

  get durationMs(): number {
    return Math.round((performance.now() - this.#started) * 100) / 100
  }

  openRecorder(pool: RecorderPool): Recorder | undefined {
    return (this.recorder ??= pool.open())
  }

  setName(name: string): void {
    this.name = name
  }

  setAttributes(attributes: object): void {
    const source = attributes as Record<string, unknown>
    for (const key of keysOf(attributes)) {
      try {
        this.attributes[key] = source[key]
      } catch {
        // A getter threw: its key is left out.
      }
    }
  }

  run<T>(fn: () => T): T {
    return slot.storage.run(this.frame, fn)
  }

  end(result: UnitResult): void {
    if (this.ended) return
    this.ended = true
    try {
      if (result.attributes !== undefined) this.setAttributes(result.attributes)
      writeCompletion(this, result)
      if (slot.unitListeners.size > 0) this.#tellListeners(result)
    } catch {
      this.runtime.failed++
    }
  }

  #tellListeners({ outcome, error }: UnitResult): void {
    const { kind, name, attributes, frame, durationMs } = this
    const context = (frame.scope as Scope).merged()
    const finished: FinishedUnit = { kind, name, outcome, error, attributes, context, durationMs }
    for (const listener of slot.unitListeners) {
      try {
        this.runtime.countRejection(this.run<unknown>(() => listener(finished)))
      } catch {
        this.runtime.failed++
      }
    }
  }
}

const INERT: Unit = Object.freeze({
  active: true,
  ended: false,
  setName() {},
  setAttributes() {},
  run: <T>(fn: () => T) => fn(),
  end() {},
})

/** The innermost unit of that kind which the running code belongs to. */
export function currentUnit(kind: UnitKind): Unit | undefined {
  return unitOf(slot.storage.getStore()?.scope, kind)
}

/** `within` is used by its shape: a unit of another copy of this package has a frame too. */
function startingFrame({ detached, within }: UnitOptions): Frame | undefined {
  if (within !== undefined) return (within as Partial<UnitState>).frame
  return detached === true ? undefined : slot.storage.getStore()
}

function unitOf(scope: Scope | undefined, kind: UnitKind): UnitState | undefined {
  for (let at = scope; at !== undefined; at = at.parent) {
    if (at.unit?.kind === kind) return at.unit
  }
  return undefined
}

/** The scope of the connection that a message came in on. */
function connectionOf(scope: Scope | undefined): Scope | undefined {
  return unitOf(scope, 'connection')?.frame.scope
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function'
}

/** Derived from the original, so that a rejection nobody handles is still reported by Node. */
function endWhenSettled(result: PromiseLike<unknown>, unit: Unit): PromiseLike<unknown> {
  return result.then(
    (value) => {
      unit.end({ outcome: 'ok' })
      return value
    },
    (error: unknown) => {
      unit.end({ outcome: 'error', error })
      throw error
    },
  )
}
