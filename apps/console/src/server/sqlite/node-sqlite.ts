/** The part of `node:sqlite` that is used here; the types of the oldest supported Node do not have it. */
export interface SqliteModule {
  readonly DatabaseSync: new (path: string) => Database
}

export interface Database {
  exec(sql: string): void
  prepare(sql: string): Statement
  close(): void
}

export interface Statement {
  run(...values: (string | number | Uint8Array)[]): unknown
  get(): Record<string, unknown> | undefined
  iterate(): Iterable<Record<string, unknown>>
}

/** `node:sqlite`, loaded at the first call; undefined before Node 22.13. */
export function loadSqlite(): SqliteModule | undefined {
  return withoutSqliteWarning(() => process.getBuiltinModule('node:sqlite') as SqliteModule | undefined)
}

/** Node calls it experimental on loading it; whoever asked for a file can do nothing about that. */
function withoutSqliteWarning<Result>(load: () => Result): Result {
  const emitWarning = process.emitWarning.bind(process) as (...all: unknown[]) => void
  const before = Object.getOwnPropertyDescriptor(process, 'emitWarning')
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).startsWith('SQLite is an experimental feature')) {
      emitWarning(warning, ...rest)
    }
  }
  try {
    return load()
  } finally {
    if (before !== undefined) Object.defineProperty(process, 'emitWarning', before)
  }
}
