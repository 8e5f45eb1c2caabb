import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { ScanOptions } from '../../src/scan/scan.js'
import { FakeTerminal, finding, open, opened, paid, throughline } from './fake-terminal.js'

let terminal: FakeTerminal

beforeEach(() => {
  terminal = new FakeTerminal()
})
afterEach(() => terminal.remove())

const events = (...args: string[]) => throughline(terminal, finding([paid, opened]), 'events', ...args)

describe('throughline', () => {
  it.each([['--version'], ['-v'], ['events', '--version']])('prints its version for %s', async (...args) => {
    expect(await throughline(terminal, finding([]), ...args)).toBe(0)
    expect([terminal.out, terminal.err]).toEqual(['1.2.3\n', ''])
  })

  it('prints options, examples and exit codes for --help', async () => {
    expect(await events('--help')).toBe(0)
    for (const part of ['--allow-list <file>', 'Examples:', 'Exit codes:'])
      expect(terminal.out).toContain(part)
    expect(terminal.err).toBe('')
  })

  it('prints help on standard error, and fails, without a command', async () => {
    expect(await throughline(terminal, finding([]))).toBe(2)
    expect(terminal.out).toBe('')
    expect(terminal.err).toContain('Usage: throughline')
  })

  it.each([
    [['event'], "error: unknown command 'event'"],
    [['events', '--foo'], "error: unknown option '--foo'"],
    [['events', '--out'], "error: option '--out <file>' argument missing"],
    [['events', '--format', 'xml'], 'Allowed choices are markdown, json, semconv.'],
    [['events', '--min-level', 'loud'], 'Allowed choices are trace, debug, info, warn, error, fatal.'],
    [['events', '--out', 'a', '--check', 'a'], 'error: --out writes and --check compares: give one of them'],
    [['events', '--out', 'a', '--allow-list', './a'], 'error: --allow-list and --out name the same file'],
    [['events', '--check', 'a', '--allow-list', 'a'], 'error: --allow-list and --check name the same file'],
    [['events', '--link', 'https://x'], 'error: --link https://x: it has no {path}'],
    [['events', '--no-lines', '--link', '{path}#{line}'], '{line} is left out by --no-lines'],
  ])('refuses %j', async (args, message) => {
    const scanner = () => {
      throw new Error('it has scanned')
    }
    expect(await throughline(terminal, scanner, ...args)).toBe(2)
    expect(terminal.err).toContain(message)
    expect(terminal.out).toBe('')
  })

  it('shows no stack for a defect of its own, and says how to report it', async () => {
    const scanner = () => {
      throw new TypeError('x is not\na function')
    }
    expect(await throughline(terminal, scanner, 'events')).toBe(2)
    expect(terminal.err).toMatch(
      /^error: a defect of throughline itself: x is not\\u000aa function\nplease report it/,
    )
    expect(terminal.err).not.toContain(' at ')
    const file = /with the file (\S+),/.exec(terminal.err)?.[1] ?? ''
    expect(readFileSync(file, 'utf8')).toMatch(
      /^throughline 1\.2\.3, Node v[^]*\nthroughline events\nTypeError[^]* at /,
    )
  })
})

describe('throughline events', () => {
  it('prints the catalogue, and on standard error the summary alone', async () => {
    expect(await events()).toBe(0)
    expect(terminal.out).toMatch(
      /^# Event catalogue\n[^]*### `cart\.opened`[^]*### `order\.paid`[^]*number\n$/,
    )
    expect(terminal.err).toBe('2 events, 0 warnings in 2 files\n')
  })

  it('prints warnings of scan and merge, sorted, each on one line', async () => {
    const again = { ...paid, level: 'warn' as const, locations: ['src/a\nb.ts:1'] }
    expect(await throughline(terminal, finding([paid, again], [open]), 'events')).toBe(0)
    expect(terminal.err).toBe(
      'src/pay.ts:3: W003 The attributes may have other keys.\n' +
        'src/pay.ts:3: W006 `order.paid` is logged at info here, but at warn at src/a\\u000ab.ts:1, which the ' +
        'catalogue takes. Log it at one level, or give one of them another name.\n' +
        '1 event, 2 warnings in 2 files\n',
    )
  })

  it('fails with --strict on a warning, having printed all the same', async () => {
    const scanner = finding([paid], [open])
    expect(await throughline(terminal, scanner, 'events', '--strict')).toBe(1)
    expect(terminal.out).toContain('### `order.paid`')
    expect(terminal.err).toContain('\n--strict allows no warning\n1 event, 1 warning in 2 files\n')
  })

  it('is content with --strict and no warning', async () => {
    expect(await events('--strict')).toBe(0)
  })

  it('prints and writes nothing of a project that could not be loaded', async () => {
    const problem = { code: 'W013', at: 'tsconfig.json', message: 'There is no such tsconfig.' } as const
    const scanner = finding([paid], [problem], false)
    expect(await throughline(terminal, scanner, 'events', '--allow-list', 'list.txt')).toBe(2)
    expect(terminal.out).toBe('')
    expect(terminal.err).toBe(
      'tsconfig.json: W013 There is no such tsconfig.\n' +
        'a project could not be loaded, so nothing was written or compared\n',
    )
    expect(() => readFileSync(terminal.path('list.txt'))).toThrow('ENOENT')
  })

  it('hands projects and globs to the scanner', async () => {
    let asked: ScanOptions | undefined
    const scanner = (options: ScanOptions) => {
      asked = options
      return { events: [], warnings: [], loaded: true, files: 0 }
    }
    const globs = ['--include', 'a/*', '--exclude', 'b', '--include', 'c']
    await throughline(terminal, scanner, 'events', 'x.json', ...globs, '.')
    expect(asked).toMatchObject({
      tsconfigs: ['x.json', 'tsconfig.json'],
      cwd: terminal.cwd,
      include: ['a/*', 'c'],
      exclude: ['b'],
    })
    await throughline(terminal, scanner, 'events')
    expect(asked).toMatchObject({ tsconfigs: ['tsconfig.json'], include: [], exclude: [] })
  })

  it('takes the options of the form', async () => {
    await events('--format', 'json', '--min-level', 'info', '--no-lines')
    expect(JSON.parse(terminal.out)).toMatchObject({
      version: 1,
      events: [{ name: 'cart.opened', exported: false, locations: ['src/cart.ts'] }, { name: 'order.paid' }],
    })
    terminal.out = ''
    await events('--format', 'semconv')
    expect(terminal.out).toContain('\n  - id: event.order.paid\n')
    terminal.out = ''
    await events('--link', 'https://git.acme.dev/{path}#L{line}')
    expect(terminal.out).toContain('- [`src/pay.ts:3`](https://git.acme.dev/src/pay.ts#L3)\n')
  })
})
