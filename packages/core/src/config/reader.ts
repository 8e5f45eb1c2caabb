import { type Level, parseLevel } from '../logger/level.js'
import { readSwitch } from '../parse-bool.js'
import type { BatchLimits, ConfigProblem } from './config.js'
import { keyValueList } from './lists.js'

/** As `process.env`, without a need for Node's types. */
export type Env = Readonly<Record<string, string | undefined>>

/** Node's timers take no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** User and password of a URL. */
const CREDENTIALS = /\/\/[^/@]*@/g

/** Reads typed values and notes each one that is not of its type. */
export class Reader {
  constructor(
    private readonly env: Env,
    private readonly problems: ConfigProblem[],
  ) {}

  switch(variable: string, fallback: boolean): boolean {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return (
      readSwitch(raw) ?? this.refuse(variable, raw, fallback, 'is not one of 1 true yes on 0 false no off')
    )
  }

  level(variable: string, fallback: Level): Level {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return (
      parseLevel(raw) ??
      this.refuse(variable, raw, fallback, 'is not one of trace debug info warn error fatal')
    )
  }

  oneOf<T extends string>(variable: string, allowed: readonly T[], fallback: T): T {
    const raw = this.given(variable)?.toLowerCase()
    if (raw === undefined) return fallback
    return (
      allowed.find((name) => name === raw) ??
      this.refuse(variable, raw, fallback, `is not one of ${allowed.join(' ')}`)
    )
  }

  ratio(variable: string, fallback: number): number {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    const value = Number(raw)
    return Number.isNaN(value)
      ? this.refuse(variable, raw, fallback, 'is not a number from 0 to 1')
      : Math.min(1, Math.max(0, value))
  }

  positive(variable: string, fallback: number): number {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    const value = Number(raw)
    return Number.isSafeInteger(value) && value > 0 && value <= LONGEST_TIMER_MS
      ? value
      : this.refuse(variable, raw, fallback, 'is not a whole number above 0')
  }

  batch(prefix: string, delayMs: number): BatchLimits {
    const queueSize = this.positive(`${prefix}_MAX_QUEUE_SIZE`, 2_048)
    return {
      delayMs: this.positive(`${prefix}_SCHEDULE_DELAY`, delayMs),
      timeoutMs: this.positive(`${prefix}_EXPORT_TIMEOUT`, 30_000),
      queueSize,
      batchSize: Math.min(queueSize, this.positive(`${prefix}_MAX_EXPORT_BATCH_SIZE`, 512)),
    }
  }

  /** Whether a signal is exported: `none` switches it off, `otlp` is what there is. */
  exports(variable: string): boolean {
    return this.oneOf(variable, ['otlp', 'none'], 'otlp') === 'otlp'
  }

  endpoint(variable: string, fallback: string): string {
    const raw = this.given(variable)
    if (raw === undefined) return fallback
    return this.url(variable, raw) ? raw : fallback
  }

  url(variable: string, raw: string): boolean {
    if (/^https?:\/\//i.test(raw) && URL.canParse(raw)) return true
    this.refuse(variable, raw, undefined, 'is not an http(s) URL')
    return false
  }

  /** A list of `key=value`. The problem does not show what is no such item: `authorization: Bearer …` is a secret. */
  pairs(variable: string): Record<string, string> {
    let skipped = 0
    const pairs = keyValueList(this.env[variable], () => (skipped += 1))
    if (skipped > 0) {
      const items = skipped === 1 ? '1 item is' : `${skipped} items are`
      this.problems.push({ variable, value: '', message: `${variable}: ${items} not key=value; ignored` })
    }
    return pairs
  }

  private given(variable: string): string | undefined {
    const raw = this.env[variable]?.trim()
    return raw === '' ? undefined : raw
  }

  private refuse<T>(variable: string, value: string, used: T, why: string): T {
    const safe = value.replace(CREDENTIALS, '//[REDACTED]@')
    const shown = safe.length > 100 ? `${safe.slice(0, 100)}…` : safe
    const fallback = used === undefined ? 'ignored' : `using ${String(used)}`
    this.problems.push({ variable, value: shown, message: `${variable}="${shown}" ${why}; ${fallback}` })
    return used
  }
}
