import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  createLabelExtractor,
  extractLabels,
  type LabelTable,
  labelsWithIds,
} from '../../src/labels/labels.js'
import { readCases } from '../conformance/cases.js'

interface Cases {
  _meta: { configs: Record<string, LabelTable> }
  cases: { id: string; config: string; path: string; expected: object }[]
}

const { _meta, cases } = readCases<Cases>('labels')
const TABLE = _meta.configs.A as LabelTable

describe('extractLabels', () => {
  it.each(cases)('$config: $id', ({ config, path, expected }) => {
    expect(extractLabels(path, _meta.configs[config] as LabelTable)).toEqual(expected)
  })

  it.each([null, undefined, 5, {}, [], Symbol('x')])('gives nothing for %p', (path) => {
    expect(extractLabels(path, TABLE)).toEqual({})
  })

  it('takes the path part of an absolute URL', () => {
    expect(extractLabels('https://user@host:80/api/tournaments/5?x#y', TABLE)).toEqual({
      labels: ['tournament'],
      'tournament.id': 5,
    })
  })

  it('cuts at the fragment when it comes before a question mark', () => {
    expect(extractLabels('/api/tournaments/5#/drafts/7?x', TABLE)).toEqual({
      labels: ['tournament'],
      'tournament.id': 5,
    })
  })

  it('takes the first id of a label and lists the label once', () => {
    expect(extractLabels('/api/tournaments/1/tournament/2', TABLE)).toEqual({
      labels: ['tournament'],
      'tournament.id': 1,
    })
  })

  it('keeps an integer beyond the safe range as the string it was', () => {
    expect(extractLabels('/api/tournaments/9007199254740993', TABLE)).toEqual({
      labels: ['tournament'],
      'tournament.id': '9007199254740993',
    })
  })

  it('takes an id of 64 characters and none of 65', () => {
    expect(extractLabels(`/api/tournaments/${'1'.repeat(64)}`, TABLE)).toHaveProperty(['tournament.id'])
    expect(extractLabels(`/api/tournaments/${'1'.repeat(65)}`, TABLE)).toEqual({ labels: ['tournament'] })
  })

  it('decodes after it has split, so that an encoded slash is part of a segment', () => {
    expect(extractLabels('/api/tournaments%2F5', TABLE)).toEqual({})
  })

  it('finds a segment outside ASCII, encoded or not, beside its ASCII beginnings', () => {
    const table = {
      mounts: ['api'],
      rootResources: [],
      resources: [{ label: 'team', segments: ['équipes', 'equipe'], id: ['int' as const] }],
    }
    for (const segment of ['équipes', encodeURIComponent('équipes'), 'equipe', 'equip%65']) {
      expect(extractLabels(`/api/${segment}/7?x=1`, table)).toEqual({ labels: ['team'], 'team.id': 7 })
    }
    for (const segment of ['equip', 'equipes', 'quipes', 'e']) {
      expect(extractLabels(`/api/${segment}/7`, table)).toEqual({})
    }
  })

  it('reads by a table of thousands of segments', () => {
    const names = Array.from({ length: 5_000 }, (_, at) => `resource-${at}`)
    const resources = names.map((name) => ({ label: name, segments: [name], id: ['int' as const] }))
    const read = createLabelExtractor({ mounts: ['api'], rootResources: [], resources })
    expect(read('/api/resource-4999/12')).toEqual({ labels: ['resource-4999'], 'resource-4999.id': 12 })
    expect(read('/api/resource-5000/12')).toEqual({})
  })

  it('never takes a member of Object for a resource', () => {
    expect(extractLabels('/api/constructor/5/__proto__/6', TABLE)).toEqual({})
  })

  it('reads a path of 100 kB', () => {
    const path = `/api/tournaments/5${'/x%41'.repeat(20_000)}/drafts/7`
    expect(extractLabels(path, TABLE)).toEqual({
      labels: ['tournament', 'draft'],
      'tournament.id': 5,
      'draft.id': 7,
    })
  })

  it('never throws and only makes labels and ids', () => {
    const segment = fc.oneof(
      fc.string(),
      fc.constantFrom('api', 'tournaments', 'drafts', '5', '%', '%00', '..'),
    )
    fc.assert(
      fc.property(fc.array(segment), (segments) => {
        for (const key of Object.keys(extractLabels(`/${segments.join('/')}`, TABLE))) {
          expect(key === 'labels' || key.endsWith('.id')).toBe(true)
        }
      }),
    )
  })
})

describe('createLabelExtractor', () => {
  it('makes the label from the first segment of a resource with ids, and leaves one without ids alone', () => {
    const labelsOf = createLabelExtractor({
      mounts: ['api'],
      rootResources: [],
      resources: [
        { segments: ['hero-drafts'], id: ['int'] },
        { segments: ['categories'], id: ['int'] },
        { segments: ['matches'], id: ['int'] },
        { segments: ['standings'], id: [] },
      ],
    })
    expect(labelsOf('/api/hero-drafts/1/categories/2/matches/3/standings')).toEqual({
      labels: ['hero_draft', 'category', 'match', 'standings'],
      'hero_draft.id': 1,
      'category.id': 2,
      'match.id': 3,
    })
  })

  it('refuses a label that could not cross a hop as a key', () => {
    const table = {
      mounts: [],
      rootResources: [],
      resources: [{ label: 'Bad Label', segments: ['x'], id: [] }],
    }
    expect(() => createLabelExtractor(table)).toThrow(
      new TypeError('label "Bad Label" must match ^[a-z][a-z0-9_-]*$; set "label" on the resource'),
    )
  })
})

describe('labelsWithIds', () => {
  it('lists the labels whose ids may cross a hop', () => {
    expect(labelsWithIds(TABLE)).toEqual([
      'tournament',
      'draft',
      'league',
      'organization',
      'match',
      'game',
      'team',
    ])
  })
})
