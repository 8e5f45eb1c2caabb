import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createEventFilter } from '../../src/logs/event-filter.js'

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'events-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('createEventFilter', () => {
  it.each([
    [['*'], 'draft.pick_made', true],
    [[], 'draft.pick_made', false],
    [['draft.*'], 'draft.pick_made', true],
    [['draft.*'], 'draft.pick.made', true],
    [['draft.*'], 'drafts.pick_made', false],
    [['draft.*'], 'draft', false],
    [['*_failed'], 'http.request_failed', true],
    [['a', 'b.c'], 'b.c', true],
    [['a', 'b.c'], 'bxc', false],
    [['job_?'], 'job_1', true],
    [['**'], 'a/b c', true],
    [['a*'], 'a/b', true],
    [['!draft'], 'other', false],
    [['.hidden*'], '.hidden_event', true],
    [['*'], '', true],
    [['(x'], 'y', false],
  ])('%p on %p is %p', (list, name, accepted) => {
    const { accepts } = createEventFilter(list)
    expect([accepts(name), accepts(name)]).toEqual([accepted, accepted])
  })

  it('reads names and globs from a file, a line each', () => {
    const path = join(folder, 'events.txt')
    writeFileSync(path, '\uFEFF# from the catalogue\r\ndraft.pick_made\r\n\n  billing.*  # all of it\n')
    for (const item of [path, pathToFileURL(path).href]) {
      const { accepts, problems } = createEventFilter(['job_failed', item])
      expect(['draft.pick_made', 'billing.paid', 'job_failed', 'draft.undone'].map(accepts)).toEqual([
        true,
        true,
        true,
        false,
      ])
      expect(problems).toEqual([])
    }
  })

  it('lets nothing out for a file that cannot be read, and says so', () => {
    const path = join(folder, 'missing.txt')
    const { accepts, problems } = createEventFilter([path])
    expect(accepts('draft.pick_made')).toBe(false)
    expect(problems).toEqual([{ value: path, message: 'cannot be read (ENOENT); it lets no event out' }])
  })

  it('ignores a glob that no matcher takes', () => {
    const { accepts, problems } = createEventFilter(['a'.repeat(70_000), 'b'])
    expect(accepts('b')).toBe(true)
    expect(problems).toHaveLength(1)
  })
})
