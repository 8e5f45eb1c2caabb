import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { FakeTerminal, finding, opened, paid, throughline } from './fake-terminal.js'

let terminal: FakeTerminal

beforeEach(() => {
  terminal = new FakeTerminal()
})
afterEach(() => terminal.remove())

const events = (...args: string[]) => throughline(terminal, finding([paid]), 'events', ...args)
const moreEvents = (...args: string[]) => throughline(terminal, finding([paid, opened]), 'events', ...args)
const read = (name: string): string => readFileSync(terminal.path(name), 'utf8')

describe('--out', () => {
  it('writes the file, its folder too, and prints nothing', async () => {
    expect(await events('--out', 'docs/deep/EVENTS.md')).toBe(0)
    expect(read('docs/deep/EVENTS.md')).toContain('### `order.paid`')
    expect([terminal.out, terminal.err]).toEqual([
      '',
      'docs/deep/EVENTS.md: written\n1 event, 0 warnings in 2 files\n',
    ])
    expect(readdirSync(terminal.path('docs/deep'))).toEqual(['EVENTS.md'])
  })

  it.each(['\n', '\r\n'])('does not touch a file that is up to date, with line ends %j', async (end) => {
    await events('--out', 'EVENTS.md')
    writeFileSync(terminal.path('EVENTS.md'), read('EVENTS.md').replaceAll('\n', end))
    utimesSync(terminal.path('EVENTS.md'), 1_000, 1_000)
    terminal.err = ''
    expect(await events('--out', 'EVENTS.md')).toBe(0)
    expect(terminal.err).toContain('EVENTS.md: up to date\n')
    expect(statSync(terminal.path('EVENTS.md')).mtimeMs).toBe(1_000_000)
  })

  it('keeps the mode of the file, and a link a link', async () => {
    writeFileSync(terminal.path('real.md'), 'old')
    chmodSync(terminal.path('real.md'), 0o640)
    symlinkSync('real.md', terminal.path('EVENTS.md'))
    expect(await events('--out', 'EVENTS.md')).toBe(0)
    expect(readlinkSync(terminal.path('EVENTS.md'))).toBe('real.md')
    expect(read('real.md')).toContain('### `order.paid`')
    expect(statSync(terminal.path('real.md')).mode & 0o777).toBe(0o640)
  })

  it('says which file cannot be written, and why', async () => {
    mkdirSync(terminal.path('folder'))
    writeFileSync(terminal.path('file'), '')
    expect(await events('--out', 'folder')).toBe(2)
    expect(await events('--out', 'file/EVENTS.md')).toBe(2)
    expect(terminal.err).toMatch(/^error: folder cannot be written: it is a folder \(EISDIR\)\n/)
    expect(terminal.err).toMatch(
      /error: file\/EVENTS\.md cannot be written: [^\n]+ \((?:ENOTDIR|EEXIST)\)\n$/,
    )
    expect(readdirSync(terminal.cwd).toSorted()).toEqual(['file', 'folder'])
  })
})

