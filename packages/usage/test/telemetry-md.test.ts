import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { INSTRUMENTS } from '../src/export/instruments.js'
import { NO_SUBCOMMAND, POINT_ATTRIBUTES, RESOURCE_ATTRIBUTES } from '../src/names.js'
import { manifest } from './manifest.js'

const PAGE = readFileSync(new URL('../telemetry.md', import.meta.url), 'utf8')

/** The rows of the table with that header, cells as text without backticks. */
function rowsBelow(header: string): string[][] {
  const lines = PAGE.split('\n')
  const start = lines.findIndex(
    (line) => new RegExp(`^\\| ${header} +\\|`).test(line) && !line.includes('effect'),
  )
  const end = lines.findIndex((line, at) => at > start && !line.startsWith('|'))
  return lines.slice(start + 2, end).map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', '')),
  )
}

/** The first column of each table of attributes. */
function attributeTables(): string[][] {
  return PAGE.split(/^\| attribute /m)
    .slice(1)
    .map((table) =>
      [...table.split('\n\n', 1)[0]!.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name as string),
    )
}

describe('the template telemetry.md', () => {
  it('has the instruments of the code', () => {
    expect(rowsBelow('metric')).toEqual(
      Object.values(INSTRUMENTS).map(({ suffix, kind, unit, description }) => [
        `{prefix}_${suffix}`,
        kind,
        unit,
        description,
      ]),
    )
  })

  it('has the attributes of the code: of points, and of the resource', () => {
    expect(attributeTables()).toEqual([[...POINT_ATTRIBUTES], [...RESOURCE_ATTRIBUTES]])
  })

  it('names the outcomes and the missing subcommand as the code does', () => {
    for (const value of ['success', 'error', 'interrupted', NO_SUBCOMMAND])
      expect(PAGE).toContain(`\`${value}\``)
  })

  it('has the variables of the code', () => {
    for (const name of ['{PREFIX}_TELEMETRY', '{PREFIX}_OTLP_ENDPOINT', 'DO_NOT_TRACK'])
      expect(PAGE).toContain(name)
  })

  it('explains every placeholder at its head', () => {
    const [head, ...rest] = PAGE.split('-->')
    const used = new Set(
      [
        ...rest
          .join('')
          .replaceAll('`{event}`', '')
          .matchAll(/\{(\w+)\}/g),
      ].map(([name]) => name),
    )
    expect([...used].filter((name) => !head?.includes(name))).toEqual([])
  })

  it('is published', () => {
    expect(manifest().files).toContain('telemetry.md')
  })
})
