import { describe, expect, it } from '@jest/globals'
import { spanTrees, type OtlpSpan, type SpanTree } from '../src/index.js'

function span(spanId: string, parentSpanId?: string, more: Partial<OtlpSpan> = {}): OtlpSpan {
  return {
    traceId: 't',
    spanId,
    parentSpanId,
    name: spanId,
    kind: 'INTERNAL',
    attributes: {},
    events: [],
    links: [],
    status: { code: 'UNSET', message: '' },
    traceState: '',
    flags: 1,
    scope: { name: 'library', version: '1.0.0' },
    resource: {},
    startTime: 0n,
    endTime: 1n,
    ...more,
  }
}

/** `a(b c)`: names and nesting; `?` marks a root without its parent. */
function outline(trees: readonly SpanTree[]): string {
  return trees
    .map(({ name, parentMissing, children }) => {
      const below = children.length > 0 ? `(${outline(children)})` : ''
      return `${name}${parentMissing ? '?' : ''}${below}`
    })
    .join(' ')
}

describe('spanTrees', () => {
  it('leaves out ids and times', () => {
    expect(spanTrees([span('a')])).toEqual([
      {
        name: 'a',
        kind: 'INTERNAL',
        scope: 'library',
        attributes: {},
        events: [],
        links: [],
        status: { code: 'UNSET', message: '' },
        children: [],
      },
    ])
  })

  it('sorts by start time, then by name, whatever the order of arrival', () => {
    const spans = [
      span('d', 'root', { startTime: 2n }),
      span('c', 'root', { startTime: 2n }),
      span('z', 'root', { startTime: 1n }),
      span('root', undefined, { startTime: 5n }),
      span('deep', 'z'),
      span('first root', undefined, { startTime: 1n }),
    ]

    expect(outline(spanTrees(spans))).toBe('first root root(z(deep) c d)')
    expect(outline(spanTrees(spans.toReversed()))).toBe('first root root(z(deep) c d)')
  })

  it('keeps traces apart that use the same span ids', () => {
    const spans = [span('a'), span('b', 'a'), span('a', undefined, { traceId: 'u' })]

    expect(outline(spanTrees(spans))).toBe('a(b) a')
  })

  it('names the span linked to, and gives its ids where it is not known', () => {
    const links: OtlpSpan['links'] = [
      { traceId: 't', spanId: 'b', attributes: { why: 'batch' } },
      { traceId: 'u', spanId: 'b', attributes: {} },
    ]

    const [tree] = spanTrees([span('a', undefined, { links }), span('b')])

    expect(tree?.links).toEqual([
      { span: 'b', attributes: { why: 'batch' } },
      { traceId: 'u', spanId: 'b', attributes: {} },
    ])
  })

  it('marks a root whose parent is missing', () => {
    expect(outline(spanTrees([span('a', 'remote'), span('b', 'a')]))).toBe('a?(b)')
  })

  it.each([
    ['its own parent', [span('a', 'a')], 'a?'],
    [
      'in a circle',
      [span('a', 'c'), span('b', 'a'), span('c', 'b'), span('d', 'b'), span('e')],
      'e a?(b(c d))',
    ],
    ['there twice', [span('a'), span('a'), span('b', 'a')], 'a(b) a'],
  ])('shows a span once that is %s', (_what, spans, expected) => {
    expect(outline(spanTrees(spans))).toBe(expected)
  })
})
