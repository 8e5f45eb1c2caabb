import { describe, expect, it } from '@jest/globals'
import * as ws from '../src/index.js'
import * as nestjs from '../src/nestjs/index.js'

describe('@throughline/ws', () => {
  it('exports its public names and nothing else', () => {
    expect(Object.keys(ws).toSorted()).toEqual(['WithTelemetry', 'instrumentWebSocketServer'])
    expect(Object.keys(nestjs)).toEqual(['TelemetryWsAdapter'])
  })
})
