import { currentFrame } from '../context/current-frame.js'
import type { Frame } from '../context/frame.js'
import { currentRuntime } from '../telemetry/current-runtime.js'
import { enterFrame } from '../tracing/enter.js'
import { UnitState } from './unit-state.js'
import type { Unit, UnitOptions } from './unit.js'

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
  if (options.manualEnd === true) return enterFrame(unit.frame, fn, unit)
  let result: T
  try {
    result = enterFrame(unit.frame, fn, unit)
  } catch (error) {
    unit.end({ outcome: 'error', error })
    throw error
  }
  if (isThenable(result)) return endWhenSettled(result, unit) as T
  unit.end({ outcome: 'ok' })
  return result
}

const INERT: Unit = Object.freeze({
  active: true,
  ended: false,
  spanContext: undefined,
  setName() {},
  setAttributes() {},
  run: <T>(fn: () => T) => fn(),
  endSpan() {},
  end() {},
})

/** `within` is used by its shape: a unit of another copy of this package has a frame too. */
function startingFrame({ detached, within }: UnitOptions): Frame | undefined {
  if (within !== undefined) return (within as Partial<UnitState>).frame
  return detached === true ? undefined : currentFrame()
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
