import { closeSync, openSync, readSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { notAStore, storeInUse, storeUnusable } from '../../errors.js'
import type { Database, SqliteModule } from './node-sqlite.js'

/** Marks a file as one of the console: "THLN". */
const APPLICATION_ID = 0x54_48_4c_4e
/** Of the tables below; a file of another layout is refused. */
const LAYOUT = 1

const MAGIC = 'SQLite format 3\0'
/** Where the header of an SQLite file has them: big-endian, four bytes each. */
const USER_VERSION_AT = 60
const APPLICATION_ID_AT = 68
const HEADER_LENGTH = 100

/**
 * Opens a file of the console, or makes it. Looks at the bytes of a file that is there before SQLite does, which might
 * change one that belongs to somebody else.
 *
 * @throws ConsoleError
 */
export function openStoreFile({ DatabaseSync }: SqliteModule, file: string): Database {
  checkKind(file)
  checkHeader(file)
  // SQLite takes some names for no file at all, such as ":memory:"; a whole path is always one.
  const path = resolve(file)
  let database: Database | undefined
  try {
    database = new DatabaseSync(path)
    prepare(database)
    return database
  } catch (error) {
    database?.close()
    // SQLITE_BUSY: the other console holds it for as long as it runs.
    if ((error as { errcode?: number }).errcode === 5) throw storeInUse(file)
    throw storeUnusable(file, error)
  }
}

function prepare(database: Database): void {
  // The lock stays until the process ends, however it ends: two consoles on one file would count twice.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  database.exec(`
    BEGIN EXCLUSIVE;
    PRAGMA application_id = ${APPLICATION_ID};
    PRAGMA user_version = ${LAYOUT};
    CREATE TABLE IF NOT EXISTS records (seq INTEGER PRIMARY KEY, signal TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
    COMMIT`)
  // After the header, which so is always in the file itself. NORMAL loses nothing when a process is killed.
  database.exec('PRAGMA journal_mode = WAL')
  database.exec('PRAGMA synchronous = NORMAL')
  database.exec('PRAGMA wal_autocheckpoint = 4000')
}

/** To look into a pipe would wait for its other end. */
function checkKind(file: string): void {
  if (file === '') throw storeUnusable('the file of --db', new Error('its name is empty'))
  const found = statSync(file, { throwIfNoEntry: false })
  if (found !== undefined && !found.isFile() && !found.isDirectory()) {
    throw storeUnusable(file, new Error('it is no file but a device or a pipe'))
  }
}

function checkHeader(file: string): void {
  const header = readHeader(file)
  if (header === undefined || header.length === 0) return
  if (header.toString('latin1', 0, MAGIC.length) !== MAGIC || header.length < HEADER_LENGTH) {
    throw notAStore(file, 'is no SQLite database')
  }
  if (header.readUInt32BE(APPLICATION_ID_AT) !== APPLICATION_ID) {
    throw notAStore(file, 'is a database of something else')
  }
  const layout = header.readUInt32BE(USER_VERSION_AT)
  if (layout !== LAYOUT) {
    throw notAStore(file, `was written by another version of the console (layout ${layout}, not ${LAYOUT})`)
  }
}

/** Undefined where there is no file yet. */
function readHeader(file: string): Buffer | undefined {
  let descriptor: number | undefined
  try {
    descriptor = openSync(file, 'r')
    const header = Buffer.alloc(HEADER_LENGTH)
    return header.subarray(0, readSync(descriptor, header, 0, HEADER_LENGTH, 0))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw storeUnusable(file, error)
  } finally {
    if (descriptor !== undefined) closeSync(descriptor)
  }
}
