import { afterAll, describe, expect, it } from '@jest/globals'
import { SpanKind, type Telemetry, TelemetryAttributes } from 'bullmq'
import { getContext, initTelemetry, runWithContext } from '@throughline/core'
import { telemetry } from '../src/index.js'
import { LABELS } from './harness/rig.js'

process.env['LOG_LEVEL'] = 'fatal'

const TRACEPARENT = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

describe('telemetry', () => {
  const early = telemetry()
  const session = initTelemetry({ labels: LABELS })
  afterAll(() => session.shutdown())

  const metadataNow = ({ contextManager }: Telemetry): string =>
    contextManager.getMetadata(contextManager.active())

  it('takes the context in force through the allow-list', () => {
    const fields = { 'request.id': 'abc', 'tournament.id': 5, secret: 'x' }
    expect(runWithContext(fields, () => metadataNow(telemetry()))).toBe(
      '{"telemetry-context":"request.id=\\"abc\\", tournament.id=5"}',
    )
  })

  it('knows the settings of an initTelemetry that comes later', () => {
    expect(runWithContext({ 'tournament.id': 5 }, () => metadataNow(early))).toBe(
      '{"telemetry-context":"tournament.id=5"}',
    )
  })

  it('puts labels of its own in front', () => {
    const own = telemetry({
      labels: { mounts: [], rootResources: [], resources: [{ segments: ['teams'], id: ['int'] }] },
    })
    const fields = { 'request.id': 'abc', 'tournament.id': 5, 'team.id': 6 }
    expect(runWithContext(fields, () => metadataNow(own))).toBe(
      '{"telemetry-context":"request.id=\\"abc\\", team.id=6"}',
    )
  })

  it('refuses a label that cannot cross a hop when it is made', () => {
    const labels = {
      mounts: [],
      rootResources: [],
      resources: [{ label: 'Teams!', segments: ['teams'], id: [] }],
    }
    expect(() => telemetry({ labels })).toThrow(TypeError)
  })

  it('refuses a trace option that there is not when it is made', () => {
    expect(() => telemetry({ trace: 'parent' as 'child' })).toThrow(
      new TypeError('telemetry({ trace: "parent" }): give "child", "link" or "none"'),
    )
  })

  it('has nothing to carry outside any context', () => {
    expect(metadataNow(telemetry())).toBe('')
  })

  it('restores a context from metadata, also without what was in force', () => {
    const { contextManager } = telemetry()
    const metadata = `{"traceparent":"${TRACEPARENT}","telemetry-context":"request.id=\\"abc\\""}`
    runWithContext({ 'request.id': 'outer', leak: true }, () => {
      const context = contextManager.fromMetadata(contextManager.active(), metadata)
      contextManager.with(context, () => {
        expect(getContext()).toEqual({ 'request.id': 'abc' })
        expect(contextManager.getMetadata(contextManager.active())).toBe(metadata)
      })
      expect(getContext()).toEqual({ 'request.id': 'outer', leak: true })
    })
  })

  it('has a root to run long-lived work under', () => {
    const { contextManager } = telemetry()
    const seen = runWithContext({ 'request.id': 'outer' }, () =>
      contextManager.with(contextManager.root?.(), () => getContext()),
    )
    expect(seen).toEqual({})
  })

  it('makes no spans without OpenTelemetry', () => {
    const { tracer, contextManager } = telemetry()
    runWithContext({ 'request.id': 'outer' }, () => {
      const span = tracer.startSpan('add mails', { kind: SpanKind.PRODUCER })
      expect(span.setSpanOnContext(contextManager.active())).toBe(contextManager.active())
      span.setAttribute('key', 1)
      span.setAttributes({ [TelemetryAttributes.JobId]: '7' })
      span.addEvent('event')
      span.recordException(new Error('x'))
      span.end()
      expect(getContext()).toEqual({ 'request.id': 'outer' })
    })
  })
})
