import { afterEach, describe, expect, it } from '@jest/globals'
import { contextFields, exceptionAttributes } from '../../src/edge/running.js'
import { activeFrame } from '../../src/edge/frames.js'
import { runWithContext } from '../../src/context/context.js'
import type { Scope } from '../../src/context/scope.js'
import { type Harness, openRuntime } from '../runtime-harness.js'

let harness: Harness

afterEach(() => harness.close())

describe('exceptionAttributes', () => {
  it('redacts what the options name, as lines do', () => {
    harness = openRuntime({}, { log: { redact: ['exception.message', 'stacktrace'] } })
    expect(exceptionAttributes(new TypeError('card 4111'))).toEqual({
      'exception.type': 'TypeError',
      'exception.message': '[REDACTED]',
      'exception.stacktrace': '[REDACTED]',
    })
  })

  it('cuts a type that is no name of a class', () => {
    harness = openRuntime()
    const error = Object.assign(new Error('x'), { name: 'N'.repeat(1_000_000) })
    expect(exceptionAttributes(error)['exception.type']?.length).toBeLessThan(300)
  })
})

describe('contextFields', () => {
  it('redacts a scope from before the options by these', () => {
    harness = openRuntime()
    const scope = runWithContext({ ssn: '111', 'request.id': 'r' }, () => activeFrame()?.scope) as Scope
    expect({ ...contextFields(scope) }).toEqual({ ssn: '111', 'request.id': 'r' })
    harness.close()
    harness = openRuntime({}, { log: { redact: ['ssn'] } })
    expect({ ...contextFields(scope) }).toEqual({ ssn: '[REDACTED]', 'request.id': 'r' })
  })
})
