import { describe, expect, it } from '@jest/globals'
import { seenNames, unknownNames } from '../src/wire-names.js'

const seen = seenNames({
  spans: [
    {
      name: 'GET /x',
      scope: { name: 'lib' },
      attributes: { 'http.route': '/x' },
      events: [{ name: 'oops', attributes: { why: 1 } }],
      links: [{ attributes: { of: 1 } }],
      resource: { 'service.name': 'a' },
    },
  ],
  logRecords: [{ eventName: 'draft.read', attributes: { why: 1 }, resource: { 'service.name': 'a' } }],
  metrics: [{ name: 'm', points: [{ attributes: { 'http.route': '/x' } }], resource: {} }],
})

describe('unknownNames', () => {
  it('says of each name what it is and where it was seen', () => {
    const known = { attribute: new Set<string>(), event: new Set<string>(), metric: new Set<string>() }
    expect(unknownNames(seen, known)).toEqual([
      'attribute service.name: resource of spans; resource of log records',
      'attribute http.route: span "GET /x" of lib; metric "m"',
      'attribute why: event "oops" of span "GET /x" of lib; log record "draft.read"',
      'attribute of: link of span "GET /x" of lib',
      'event oops: event of span "GET /x" of lib',
      'event draft.read: log record',
      'metric m: metrics',
    ])
  })

  it('knows a name by its kind alone', () => {
    const known = {
      attribute: new Set(['service.name', 'http.route', 'of']),
      event: new Set(['oops', 'draft.read', 'why']),
      metric: new Set(['m']),
    }
    expect(unknownNames(seen, known)).toEqual([
      'attribute why: event "oops" of span "GET /x" of lib; log record "draft.read"',
    ])
  })
})
