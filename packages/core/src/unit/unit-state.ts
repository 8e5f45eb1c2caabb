import { Fields, keysOf } from '../context/fields.js'
import { currentFrame } from '../context/current-frame.js'
import { Frame } from '../context/frame.js'
import { Scope } from '../context/scope.js'
import type { Recorder, RecorderPool } from '../recorder/recorder.js'
import { slot } from '../slot.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import type { Runtime } from '../telemetry/runtime.js'
import { enterFrame } from '../tracing/enter.js'
import type { SpanContext, UnitEnd, UnitTrace } from '../tracing/tracing.js'
import { writeCompletion } from './completion.js'
import { tellListeners } from './unit-listeners.js'
import type { Unit, UnitKind, UnitOptions, UnitResult } from './unit.js'
import { usableName, usableOptions } from './usable-options.js'

/** A unit under way, with what its lines need to know of it. */
export class UnitState implements Unit {
  readonly kind: UnitKind
  name: string
  readonly frame: Frame
  readonly quiet: boolean
  recorder: Recorder | undefined
  ended = false
  attributes: Record<string, unknown> = new Fields()
  readonly #trace: UnitTrace | undefined
  readonly #started = performance.now()

  constructor(given: UnitOptions, runtime: Runtime, current: Frame | undefined) {
    const options = usableOptions(given)
    this.kind = options.kind
    this.name = options.name
    this.quiet = options.quiet === true
    const parent = current?.scope
    const connection = this.kind === 'message' ? connectionOf(parent) : undefined
    const scope = new Scope(options.fields, parent, runtime.keys, this, connection)
    try {
      this.#trace = slot.tracing?.openUnit(options, scope, current)
    } catch {
      // It costs the span, never the unit.
      runtime.failed++
    }
    this.frame = this.#trace?.frame ?? new Frame(scope, current?.span, options.base ?? current?.base)
  }

  /** Asked for each time: a unit may be open when options come, or while telemetry is started anew. */
  get runtime(): Runtime {
    return currentRuntime()
  }

  /** A connection lasts too long to keep the lines of all its life. */
  get records(): boolean {
    return !this.ended && this.kind !== 'connection'
  }

  get active(): boolean {
    let scope = currentFrame()?.scope
    while (scope !== undefined && scope.unit !== this) scope = scope.parent
    return scope !== undefined
  }

  get spanContext(): SpanContext | undefined {
    return slot.tracing?.spanContext(this.frame)
  }

  get durationMs(): number {
    return Math.round((performance.now() - this.#started) * 100) / 100
  }

  openRecorder(pool: RecorderPool): Recorder | undefined {
    return (this.recorder ??= pool.open())
  }

  setName(name: string): void {
    this.name = usableName(name, this.kind)
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
    return enterFrame(this.frame, fn, undefined)
  }

  endSpan(result: UnitResult): void {
    if (this.ended) return
    try {
      const attributes = { ...this.attributes, ...result.attributes }
      this.#trace?.endSpan(this.#endOf(result, attributes))
    } catch {
      this.runtime.failed++
    }
  }

  /** The span comes first, so that the completion line does not become an event on it. */
  end(result: UnitResult): void {
    if (this.ended) return
    this.ended = true
    try {
      if (result.attributes !== undefined) this.setAttributes(result.attributes)
      this.#trace?.end(this.#endOf(result, this.attributes))
    } catch {
      this.runtime.failed++
    }
    try {
      writeCompletion(this, result)
      if (slot.unitListeners.size > 0) tellListeners(this, result)
    } catch {
      this.runtime.failed++
    }
  }

  #endOf({ outcome, error }: UnitResult, attributes: Readonly<Record<string, unknown>>): UnitEnd {
    return {
      name: this.name,
      seconds: (performance.now() - this.#started) / 1_000,
      outcome,
      error,
      attributes,
    }
  }
}

/** The innermost unit of that kind which the running code belongs to. */
export function currentUnit(kind: UnitKind): Unit | undefined {
  return unitOf(currentFrame()?.scope, kind)
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
