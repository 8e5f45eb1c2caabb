import { join } from 'node:path'
import { readCatalogue } from '@throughline/catalogue/read'
import { badCatalogue, storeUnusable } from './errors.js'
import { Store, type StoreOptions } from './model/store.js'
import { packageFolder, packageVersion } from './package.js'
import { Assets, notBuilt } from './server/assets.js'
import { startServer } from './server/server.js'
import { openSqliteJournal, type SqliteJournal } from './server/sqlite-journal.js'
import type { TelemetryReader } from './server/telemetry-reader.js'

export interface ConsoleOptions {
  /** Of receiver and page; 4318 by default, 0 for any free one. */
  readonly port?: number
  /** Address to listen on; 127.0.0.1 and ::1 by default. Any other lets other machines read and write. */
  readonly host?: string
  /** Names by which the console may be called besides those of loopback and `host`, such as `host.docker.internal`. */
  readonly allowHosts?: readonly string[]
  /** File that records are kept in; without it they are in memory alone. Needs Node 22.13. */
  readonly db?: string
  /** Log records and spans that are kept; 100,000 by default. */
  readonly maxRecords?: number
  /** Megabytes that they may take; 256 by default. */
  readonly maxMemory?: number
  /** File that `throughline events` has written: events that are not in it are marked. */
  readonly catalogue?: string
  /** Told, in one line each, what does not work as was asked for; by default nobody is. */
  readonly onWarning?: (text: string) => void
}

/** A console that runs. */
export interface Console {
  /** Of the page. */
  readonly url: string
  /** For `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly endpoint: string
  /** What has arrived. */
  readonly store: TelemetryReader
  /** What it is kept in; absent where that is memory alone. */
  readonly file?: string
  /** Ends every connection; what was kept in a file is there at the next start. */
  close(): Promise<void>
}

const MEGABYTE = 1024 * 1024

/**
 * Starts a receiver of OTLP over HTTP, and the web page that shows what arrives.
 *
 * @throws ConsoleError where the port is taken, or a file cannot be used
 * @example
 * const { url, endpoint, close } = await startConsole({ port: 0 })
 */
export async function startConsole(options: ConsoleOptions = {}): Promise<Console> {
  const { port = 4318, host, allowHosts = [], maxRecords, maxMemory, onWarning = () => {} } = options
  const catalogue = options.catalogue === undefined ? undefined : eventNames(options.catalogue)
  const assets = new Assets(join(packageFolder(), 'dist', 'page'))
  if (!assets.areThere) onWarning(notBuilt)
  const journal = options.db === undefined ? undefined : openJournal(options.db, onWarning)
  const store = openStore(
    {
      limits: {
        ...(maxRecords === undefined ? {} : { records: maxRecords }),
        ...(maxMemory === undefined ? {} : { bytes: maxMemory * MEGABYTE }),
      },
      ...(catalogue === undefined ? {} : { catalogue }),
    },
    journal,
  )
  const end = (): void => {
    store.close()
    journal?.close()
  }
  const version = packageVersion()
  try {
    const server = await startServer({
      port,
      host,
      allowedHosts: allowHosts,
      store,
      assets,
      about: () => ({
        version,
        store: journal?.isKept ? { kind: 'sqlite', file: journal.file } : { kind: 'memory' },
      }),
      onDefect: (error) => onWarning(`a defect of the console: ${(error as Error).stack ?? String(error)}`),
    })
    return {
      url: server.url,
      endpoint: server.url,
      store,
      ...(journal === undefined ? {} : { file: journal.file }),
      close: async () => {
        await server.close()
        end()
      },
    }
  } catch (error) {
    end()
    throw error
  }
}

function openJournal(file: string, onWarning: (text: string) => void): SqliteJournal | undefined {
  const journal = openSqliteJournal(file, onWarning)
  if (journal === undefined) {
    onWarning(`--db needs Node 22.13 or later, and this is ${process.version}: records are in memory alone`)
  }
  return journal
}

/** Reads what the file holds, which somebody else may have written into or damaged. */
function openStore(options: StoreOptions, journal: SqliteJournal | undefined): Store {
  if (journal === undefined) return new Store(options)
  try {
    return new Store({ ...options, journal })
  } catch (error) {
    journal.close()
    throw storeUnusable(journal.file, error)
  }
}

function eventNames(file: string): ReadonlySet<string> {
  try {
    return new Set(readCatalogue(file).events.map(({ name }) => name))
  } catch (error) {
    throw badCatalogue(error)
  }
}
