import type { Frame } from '../context/frame.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { plainValue } from '../logger/attribute-value.js'
import { addAttributes, addException } from '../logger/attributes.js'
import { Fields } from '../context/fields.js'
import { isError } from '../logger/exception.js'
import type { LineSource } from '../logger/line-source.js'
import { REDACTED } from '../logger/redaction.js'

/** How much one unit of work, and all of them together, may keep (R7.12). */
export interface RecorderLimits {
  /** Lines kept of one unit, the newest ones; default 100. */
  readonly lines: number
  /** Characters kept of one unit; default 65,536. */
  readonly bytes: number
  /** Units that keep lines at one time; default 1,000. */
  readonly units: number
}

const LONGEST_STRING = 1_024
const LONGEST_NESTED = 2_048
/** What a line costs besides its strings, in the count of bytes. */
const LINE_COST = 64

/** A line as it was at the call; its context is read when it is replayed. */
export interface KeptLine {
  readonly time: number
  readonly severity: number
  readonly source: LineSource
  readonly event: string
  readonly attributes: Record<string, unknown> | undefined
  readonly frame: Frame | undefined
  readonly bytes: number
}

/** Hands out recorders to units of work, a bounded number at a time. */
export class RecorderPool {
  #open = 0
  /** Lines that were not kept because too many units were keeping some. */
  refused = 0

  constructor(readonly limits: RecorderLimits) {}

  open(): Recorder | undefined {
    if (this.#open >= this.limits.units) {
      this.refused++
      return undefined
    }
    this.#open++
    return new Recorder(this)
  }

  close(): void {
    this.#open--
  }
}

/** The lines below the console's level of one unit of work: a ring, replayed when the unit fails. */
export class Recorder {
  #lines: KeptLine[] = []
  /** Where the oldest line is, once the ring is full. */
  #oldest = 0
  #bytes = 0
  /** Lines pushed out of the ring. */
  dropped = 0

  constructor(private readonly pool: RecorderPool) {}

  keep(line: KeptLine): void {
    const { lines, bytes } = this.pool.limits
    if (this.#lines.length < lines && this.#bytes + line.bytes <= bytes) {
      this.#lines.push(line)
      this.#bytes += line.bytes
      return
    }
    this.#keepInPlaceOfOldest(line, bytes)
  }

  /** All lines, oldest first; the recorder is empty and closed afterwards. */
  take(): KeptLine[] {
    const lines = [...this.#lines.slice(this.#oldest), ...this.#lines.slice(0, this.#oldest)]
    this.close()
    return lines
  }

  close(): void {
    this.#lines = []
    this.pool.close()
  }

  #keepInPlaceOfOldest(line: KeptLine, bytes: number): void {
    if (this.#oldest > 0)
      this.#lines = [...this.#lines.slice(this.#oldest), ...this.#lines.slice(0, this.#oldest)]
    this.#oldest = 0
    this.#bytes += line.bytes
    this.#lines.push(line)
    let gone = 0
    while (
      gone < this.#lines.length &&
      (this.#lines.length - gone > this.pool.limits.lines || this.#bytes > bytes)
    ) {
      this.#bytes -= (this.#lines[gone++] as KeptLine).bytes
    }
    this.#lines.splice(0, gone)
    this.dropped += gone
  }
}

/** Copies what a line needs so that later changes to its attributes are not seen; redacted and bounded. */
export function keepLine(
  time: number,
  severity: number,
  source: LineSource,
  event: string,
  attrs: object | undefined,
  thrown: { readonly thrown: unknown } | undefined,
  frame: Frame | undefined,
  keys: AttributeKeys,
): KeptLine {
  let bytes = LINE_COST + event.length
  let attributes: Record<string, unknown> | undefined
  if (attrs !== undefined || thrown !== undefined) {
    attributes = new Fields()
    if (attrs !== undefined) bytes += snapshotSafely(attributes, attrs as Record<string, unknown>, keys)
    if (thrown !== undefined) addException(attributes, thrown.thrown)
  }
  return { time, severity, source, event, attributes, frame, bytes }
}

/** Copies attributes and returns what they weigh; a getter that throws costs only itself. */
function snapshotSafely(
  fields: Record<string, unknown>,
  attrs: Record<string, unknown>,
  keys: AttributeKeys,
): number {
  try {
    return snapshot(fields, attrs, keys)
  } catch {
    return snapshotWithCare(fields, attrs, keys)
  }
}

function snapshot(
  fields: Record<string, unknown>,
  attrs: Record<string, unknown>,
  keys: AttributeKeys,
): number {
  let bytes = 0
  for (const key in attrs) {
    const known = keys.peek(key) ?? keys.of(key)
    if (!known.plain) return snapshotWithCare(fields, attrs, keys)
    const value = attrs[key]
    bytes += 16 + key.length
    switch (typeof value) {
      case 'number':
      case 'boolean':
        fields[key] = value
        break
      case 'string':
        fields[key] = shortString(value)
        bytes += Math.min(value.length, LONGEST_STRING)
        break
      default:
        if (value === undefined) break
        if (isError(value)) return snapshotWithCare(fields, attrs, keys)
        fields[key] = nested(plainValue(value, key, keys))
        bytes += 256
    }
  }
  return bytes
}

function snapshotWithCare(fields: Record<string, unknown>, attrs: object, keys: AttributeKeys): number {
  for (const key in fields) delete fields[key]
  addAttributes(fields, attrs, keys)
  let bytes = 0
  for (const key in fields) {
    const value = fields[key]
    fields[key] = typeof value === 'string' && value !== REDACTED ? shortString(value) : nested(value)
    bytes += 64 + key.length
  }
  return bytes
}

function nested(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  const text = JSON.stringify(value)
  return text.length > LONGEST_NESTED ? `${text.slice(0, LONGEST_NESTED)}…` : new KeptJson(text)
}

/** A nested value kept as its JSON, which is smaller than the objects; parsed again when it is replayed. */
class KeptJson {
  constructor(private readonly text: string) {}

  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}

/** Cut without keeping the long original alive, which a plain slice would. */
function shortString(value: string): string {
  if (value.length <= LONGEST_STRING) return value
  return `${Buffer.from(value.slice(0, LONGEST_STRING), 'utf16le').toString('utf16le')}…`
}
