import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { context, propagation } from '@opentelemetry/api'
import { getLogger, runUnit, runWithContext } from '@throughline/core'
import { captureTelemetry, expectCatalogued, type TelemetryCapture } from '@throughline/testing'
import { failure } from '../matchers/failure.js'

const folder = mkdtempSync(join(tmpdir(), 'throughline-catalogued-'))
const catalogue = join(folder, 'EVENTS.md')
const log = getLogger('draft')
let telemetry: TelemetryCapture

writeFileSync(
  catalogue,
  `# Event catalogue

### \`draft.pick_made\`

Logged at \`info\` from:

- \`src/picks.ts:3\`

Attributes:

- \`hero.id\`: number
- \`card\`: json
- \`note\`: unknown, optional
- \`password\`: number, optional
- \`tags\`: string[]
- \`user.id\`: number | string, optional
- \`exception.type\`: string, optional
- \`exception.message\`: string, optional
- \`exception.stacktrace\`: string, optional
`,
)
afterAll(() => rmSync(folder, { recursive: true }))

beforeEach(() => {
  process.env.LOG_LEVEL = 'fatal'
  telemetry = captureTelemetry()
})
afterEach(() => telemetry.stop())

const check = (): void => expectCatalogued(telemetry, { catalogue })

describe('expectCatalogued', () => {
  it('accepts events and attributes that the catalogue has', () => {
    log.info('pick_made', { 'hero.id': 42, card: { set: 'base' }, tags: ['a'], 'user.id': 'u-1' })
    log.bind({ 'hero.id': 42 }).warn('pickMade', { 'user.id': 7, note: [true] })
    expect(check).not.toThrow()
  })

  it('accepts nothing logged', () => {
    expect(check).not.toThrow()
  })

  it.each<[string, Record<string, unknown>]>([
    ['numbers that JSON lacks', { 'hero.id': Number.NaN }],
    ['a secret', { password: 12 }],
    ['a list that is cut', { tags: Array.from({ length: 200 }, (_, at) => `${at}`) }],
    ['an empty list', { tags: [] }],
    ['a list of objects', { card: [{ a: 1 }] }],
    ['a list of numbers as JSON', { card: [1, 2] }],
    ['an error', { error: new Error('late') }],
    [
      'a getter that throws',
      Object.defineProperty({}, 'hero.id', {
        enumerable: true,
        get: () => {
          throw new Error('no')
        },
      }),
    ],
  ])('accepts %s', (_title, attributes) => {
    log.info('pick_made', attributes)
    expect(check).not.toThrow()
  })

  it('lists events, attributes and kinds that are lacking, each once', () => {
    log.info('pick_made', { 'hero.id': '42', hero: 'ember', seconds: [1.5], tags: [1] })
    log.info('pick_made', { 'hero.id': '43', hero: 'axe' })
    log.info('pick_undone')
    getLogger().info('started')
    expect(failure(check)).toBe(`THROUGHLINE_NOT_CATALOGUED: ${catalogue} lacks what was logged:

  draft.pick_made: the attribute hero.id is string, and catalogued as number
  draft.pick_made: the attribute tags is number[], and catalogued as string[]
  draft.pick_made: there is no attribute hero (string)
  draft.pick_made: there is no attribute seconds (number[])
  draft.pick_undone: there is no such event
  started: there is no such event

Make it anew with \`throughline events --out ${catalogue}\`; what that does not find, its warnings explain.`)
  })

  it('looks at neither context fields nor lines of Throughline itself', () => {
    runUnit({ kind: 'task', name: 'import', fields: { 'request.id': 'abc' } }, () =>
      runWithContext({ hero: 'context' }, () => log.info('pick_made', { 'hero.id': 1 })),
    )
    expect(telemetry.logs.map(({ event }) => event)).toEqual(['pick_made', 'task_completed'])
    expect(check).not.toThrow()
  })

  it('does not look at baggage', () => {
    const baggage = propagation.createBaggage({ tenant: { value: 'acme' }, 'hero.id': { value: 'x' } })
    context.with(propagation.setBaggage(context.active(), baggage), () => log.info('pick_made'))
    expect(telemetry.logs[0]?.attributes).toMatchObject({ tenant: 'acme' })
    expect(check).not.toThrow()
    log.info('pick_made', { tenant: 'acme' })
    expect(failure(check)).toContain('there is no attribute tenant (string)')
  })

  it('reads JSON, and takes an address', () => {
    const path = join(folder, 'events.json')
    writeFileSync(path, JSON.stringify({ version: 1, events: [], warnings: [] }))
    log.info('pick_made')
    expect(failure(() => expectCatalogued(telemetry, { catalogue: pathToFileURL(path) }))).toContain(
      `${path} lacks what was logged:\n\n  draft.pick_made: there is no such event`,
    )
  })

  it('says which catalogue cannot be read', () => {
    expect(failure(() => expectCatalogued(telemetry, { catalogue: 'missing.md' }))).toBe(
      'missing.md: THROUGHLINE_CATALOGUE_UNREADABLE: there is no such file; make it with `throughline events --out missing.md`',
    )
    writeFileSync(join(folder, 'README.md'), '# Shop\n')
    expect(failure(() => expectCatalogued(telemetry, { catalogue: join(folder, 'README.md') }))).toContain(
      'README.md:1: THROUGHLINE_NOT_A_CATALOGUE',
    )
  })

  it('says what it wants instead of a capture', () => {
    expect(failure(() => expectCatalogued(undefined as never, { catalogue }))).toBe(
      'THROUGHLINE_NOT_A_CAPTURE: expectCatalogued got undefined; pass what captureTelemetry() returned, as in ' +
        'expectCatalogued(telemetry, …)',
    )
  })
})
