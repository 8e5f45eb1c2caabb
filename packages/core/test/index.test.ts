import { describe, expect, it } from '@jest/globals'
import * as core from '../src/index.js'
import * as binding from '../src/binding.js'

describe('@throughline/core', () => {
  it('exports its public names and nothing else', () => {
    expect(Object.keys(core).toSorted()).toEqual([
      'bindContext',
      'createLabelExtractor',
      'decodeContext',
      'encodeContext',
      'eventName',
      'extractLabels',
      'getContext',
      'getLogger',
      'initTelemetry',
      'loadConfig',
      'onUnitEnd',
      'parseBool',
      'resolveRequestId',
      'runUnit',
      'runWithContext',
      'unbindContext',
    ])
  })

  it('has for framework packages what applications do not need', () => {
    expect(Object.keys(binding)).toEqual(
      expect.arrayContaining(['incomingFields', 'resolveSettings', 'addSink']),
    )
  })
})
