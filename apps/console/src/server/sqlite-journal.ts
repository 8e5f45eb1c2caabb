import { storeUnusable } from '../errors.js'
import type { Journal, JournalEntry } from '../model/journal.js'
import { type Database, loadSqlite, type Statement } from './sqlite/node-sqlite.js'
import { openStoreFile } from './sqlite/store-file.js'

/** Milliseconds for which records wait to be written together: what a killed process loses. */
const BATCH_MS = 200

/**
 * Keeps records in an SQLite file; undefined where this Node has no `node:sqlite`.
 *
 * @throws ConsoleError for a file that cannot be used
 */
export function openSqliteJournal(
  file: string,
  onProblem: (text: string) => void,
): SqliteJournal | undefined {
  const sqlite = loadSqlite()
  if (sqlite === undefined) return undefined
  const database = openStoreFile(sqlite, file)
  try {
    return new SqliteJournal(database, file, onProblem)
  } catch (error) {
    database.close()
    throw storeUnusable(file, error)
  }
}

/** A journal that writes in batches, each in one transaction. */
export class SqliteJournal implements Journal {
  readonly #insert: Statement
  readonly #delete: Statement
  #added = new Map<number, JournalEntry>()
  #removed: number[] = []
  #timer: NodeJS.Timeout | undefined
  #state: 'open' | 'broken' | 'closed' = 'open'

  constructor(
    readonly database: Database,
    readonly file: string,
    readonly onProblem: (text: string) => void,
  ) {
    this.#insert = database.prepare('INSERT OR REPLACE INTO records (seq, signal, bytes) VALUES (?, ?, ?)')
    this.#delete = database.prepare('DELETE FROM records WHERE seq = ?')
  }

  /** Whether what is appended will be there after a restart. */
  get isKept(): boolean {
    return this.#state !== 'broken'
  }

  *load(): Iterable<JournalEntry> {
    for (const { seq, signal, bytes } of this.database
      .prepare('SELECT seq, signal, bytes FROM records ORDER BY seq')
      .iterate()) {
      if (signal === 'logs' || signal === 'traces') {
        yield { seq: Number(seq), signal, bytes: bytes as Uint8Array }
      }
    }
  }

  append(entries: readonly JournalEntry[]): void {
    if (this.#state !== 'open') return
    for (const entry of entries) this.#added.set(entry.seq, entry)
    this.#schedule()
  }

  remove(seqs: readonly number[]): void {
    if (this.#state !== 'open') return
    for (const seq of seqs) if (!this.#added.delete(seq)) this.#removed.push(seq)
    this.#schedule()
  }

  close(): void {
    if (this.#state === 'closed') return
    this.#write()
    this.#state = 'closed'
    this.database.close()
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => this.#write(), BATCH_MS).unref()
  }

  #write(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const [added, removed] = [this.#added, this.#removed]
    this.#added = new Map()
    this.#removed = []
    if (this.#state !== 'open' || added.size + removed.length === 0) return
    try {
      this.database.exec('BEGIN')
      for (const seq of removed) this.#delete.run(seq)
      for (const { seq, signal, bytes } of added.values()) this.#insert.run(seq, signal, bytes)
      this.database.exec('COMMIT')
    } catch (error) {
      this.#state = 'broken'
      const { message } = error as Error
      this.onProblem(`${this.file} cannot be written (${message}): records are in memory alone from now on`)
    }
  }
}
