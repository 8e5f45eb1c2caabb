import { exceptionAttributes } from '../logger/exception.js'
import type { Level } from '../logger/level.js'
import type { UnitState } from './unit-state.js'
import type { UnitKind, UnitResult } from './unit.js'

interface Line {
  readonly level: Level
  readonly event: string
}

/** The line each kind of unit writes when it ends well, and when it fails. */
const LINES: Readonly<Record<UnitKind, { ok?: Line; aborted?: Line; error?: Line }>> = {
  http: {
    ok: { level: 'info', event: 'request_completed' },
    aborted: { level: 'info', event: 'request_completed' },
    error: { level: 'error', event: 'request_failed' },
  },
  job: {
    ok: { level: 'info', event: 'job_completed' },
    aborted: { level: 'info', event: 'job_deferred' },
    error: { level: 'error', event: 'job_failed' },
  },
  connection: {
    ok: { level: 'info', event: 'ws_disconnected' },
    aborted: { level: 'info', event: 'ws_disconnected' },
    error: { level: 'info', event: 'ws_disconnected' },
  },
  message: { error: { level: 'error', event: 'ws_error' } },
  task: {
    ok: { level: 'info', event: 'task_completed' },
    aborted: { level: 'info', event: 'task_completed' },
    error: { level: 'error', event: 'task_failed' },
  },
}

/** Replays or drops what the unit kept, then writes its one completion line. */
export function writeCompletion(unit: UnitState, { outcome, error }: UnitResult): void {
  const { runtime, recorder } = unit
  const line = (LINES[unit.kind] as (typeof LINES)[UnitKind] | undefined)?.[outcome]
  const attributes = unit.attributes
  if (recorder !== undefined) {
    if (outcome === 'error') {
      if (recorder.dropped > 0) attributes['recorder.dropped'] = recorder.dropped
      runtime.replay(recorder.take())
    } else {
      recorder.close()
    }
  }
  if (line === undefined || (unit.quiet && outcome !== 'error')) return
  if (unit.kind === 'task') attributes['task.name'] = unit.name
  attributes['duration_ms'] = unit.durationMs
  // A socket's error has had its own line, `ws_error`, when it happened.
  const told = unit.kind === 'connection'
  if (outcome === 'error' && error !== undefined && !told)
    Object.assign(attributes, exceptionAttributes(error, runtime.keys))
  runtime.report(line.level, line.event, attributes, unit.frame)
}
