import { slot } from '@throughline/core/binding'
import { fs } from '../builtins.js'
import type { Signal } from './signal.js'

export type Compression = 'gzip' | 'none'

const DEFAULT_TIMEOUT_MS = 10_000
/** Node's timers take no more. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** How long one export may take, in milliseconds: `OTEL_EXPORTER_OTLP_TIMEOUT`, 10,000 by default. */
export function readTimeout(signal: Signal): number {
  const parse = (text: string): number | undefined => {
    const ms = Number(text)
    return Number.isSafeInteger(ms) && ms > 0 && ms <= LONGEST_TIMER_MS ? ms : undefined
  }
  return read(signal, 'TIMEOUT', parse, 'is not a whole number above 0') ?? DEFAULT_TIMEOUT_MS
}

/** Whether what is sent is compressed: `OTEL_EXPORTER_OTLP_COMPRESSION`, not by default. */
export function readCompression(signal: Signal): Compression {
  const parse = (text: string): Compression | undefined =>
    (['none', 'gzip'] as const).find((name) => name === text.toLowerCase())
  return read(signal, 'COMPRESSION', parse, 'is not one of none gzip') ?? 'none'
}

/** The file that `OTEL_EXPORTER_OTLP_<what>` names. One that cannot be read is done without: what follows shows it. */
export function readFile(signal: Signal, what: string): Buffer | undefined {
  const [first] = given(signal, what)
  if (first === undefined) return undefined
  const { variable, value } = first
  try {
    return fs.readFileSync(value)
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException
    ignored(variable, value, `cannot be read (${code})`)
    return undefined
  }
}

interface Given {
  readonly variable: string
  readonly value: string
  /** It speaks of this signal alone. */
  readonly own: boolean
}

/** What the environment says; the signal's own variable, as `OTEL_EXPORTER_OTLP_LOGS_TIMEOUT`, comes first. */
function given(signal: Signal, what: string): Given[] {
  const prefix = 'OTEL_EXPORTER_OTLP_'
  return [
    { variable: `${prefix}${signal.toUpperCase()}_${what}`, own: true },
    { variable: `${prefix}${what}`, own: false },
  ].flatMap(({ variable, own }) => {
    const value = process.env[variable]?.trim()
    return value ? [{ variable, value, own }] : []
  })
}

/** The first value that can be used. */
function read<Value>(
  signal: Signal,
  what: string,
  parse: (text: string) => Value | undefined,
  wrong: string,
): Value | undefined {
  for (const { variable, value, own } of given(signal, what)) {
    const parsed = parse(value)
    if (parsed !== undefined) return parsed
    // Core says it of the variables of all signals, once.
    if (own) ignored(variable, value, wrong)
  }
  return undefined
}

function ignored(variable: string, value: string, why: string): void {
  const message = `${variable}="${value}" ${why}; ignored`
  slot.runtime?.insist('configuration_problem', { variable, value, message })
}