describe('--check', () => {
  it.each(['\n', '\r\n'])(
    'is content with the file as it would be written, with line ends %j',
    async (end) => {
      await events('--out', 'EVENTS.md')
      writeFileSync(terminal.path('EVENTS.md'), read('EVENTS.md').replaceAll('\n', end))
      terminal.err = ''
      expect(await events('--check', 'EVENTS.md')).toBe(0)
      expect([terminal.out, terminal.err]).toEqual([
        '',
        'EVENTS.md: up to date\n1 event, 0 warnings in 2 files\n',
      ])
    },
  )

  it('prints the difference, and the command that mends it', async () => {
    await events('--out', 'EVENTS.md')
    const before = read('EVENTS.md')
    terminal.err = ''
    const options = ['tsconfig.json', '--exclude', "it's/**", '--min-level', 'info', '--strict']
    expect(await moreEvents(...options, '--check', 'EVENTS.md')).toBe(1)
    expect(terminal.out).toBe(`--- EVENTS.md
+++ EVENTS.md (from the code)
@@ -2,6 +2,12 @@
 
 Every event that this code emits, read from its types by \`throughline events\`. Do not edit: change the code, then make this file anew.
 
+### \`cart.opened\`
+
+Logged at \`debug\` (below \`info\`, not exported) from:
+
+- \`src/cart.ts:1\`
+
 ### \`order.paid\`
 
 Logged at \`info\` from:
`)
    expect(terminal.err).toBe(
      'EVENTS.md differs from the code; to mend: npx throughline events tsconfig.json --out EVENTS.md ' +
        "--exclude 'it'\\''s/**' --min-level info\n" +
        '2 events, 0 warnings in 2 files\n',
    )
    expect(read('EVENTS.md')).toBe(before)
  })

  it('compares with the options that it is given', async () => {
    await events('--out', 'EVENTS.md', '--no-lines')
    expect(await events('--check', 'EVENTS.md')).toBe(1)
    expect(await events('--check', 'EVENTS.md', '--no-lines')).toBe(0)
  })

  it('says how to make a file that is not there', async () => {
    expect(await events('--check', 'EVENTS.md', '--format', 'json', '--no-lines')).toBe(2)
    expect(terminal.err).toBe(
      'error: EVENTS.md cannot be read: there is no such file (ENOENT); to make it: ' +
        'npx throughline events --out EVENTS.md --format json --no-lines\n',
    )
    expect(readdirSync(terminal.cwd)).toEqual([])
  })

  it('takes an empty file for one that is out of date', async () => {
    writeFileSync(terminal.path('EVENTS.md'), '')
    expect(await events('--check', 'EVENTS.md')).toBe(1)
  })

  it('does not take another file, or another form, for one that is out of date', async () => {
    writeFileSync(terminal.path('README.md'), '# Shop\n')
    expect(await events('--check', 'README.md')).toBe(2)
    for (const form of ['markdown', 'json', 'semconv']) {
      await events('--out', form, '--format', form)
      expect(await events('--check', form, '--format', form)).toBe(0)
    }
    terminal.err = ''
    expect(await events('--check', 'json')).toBe(2)
    expect(await events('--check', 'semconv', '--format', 'json')).toBe(2)
    expect(await events('--check', 'README.md')).toBe(2)
    expect([terminal.out, terminal.err]).toEqual([
      '',
      'error: json is a catalogue in the form json: give --format json\n' +
        'error: semconv is a catalogue in the form semconv: give --format semconv\n' +
        'error: README.md is not an event catalogue: name the file that `throughline events --out` has written\n',
    ])
  })

  it('does not look for every single edit of a file that has nothing in common', async () => {
    const lines = Array.from({ length: 20_000 }, (_, at) => `line ${at}\n`)
    writeFileSync(terminal.path('EVENTS.md'), `# Event catalogue\n${lines.join('')}`)
    expect(await events('--check', 'EVENTS.md')).toBe(1)
    expect(terminal.out).toContain('(more than 4000 lines differ)')
  })
})

describe('--allow-list', () => {
  it('writes the names, and the catalogue as ever', async () => {
    expect(await moreEvents('--allow-list', 'list.txt')).toBe(0)
    expect(read('list.txt')).toMatch(/^# [^\n]+\ncart\.opened\norder\.paid\n$/)
    expect(terminal.out).toContain('### `cart.opened`')
    expect(terminal.err).toContain('list.txt: written\n')
  })

  it('is compared with --check, with the catalogue and shown with it', async () => {
    await events('--out', 'EVENTS.md', '--allow-list', 'list.txt')
    const before = read('list.txt')
    terminal.err = ''
    expect(await events('--check', 'EVENTS.md', '--allow-list', 'list.txt')).toBe(0)
    expect(terminal.err).toContain('EVENTS.md: up to date\nlist.txt: up to date\n')
    terminal.err = ''
    expect(await moreEvents('--check', 'EVENTS.md', '--allow-list', 'list.txt')).toBe(1)
    expect(terminal.out).toContain('--- EVENTS.md\n')
    expect(terminal.out).toContain('--- list.txt\n')
    expect(terminal.err).toContain(
      'EVENTS.md and list.txt differ from the code; to mend: npx throughline events --out EVENTS.md --allow-list list.txt\n',
    )
    expect(read('list.txt')).toBe(before)
  })

  it('fails alone too', async () => {
    await events('--out', 'EVENTS.md', '--allow-list', 'list.txt')
    writeFileSync(terminal.path('list.txt'), 'order.*\n')
    terminal.err = ''
    expect(await events('--check', 'EVENTS.md', '--allow-list', 'list.txt')).toBe(1)
    expect(terminal.err).toContain('EVENTS.md: up to date\nlist.txt differs from the code; to mend:')
  })
})
