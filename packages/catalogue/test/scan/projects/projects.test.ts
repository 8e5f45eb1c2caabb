import { mkdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { SourceCache } from '../../../src/scan/projects/source-cache.js'
import { type ScanOptions, type ScanResult, scanWith } from '../../../src/scan/scan.js'
import { OPTIONS, TestProject } from '../project.js'

const cache = new SourceCache()
const emit = (domain: string): string =>
  `import { getLogger } from '@throughline/core'\ngetLogger('${domain}').info('x')\n`
const options = { ...OPTIONS, types: [], composite: true, outDir: 'dist', rootDir: 'src' }

let project: TestProject | undefined
afterEach(() => project?.remove())

function scanIn(folder: TestProject, more: Partial<ScanOptions> = {}): ScanResult {
  return scanWith({ tsconfigs: ['tsconfig.json'], cwd: folder.folder, ...more }, cache)
}

const places = ({ events }: ScanResult): readonly string[] =>
  events.map(({ locations, name }) => `${locations.join()} ${name}`)

function workspace(): TestProject {
  project = new TestProject({
    'packages/lib/src/index.ts': `import { getLogger } from '@throughline/core'
export const log = getLogger('lib').bind({ shared: true })
log.info('loaded')
`,
    'packages/app/src/main.ts': `import { log } from '@acme/lib'\nimport { own } from '~/own'\nlog.info('used')\nown.warn('odd')\n`,
    'packages/app/src/own.ts': `import { getLogger } from '@throughline/core'\nexport const own = getLogger(import.meta)\n`,
    'packages/app/package.json': '{ "name": "@acme/app", "type": "module" }',
  })
  const paths = { '@acme/lib': ['../lib/dist/index.d.ts'], '~/*': ['./src/*'] }
  return project
    .configure('tsconfig.json', {
      files: [],
      references: [{ path: 'packages/app' }, { path: 'packages/lib' }],
    })
    .configure('packages/lib/tsconfig.json', { compilerOptions: options, include: ['src'] })
    .configure('packages/app/tsconfig.json', {
      compilerOptions: { ...options, paths },
      include: ['src'],
      references: [{ path: '../lib' }],
    })
    .install()
}

describe('scan of projects', () => {
  it('follows references and aliases to sources that were never built', () => {
    const result = scanIn(workspace())
    expect(result).toMatchObject({ loaded: true, files: 3, warnings: [] })
    expect(places(result)).toEqual([
      'packages/app/src/main.ts:3 lib.used',
      'packages/app/src/main.ts:4 own.odd',
      'packages/lib/src/index.ts:3 lib.loaded',
    ])
    expect(result.events[0]?.attributes).toEqual({ shared: 'boolean' })
  })

  it('gives the same for any order of tsconfigs, and from any folder', () => {
    const { folder } = workspace()
    const all = ['packages/app', 'packages/lib/tsconfig.json', 'tsconfig.json']
    const orders = [all, all.toReversed(), ['packages/app'], ['tsconfig.json', 'tsconfig.json']]
    const git = join(folder, '.git')
    mkdirSync(git)
    const runs = orders.flatMap((order) =>
      [folder, join(folder, 'packages'), tmpdir()].map((cwd) =>
        JSON.stringify(
          scanWith({ tsconfigs: order.map((path) => join(folder, path)), cwd }, new SourceCache()),
        ),
      ),
    )
    expect(new Set(runs).size).toBe(1)
  })

  it('shows whole paths where neither a git root nor the working directory holds them', () => {
    const folder = workspace()
    const { events } = scanWith(
      { tsconfigs: [folder.path('packages/lib')], cwd: folder.path('packages/app') },
      cache,
    )
    expect(events[0]?.locations).toEqual([`${folder.path('packages/lib/src/index.ts')}:3`])
  })

  it('scans a file of two projects once, with the options of the nearer one', () => {
    project = new TestProject({ 'sub/a.ts': emit('once') })
      .configure()
      .configure('sub/tsconfig.json')
      .install()
    const result = scanIn(project, { tsconfigs: ['tsconfig.json', 'sub'] })
    expect({ files: result.files, found: places(result) }).toEqual({ files: 1, found: ['sub/a.ts:2 once.x'] })
  })

  it('leaves out tests, mocks, migrations and what was built, but not for where the project lies', () => {
    project = new TestProject({
      'test/app/src/a.ts': emit('kept'),
      'test/app/src/a.spec.ts': emit('spec'),
      'test/app/src/a.e2e-spec.ts': emit('e2e'),
      'test/app/src/a.test.tsx': emit('tsx'),
      'test/app/src/__mocks__/b.ts': emit('mock'),
      'test/app/src/db/migrations/1.ts': emit('migration'),
      'test/app/built/c.ts': emit('built'),
      'test/app/src/contest.ts': emit('contest'),
      'test/app/src/types.d.ts': 'export {}',
    })
      .configure('test/app/tsconfig.json', {
        compilerOptions: { ...OPTIONS, outDir: 'built' },
        include: ['src', 'built'],
        exclude: [],
      })
      .install()
    expect(places(scanIn(project, { tsconfigs: ['test/app'] }))).toEqual([
      'test/app/src/a.ts:2 kept.x',
      'test/app/src/contest.ts:2 contest.x',
    ])
  })

  it('brings back what is included, and leaves out what is excluded', () => {
    project = new TestProject({
      'a.ts': emit('a'),
      'b.seed.ts': emit('seed'),
      'migrations/1.ts': emit('one'),
      'migrations/2.ts': emit('two'),
    })
      .configure()
      .install()
    const found = scanIn(project, { include: ['./migrations/**'], exclude: ['**/2.ts', '*.seed.ts'] })
    expect(places(found)).toEqual(['a.ts:2 a.x', 'migrations/1.ts:2 one.x'])
  })

  it('tells after each file how far it is', () => {
    project = new TestProject({ 'a.ts': emit('a'), 'b.ts': emit('b') }).configure().install()
    const told: (readonly [number, number])[] = []
    scanIn(project, { onProgress: (done, total) => told.push([done, total]) })
    expect(told).toEqual([
      [1, 2],
      [2, 2],
    ])
  })
})
