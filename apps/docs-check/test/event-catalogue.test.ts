import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Catalogue, renderAllowList, renderCatalogue, scan } from '@throughline/catalogue'
import { findExamples, scanExamples } from '../src/catalogue-examples.js'
import { findFences } from '../src/fences.js'
import { readPage, readPages, root } from '../src/pages.js'
import { tableRows } from '../src/tables.js'

const examples = readPages().flatMap(findExamples)
const found = scanExamples(examples)
const titled = examples.map((example) => [example.title, example] as const)

const lines = ({ warnings }: Pick<Catalogue, 'warnings'>): string[] =>
  warnings.map(({ at, code, message }) => `${at}: ${code} ${message}`)

/** What a block behind an example claims, as the command gives it. */
function given(catalogue: Catalogue, is: string, language: string): unknown {
  if (is === 'warning') return lines(catalogue).join('\n')
  if (language === 'json') return JSON.parse(renderCatalogue(catalogue, 'json')) as unknown
  return renderCatalogue(catalogue, language === 'md' ? 'markdown' : 'semconv').trimEnd()
}

describe('the examples of the event catalogue', () => {
  it.each(titled)('at %s give what the page says', (title, { promises }) => {
    const catalogue = found.get(title) ?? { events: [], warnings: [] }
    for (const { is, language, content } of promises) {
      const claimed: unknown = language === 'json' ? JSON.parse(content) : content
      expect(given(catalogue, is, language)).toEqual(claimed)
    }
    if (!promises.some(({ is }) => is === 'warning')) expect(lines(catalogue)).toEqual([])
  })
})

const CODES = Array.from({ length: 13 }, (_, at) => `W${String(at + 1).padStart(3, '0')}`)

describe('the pages of warnings', () => {
  it('are listed, each with a page of its own', () => {
    expect(tableRows(readPage('docs/event-catalogue.md').text, 'Warnings').map(([code]) => code)).toEqual(
      CODES,
    )
  })

  it.each(CODES)('show the line of %s, and what the list says of it', (code) => {
    const { text } = readPage(`docs/event-catalogue/${code}.md`)
    const [, summary] =
      tableRows(readPage('docs/event-catalogue.md').text, 'Warnings').find(([listed]) => listed === code) ??
      []
    expect(text.split('\n')[0]?.replaceAll('`', '')).toBe(`# ${code}: ${summary}`)
    const line = findFences(text).find(({ words }) => words[0] === 'warning')?.content ?? ''
    expect(line).toMatch(new RegExp(`^\\S+: ${code} .+$`))
  })

  it('show the line of a project that is not there', () => {
    const cwd = mkdtempSync(join(tmpdir(), 'throughline-docs-'))
    const result = scan({ tsconfigs: ['apps/shop/tsconfig.json'], cwd })
    rmSync(cwd, { recursive: true })
    const { text } = readPage('docs/event-catalogue/W013.md')
    expect([result.loaded, lines(result).join('\n')]).toEqual([
      false,
      findFences(text).find(({ words }) => words[0] === 'warning')?.content,
    ])
  })
})

interface Program {
  commands: { options: { long: string }[] }[]
}

// Not part of the public surface, so by its file.
const { createProgram } = (await import(join(root, 'packages/catalogue/build/command/program.js'))) as {
  createProgram(version: string, terminal: object, events: () => void): Program
}

describe('the table of options', () => {
  it('has every option of the command, and no other', () => {
    const [events] = createProgram('', { stdout: {}, stderr: {} }, () => {}).commands
    const options = events?.options.map(({ long }) => long) ?? []
    const rows = tableRows(readPage('docs/event-catalogue.md').text, 'Options')
    const named = rows.flatMap(([option = '']) => option.match(/--[a-z-]+/g) ?? [])
    expect(new Set(named)).toEqual(new Set([...options, '--help']))
  })
})

interface Filters {
  createEventFilter(list: readonly string[]): { accepts(name: string): boolean; problems: unknown[] }
}

const { createEventFilter } = (await import(
  join(root, 'packages/otel/build/logs/event-filter.js')
)) as Filters

describe('the list of exported events', () => {
  it('is what LOG_EXPORT_EVENTS reads', () => {
    const folder = mkdtempSync(join(tmpdir(), 'throughline-docs-'))
    const path = join(folder, 'exported-events.txt')
    const names = ['order.paid', 'src/odd name#1.started', '*']
    const events = names.map((name) => ({ name, level: 'info' as const, attributes: {}, locations: [] }))
    writeFileSync(path, renderAllowList({ events, warnings: [] }))
    const filter = createEventFilter([path])
    rmSync(folder, { recursive: true })
    expect(filter.problems).toEqual([])
    expect(names.map((name) => filter.accepts(name))).toEqual([true, true, true])
    expect(['order.refunded', 'order', 'throughline.request_completed'].some(filter.accepts)).toBe(false)
  })
})
