import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readPage, root } from '../src/pages.js'
import { tableRows } from '../src/tables.js'

interface Variable {
  name: string
  type: string
  default: string
  page: string
  summary: string
}

// Not part of core's public surface, so by its file.
const { VARIABLES } = (await import(join(root, 'packages/core/build/config/variables.js'))) as {
  VARIABLES: readonly Variable[]
}

const expected = VARIABLES.map((variable) => [
  variable.name,
  variable.type,
  variable.default,
  variable.page,
  variable.summary,
])

describe('the table of variables', () => {
  it.each([
    ['README.md', 'Environment variables'],
    ['docs/configuration.md', 'Variables'],
  ])('in %s has every variable as the code has it', (path, heading) => {
    expect(tableRows(readPage(path).text, heading)).toEqual(expected)
  })

  it('has a page for each', () => {
    const unexplained = VARIABLES.filter(({ name, page }) => !readPage(`docs/${page}.md`).text.includes(name))
    expect(unexplained.map(({ name, page }) => `${name} on ${page}`)).toEqual([])
  })
})

/** The members of an interface, from its declaration; `LogOptions` is `log.…`. */
function membersOf(file: string, name: string, prefix = ''): string[] {
  const text = readFileSync(join(root, 'packages', file), 'utf8')
  const body = new RegExp(`interface ${name}\\b[^{]*\\{(.*?)^\\}`, 'ms').exec(text)?.[1]
  if (body === undefined) throw new Error(`${file} has no interface ${name}`)
  return [...body.matchAll(/^ {4}(?:readonly )?(\w+)\??:/gm)].map(([, member]) => `${prefix}${member}`)
}

describe('the table of options', () => {
  it('has every option that the code has, and no other', () => {
    const options = [
      ...membersOf('core/dist/telemetry/telemetry.d.ts', 'TelemetryOptions').filter((name) => name !== 'log'),
      ...membersOf('core/dist/telemetry/settings.d.ts', 'EdgeOptions'),
      ...membersOf('core/dist/telemetry/settings.d.ts', 'ForwardOptions', 'context.'),
      ...membersOf('core/dist/telemetry/log-options.d.ts', 'LogOptions', 'log.'),
      ...membersOf('core/dist/recorder/recorder.d.ts', 'RecorderLimits', 'log.recorder.'),
      ...membersOf('nestjs/dist/module/options.d.ts', 'NestOptions'),
      ...membersOf('ws/dist/options.d.ts', 'WsOptions'),
    ]
    const rows = tableRows(readPage('docs/configuration.md').text, 'Options')
    expect(new Set(rows.map(([name]) => name))).toEqual(new Set(options))
    expect(rows).toHaveLength(options.length)
  })
})

/** Lines that the code writes about itself: names given to `report`, `insist` and `warn`, and the export's own. */
function ownLines(): Set<string> {
  const files = ['core', 'nestjs', 'bullmq', 'ws', 'otel', 'posthog'].flatMap((name) =>
    readdirSync(join(root, 'packages', name, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join(root, 'packages', name, 'src', file), 'utf8')),
  )
  const calls =
    /(?:(?:report|insist|warn)\(\s*(?:'(?:debug|info|warn)',\s*)?|(?:EXPORT|RECORDS)_[A-Z]+ = )'([a-z]+_[a-z_]+)'/g
  const names = files.flatMap((text) => [...text.matchAll(calls)].map(([, name]) => name ?? ''))
  return new Set(names.filter((name) => !UNITS.test(name)))
}

/** Lines of requests, jobs and sockets are on the pages of these. */
const UNITS = /^(?:job_started|ws_connected|ws_receive|ws_send)$/

describe('the tables of product analytics', () => {
  const page = readPage('docs/product-analytics.md').text

  it('have every variable as the code has it', async () => {
    const { VARIABLES } = (await import(join(root, 'packages/posthog/build/config/variables.js'))) as {
      VARIABLES: readonly Omit<Variable, 'page'>[]
    }
    expect(tableRows(page, 'Variables')).toEqual(
      VARIABLES.map(({ name, type, default: fallback, summary }) => [name, type, fallback, summary]),
    )
  })

  it('have every option', () => {
    const options = membersOf('posthog/dist/posthog.d.ts', 'PosthogOptions')
    expect(new Set(tableRows(page, 'Options').map(([name]) => name))).toEqual(new Set(options))
    const ofPages = membersOf('posthog/dist/inject/page-snippet.d.ts', 'SnippetOptions')
    expect(new Set(tableRows(page, 'Pages').map(([name]) => name))).toEqual(new Set(ofPages))
  })
})

describe('the lines that explain', () => {
  it('have a row for each line that the code writes about itself', () => {
    const rows = tableRows(readPage('docs/troubleshooting.md').text, 'Lines that explain')
    expect(new Set(rows.map(([name]) => name))).toEqual(ownLines())
  })
})

describe('.env.example', () => {
  it('names only variables that are read', () => {
    const text = readFileSync(join(root, '.env.example'), 'utf8')
    const names = [...text.matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name)
    expect(names.length).toBeGreaterThan(8)
    expect(names.filter((name) => !VARIABLES.some((variable) => variable.name === name))).toEqual([])
  })
})

describe('tableRows', () => {
  const page = '# A\n| h |\n| --- |\n| `a` \\| b | [c](d.md) |\n## B\n| h |\n|---|\n| x |\n'

  it('reads the tables below one heading as text', () => {
    expect(tableRows(page, 'A')).toEqual([['a | b', 'c']])
    expect(tableRows(page, 'B')).toEqual([['x']])
  })

  it('says that a heading is missing', () => {
    expect(() => tableRows(page, 'C')).toThrow('there is no heading "C"')
  })
})
