import { symlinkSync } from 'node:fs'
import { afterEach, describe, expect, it } from '@jest/globals'
import { SourceCache } from '../../../src/scan/projects/source-cache.js'
import { type ScanOptions, type ScanResult, scanWith } from '../../../src/scan/scan.js'
import { type Files, OPTIONS, TestProject } from '../project.js'

const cache = new SourceCache()
const GOOD = `import { getLogger } from '@throughline/core'\ngetLogger('x').info('found')\n`

let project: TestProject | undefined
afterEach(() => project?.remove())

function scanFiles(files: Files, options: Partial<ScanOptions> = {}): ScanResult {
  project = new TestProject(files).install()
  return scanWith({ tsconfigs: ['tsconfig.json'], cwd: project.folder, ...options }, cache)
}

const config = (more: object = {}, options: object = {}): string =>
  JSON.stringify({ compilerOptions: { ...OPTIONS, types: [], ...options }, ...more })

describe('scan of what cannot be read', () => {
  it('warns of a tsconfig that does not exist, by its path', () => {
    expect(scanFiles({ 'a.ts': GOOD })).toEqual({
      events: [],
      loaded: false,
      files: 0,
      warnings: [
        {
          code: 'W013',
          at: 'tsconfig.json',
          message: 'There is no such tsconfig. Name one that exists, or run in the folder that has it.',
        },
      ],
    })
  })

  it('warns where no tsconfig is named', () => {
    const { loaded, warnings } = scanFiles({ 'a.ts': GOOD }, { tsconfigs: [] })
    expect({ loaded, at: warnings.map(({ at }) => at) }).toEqual({ loaded: false, at: ['tsconfig.json'] })
  })

  it.each([
    ['broken JSON', '{ "compilerOptions": { "strict": true, }, "include": [ }', 'tsconfig.json:1'],
    [
      'a comma that is missing',
      '{ "compilerOptions": {\n "strict": true\n "target": "es2023" } }',
      'tsconfig.json:3',
    ],
    ['text that is no JSON', 'hello', 'tsconfig.json:1'],
    ['an empty list of files', '{ "files": [] }', 'tsconfig.json:1'],
    ['an include that matches nothing', '{ "include": ["nowhere"] }', 'tsconfig.json'],
    ['an extends that leads nowhere', '{ "extends": "./missing.json" }', 'tsconfig.json'],
    ['an extends of itself', '{ "extends": "./tsconfig.json" }', 'tsconfig.json'],
    ['a file that does not exist', '{ "files": ["missing.ts"] }', 'tsconfig.json'],
  ])('warns of %s, and says that the scan is not whole', (_title, text, at) => {
    const { loaded, warnings } = scanFiles({ 'tsconfig.json': text, 'a.ts': GOOD })
    expect(loaded).toBe(false)
    expect(warnings.map(({ code, at: place }) => `${place} ${code}`)).toContain(`${at} W013`)
    for (const { message } of warnings) expect(message).not.toContain(project?.folder)
  })

  it('warns of a reference that leads nowhere, and scans the rest', () => {
    const result = scanFiles({
      'tsconfig.json': config({ references: [{ path: './missing' }] }),
      'a.ts': GOOD,
    })
    expect(result.loaded).toBe(false)
    expect(result.events.map(({ name }) => name)).toEqual(['x.found'])
    expect(result.warnings).toEqual([
      {
        code: 'W013',
        at: 'tsconfig.json',
        message:
          'Its reference to missing/tsconfig.json leads nowhere. Correct the path under "references", or remove it.',
      },
    ])
  })

  it('warns of a syntax error by its line, and lists what it could read', () => {
    const result = scanFiles({ 'tsconfig.json': config(), 'a.ts': `${GOOD}const = 1\n`, 'b.ts': GOOD })
    expect(result.loaded).toBe(false)
    expect(result.events.map(({ locations }) => locations[0])).toEqual(['a.ts:2', 'b.ts:2'])
    expect(result.warnings).toEqual([
      {
        code: 'W013',
        at: 'a.ts:3',
        message:
          'This file has a syntax error: Variable declaration expected. Correct it, so that all of its events are found.',
      },
    ])
  })

  it('warns where all files are tests', () => {
    const { loaded, warnings } = scanFiles({ 'tsconfig.json': config(), 'a.spec.ts': GOOD })
    expect(loaded).toBe(false)
    expect(warnings[0]?.message).toMatch(/^No source file is left to scan/)
  })

  it('passes over a setting that it does not know, with a warning', () => {
    const result = scanFiles({ 'tsconfig.json': config({}, { fromTheFuture: true }), 'a.ts': GOOD })
    expect(result).toMatchObject({
      loaded: true,
      events: [{ name: 'x.found' }],
      warnings: [{ code: 'W013' }],
    })
  })

  it('survives references in a circle', () => {
    const result = scanFiles({
      'tsconfig.json': config({ files: ['a.ts'], references: [{ path: './b' }] }),
      'b/tsconfig.json': config({ references: [{ path: '..' }] }),
      'a.ts': GOOD,
      'b/b.ts': GOOD,
    })
    expect(result.events.map(({ locations }) => locations[0])).toEqual(['a.ts:2', 'b/b.ts:2'])
  })

  it('survives links in a circle', () => {
    project = new TestProject({ 'tsconfig.json': config(), 'src/a.ts': GOOD }).install()
    symlinkSync('..', project.path('src/loop'))
    const { events } = scanWith({ tsconfigs: ['tsconfig.json'], cwd: project.folder }, cache)
    expect(events.map(({ locations }) => locations[0])).toEqual(['src/a.ts:2'])
  })

  it('survives a file of two megabytes', () => {
    const many = Array.from(
      { length: 40_000 },
      (_, at) => `export const value${at} = { id: ${at}, text: 'x' }`,
    )
    const { loaded, events } = scanFiles({ 'tsconfig.json': config(), 'a.ts': `${many.join('\n')}\n${GOOD}` })
    expect({ loaded, at: events.map(({ locations }) => locations[0]) }).toEqual({
      loaded: true,
      at: ['a.ts:40002'],
    })
  })

  it('survives code that nests deeper than its stack, with a warning', () => {
    const deep = `export const deep = ${'['.repeat(20_000)}1${']'.repeat(20_000)}\n`
    const result = scanFiles({ 'tsconfig.json': config(), 'a.ts': deep, 'b.ts': GOOD })
    expect(result.loaded).toBe(false)
    expect(result.warnings.every(({ code }) => code === 'W013')).toBe(true)
  })

  it('survives types that cannot be worked out', () => {
    const code = `${GOOD}
type Loop = Loop
interface A extends B {}
interface B extends A {}
const self = self.x
declare const loop: Loop
declare const a: A
getLogger('x').info('looped', { loop, a, self })
const log = log.bind({ a: 1 })
log.info('lost')
`
    const { events } = scanFiles({ 'tsconfig.json': config(), 'a.ts': code })
    expect(events.map(({ name }) => name)).toEqual(['x.found', 'x.looped'])
  })

  it('survives sources of zeros and of nothing', () => {
    const { events, loaded } = scanFiles({
      'tsconfig.json': config(),
      'a.ts': GOOD,
      'b.ts': '',
      'c.ts': '\0'.repeat(9),
    })
    expect({ names: events.map(({ name }) => name), loaded }).toEqual({ names: ['x.found'], loaded: false })
  })
})
