import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from '@jest/globals'
import type { JournalEntry } from '../../src/model/journal.js'
import { loadSqlite } from '../../src/server/sqlite/node-sqlite.js'
import { openSqliteJournal, type SqliteJournal } from '../../src/server/sqlite-journal.js'
import { describeWithSqlite } from '../support/sqlite.js'
import { atEnd, endAfterEach, temporaryFolder } from '../support/test-server.js'

endAfterEach()

const problems: string[] = []

function open(file: string): SqliteJournal {
  const journal = openSqliteJournal(file, (text) => problems.push(text))
  if (journal === undefined) throw new Error('There is no node:sqlite.')
  atEnd(() => journal.close())
  return journal
}

function entry(seq: number, signal: JournalEntry['signal'] = 'logs'): JournalEntry {
  return { seq, signal, bytes: Uint8Array.of(seq % 256, 0, 255) }
}

describeWithSqlite('the journal', () => {
  it('gives back in order what was kept, without what was removed', () => {
    const file = join(temporaryFolder(), 'console.db')
    const first = open(file)
    expect([...first.load()]).toEqual([])
    first.append([entry(3), entry(1, 'traces')])
    first.append([entry(2), entry(9_007_199_254_740)])
    first.remove([3])
    first.close()
    const second = open(file)
    expect([...second.load()]).toEqual([entry(1, 'traces'), entry(2), entry(9_007_199_254_740)])
    second.remove([1])
    second.close()
    expect([...open(file).load()].map(({ seq }) => seq)).toEqual([2, 9_007_199_254_740])
  })

  it('closes once, and takes nothing after that', () => {
    const journal = open(join(temporaryFolder(), 'console.db'))
    journal.close()
    journal.append([entry(1)])
    journal.remove([1])
    journal.close()
  })

  it('lets a file be used by one console at a time', () => {
    const file = join(temporaryFolder(), 'console.db')
    const first = open(file)
    first.append([entry(1)])
    expect(() => open(file)).toThrow(`${file} is in use by another console`)
    first.close()
    expect([...open(file).load()]).toEqual([entry(1)])
  })

  it('goes on in memory when the file cannot be written any more', () => {
    const file = join(temporaryFolder(), 'console.db')
    const journal = open(file)
    journal.database.exec('DROP TABLE records')
    journal.append([entry(1)])
    journal.close()
    expect(journal.isKept).toBe(true)
    expect(problems).toEqual([
      expect.stringMatching(/console\.db cannot be written .* in memory alone from now on$/),
    ])
  })

  it.each([
    [
      'a text',
      'a text that is long enough to be a header, or so one would think: a hundred bytes and some more of them',
    ],
    ['a short text', 'hello'],
    ['the beginning of a database', 'SQLite format 3\0'],
  ])('refuses %s, and leaves it as it is', (_what, text) => {
    const file = join(temporaryFolder(), 'notes.txt')
    writeFileSync(file, text)
    expect(() => open(file)).toThrow(`${file} is no SQLite database; it was left as it is`)
    expect(readFileSync(file, 'utf8')).toBe(text)
  })

  it.each([
    ['something else', 'CREATE TABLE users (id)', 'is a database of something else'],
    [
      'another layout',
      'PRAGMA application_id = 0x54484c4e; PRAGMA user_version = 2; CREATE TABLE records (seq)',
      'was written by another version of the console (layout 2, not 1)',
    ],
  ])('refuses a database of %s, and leaves it as it is', (_what, sql, message) => {
    const file = join(temporaryFolder(), 'other.db')
    const sqlite = loadSqlite()
    const database = sqlite && new sqlite.DatabaseSync(file)
    database?.exec(sql)
    database?.close()
    const before = readFileSync(file)
    expect(() => open(file)).toThrow(message)
    expect(readFileSync(file).equals(before)).toBe(true)
  })

  it('refuses a folder, and a file in a folder that is not there', () => {
    const folder = temporaryFolder()
    expect(() => open(folder)).toThrow('it is a folder')
    expect(() => open(join(folder, 'none', 'console.db'))).toThrow('cannot be used')
  })
})
