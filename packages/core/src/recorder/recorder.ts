import type { Frame } from '../context/frame.js'
import type { AttributeKeys } from '../logger/attribute-keys.js'
import { plainValue } from '../logger/attribute-value.js'
import { addAttributes, addException } from '../logger/attributes.js'
import { Fields } from '../context/fields.js'
import { isError } from '../logger/error.js'
import type { LineSource } from '../logger/line-source.js'

/** How much one unit of work, and all of them together, may keep (R7.12). */
export interface RecorderLimits {
  /** Lines kept of one unit, the newest ones; default 100. */
  readonly lines: number
  /** Characters kept of one unit; default 65,536. */
  readonly bytes: number
  /** Units that keep lines at one time; default 1,000. */
  readonly units: number
}

/** What an application says of them. */
export type GivenLimits = { readonly [limit in keyof RecorderLimits]?: RecorderLimits[limit] | undefined }

const DEFAULT_LIMITS: RecorderLimits = { lines: 100, bytes: 65_536, units: 1_000 }

/** The limits with their defaults; one that is undefined was not given. */
export function recorderLimits(given: GivenLimits = {}): RecorderLimits {
  const limits = Object.entries(given).filter(([, limit]) => limit !== undefined)
  return { ...DEFAULT_LIMITS, ...Object.fromEntries(limits) }
}

const LONGEST_STRING = 1_024
const LONGEST_NESTED = 2_048
/** What a value costs besides its text. */
const NODE_COST = 8
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
  /**
   * A unit that never ends, such as one whose promise never settles, gives its place back when it is collected.
   * Watching costs as much as a unit, so only the second half of the places is watched.
   */
  readonly #collected = new FinalizationRegistry<void>(() => this.#open--)

  constructor(readonly limits: RecorderLimits) {}

  open(): Recorder | undefined {
    if (this.#open >= this.limits.units) {
      this.refused++
      return undefined
    }
    const watched = ++this.#open > this.limits.units / 2
    const recorder = new Recorder(this, watched)
    if (watched) this.#collected.register(recorder, undefined, recorder)
    return recorder
  }

  close(recorder: Recorder): void {
    this.#open--
    if (recorder.watched) this.#collected.unregister(recorder)
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

  constructor(
    private readonly pool: RecorderPool,
    readonly watched: boolean,
  ) {}

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
    this.pool.close(this)
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
    if (thrown !== undefined) bytes += snapshotThrown(attributes, attrs, thrown.thrown, keys)
    else if (attrs !== undefined) bytes += snapshotSafely(attributes, attrs as Record<string, unknown>, keys)
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
        fields[key] = shortString(value, LONGEST_STRING)
        bytes += Math.min(value.length, LONGEST_STRING)
        break
      default:
        if (value === undefined) break
        if (isError(value)) return snapshotWithCare(fields, attrs, keys)
        fields[key] = plainValue(value, key, keys)
        bytes += shorten(fields, key)
    }
  }
  return bytes
}

function snapshotWithCare(fields: Record<string, unknown>, attrs: object, keys: AttributeKeys): number {
  for (const key in fields) delete fields[key]
  addAttributes(fields, attrs, keys)
  return shortenAll(fields)
}

function snapshotThrown(
  fields: Record<string, unknown>,
  attrs: object | undefined,
  thrown: unknown,
  keys: AttributeKeys,
): number {
  if (attrs !== undefined) addAttributes(fields, attrs, keys)
  addException(fields, thrown, keys)
  return shortenAll(fields)
}

function shortenAll(fields: Record<string, unknown>): number {
  let bytes = 0
  for (const key in fields) bytes += 16 + key.length + shorten(fields, key)
  return bytes
}

/** Brings one value to its bound and returns what it weighs. */
function shorten(fields: Record<string, unknown>, key: string): number {
  const value = fields[key]
  if (typeof value === 'string') {
    fields[key] = shortString(value, LONGEST_STRING)
    return Math.min(value.length, LONGEST_STRING)
  }
  const bytes = weightOf(value)
  if (bytes <= LONGEST_NESTED) return bytes
  fields[key] = shortString(JSON.stringify(value), LONGEST_NESTED)
  return LONGEST_NESTED
}

/** What a plain value weighs, roughly, in characters of text. */
function weightOf(value: unknown): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return NODE_COST
  let bytes = NODE_COST
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) bytes += weightOf(value[at])
    return bytes
  }
  const members = value as Record<string, unknown>
  for (const key in members) bytes += key.length + NODE_COST + weightOf(members[key])
  return bytes
}

/** Cut without keeping the long original alive, which a plain slice would. */
function shortString(value: string, longest: number): string {
  if (value.length <= longest) return value
  return `${Buffer.from(value.slice(0, longest), 'utf16le').toString('utf16le')}…`
}
