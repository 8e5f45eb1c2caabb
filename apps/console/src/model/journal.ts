/** A record as it is kept: what arrived, in OTLP's binary encoding. */
export interface JournalEntry {
  /** Counts up over all records of a store; never used twice. */
  readonly seq: number
  readonly signal: 'logs' | 'traces'
  /** An `ExportLogsServiceRequest` or `ExportTraceServiceRequest` with this one record, its scope and its resource. */
  readonly bytes: Uint8Array
}

/** Where a store keeps its records beyond the process; memory alone needs none. */
export interface Journal {
  /** All entries that were kept, oldest first; asked once, before the first `append`. */
  load(): Iterable<JournalEntry>
  append(entries: readonly JournalEntry[]): void
  /** They left the store. */
  remove(seqs: readonly number[]): void
  close(): void
}
