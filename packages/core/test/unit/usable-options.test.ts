import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { slot } from '../../src/slot.js'
import type { SpanContext, Tracing } from '../../src/tracing/tracing.js'
import { runUnit } from '../../src/unit/run-unit.js'
import { usableName, usableOptions } from '../../src/unit/usable-options.js'
import type { UnitOptions } from '../../src/unit/unit.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

const LINK: SpanContext = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 1 }

describe('usableOptions', () => {
  it.each<UnitOptions>([
    { kind: 'task', name: 'import' },
    { kind: 'message', name: '', links: [LINK] },
  ])('leaves %j as it is', (options) => {
    expect(usableOptions(options)).toBe(options)
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'task'],
    ['null', null, 'task'],
    ['a number', 5, '5'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['what throws', { toString: () => Promise.reject }, 'task'],
    ['an essay', 'n'.repeat(2_000), `${'n'.repeat(1_024)}…[truncated 976 chars]`],
  ])('has a name for %s', (_what, name, used) => {
    expect(usableOptions({ kind: 'task', name: name as string }).name).toBe(used)
    expect(usableName(name, 'task')).toBe(used)
  })

  it.each<[string, unknown, SpanContext[] | undefined]>([
    ['null', null, undefined],
    ['a unit without a span', [undefined, LINK, null], [LINK]],
    ['ids that are none', [{ ...LINK, spanId: 'zz' }, { ...LINK, traceId: '' }, 5], []],
  ])('leaves out links to %s', (_what, links, used) => {
    const options = usableOptions({ kind: 'task', name: 'n', links: links as SpanContext[] })
    expect(options.links).toEqual(used)
  })
})

describe('a unit whose span cannot be opened', () => {
  let harness: Harness

  beforeEach(() => {
    harness = openRuntime()
    slot.tracing = {
      enter: undefined,
      openUnit() {
        throw new Error('boom')
      },
    } as unknown as Tracing
  })

  afterEach(() => {
    slot.tracing = undefined
    harness.close()
  })

  it('is run, and writes its line', () => {
    expect(runUnit({ kind: 'task', name: 'n' }, () => 5)).toBe(5)
    expect(harness.lines()).toMatchObject([{ event: 'task_completed', 'task.name': 'n' }])
    expect(harness.runtime.failed).toBe(1)
  })
})
